// Functions over all matches of a regular expression of RE2's: what they find, and what stands in their place.
#include "value/budget.hpp"
#include "value/function_rows.hpp"
#include "value/pattern.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;
using Groups = std::vector<re2::StringPiece>;  // the whole match first; without data where a group did not take part

/// The matches in a text from left to right. They do not overlap; an empty one does not follow right on another.
class Matches {
  public:
    Matches(const RE2& program, const std::string& text, int groups)
        : program_(program), text_(text), groups_(static_cast<std::size_t>(groups) + 1) {}

    /// Looks for the next one; false if there is none.
    bool next() {
        while (from_ <= text_.size()) {
            const auto size = static_cast<int>(groups_.size());
            if (!program_.Match(text_, from_, text_.size(), RE2::UNANCHORED, groups_.data(), size)) return false;
            const std::size_t begin = this->begin();
            const std::size_t end = begin + groups_[0].size();
            const bool follows = begin == end && end == last_end_;
            from_ = begin == end ? after_character(end) : end;
            last_end_ = end;
            if (!follows) return true;
        }
        return false;
    }

    const Groups& groups() const { return groups_; }
    std::size_t begin() const { return static_cast<std::size_t>(groups_[0].data() - text_.data()); }

  private:
    std::size_t after_character(std::size_t at) const {
        if (at == text_.size()) return at + 1;
        next_code_point(text_, at);
        return at;
    }

    const RE2& program_;
    const std::string& text_;
    Groups groups_;
    std::size_t from_ = 0;
    std::size_t last_end_ = std::string::npos;
};

Value text_of(const re2::StringPiece& piece) {
    return Value::string(std::string(piece.data(), piece.size()));
}

/// What is wrong with `\1` and the like in the text that takes the place of a match, if anything is.
std::optional<Value> wrong_rewrite(const RE2& program, const Value& rewrite) {
    std::string why;
    if (program.CheckRewriteString(rewrite.as_string(), &why)) return std::nullopt;
    const int asked = RE2::MaxSubmatch(rewrite.as_string());
    const int groups = program.NumberOfCapturingGroups();
    why = asked > groups ? fmt::format("it asks for group {}, and the pattern has {}", asked, groups)
                         : "after a \\ stands the number of a group, or another \\";
    return Value::error(Error::Code::conversion,
                        fmt::format("{} cannot take the place of a match: {}", to_text(rewrite), why));
}

/// At most `limit` matches replaced; a negative limit is none.
Value replaced(const Context& context, Args a, std::int64_t limit) {
    const std::string& text = a[0].as_string();
    const Pattern pattern(context, a[1].as_string());
    if (pattern.error()) return *pattern.error();
    if (auto wrong = wrong_rewrite(pattern.program(), a[2])) return *std::move(wrong);
    if (auto refused = pattern.refuse_search(context, text.size())) return *std::move(refused);
    Matches matches(pattern.program(), text, RE2::MaxSubmatch(a[2].as_string()));
    std::string out;
    std::size_t at = 0;
    for (; limit != 0; --limit) {
        if (auto refused = pattern.refuse_next(context, text.size() - at)) return *std::move(refused);
        if (!matches.next()) break;
        const Groups& groups = matches.groups();
        out.append(text, at, matches.begin() - at);
        pattern.program().Rewrite(&out, a[2].as_string(), groups.data(), static_cast<int>(groups.size()));
        at = matches.begin() + groups[0].size();
        if (auto refused = refuse_text(context, out.size())) return *std::move(refused);
    }
    return Value::string(std::move(out.append(text, at)));
}
Value replace(const Context& context, Args a) {
    return replaced(context, a, -1);
}
Value replace_limited(const Context& context, Args a) {
    return replaced(context, a, a[3].as_int());
}

/// The parts to take out of a text, the first one or all of them: what the one group matched, if there is a group, or
/// else the whole. A group that took no part, or matched nothing, gives none.
Value extracted(const Context& context, Args a, bool all) {
    const std::string& text = a[0].as_string();
    const Pattern pattern(context, a[1].as_string());
    if (pattern.error()) return *pattern.error();
    const int groups = pattern.program().NumberOfCapturingGroups();
    if (groups > 1) {
        return Value::error(Error::Code::other,
                            fmt::format("{} has {} groups; at most one says what to take", to_text(a[1]), groups));
    }
    if (auto refused = pattern.refuse_search(context, text.size())) return *std::move(refused);
    Matches matches(pattern.program(), text, groups);
    List parts;
    for (std::size_t at = 0; all || parts.empty();) {
        if (auto refused = pattern.refuse_next(context, text.size() - at)) return *std::move(refused);
        if (!matches.next()) break;
        at = matches.begin();
        const re2::StringPiece& part = matches.groups().back();
        if (groups == 1 && part.empty()) {
            if (!all) break;
            continue;
        }
        if (auto refused = refuse_items(context, parts.size() + 1)) return *std::move(refused);
        parts.push_back(text_of(part));
    }
    if (all) return Value::list(std::move(parts));
    return parts.empty() ? Value::optional_none() : Value::optional_of(parts.front());
}
Value extract(const Context& context, Args a) {
    return extracted(context, a, false);
}
Value extract_all(const Context& context, Args a) {
    return extracted(context, a, true);
}

}  // namespace

FunctionRows regex_rows() {
    return {
        {"regex.replace", "(string, string, string) -> string", replace,
         "with the third text wherever the RE2 pattern matches; \\1 in it is what group 1 matched"},
        {"regex.replace", "(string, string, string, int) -> string", replace_limited,
         "the same, at most so many times"},
        {"regex.extract", "(string, string) -> optional_type(string)", extract,
         "the first match of the RE2 pattern, or what its one group matched there"},
        {"regex.extractAll", "(string, string) -> list(string)", extract_all,
         "all matches of the RE2 pattern, or what its one group matched in each"},
    };
}

}  // namespace praxe
