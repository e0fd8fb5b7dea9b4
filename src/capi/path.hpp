// Paths into facts and outcomes: `client.appointments[0].owner`, `[0].expires_at`.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace praxe {

/// One step down: into a field, or into an element of a list.
struct PathStep {
    std::string_view name;             // of a field; empty for an element
    std::optional<std::size_t> index;  // of an element
    std::string_view path;             // the way up to here, this step included
};

/// The steps of a path one after the other, as views of it.
class PathSteps {
  public:
    explicit PathSteps(std::string_view path) : path_(path) {}
    /// The next step; nothing at the end, or where the path is ill formed.
    std::optional<PathStep> next();
    /// REQUIRES: next() gave nothing.
    bool well_formed() const { return at_ == path_.size() && !broken_; }

  private:
    std::optional<PathStep> element();
    std::optional<PathStep> field();

    std::string_view path_;
    std::size_t at_ = 0;
    bool broken_ = false;
};

}  // namespace praxe
