// Types of expressions, and what is said of wrong ones, over the vocabulary and rows of types.txt.
#include "check/checker.hpp"

#include <gtest/gtest.h>

#include "golden.hpp"
#include "syntax/parser.hpp"

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(
vocabulary: test
closed_sets:
  kind: [sale_contact, onboarding, support]
  team: [sales, support]
records:
  Staff:
    key: id
    fields: {id: string, team: team}
  Appointment:
    key: id
    fields:
      id: string
      kind: kind
      product?: string
      created_at: timestamp
      closed_at?: timestamp
  Invoice:
    key: id
    fields: {id: string, due: date, amount: money}
  Client:
    fields:
      id: string
      appointments: {list: Appointment, max_items: 200}
      invoices: {list: Invoice, max_items: 200}
facts:
  at: timestamp
  client: Client
  day: date
  staff: {map: Staff, by: id, max_items: 100}
)";

class CheckerTest : public testing::Test {
  protected:
    void SetUp() override {
        Diagnostics diagnostics;
        const auto source = std::make_shared<Source>("vocabulary.yaml", vocabulary);
        const auto document = read_yaml(source, diagnostics);
        if (document) schema_ = read_schema(*document, diagnostics);
        ASSERT_TRUE(schema_) << diagnostics.to_string();
        scope_.schema = schema_.get();
        for (const Field& fact : schema_->facts.fields) {
            scope_.variables[fact.name] = fact.type;
            scope_.variables[fact.name].moving = fact.name == "at";
        }
        for (const char* name : {"n: int",
                                 "u: uint",
                                 "x: double",
                                 "b: bool",
                                 "s: string",
                                 "raw: bytes",
                                 "term: business_days",
                                 "days: calendar_days",
                                 "ms: months",
                                 "ys: years",
                                 "cents: money",
                                 "rate: percent",
                                 "span: duration",
                                 "maybe: optional(string)",
                                 "maybe_kind: optional(kind)",
                                 "names: list(string)",
                                 "kinds: list(kind)",
                                 "by_kind: map(kind, int)",
                                 "a.b.c: int",
                                 "a.b: map(string, string)"}) {
            const std::string row = name;
            const std::size_t colon = row.find(": ");
            scope_.variables[row.substr(0, colon)] = type(row.substr(colon + 2));
        }
        scope_.callables["held_by"] =
            Callable{{{"product", type("string")}, {"kinds", type("list(kind)")}}, Type::optional(type("Appointment"))};
    }

    /// A type's text with the names of closed sets and records.
    Type type(const std::string& text) const { return named(parse_type(text)); }

    Type named(Type t) const {
        if (t.kind == TypeKind::param && schema_->closed_sets.contains(t.name)) return Type::enumeration(t.name);
        if (t.kind == TypeKind::param && schema_->records.contains(t.name)) {
            return Type::record_of(*schema_->records.find(t.name)->second);
        }
        for (Type& arg : t.args) arg = named(std::move(arg));
        return t;
    }

    std::optional<Expression> parse(const std::string& text) const {
        Diagnostics diagnostics;
        auto e = parse_expression(Excerpt::whole(std::make_shared<Source>("x", text)), diagnostics);
        EXPECT_TRUE(e) << diagnostics.to_string();
        return e;
    }

    /// `: type`, or what is said of the expression.
    std::string verdict(const std::string& text, const std::string& expected) const {
        auto e = parse(text);
        if (!e) return {};
        Diagnostics diagnostics;
        const Type wanted = expected.empty() ? Type() : type(expected);
        const Type found = check(*e, scope_, expected.empty() ? nullptr : &wanted, diagnostics);
        const std::string first = diagnostics.to_string();
        Diagnostics again;
        check(*e, scope_, expected.empty() ? nullptr : &wanted, again);
        EXPECT_EQ(again.to_string(), first) << "checking twice changes the answer";
        if (!diagnostics.empty()) return first;
        return std::string(": ") + (found.moving ? "moving " : "") + to_string(found) + "\n";
    }

