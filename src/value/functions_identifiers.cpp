// What numbers and texts that tell people and companies apart need: their bare characters, sums for check digits,
// telephone numbers in one form.
#include <algorithm>
#include <vector>

#include "value/function_rows.hpp"
#include "value/phone.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

std::vector<char32_t> characters(const std::string& text) {
    std::vector<char32_t> all;
    for (std::size_t at = 0; at < text.size();) all.push_back(next_code_point(text, at));
    return all;
}

Value only(const Context&, Args a) {
    const std::string& text = a[0].as_string();
    std::vector<char32_t> wanted = characters(a[1].as_string());
    std::sort(wanted.begin(), wanted.end());
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (std::binary_search(wanted.begin(), wanted.end(), next_code_point(text, at)))
            kept.append(text, begin, at - begin);
    }
    return Value::string(std::move(kept));
}

/// A character counts what its code is above that of 0: a digit itself, A 17.
Value weighted_sum(const Context&, Args a) {
    const std::vector<char32_t> text = characters(a[0].as_string());
    const List& weights = a[1].as_list();
    if (text.size() != weights.size()) {
        return Value::error(Error::Code::range,
                            fmt::format("weighted_sum needs a weight for each character; there are {} and {}",
                                        text.size(), weights.size()));
    }
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!weights[i].is(Kind::integer)) return no_overload("weighted_sum", a);
        std::int64_t part = 0;
        const auto counts = static_cast<std::int64_t>(text[i]) - U'0';
        if (__builtin_mul_overflow(counts, weights[i].as_int(), &part) || __builtin_add_overflow(sum, part, &sum))
            return out_of_range(fmt::format("weighted_sum({}, {})", to_text(a[0]), to_text(a[1])), "int");
    }
    return Value::integer(sum);
}

Value phone_number(const Context&, Args a) {
    auto number = e164(a[0].as_string(), a[1].as_string());
    return number ? Value::optional_of(Value::string(*std::move(number))) : Value::optional_none();
}

}  // namespace

FunctionRows identifier_rows() {
    return {
        {"only", "string.(string) -> string", only, "its characters that stand in the other text too"},
        {"weighted_sum", "(string, list(int)) -> int", weighted_sum,
         "the sum of its characters, each as its code less that of 0, times its weight; an error of other lengths"},
        {"e164", "(string, string) -> optional_type(string)", phone_number,
         "the telephone number as +, country and number; the second text is the country of one that names none: BR"},
    };
}

}  // namespace praxe
