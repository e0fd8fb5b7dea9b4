// Takes a path apart: names divided by points, indexes in brackets.
#include "capi/path.hpp"

#include <algorithm>
#include <charconv>

namespace praxe {

std::optional<PathStep> PathSteps::next() {
    if (broken_ || at_ == path_.size()) return std::nullopt;
    auto step = path_[at_] == '[' ? element() : field();
    broken_ = !step;
    return step;
}

std::optional<PathStep> PathSteps::element() {
    const std::size_t close = path_.find(']', at_);
    if (close == std::string_view::npos) return std::nullopt;
    std::size_t index = 0;
    const char* const end = path_.data() + close;
    const auto [read, failed] = std::from_chars(path_.data() + at_ + 1, end, index);
    if (failed != std::errc() || read != end) return std::nullopt;
    at_ = close + 1;
    return PathStep{{}, index, path_.substr(0, at_)};
}

std::optional<PathStep> PathSteps::field() {
    if (at_ > 0 && path_[at_] != '.') return std::nullopt;
    const std::size_t begin = at_ > 0 ? at_ + 1 : 0;
    const std::size_t end = std::min(path_.find_first_of(".[]", begin), path_.size());
    if (end == begin) return std::nullopt;
    at_ = end;
    return PathStep{path_.substr(begin, end - begin), std::nullopt, path_.substr(0, end)};
}

}  // namespace praxe
