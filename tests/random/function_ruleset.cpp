// Calls by type: facts at the leaves, rows of the table above them; decisions that give what a row makes, or look at
// it.
#include "random/function_ruleset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "check/unify.hpp"

namespace praxe::random_rules {
namespace {

constexpr std::string_view vocabulary = R"(vocabulary: functions
closed_sets:
  grade: [low, middle, high]
records:
  Node:
    key: id
    fields:
      id: string
      n: int
      name?: string
  Facts:
    fields:
      b: bool
      b2?: bool
      i: int
      few: int
      i2?: int
      x: double
      x2?: double
      s: string
      s2: string
      s3?: string
      t: timestamp
      t2?: timestamp
      d: date
      d2?: date
      m: money
      m2?: money
      p: percent
      p2?: percent
      bd: business_days
      cd: calendar_days
      mo: months
      ye: years
      grade: grade
      grade2?: grade
      number: string
      day: string
      moment: string
      length: string
      code: string
      words: {list: string}
      numbers?: {list: int, absent: []}
      amounts: {list: money}
      one: Node
      nodes: {list: Node}
      shelf: {map: Node, by: id}
facts:
  at?: timestamp
  f: Facts
)";

/// Hours of nobody by name; over it, those of a team.
constexpr std::string_view days = R"(calendar: days
known: {from: 2024-01-01, until: 2024-12-31}
week_off: [saturday, sunday]
days_off: [{name: x, only: 2024-05-01}]
hours: [{weekdays: [monday, tuesday, wednesday, thursday, friday], open: [09:00-17:00]}]
)";
constexpr std::string_view week = R"(calendar: week
over: days
hours:
  team:
    - {weekdays: [monday, tuesday, wednesday, thursday, friday], open: [08:00-12:00, 13:00-18:00]}
)";

/// What has no function, in every ruleset.
constexpr std::string_view picked = R"(  picked:
    pick: {e: f.nodes}
    let: {k: e.n + f.few}
    where: k > 4
    order: [k, e.id]
  plain:
    gives: {there: bool, among: bool, other: bool}
    always: {there: picked.hasValue(), among: 'f.grade in ["low", "high"]', other: f.s != f.s2}
)";

constexpr std::array scalar_kinds{
    TypeKind::boolean,       TypeKind::integer,       TypeKind::real,   TypeKind::string,
    TypeKind::timestamp,     TypeKind::date,          TypeKind::money,  TypeKind::percent,
    TypeKind::business_days, TypeKind::calendar_days, TypeKind::months, TypeKind::years,
};

bool is_scalar(TypeKind kind) {
    return std::find(scalar_kinds.begin(), scalar_kinds.end(), kind) != scalar_kinds.end();
}

struct Leaves {
    TypeKind kind;
    std::vector<std::string> all;
};
const std::vector<Leaves>& leaves() {
    static const std::vector<Leaves> rows = {
        {TypeKind::boolean, {"f.b", "f.b2", "(f.i > 3)"}},
        {TypeKind::integer, {"f.i", "f.i", "f.few", "f.few", "f.i2", "2"}},
        {TypeKind::unsigned_integer, {"uint(f.few)", "uint(f.i)", "uint(f.few + 1)"}},
        {TypeKind::real, {"f.x", "f.x2", "double(f.few)"}},
        {TypeKind::string, {"f.s", "f.s2", "f.s3", "string(f.grade)"}},
        {TypeKind::bytes, {"bytes(f.s)", "bytes(f.s2)"}},
        {TypeKind::timestamp, {"f.t", "f.t2"}},
        {TypeKind::duration, {"(f.t - f.t2)", "duration(f.length)"}},
        {TypeKind::date, {"f.d", "f.d2", "date(f.t)"}},
        {TypeKind::money, {"f.m", "f.m2"}},
        {TypeKind::percent, {"f.p", "f.p2"}},
        {TypeKind::business_days, {"f.bd", "business_days(f.few)"}},
        {TypeKind::business_hours, {"business_hours(f.few)", "business_hours(f.i)"}},
        {TypeKind::calendar_days, {"f.cd", "calendar_days(f.few)"}},
        {TypeKind::months, {"f.mo", "months(f.few)"}},
        {TypeKind::years, {"f.ye", "years(f.few)"}},
        {TypeKind::record, {"f.one", "f.nodes[0]"}},
    };
    return rows;
}

