// Columns that are made: what was put in comes out, however many nulls stand before the first value.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "columns/arrow_text.hpp"

namespace praxe {
namespace {

using Form = MadeType::Form;

struct Made {
    MadeType type;
    Value value;
    std::string text;
};

MadeType of(Form form) {
    MadeType type;
    type.form = form;
    return type;
}

std::vector<Made> one_of_each() {
    const Value text = Value::string("ab");
    return {
        {of(Form::boolean), Value::boolean(true), "true"},
        {of(Form::integer), Value::integer(-7), "-7"},
        {of(Form::real), Value::real(0.5), "0.5"},
        {of(Form::date), Value::count(Kind::date, 3), "3"},
        {of(Form::instant), Value::timestamp(9), "9"},
        {of(Form::text), text, "ab"},
        {MadeType::dictionary("", {"x", "ab"}), text, "ab"},
        {MadeType::list("", of(Form::text)), Value::list({text, text}), "[ab, ab]"},
    };
}

std::vector<std::string> given_out(MadeColumn& column) {
    columns_test::Schema schema;
    write_schema(column.type(), schema);
    columns_test::Array array;
    column.take(array);
    std::vector<std::string> rows;
    for (std::int64_t row = 0; row < array.length; ++row) rows.push_back(columns_test::text_of(schema, array, row));
    return rows;
}

TEST(MadeColumn, HoldsNullsBeforeAmongAndAfterValues) {
    for (const Made& made : one_of_each()) {
        for (const std::size_t before : {0, 1, 7, 8, 9, 70'000}) {
            MadeColumn column(made.type);
            column.reserve(3);
            column.append_nulls(before);
            column.append(made.value);
            column.append_nulls(2);
            column.append(made.value);
            std::vector<std::string> expected(before, "null");
            for (const std::string& text : {made.text, std::string("null"), std::string("null"), made.text})
                expected.push_back(text);
            EXPECT_EQ(given_out(column), expected) << made.text << " after " << before;
        }
    }
}

TEST(MadeColumn, HoldsNothingButNulls) {
    for (const Made& made : one_of_each()) {
        for (const std::size_t rows : {0, 1, 65'536, 65'537}) {
            MadeColumn column(made.type);
            column.append_nulls(rows);
            EXPECT_EQ(given_out(column), std::vector<std::string>(rows, "null")) << made.text;
        }
    }
}

TEST(MadeColumn, ChoosesValuesByNumber) {
    const std::vector<std::uint8_t> which = {1, 0, 2, 1, 1, 0, 2, 2, 0, 1, 0};
    const MadeType type = of(Form::integer);
    MadeColumn values(type);
    for (const std::int64_t value : {5, 6, 7}) values.append(Value::integer(value));
    MadeColumn column(type);
    column.append_null();
    column.append_chosen(which, values.values().data());
    std::vector<std::string> expected = {"null"};
    for (const std::uint8_t one : which) expected.push_back(fmt::format("{}", 5 + one));
    EXPECT_EQ(given_out(column), expected);
}

TEST(MadeColumn, ChoosesValuesOfWhichSomeAreNull) {
    const std::vector<std::uint8_t> there = {1, 0, 1};
    const MadeType type = of(Form::integer);
    MadeColumn values(type);
    for (const std::int64_t value : {5, 6, 7}) values.append(Value::integer(value));
    for (const std::vector<std::uint8_t>& first : {std::vector<std::uint8_t>{1, 1, 1}, {0, 0, 2}, {}}) {
        MadeColumn column(type);
        std::vector<std::string> expected;
        for (const std::vector<std::uint8_t>& which : {first, {1, 0, 2, 1, 1, 0, 2, 2, 0}, {0, 2}}) {
            column.append_chosen(which, values.values().data(), there);
            for (const std::uint8_t one : which) expected.push_back(one == 1 ? "null" : fmt::format("{}", 5 + one));
            column.append(Value::integer(9));
            expected.emplace_back("9");
        }
        column.append_null();
        expected.emplace_back("null");
        EXPECT_EQ(given_out(column), expected);
    }
}

}  // namespace
}  // namespace praxe
