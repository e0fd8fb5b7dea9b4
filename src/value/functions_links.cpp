// Functions that group the elements of a list by the texts they have (value/links.hpp).
#include <optional>

#include "value/function_rows.hpp"
#include "value/links.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

bool all_texts(const List& list) {
    return std::all_of(list.begin(), list.end(), [](const Value& v) { return v.is(Kind::string); });
}

/// The elements that two lists tell of, or what is wrong with them.
std::optional<Value> read_links(std::string_view function, Args a, Links& links) {
    const List& own = a[0].as_list();
    const List& shared = a[1].as_list();
    if (own.size() != shared.size()) {
        return Value::error(Error::Code::range,
                            fmt::format("{} needs a list of shared texts for each own text; there are {} and {}",
                                        function, own.size(), shared.size()));
    }
    if (!all_texts(own)) return no_overload(function, a);
    std::vector<std::string_view> texts;
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (!shared[i].is(Kind::list) || !all_texts(shared[i].as_list())) return no_overload(function, a);
        texts.clear();
        for (const Value& text : shared[i].as_list()) texts.push_back(text.as_string());
        links.add(own[i].as_string(), texts);
    }
    return std::nullopt;
}

Value place(std::size_t i) {
    return Value::integer(static_cast<std::int64_t>(i));
}

Value linked(const Context&, Args a) {
    Links links;
    if (auto wrong = read_links("lists.linked", a, links)) return *std::move(wrong);
    const Links::Groups groups = links.groups();
    std::vector<List> members(groups.count);
    for (std::size_t i = 0; i < groups.of.size(); ++i) members[groups.of[i]].push_back(place(i));
    List list;
    for (List& group : members) list.push_back(Value::list(std::move(group)));
    return Value::list(std::move(list));
}

Value torn(const Context&, Args a) {
    Links links;
    if (auto wrong = read_links("lists.torn", a, links)) return *std::move(wrong);
    const Links::Groups groups = links.groups();
    List places;
    for (std::size_t i = 0; i < groups.torn.size(); ++i) {
        if (groups.torn[i]) places.push_back(place(i));
    }
    return Value::list(std::move(places));
}

}  // namespace

FunctionRows link_rows() {
    return {
        {"lists.linked", "(list(string), list(list(string))) -> list(list(int))", linked,
         "the places, from 0, of elements that belong together: those with the same own text; those whose own text is "
         "empty by the texts they share, with one another and with one own text at most; an error of other lengths"},
        {"lists.torn", "(list(string), list(list(string))) -> list(int)", torn,
         "the places of those without an own text that share with several own texts, and so belong to none"},
    };
}

}  // namespace praxe