/// What an argument mostly is where not any value of its type will do. `place`: as it is written, the receiver first.
struct Spoken {
    std::string_view function;
    std::size_t place;
    std::vector<std::string> all;
    TypeKind kind = TypeKind::string;
};
const std::vector<Spoken>& spoken() {
    static const std::vector<std::string> calendars = {"\"week\""};
    static const std::vector<std::string> zones = {"\"America/Sao_Paulo\"", "\"-03:00\"", "\"UTC\""};
    static const std::vector<std::string> patterns = {"\"a+[bc]\"", "\"(a)(b)\"", "\"-|b\"", "f.s2"};
    static const std::vector<Spoken> rows = {
        {"int", 0, {"f.number"}},
        {"uint", 0, {"f.number"}},
        {"double", 0, {"f.number"}},
        {"bool", 0, {"string(f.b)", "f.number"}},
        {"money", 0, {"f.number"}},
        {"percent", 0, {"f.number"}},
        {"date", 0, {"f.day"}},
        {"timestamp", 0, {"f.moment"}},
        {"duration", 0, {"f.length"}},
        {"business_hours", 0, {"f.length"}},
        {"base64.decode", 0, {"f.code"}},
        {"e164", 0, {"f.number"}},
        {"e164", 1, {"\"BR\""}},
        {"only", 1, {"\"0123456789\"", "f.number"}},
        {"weighted_sum", 0, {"f.number"}},
        {"weighted_sum", 1, {"[1, f.few, 3]", "[f.i, 2]"}, TypeKind::list},
        {"matches", 1, patterns},
        {"regex.replace", 1, patterns},
        {"regex.extract", 1, patterns},
        {"regex.extractAll", 1, patterns},
        {"business_days_between", 2, calendars},
        {"business_days_since", 1, calendars},
        {"count_business_days", 3, calendars},
        {"is_business_day", 1, calendars},
        {"following", 1, calendars},
        {"preceding", 1, calendars},
        {"modified_following", 1, calendars},
        {"modified_preceding", 1, calendars},
        {"is_open", 1, {"\"team\"", "f.s"}},
        {"is_open", 2, calendars},
        {"closes_at", 1, {"\"team\"", "f.s"}},
        {"closes_at", 2, calendars},
        {"business_hours_between", 2, {"\"team\"", "f.s"}},
        {"business_hours_between", 3, calendars},
        {"business_hours_since", 1, {"\"team\"", "f.s"}},
        {"business_hours_since", 2, calendars},
        {"getFullYear", 1, zones},
        {"getMonth", 1, zones},
        {"getDate", 1, zones},
        {"getDayOfMonth", 1, zones},
        {"getDayOfWeek", 1, zones},
        {"getDayOfYear", 1, zones},
        {"getHours", 1, zones},
        {"getMinutes", 1, zones},
        {"getSeconds", 1, zones},
        {"getMilliseconds", 1, zones},
        {"tranches", 1, {"[money(\"0.00\"), f.m]", "f.amounts"}, TypeKind::list},
        {"percentile", 1, {"50", "f.few"}, TypeKind::integer},
        {"_[_]", 1, {"f.few", "0", "f.i"}, TypeKind::integer},
        {"_[_]", 1, {"f.s", "\"n1\""}},
        {"lists.range", 0, {"f.few", "f.i"}, TypeKind::integer},
        {"lists.linked", 0, {"f.nodes.map(n, n.id)", "f.words"}, TypeKind::list},
        {"lists.linked", 1, {"f.nodes.map(n, [n.id, f.s])", "[f.words]"}, TypeKind::list},
        {"lists.torn", 0, {"f.nodes.map(n, n.id)", "f.words"}, TypeKind::list},
        {"lists.torn", 1, {"f.nodes.map(n, [n.id, f.s])", "[f.words]"}, TypeKind::list},
        {"math.bitShiftLeft", 1, {"f.few", "f.i"}, TypeKind::integer},
        {"math.bitShiftRight", 1, {"f.few", "f.i"}, TypeKind::integer},
    };
    return rows;
}

