// What an overlay changes, told as it was written.
#pragma once

#include <array>

#include "document/rules.hpp"

namespace praxe {

using What = OverlayChange::What;
using How = OverlayChange::How;

/// Kept for as long as the files of a ruleset are read.
class OverlayChanges {
  public:
    explicit OverlayChanges(std::vector<OverlayChange>& changes) : changes_(changes) {}

    /// From now on what is new is told too: a base was read.
    void begin() { begun_ = true; }
    void added(What what, std::string name, std::string after, const Place& place, std::string anchor = {});
    void changed(What what, std::string name, std::string before, std::string after, const Place& place);
    void dropped(What what, std::string name, std::string before, const Place& place);

  private:
    void add(OverlayChange change);

    std::vector<OverlayChange>& changes_;
    bool begun_ = false;
};

/// On one line, whatever the line breaks.
std::string written(std::string_view text);
std::string written(const std::optional<Excerpt>& text);
/// A calendar's name, or `its own, over br_bank`.
std::string written(const std::optional<Node>& calendar);

/// What a rule says, by its keys.
using RuleParts = std::array<std::pair<std::string_view, std::string>, 8>;
RuleParts parts_of(const RawRule& rule);
/// `when a; unless b; then route: transfer`; without what another says as well.
std::string written(const RuleParts& parts, const RuleParts* but = nullptr);

/// File by file, each from its beginning to its end.
void sort_by_place(std::vector<OverlayChange>& changes);

}  // namespace praxe
