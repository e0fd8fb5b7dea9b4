// Every Arrow layout that facts may lie in, and what is said of those that they may not, of values that a vocabulary
// does not allow and of arrays that do not fit their schema.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <praxe/columns.hpp>
#include <sstream>

#include "columns/arrow_text.hpp"
#include "columns/hand_made.hpp"

namespace praxe {
namespace {

using columns_test::Array;
using columns_test::column;
using columns_test::HandMade;
using columns_test::text_of;

const Ruleset& echo() {
    static const Ruleset ruleset = [] {
        const auto read = [](const std::string& path, std::string&) -> SourcePtr {
            return std::make_shared<Source>(path, path == "v.yaml" ? R"(vocabulary: echo
closed_sets:
  colour: [red, green]
records:
  Part:
    fields:
      id: string
      n?: int
  All:
    fields:
      n?: {is: int, max: 1000000}
      b?: bool
      x?: double
      s?: string
      c?: colour
      m?: money
      p?: percent
      d?: date
      t?: timestamp
      w?: business_days
      l?: {list: string}
      parts?: {list: Part}
      shelf?: {map: Part, by: id}
facts:
  at?: timestamp
  f: All
)"
                                                                   : R"(ruleset: echo
vocabulary: v.yaml
decisions:
  echo:
    gives: {f: All}
    hit: first
    rules: [{id: all, then: {f: f}}]
  of:
    given: {n: int}
    gives: {n: int}
    always: {n: n}
)");
        };
        auto loaded = Ruleset::load("r.yaml", read);
        EXPECT_TRUE(loaded) << (loaded ? "" : loaded.diagnostics().to_string());
        return *loaded;
    }();
    return ruleset;
}

/// Cases whose `f` has the one column.
std::unique_ptr<HandMade> cases_of(std::unique_ptr<HandMade> held, std::int64_t rows) {
    auto all = column("+s", "f", rows);
    all->child(std::move(held));
    auto cases = column("+s", "", rows);
    cases->child(std::move(all));
    return cases;
}

/// What is made of each row, or what is wrong.
std::string echoed(const HandMade& cases) {
    auto columns = Columns::bind(echo(), cases.schema, {.decisions = {"echo"}, .at = 0});
    if (!columns) return columns.diagnostics().to_string();
    ArrowArray given{};
    const Diagnostics wrong = columns->decide(cases.array, 0, cases.array.length, {&given, 1});
    if (!wrong.empty()) return wrong.to_string();
    Array answers;
    static_cast<ArrowArray&>(answers) = given;
    columns_test::Schema schema;
    columns->schema(0, schema);
    std::string text;
    for (std::int64_t row = 0; row < answers.length; ++row) {
        std::string one = text_of(schema, answers, row);
        for (const std::string_view part : {"outcome: {f: ", ", rule: all"}) {
            if (const auto found = one.find(part); found != std::string::npos) one.erase(found, part.size());
        }
        text += one + "\n";
    }
    return text;
}

std::unique_ptr<HandMade> texts(const char* name) {
    auto held = column("u", name, 2);
    held->values<std::int32_t>({0, 3, 8}).texts("redgreen");
    return held;
}

/// A short text and a long one, of which the view says that it lies so in a buffer.
std::unique_ptr<HandMade> views(std::int32_t length, std::int32_t buffer, std::int32_t from) {
    const auto four = [](const char* text) {
        std::int32_t word = 0;
        std::memcpy(&word, text, sizeof(word));
        return word;
    };
    auto held = column("vu", "s", 2);
    held->values<std::int32_t>({3, four("red\0"), 0, 0, length, four("ever"), buffer, from});
    held->texts("beforeevergreen trees").values<std::int64_t>({21});
    return held;
}

struct Row {
    const char* name;
    std::function<std::unique_ptr<HandMade>()> held;
    std::string expected;
};

template <typename T>
std::function<std::unique_ptr<HandMade>()> numbers(const char* format, const char* name,
                                                   std::initializer_list<T> values, const char* there = "11") {
    return [=, values = std::vector<T>(values)] {
        auto held = column(format, name, 2);
        held->there(there).values({values[0], values[1]});
        return held;
    };
}

TEST(Layouts, EachIsReadAsItsFact) {
    const std::vector<Row> rows = {
        {"int8", numbers<std::int8_t>("c", "n", {-1, 7}), "{{n: -1}}}\n{{n: 7}}}\n"},
        {"uint8", numbers<std::uint8_t>("C", "n", {255, 7}), "{{n: 255}}}\n{{n: 7}}}\n"},
        {"int16", numbers<std::int16_t>("s", "n", {-300, 7}), "{{n: -300}}}\n{{n: 7}}}\n"},
        {"uint16", numbers<std::uint16_t>("S", "n", {60'000, 7}), "{{n: 60000}}}\n{{n: 7}}}\n"},
        {"int32", numbers<std::int32_t>("i", "n", {-70'000, 7}), "{{n: -70000}}}\n{{n: 7}}}\n"},
        {"uint32", numbers<std::uint32_t>("I", "n", {70'000, 7}), "{{n: 70000}}}\n{{n: 7}}}\n"},
        {"int64, null", numbers<std::int64_t>("l", "n", {-1, 7}, "01"), "{{}}}\n{{n: 7}}}\n"},
        {"uint64", numbers<std::uint64_t>("L", "n", {~std::uint64_t{0}, 7}),
         "{error: \"f.n\" is too large a number}\n{{n: 7}}}\n"},
        {"beyond its bound", numbers<std::int32_t>("i", "n", {1'000'001, 7}),
         "{error: \"f.n\" is 1000001; the most is 1000000}\n{{n: 7}}}\n"},
        {"bool", numbers<std::uint8_t>("b", "b", {2, 0}), "{{b: false}}}\n{{b: true}}}\n"},
        {"float32", numbers<float>("f", "x", {0.5F, 2}), "{{x: 0.5}}}\n{{x: 2}}}\n"},
        {"float64", numbers<double>("g", "x", {0.5, 2}), "{{x: 0.5}}}\n{{x: 2}}}\n"},
        {"business days", numbers<std::int8_t>("c", "w", {3, 2}), "{{w: 3}}}\n{{w: 2}}}\n"},
        {"cents", numbers<std::int64_t>("l", "m", {1'250, -1}), "{{m: 1250}}}\n{{m: -1}}}\n"},
        {"decimal", numbers<std::array<std::int64_t, 2>>("d:19,2", "m", {{{1'250, 0}}, {{-1, -1}}}),
         "{{m: 1250}}}\n{{m: -1}}}\n"},
        {"decimal of one digit", numbers<std::array<std::int64_t, 2>>("d:19,1", "p", {{{125, 0}}, {{-1, -1}}}),
         "{{p: 1250}}}\n{{p: -10}}}\n"},
        {"decimal of four digits", numbers<std::array<std::int64_t, 2>>("d:19,4,128", "m", {{{12'500, 0}}, {{12'501, 0}}}),
         "{{m: 125}}}\n{error: \"f.m\" has more than two decimals}\n"},
        {"decimal beyond 64 bits", numbers<std::array<std::int64_t, 2>>("d:38,2", "m", {{{1, 1}}, {{1, 0}}}),
         "{error: \"f.m\" is too large an amount}\n{{m: 1}}}\n"},
        {"date32", numbers<std::int32_t>("tdD", "d", {-1, 20'000}), "{{d: -1}}}\n{{d: 20000}}}\n"},
        {"date64", numbers<std::int64_t>("tdm", "d", {86'400'000, 1}),
         "{{d: 1}}}\n{error: \"f.d\" is no whole number of days}\n"},
        {"seconds", numbers<std::int64_t>("tss:UTC", "t", {-1, INT64_MAX}),
         "{{t: -1000000}}}\n{error: \"f.t\" is too large a number}\n"},
        {"milliseconds", numbers<std::int64_t>("tsm:America/Sao_Paulo", "t", {1, 2}), "{{t: 1000}}}\n{{t: 2000}}}\n"},
        {"microseconds", numbers<std::int64_t>("tsu:UTC", "t", {1, INT64_MAX}),
         "{{t: 1}}}\n{error: \"f.t\" is outside of the years 0001 to 9999}\n"},
        {"nanoseconds", numbers<std::int64_t>("tsn:UTC", "t", {-1'000, 1}),
         "{{t: -1}}}\n{error: \"f.t\" is no whole number of microseconds}\n"},
        {"texts", [] { return texts("s"); }, "{{s: red}}}\n{{s: green}}}\n"},
        {"views", [] { return views(15, 0, 6); }, "{{s: red}}}\n{{s: evergreen trees}}}\n"},
        {"a view beyond its buffer", [] { return views(15, 0, 7); },
         "{{s: red}}}\n{error: \"f.s\" has wrong offsets}\n"},
        {"a view of no buffer", [] { return views(15, 1, 0); }, "{{s: red}}}\n{error: \"f.s\" has wrong offsets}\n"},
        {"a view of no length", [] { return views(-1, 0, 0); }, "{{s: red}}}\n{error: \"f.s\" has wrong offsets}\n"},
        {"members", [] { return texts("c"); }, "{{c: red}}}\n{{c: green}}}\n"},
        {"no member",
         [] {
             auto held = column("U", "c", 2);
             held->values<std::int64_t>({0, 3, 8}).texts("redgreem");
             return held;
         },
         "{{c: red}}}\n{error: \"f.c\" cannot be \"greem\"; did you mean \"green\"?}\n"},
        {"offsets that go back",
         [] {
             auto held = column("u", "s", 2);
             held->values<std::int32_t>({0, 3, 2}).texts("red");
             return held;
         },
         "{{s: red}}}\n{error: \"f.s\" has wrong offsets}\n"},
        {"dictionary",
         [] {
             auto held = column("c", "c", 2);
             held->values<std::int8_t>({1, 0}).dictionary(texts(""));
             return held;
         },
         "{{c: green}}}\n{{c: red}}}\n"},
        {"index beyond the dictionary",
         [] {
             auto held = column("i", "s", 2);
             held->values<std::int32_t>({1, 2}).dictionary(texts(""));
             return held;
         },
         "{{s: green}}}\n{error: \"f.s\" has the index 2, which its dictionary does not have}\n"},
        {"list",
         [] {
             auto held = column("+l", "l", 2);
             held->values<std::int32_t>({0, 2, 2}).child(texts("item"));
             return held;
         },
         "{{l: [red, green]}}}\n{{l: []}}}\n"},
        {"list of more than there is",
         [] {
             auto held = column("+l", "l", 2);
             held->values<std::int32_t>({0, 2, 3}).child(texts("item"));
             return held;
         },
         "{{l: [red, green]}}}\n{error: \"f.l\" has wrong offsets}\n"},
        {"null in a list",
         [] {
             auto items = texts("item");
             items->there("10");
             auto held = column("+L", "l", 2);
             held->values<std::int64_t>({0, 1, 2}).child(std::move(items));
             return held;
         },
         "{{l: [red]}}}\n{error: \"f.l[0]\" is null}\n"},
        {"map from a slice of its records, in order of key",
         [] {
             auto ids = column("u", "id", 4);
             ids->values<std::int32_t>({0, 1, 2, 3, 4}).texts("zcab");
             auto parts = column("+s", "item", 3);
             parts->from(1).child(std::move(ids));
             auto held = column("+l", "shelf", 2);
             held->values<std::int32_t>({0, 2, 3}).child(std::move(parts));
             return held;
         },
         "{{shelf: [{id: a}, {id: c}]}}}\n{{shelf: [{id: b}]}}}\n"},
        {"nothing at all", [] { return column("n", "s", 2); }, "{{}}}\n{{}}}\n"},
    };
    for (const Row& row : rows) EXPECT_EQ(echoed(*cases_of(row.held(), 2)), row.expected) << row.name;
}

TEST(Layouts, SlicesStartWhereTheirOffsetsSay) {
    auto numbers = column("i", "n", 3);
    numbers->from(1).values<std::int32_t>({9, 1, 2, 3}).there("1101");
    auto all = column("+s", "f", 2);
    all->from(1).child(std::move(numbers));
    auto cases = column("+s", "", 2);
    cases->child(std::move(all));
    EXPECT_EQ(echoed(*cases), "{{}}}\n{{n: 3}}}\n");
}

/// Everything that is told, each under what it is told of, as tests/columns/wrong.expected shows it.
class Told {
  public:
    void add(const std::string& what, const std::string& told) { text_ += "# " + what + "\n" + told; }
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

void tell_wrong_schemas(Told& told) {
    const auto of_f = [&](const char* what, std::unique_ptr<HandMade> held) {
        told.add(what, echoed(*cases_of(std::move(held), 2)));
    };
    of_f("a fact that there is not", column("i", "partz", 2));
    of_f("a double for an int", column("g", "n", 2));
    of_f("a double for money", column("g", "m", 2));
    of_f("local times", column("tsu:", "t", 2));
    of_f("a decimal of 256 bits", column("d:40,2,256", "m", 2));
    of_f("a format that no fact has", column("w:16", "s", 2));
    of_f("a list without items", column("+l", "l", 2));
    auto numbered = column("c", "c", 2);
    numbered->dictionary(column("i", "", 2));
    of_f("a dictionary of numbers", std::move(numbered));
    auto parts = column("+l", "parts", 2);
    parts->child(column("+s", "item", 2));
    of_f("a record without a field that it needs", std::move(parts));
    told.add("cases that are no struct", echoed(*column("i", "", 2)));
    auto twice = column("+s", "", 2);
    twice->child(column("+s", "f", 2)).child(column("+s", "f", 2));
    told.add("a column twice", echoed(*twice));
}

void tell_wrong_arrays(Told& told) {
    const auto refused = [&](const char* what,
                             const std::function<void(ArrowArray & cases, ArrowArray & numbers)>& spoil) {
        auto cases = cases_of(numbers<std::int32_t>("i", "n", {1, 2})(), 2);
        auto columns = Columns::bind(echo(), cases->schema, {.decisions = {"echo"}, .at = 0});
        spoil(cases->array, *cases->array.children[0]->children[0]);
        ArrowArray given{};
        told.add(what, columns->decide(cases->array, 0, 2, {&given, 1}).to_string());
        EXPECT_EQ(given.release, nullptr) << what;
    };
    refused("a released array", [](ArrowArray& cases, ArrowArray&) { cases.release = nullptr; });
    refused("no children", [](ArrowArray& cases, ArrowArray&) { cases.n_children = 0; });
    refused("a buffer too many", [](ArrowArray&, ArrowArray& numbers) { numbers.n_buffers = 3; });
    refused("no values", [](ArrowArray&, ArrowArray& numbers) { numbers.buffers[1] = nullptr; });
    refused("an offset before the start", [](ArrowArray&, ArrowArray& numbers) { numbers.offset = -1; });
    refused("a column that is too short", [](ArrowArray&, ArrowArray& numbers) { numbers.length = 1; });
    refused("a dictionary of numbers", [](ArrowArray& cases, ArrowArray& numbers) { numbers.dictionary = &cases; });
    refused("rows that there are not", [](ArrowArray& cases, ArrowArray&) { cases.length = 1; });
}

void tell_wrong_options(Told& told) {
    const auto bound = [&](const char* what, const ColumnsOptions& options) {
        auto columns = Columns::bind(echo(), cases_of(column("n", "n", 2), 2)->schema, options);
        told.add(what, columns ? std::string("nothing\n") : columns.diagnostics().to_string());
    };
    bound("a decision that there is not", {.decisions = {"ecko"}, .at = 0});
    bound("a decision with arguments", {.decisions = {"of"}, .at = 0});
    bound("no instant", {.decisions = {"echo"}});
}

TEST(Layouts, WhatIsWrongIsTold) {
    Told told;
    tell_wrong_schemas(told);
    tell_wrong_arrays(told);
    tell_wrong_options(told);
    const std::string path = PRAXE_SOURCE_DIR "/tests/columns/wrong.expected";
    if (std::getenv("PRAXE_RECORD") != nullptr) std::ofstream(path) << told.text();
    std::ostringstream expected;
    expected << std::ifstream(path).rdbuf();
    EXPECT_EQ(told.text(), expected.str());
}

}  // namespace
}  // namespace praxe