/// Facts whose types say what may stand in the place of a text or a list of a kind of its own.
bool is_absences(const Type& type) {
    return type.kind == TypeKind::list && type.args[0].kind == TypeKind::list &&
           type.args[0].args[0].kind == TypeKind::date;
}

std::string quoted(const std::string& text) {
    return "'" + text + "'";
}

bool has_kind(const Type& type, TypeKind kind) {
    return type.kind == kind ||
           std::any_of(type.args.begin(), type.args.end(), [&](const Type& part) { return has_kind(part, kind); });
}

/// What a row gives that counts to the instant of decision, or is so far.
bool moves(const Overload& row) {
    return counts_to_now(row.name);
}

}  // namespace

const std::vector<const Overload*>& rows_for_rulesets() {
    static const std::vector<const Overload*> rows = [] {
        std::vector<const Overload*> found;
        for (const Overload& row : functions()) {
            const bool mixed = std::any_of(row.params.begin(), row.params.end(),
                                           [](const Type& param) { return has_kind(param, TypeKind::dyn); });
            if (row.name == "format" || (!mixed && !gives_dyn(row))) found.push_back(&row);
        }
        return found;
    }();
    return rows;
}

FunctionRuleset::FunctionRuleset(std::uint32_t seed) : random_(seed) {
    files_ = {{"v.yaml", std::string(vocabulary)}, {"days.yaml", std::string(days)}, {"week.yaml", std::string(week)}};
    files_["r.yaml"] = ruleset_text(seed);
}

// ---------------------------------------------------------------------------------------------------- expressions

std::string FunctionRuleset::fact(const Type& type) {
    if (type.kind == TypeKind::list) {
        const Type& item = type.args[0];
        if (item.kind == TypeKind::string && chance(2)) return "f.words";
        if (item.kind == TypeKind::integer && chance(2)) return "f.numbers";
        if (item.kind == TypeKind::money && chance(2)) return "f.amounts";
        if (item.kind == TypeKind::record) return "f.nodes";
        if (is_absences(type)) return chance(2) ? "[[f.d, f.d2]]" : "[[f.d, f.d]]";
        switch (below(3)) {
            case 0:
                return fmt::format("[{}]", fact(item));
            case 1:
                return fmt::format("[{}, {}]", fact(item), fact(item));
            default:
                return fmt::format("f.nodes.map(n, {})", fact(item));
        }
    }
    if (type.kind == TypeKind::map) {
        if (type.args[1].kind == TypeKind::record && type.args[0].kind == TypeKind::string) return "f.shelf";
        const std::string key = type.args[0].kind == TypeKind::string ? "f.s" : fact(type.args[0]);
        return fmt::format("{{{}: {}}}", key, fact(type.args[1]));
    }
    if (type.kind == TypeKind::optional) {
        if (chance(3)) return fact(Type::list(type.args[0])) + ".first()";
        return fmt::format("optional.of({})", fact(type.args[0]));
    }
    if (type.kind == TypeKind::type) return fmt::format("type({})", fact(type.args[0]));
    const auto found =
        std::find_if(leaves().begin(), leaves().end(), [&](const Leaves& row) { return row.kind == type.kind; });
    return found == leaves().end() ? "null" : one_of(found->all);
}

/// Whether a row's result can be of the type wanted, and what its parameters are then.
bool FunctionRuleset::gives(const Type& result, const Type& wanted, Bound& bound) const {
    if (result.kind == TypeKind::param) {
        const auto [place, is_new] = bound.try_emplace(result.name, wanted);
        return is_new || place->second == wanted;
    }
    if (result.kind != wanted.kind || result.args.size() != wanted.args.size()) return false;
    for (std::size_t i = 0; i < result.args.size(); ++i) {
        if (!gives(result.args[i], wanted.args[i], bound)) return false;
    }
    return true;
}