    std::string tree(const std::string& text) const {
        auto e = parse(text);
        Diagnostics diagnostics;
        if (e) check(*e, scope_, nullptr, diagnostics);
        return e && diagnostics.empty() ? to_tree(*e->root) : diagnostics.to_string();
    }

    std::unique_ptr<Schema> schema_;
    Scope scope_;
};

TEST_F(CheckerTest, Rows) {
    expect_golden(PRAXE_SOURCE_DIR "/tests/check/types.txt", [this](const GoldenRow& row) {
        std::string expected;
        for (const std::string& note : row.notes) {
            if (note == "plain CEL") scope_.dynamic = true;
            if (note.starts_with("needed: ")) expected = note.substr(8);
        }
        return verdict(row.source, expected);
    });
}

TEST_F(CheckerTest, FillsInTypesNamesAndTheOneOverload) {
    EXPECT_EQ(tree("a.b.c + size(a.b.d)"), R"(call _+_ : int
  .c : int = a.b.c
    .b
      a
  call size : int
    .d : string
      .b : map(string, string) = a.b
        a
)");
    auto e = parse("size(s) + n");
    Diagnostics diagnostics;
    check(*e, scope_, nullptr, diagnostics);
    EXPECT_EQ(e->root->overload->signature, "(int, int) -> int");
    EXPECT_EQ(e->root->args[0]->overload->signature, "(string) -> int");
    EXPECT_EQ(e->root->args[1]->resolved, "n");
}

TEST_F(CheckerTest, LeavesTheOverloadOpenWhereATypeIsDyn) {
    scope_.dynamic = true;
    auto e = parse("size(dyn(s)) + n");
    Diagnostics diagnostics;
    check(*e, scope_, nullptr, diagnostics);
    EXPECT_EQ(e->root->args[0]->overload, nullptr);
    EXPECT_EQ(diagnostics.to_string(), "");
}

TEST_F(CheckerTest, TriesContainersFromTheInside) {
    scope_.container = "p.q";
    scope_.variables["p.q.v"] = Type::of(TypeKind::integer);
    scope_.variables["p.v"] = Type::of(TypeKind::string);
    scope_.variables["v"] = Type::of(TypeKind::boolean);
    scope_.variables["p.w"] = Type::of(TypeKind::string);
    EXPECT_EQ(tree("v"), "v : int = p.q.v\n");
    EXPECT_EQ(tree("w"), "w : string = p.w\n");
    EXPECT_EQ(tree(".v"), ".v : bool = v\n");
    EXPECT_EQ(tree("[1u].exists(v, v == 1u)").substr(0, 24), "exists v : bool\n  list :");
}

TEST_F(CheckerTest, TellsFunctionsWithQualifiedNamesFromMethods) {
    EXPECT_EQ(tree(".base64.encode(raw)"), "call .base64.encode : string\n  raw : bytes = raw\n");
    EXPECT_EQ(tree("cel.bind(math, s, math.size())"),
              "bind math : int\n  s : string = s\n  call .size : int\n    math : string\n");
    auto e = parse("strings.quote(s) + .base64.encode(raw)");
    Diagnostics diagnostics;
    check(*e, scope_, nullptr, diagnostics);
    EXPECT_EQ(to_source(*e->root), "strings.quote(s) + .base64.encode(raw)");
}

TEST_F(CheckerTest, SeesTheNamesOfScopesAround) {
    Scope inner;
    inner.parent = &scope_;
    inner.variables["n"] = Type::of(TypeKind::string);
    auto e = parse("n + s");
    Diagnostics diagnostics;
    EXPECT_EQ(to_string(check(*e, inner, nullptr, diagnostics)), "string");
    EXPECT_EQ(diagnostics.to_string(), "");
}

TEST_F(CheckerTest, WalksTreesOfTheGreatestDepth) {
    std::string text = "n";
    for (int i = 1; i < 999; ++i) text += " + n";
    EXPECT_EQ(verdict(text, ""), ": int\n");
}

}  // namespace
}  // namespace praxe
