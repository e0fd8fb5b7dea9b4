// The facts of all cases, packed, and what they have in common.
#pragma once

#include <map>

#include "history/apply.hpp"

namespace praxe {

class Cases {
  public:
    using RecordPtr = std::shared_ptr<const Record>;
    /// `types` and `model`, against whose schema they were read, must outlive it.
    Cases(const EventTypes& types, const Model& model);

    /// The facts of which event bring about: packed, nothing kept yet. Nothing, and reported, where it does not fit.
    std::optional<std::string> after(const Event& event, Diagnostics& diagnostics) const;

    void keep(const std::string& id, std::string packed) { own_[id] = std::move(packed); }
    void keep_shared(std::string packed) { shared_ = std::move(packed); }
    const std::string& shared() const { return shared_; }
    const std::map<std::string, std::string>& own() const { return own_; }

    /// A case's own facts together with those it shares, of the types of `model`.
    static RecordPtr joined(const std::string& own, const RecordPtr& shared, const EventTypes& types,
                            const Model& model);

  private:
    RecordPtr unpacked(const std::string& packed) const;

    const EventTypes& types_;
    const Model& model_;
    std::string shared_;
    std::map<std::string, std::string> own_;
};

}  // namespace praxe