/// Types for what is left open in a row.
FunctionRuleset::Bound FunctionRuleset::any_types(const Overload& row) {
    static const std::vector<Type> simple = {Type::of(TypeKind::integer), Type::of(TypeKind::string),
                                             Type::of(TypeKind::date),    Type::of(TypeKind::money),
                                             Type::of(TypeKind::boolean), Type::of(TypeKind::timestamp),
                                             Type::of(TypeKind::real),    Type::of(TypeKind::record)};
    Bound bound;
    for (const char* name : {"A", "B"}) {
        Type type = simple[static_cast<std::size_t>(below(static_cast<int>(simple.size())))];
        if (row.name == "fact_path") type = Type::of(TypeKind::record);
        bound.emplace(name, type);
    }
    // Keys of maps are texts or numbers.
    const auto keyed = std::find_if(row.params.begin(), row.params.end(),
                                    [](const Type& param) { return param.kind == TypeKind::map; });
    if (keyed != row.params.end() && chance(2)) {
        bound[keyed->args[0].name] = simple[static_cast<std::size_t>(below(2))];
    } else if (keyed != row.params.end()) {  // a fact
        bound[keyed->args[0].name] = Type::of(TypeKind::string);
        bound[keyed->args[1].name] = Type::of(TypeKind::record);
    }
    return bound;
}

std::string FunctionRuleset::make(const Type& type, int depth) {
    if (depth <= 0 || chance(3)) return fact(type);
    std::vector<std::pair<const Overload*, Bound>> fitting;
    for (const Overload* row : rows_for_rulesets()) {
        Bound bound;
        if (!moves(*row) && row->name != "so_far" && gives(row->result, type, bound)) fitting.emplace_back(row, bound);
    }
    if (fitting.empty()) return fact(type);
    auto& [row, bound] = fitting[static_cast<std::size_t>(below(static_cast<int>(fitting.size())))];
    for (const auto& [name, other] : any_types(*row)) bound.emplace(name, other);
    return call(*row, bound, depth - 1);
}

std::string FunctionRuleset::argument(const Overload& row, std::size_t place, const Type& type, int depth) {
    const auto words = argument_words(row.name, place);
    if (!words.empty() && !chance(6))
        return fmt::format("\"{}\"", words[static_cast<std::size_t>(below(static_cast<int>(words.size())))]);
    if (is_absences(type)) return fact(type);
    const auto found = std::find_if(spoken().begin(), spoken().end(), [&](const Spoken& one) {
        return one.function == row.name && one.place == place && one.kind == type.kind;
    });
    if (found != spoken().end()) return one_of(found->all);
    return make(type, depth);
}

std::string FunctionRuleset::call(const Overload& row, const Bound& bound, int depth) {
    if (row.name == "format")
        return one_of({"\"%s %d\".format([f.s, f.i])", "\"%.2f%%\".format([f.x])", "\"%x %o\".format([f.few, f.i])",
                       "f.s2.format([f.i])"});
    if (row.name == "so_far")
        return row.result.kind == TypeKind::date            ? "so_far(date(at))"
               : row.result.kind == TypeKind::calendar_days ? "so_far(days_since(f.t))"
                                                            : "so_far(business_days_since(f.d))";
    std::vector<std::string> args;
    const std::size_t count = row.params.size() + (row.variadic ? static_cast<std::size_t>(below(3)) : 0);
    for (std::size_t i = 0; i < count; ++i) args.push_back(argument(row, i, substitute(row.param(i), bound), depth));
    if (row.name == "_?_:_") return fmt::format("({} ? {} : {})", args[0], args[1], args[2]);
    if (row.name == "_[_]") return fmt::format("{}[{}]", args[0], args[1]);
    if (row.name == "@in") return fmt::format("({} in {})", args[0], args[1]);
    const std::string written =
        row.name.substr(0, row.name.find_first_of("_@") == 0 ? std::string::npos : row.name.size());
    const bool is_operator = row.name.back() == '_' && row.name != "_";
    if (is_operator && row.params.size() == 1) return fmt::format("({}{})", row.name.substr(0, 1), args[0]);
    if (is_operator) return fmt::format("({} {} {})", args[0], written.substr(1, written.size() - 2), args[1]);
    std::string list;
    for (std::size_t i = row.receiver ? 1 : 0; i < args.size(); ++i) list += (list.empty() ? "" : ", ") + args[i];
    return row.receiver ? fmt::format("{}.{}({})", args[0], row.name, list) : fmt::format("{}({})", row.name, list);
}

