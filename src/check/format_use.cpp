// Clauses and elements, side by side.
#include "check/format_use.hpp"

#include <algorithm>

#include "value/format.hpp"

namespace praxe {
namespace {

constexpr std::string_view format_name = "format";

bool is_format_of_literal(const Expr& call) {
    return call.receiver && call.name == format_name && call.args.size() == 2 &&
           call.args[0]->kind == ExprKind::literal && call.args[0]->value.is(Kind::string);
}

/// The elements that are written out, if all of them are.
const std::vector<ExprPtr>* elements_of(const Expr& list) {
    const bool all_stand = list.kind == ExprKind::list &&
                           std::find(list.optionals.begin(), list.optionals.end(), true) == list.optionals.end();
    return all_stand ? &list.args : nullptr;
}

}  // namespace

std::vector<Complaint> format_complaints(const Expr& call) {
    if (!is_format_of_literal(call)) return {};
    std::vector<Complaint> complaints;
    const Span format = call.args[0]->span;
    const std::vector<ExprPtr>* elements = elements_of(*call.args[1]);
    std::size_t next = 0;
    for (const FormatPart& part : parts_of_format(call.args[0]->value.as_string())) {
        if (part.kind == FormatPart::Kind::text) continue;
        if (part.kind == FormatPart::Kind::mistake) return {{format, part.text, {}}};
        const std::size_t place = next++;
        if (elements == nullptr) continue;
        if (place >= elements->size()) {
            return {{format, no_element_for_clause(part.letter, place, elements->size()), {}}};
        }
        const Expr& element = *(*elements)[place];
        if (is_for_clause(part.letter, element.type)) continue;
        complaints.push_back({element.span, not_for_clause(part.letter, to_string(element.type)), {}});
    }
    if (elements != nullptr && next < elements->size()) {
        complaints.push_back({(*elements)[next]->span, "no clause of the format stands for this element", {}});
    }
    return complaints;
}

}  // namespace praxe