// ------------------------------------------------------------------------------------------------------ decisions

/// An expression with the row at its root, and its type; one that moves is compared.
std::string FunctionRuleset::of_row(const Overload& row, Type& type) {
    const Bound bound = any_types(row);
    type = substitute(row.result, bound);
    const std::string made = call(row, bound, 1);
    const bool alone = is_scalar(type.kind) && !moves(row);
    if (alone) return made;
    const Type of = std::exchange(type, Type::of(TypeKind::boolean));
    if (moves(row)) return fmt::format("{} >= {}", made, fact(of));
    return fmt::format("({}) {} ({})", made, one_of({"==", "!="}), make(of, 1));
}

std::string FunctionRuleset::condition() {
    static const std::vector<std::string> plain = {"f.b",
                                                   "f.i > 2",
                                                   "f.few < 5",
                                                   "has(f.i2)",
                                                   "f.m > f.m2",
                                                   "f.grade in [\"low\"] || f.few > 2",
                                                   "f.grade != f.s",
                                                   "at >= f.t",
                                                   "f.nodes.exists(n, n.n > f.few)",
                                                   "f.d > f.d2",
                                                   "!f.b",
                                                   "f.i2 == f.few",
                                                   "f.words.all(w, w != f.s)"};
    return one_of(plain);
}

/// Rules of which two or more may apply, or none.
std::string FunctionRuleset::decision(const std::string& name, const std::string& hit, const Overload& row) {
    Type type;
    const std::string made = of_row(row, type);
    const std::string other = chance(2) ? made : make(type, 1);
    std::string out = fmt::format("  {}:\n    gives: {{g: [low, middle, high], x: {}, n: int}}\n    optional: [n]\n",
                                  name, to_string(type));
    if (chance(6)) out += "    needs: [f.i2]\n";
    if (chance(6)) out += "    require: f.b\n";
    out += "    hit: " + hit + "\n";
    if (hit == "priority") out += "    priority: g\n";
    if (hit == "most_specific") {
        return out + fmt::format(
                         "    let: {{x0: {0}, x1: {1}}}\n    table: |\n"
                         "      id | f.grade | f.few || g | x\n"
                         "      a | - | - || low | {2}\n"
                         "      b | \"low\" | - || middle | x0\n"
                         "      c | \"low\" | >= 3 || high | x0\n"
                         "      d | \"high\" | [2..5] || high | x1\n",
                         quoted(made), quoted(other), chance(2) ? "x0" : "x1");
    }
    const bool same = hit == "any" && !chance(4);
    const bool either = hit == "unique" && !chance(4);  // just one of two rules applies
    const auto then = [&](const std::string& x) {
        return fmt::format("{{g: {}, x: {}{}}}",
                           same ? "low" : one_of({"low", "middle", "high", "'f.b ? \"low\" : \"high\"'"}),
                           quoted(same ? made : x), chance(2) || same ? "" : ", n: f.i");
    };
    const std::string first = condition();
    out += fmt::format("    rules:\n      - {{id: a, cite: P.1, when: {}, then: {}}}\n", quoted(first), then(made));
    out += fmt::format("      - {{id: b, unless: {}, then: {}}}\n", quoted(either ? first : condition()), then(other));
    if (either) return out;
    out += fmt::format("      - {{id: c, cite: P.1, any: [{}, {}], then: {}", quoted(condition()), quoted(condition()),
                       then(made));
    if (chance(2)) out += fmt::format(", except: [{{id: x, when: {}, then: {}}}]", quoted(condition()), then(other));
    return out + "}\n";
}

std::string FunctionRuleset::ruleset_text(std::uint32_t seed) {
    static const std::vector<std::string> policies = {"first",         "unique",  "any",       "priority",
                                                      "most_specific", "collect", "rule_order"};
    std::string out =
        "ruleset: functions\nvocabulary: v.yaml\nzone: America/Sao_Paulo\ncalendars: [days.yaml, week.yaml]\n";
    out += "calendar: week\nclauses: {P.1: {pt: um, en: one}}\ndecisions:\n";
    out += picked;
    const auto& rows = rows_for_rulesets();
    for (std::size_t i = 0; i < policies.size(); ++i) {
        const std::size_t place = seed * policies.size() + i;
        // Once through the table no policy meets the same row again.
        const std::size_t turn = place / rows.size();
        out += decision(fmt::format("q{}", i), policies[(i + turn) % policies.size()], *rows[place % rows.size()]);
    }
    return out;
}

// ---------------------------------------------------------------------------------------------------------- cases

std::string FunctionRuleset::a_case() {
    const auto day = [&] { return fmt::format("2024-{:02}-{:02}", chance(12) ? 12 : 5, 1 + below(28)); };
    const auto instant = [&] { return fmt::format("{}T{:02}:30:00-03:00", day(), below(24)); };
    const auto integer = [&] {
        return one_of({"0", "1", "2", "3", "7", "-1", "12", "60", "-9223372036854775808", "9223372036854775807"});
    };
    const auto amount = [&] { return one_of({"0.00", "10.00", "12.50", "-3.01", "92233720368547758.07"}); };
    const auto text = [&] {
        return one_of({"a", "abc", "aab-b", "\"-\"", "\"ação\"", "\"12\"", "low", "team", "\"(\"", "x", "\"\""});
    };
    const auto node = [&](int id) {
        return fmt::format("{{id: n{}, n: {}{}}}", id, below(10), chance(2) ? ", name: " + text() : "");
    };
    const auto list = [&](const auto& item) {
        std::string out;
        for (int i = 0, count = below(4); i < count; ++i) out += (out.empty() ? "" : ", ") + item(i);
        return "[" + out + "]";
    };
    std::string out = fmt::format(
        "f:\n  b: {}\n  i: {}\n  few: {}\n  x: {}\n  s: {}\n  s2: {}\n  t: {}\n  d: {}\n  m: {}\n  p: {}\n",
        chance(2) ? "true" : "false", integer(), below(8), one_of({"0", "1.5", "-2.5", "1e18", "1e300", "7"}), text(),
        text(), instant(), day(), amount(), one_of({"0.00", "10.00", "33.33", "100.00", "-5.00"}));
    out += fmt::format("  bd: {}\n  cd: {}\n  mo: {}\n  ye: {}\n  grade: {}\n", integer(), integer(), integer(),
                       integer(), one_of({"low", "middle", "high"}));
    out +=
        fmt::format("  number: \"{}\"\n  day: \"{}\"\n  moment: \"{}\"\n  length: \"{}\"\n  code: \"{}\"\n",
                    one_of({"12", "-3", "7.25", "x", "11933334444", "true"}), chance(4) ? "2024-02-30" : day(),
                    chance(4) ? "now" : instant(), one_of({"1h", "90m", "30s", "soon"}), one_of({"YQ", "YWI=", "?"}));
    out += fmt::format("  words: {}\n  amounts: {}\n  one: {}\n  nodes: {}\n  shelf: {}\n",
                       list([&](int) { return text(); }), list([&](int) { return amount(); }), node(9), list(node),
                       list(node));
    const auto maybe = [&](const char* name, const std::string& value) {
        if (!chance(10)) out += fmt::format("  {}: {}\n", name, value);
    };
    maybe("b2", chance(2) ? "true" : "false");
    maybe("i2", integer());
    maybe("x2", one_of({"0", "2", "-0.5"}));
    maybe("s3", text());
    maybe("t2", instant());
    maybe("d2", day());
    maybe("m2", amount());
    maybe("p2", "66.67");
    maybe("grade2", "low");
    maybe("numbers", list([&](int) { return integer(); }));
    return out;
}

}  // namespace praxe::random_rules
