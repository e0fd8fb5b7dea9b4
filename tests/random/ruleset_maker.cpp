// Expressions by type, each from parts of the types that it needs; decisions of every shape around them.
#include "random/ruleset_maker.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace praxe::random_rules {
namespace {

constexpr int most_nodes = 6, most_leaves = 4, most_tags = 3, most_words = 5, most_dated = 7, most_on_shelf = 5;
constexpr int name_bytes = 40, word_bytes = 24, tag_bytes = 12, id_bytes = 8;

std::string vocabulary(bool times) {
    const std::string dated = times ? "    since: made_at\n" : "";
    return fmt::format(R"(vocabulary: random
closed_sets:
  grade: [low, middle, high]
records:
  Leaf:
    key: id
    fields:
      id: {{is: string, max_bytes: {8}}}
      n: int
      tags: {{list: string, max_items: {2}, max_bytes: {7}}}
  Node:
{9}    key: id
    fields:
      id: {{is: string, max_bytes: {8}}}
      name: {{is: string, max_bytes: {5}}}
      n: int
      grade: grade
      leaves: {{list: Leaf, max_items: {1}}}
      made_at: timestamp
      seen_at?: {{is: timestamp, happens: true}}
      day: date
  Facts:
    fields:
      n: int
      m: int
      name: {{is: string, max_bytes: {5}}}
      words: {{list: string, max_items: {3}, max_bytes: {6}}}
      nodes: {{list: Node, max_items: {0}}}
      others: {{list: Node, max_items: {4}, absent: []}}
      shelf: {{map: Leaf, by: id, max_items: {10}}}
      since: timestamp
      day: date
facts:
  at?: timestamp
  f: Facts
)",
                       most_nodes, most_leaves, most_tags, most_words, most_dated, name_bytes, word_bytes, tag_bytes,
                       id_bytes, dated, most_on_shelf);
}

constexpr std::string_view week = R"(calendar: week
known: {from: 2020-01-01, until: 2030-12-31}
week_off: [saturday, sunday]
days_off: [{name: x, only: 2024-05-01}]
)";

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

}  // namespace

RulesetMaker::RulesetMaker(std::uint32_t seed, MakerOptions options) : random_(seed), options_(options) {
    known_ = {{Kind::integer, "f.n"},     {Kind::integer, "f.m"},    {Kind::integer, "limit"},
              {Kind::boolean, "f.n > 5"}, {Kind::text, "f.name"},    {Kind::text, "\"a-b\""},
              {Kind::ints, "[1, 2, 3]"},  {Kind::texts, "f.words"},  {Kind::nodes, "f.nodes"},
              {Kind::nodes, "f.others"},  {Kind::instant, "f.since"}};
    known_.push_back({Kind::leaves, "f.shelf.map(v, f.shelf[v])"});
    std::string out = "ruleset: random\nvocabulary: v.yaml\nzone: America/Sao_Paulo\ncalendars: [week.yaml]\n";
    out += "calendar: week\nclauses: {P.1: {pt: um, en: one}}\n";
    out += "parameters:\n  limit: {is: int, value: 7, pt: limite, en: limit}\ndefine:\n";
    for (const Kind kind : {Kind::boolean, Kind::integer, Kind::nodes}) {
        const std::string name = fmt::format("d_{}", names_++);
        out += fmt::format("  {}: {}\n", name, quoted(make(kind, options_.depth)));
        known_.push_back({kind, name});
    }
    out += "decisions:\n";
    for (int i = 0; i < options_.decisions; ++i) out += decision(fmt::format("q{}", i));
    files_ = {{"v.yaml", vocabulary(options_.times)}, {"week.yaml", std::string(week)}, {"r.yaml", std::move(out)}};
}

// ---------------------------------------------------------------------------------------------------- expressions

std::string RulesetMaker::known(Kind kind) {
    std::vector<const Known*> fitting;
    for (const Known& one : known_) {
        if (one.kind == kind) fitting.push_back(&one);
    }
    // What is nearest is taken most often: variables of macros, arguments, elements.
    const int nearest = static_cast<int>(fitting.size()) - 1;
    return fitting[static_cast<std::size_t>(chance(2) ? nearest : below(nearest + 1))]->expr;
}

template <typename Make>
std::string RulesetMaker::under(const std::vector<Known>& names, const Make& make) {
    const std::size_t outer = known_.size();
    known_.insert(known_.end(), names.begin(), names.end());
    std::string out = make();
    known_.resize(outer);
    return out;
}

std::vector<RulesetMaker::Known> RulesetMaker::parts_of(Kind list, const std::string& name) const {
    if (list == Kind::ints) return {{Kind::integer, name}};
    if (list == Kind::texts) return {{Kind::text, name}, {Kind::integer, "size(" + name + ")"}};
    std::vector<Known> parts = {{Kind::text, name + ".id"}, {Kind::integer, name + ".n"}};
    if (list == Kind::leaves) parts.push_back({Kind::texts, name + ".tags"});
    if (list != Kind::nodes) return parts;
    parts.push_back({Kind::text, name + ".name"});
    parts.push_back({Kind::boolean, name + ".grade == \"low\""});
    parts.push_back({Kind::leaves, name + ".leaves"});
    parts.push_back({Kind::instant, name + ".made_at"});
    return parts;
}

std::string RulesetMaker::make(Kind kind, int depth) {
    if (depth <= 0) return known(kind);
    switch (kind) {
        case Kind::integer:
            return integer(depth - 1);
        case Kind::boolean:
            return boolean(depth - 1);
        case Kind::text:
            return text(depth - 1);
        case Kind::ints:
            return ints(depth - 1);
        case Kind::texts:
            return texts(depth - 1);
        case Kind::nodes:
            return nodes(depth - 1);
        case Kind::leaves:
            return leaves(depth - 1);
        case Kind::instant:
            return instant(depth - 1);
    }
    return {};
}

RulesetMaker::Kind RulesetMaker::any_list() {
    static constexpr Kind kinds[] = {Kind::ints, Kind::texts, Kind::nodes, Kind::nodes, Kind::leaves};
    return kinds[below(5)];
}

std::string RulesetMaker::macro(Kind over, int depth, const std::string& name, Kind body) {
    const std::string list = make(over, depth - 1);
    const std::string v = fresh_name();
    return under(parts_of(over, v), [&] { return fmt::format("{}.{}({}, {})", list, name, v, make(body, depth)); });
}

std::string RulesetMaker::integer(int depth) {
    switch (below(9)) {
        case 0:
            return fmt::format("({} + {})", make(Kind::integer, depth), make(Kind::integer, depth));
        case 1:
            return fmt::format("size({})", make(any_list(), depth));
        case 2:
            return fmt::format("{}.sum()", make(Kind::ints, depth));
        case 3:
            return fmt::format("({} ? {} : {})", make(Kind::boolean, depth), make(Kind::integer, depth),
                               make(Kind::integer, depth));
        case 4: {
            const std::string v = fresh_name();
            const std::string value = make(Kind::integer, depth);
            return under({{Kind::integer, v}},
                         [&] { return fmt::format("cel.bind({}, {}, {})", v, value, make(Kind::integer, depth)); });
        }
        case 5:
            return fmt::format("size({})", make(Kind::text, depth));
        case 6:
            return fmt::format("max({}, {})", make(Kind::integer, depth), make(Kind::integer, depth));
        case 7:
            return macro(any_list(), depth, "map", Kind::integer) + ".sum()";
        default:
            return known(Kind::integer);
    }
}

std::string RulesetMaker::boolean(int depth) {
    switch (below(options_.times ? 11 : 9)) {
        case 0:
            return fmt::format("{} > {}", make(Kind::integer, depth), make(Kind::integer, depth));
        case 1:
            return fmt::format("({} && {})", make(Kind::boolean, depth), make(Kind::boolean, depth));
        case 2:
            return fmt::format("({} || {})", make(Kind::boolean, depth), make(Kind::boolean, depth));
        case 3:
            return fmt::format("!({})", make(Kind::boolean, depth));
        case 4:
            return macro(any_list(), depth, "exists", Kind::boolean);
        case 5:
            return macro(any_list(), depth, "all", Kind::boolean);
        case 6:
            return fmt::format("{} == {}", make(Kind::text, depth), make(Kind::text, depth));
        case 7:
            return fmt::format("{} in {}", make(Kind::text, depth), make(Kind::texts, depth));
        case 8:
            return fmt::format("{}.{}", make(Kind::text, depth),
                               chance(2) ? "matches(\"a+[bc]\")" : "startsWith(" + make(Kind::text, depth) + ")");
        default:
            return comparison_of_times(depth);
    }
}

std::string RulesetMaker::comparison_of_times(int depth) {
    const std::string then = make(Kind::instant, depth);
    switch (below(6)) {
        case 0:
            return fmt::format("at >= {}", then);
        case 1:
            return fmt::format("at - {} < duration(\"{}h\")", then, 1 + below(99));
        case 2:
            return fmt::format("days_since({}) > calendar_days({})", then, below(5));
        case 3:
            return fmt::format("business_days_since({}) >= business_days({})", then, below(5));
        case 4:
            return fmt::format("date(at) > f.day + calendar_days({})", below(4));
        default:
            return fmt::format("({0} > at || before({0}, {1}))", then, make(Kind::boolean, std::min(depth, 1)));
    }
}

std::string RulesetMaker::instant(int depth) {
    if (chance(2)) return known(Kind::instant);
    return fmt::format("({} + duration(\"{}h\"))", make(Kind::instant, depth), below(50));
}

std::string RulesetMaker::text(int depth) {
    switch (below(9)) {
        case 0:
            return fmt::format("({} + {})", make(Kind::text, depth), make(Kind::text, depth));
        case 1:
            return make(Kind::text, depth) + ".upperAscii()";
        case 2:
            return make(Kind::texts, depth) + ".join(\", \")";
        case 3:
            return fmt::format("string({})", make(Kind::integer, depth));
        case 4:
            return make(Kind::text, depth) + ".replace(\"a\", \"bb\")";
        case 5:
            return fmt::format("({} ? {} : {})", make(Kind::boolean, depth), make(Kind::text, depth),
                               make(Kind::text, depth));
        case 6:
            return fmt::format("regex.replace({}, \"b[ac]\", \"x\")", make(Kind::text, depth));
        case 7:
            return fmt::format("\"%s: %d\".format([{}, {}])", make(Kind::text, depth), make(Kind::integer, depth));
        default:
            return known(Kind::text);
    }
}

std::string RulesetMaker::ints(int depth) {
    switch (below(5)) {
        case 0:
            return fmt::format("[{}, {}]", make(Kind::integer, depth), make(Kind::integer, depth));
        case 1:
            return make(Kind::ints, depth) + ".sort()";
        case 2:
            return fmt::format("({} + {})", make(Kind::ints, depth), make(Kind::ints, depth));
        default:
            return macro(any_list(), depth, "map", Kind::integer);
    }
}

std::string RulesetMaker::texts(int depth) {
    switch (below(7)) {
        case 0:
            return make(Kind::text, depth) + ".split(\"-\")";
        case 1:
            return make(Kind::texts, depth) + ".distinct()";
        case 2:
            return macro(Kind::texts, depth, "filter", Kind::boolean);
        case 3:
            return macro(Kind::texts, depth, "sortBy", Kind::text);
        case 4:
            return fmt::format("[{}, {}]", make(Kind::text, depth), make(Kind::text, depth));
        case 5:
            return known(Kind::texts);
        default:
            return macro(any_list(), depth, "map", Kind::text);
    }
}

std::string RulesetMaker::nodes(int depth) {
    switch (below(4)) {
        case 0:
            return macro(Kind::nodes, depth, "filter", Kind::boolean);
        case 1:
            return macro(Kind::nodes, depth, "sortBy", Kind::integer);
        case 2:
            return make(Kind::nodes, depth) + ".reverse()";
        default:
            return known(Kind::nodes);
    }
}

std::string RulesetMaker::leaves(int depth) {
    if (chance(3)) return macro(Kind::leaves, depth, "filter", Kind::boolean);
    if (chance(3)) {
        const std::string v = fresh_name();
        return fmt::format("{}.map({}, {}.leaves).flatten()", make(Kind::nodes, depth), v, v);
    }
    return known(Kind::leaves);
}

// ------------------------------------------------------------------------------------------------------ decisions

std::string RulesetMaker::lets() {
    std::string out = "    let:\n";
    for (const Kind kind : {Kind::integer, Kind::boolean, Kind::text}) {
        const std::string name = fmt::format("l_{}", names_++);
        out += fmt::format("      {}: {}\n", name, quoted(make(kind, options_.depth)));
        known_.push_back({kind, name});
    }
    return out;
}

/// Rules that give a grade, a number and a text.
std::string RulesetMaker::rules(const std::string& hit) {
    // Some look at what is not there yet.
    static constexpr const char* always[] = {
        "u: 'size(this.t) + this.n'", "was: has(this.w), w: 3, u: 'has(this.w) ? this.n : 0'",
        "was: has(this.w), w: this.n, u: 'has(this.w) ? this.w + size(this.t) : 0'"};
    std::string out = "    gives: {g: [low, middle, high], n: int, t: string, u: int, was: bool, w: int}\n";
    out += fmt::format("    optional: [was, w]\n    hit: {}\n    always: {{{}}}\n", hit, always[names_ % 3]);
    if (hit == "priority") out += "    priority: g\n";
    out += "    rules:\n";
    const bool alone = hit == "unique";  // one rule applies
    const std::string only = make(Kind::boolean, options_.depth);
    static constexpr const char* grades[] = {"low", "middle", "high"};
    for (int i = 0, count = alone ? 2 : 1 + below(3); i < count; ++i) {
        out += fmt::format("      - id: r{}\n        cite: P.1\n", i);
        const std::vector<Known> outer = known_;
        if (hit == "collect" && chance(2)) {
            const std::string v = fresh_name();
            out += fmt::format("        each: {{{}: {}}}\n", v, quoted(make(Kind::nodes, 2)));
            for (Known& part : parts_of(Kind::nodes, v)) known_.push_back(std::move(part));
        }
        if (alone) {
            out += fmt::format("        {}: {}\n", i == 0 ? "when" : "unless", quoted(only));
        } else if (i + 1 < count || hit == "collect") {
            out += "        when: " + quoted(make(Kind::boolean, options_.depth)) + "\n";
        }
        const bool same = hit == "any";
        out += fmt::format("        then: {{g: {}, n: {}, t: {}}}\n", same ? "low" : grades[below(3)],
                           quoted(same ? "f.n" : make(Kind::integer, options_.depth)),
                           quoted(same ? "f.name" : make(Kind::text, options_.depth)));
        if (chance(3)) {
            out += fmt::format("        except: [{{id: x{}, when: {}, then: {{g: high, n: general.n, t: {}}}}}]\n", i,
                               quoted(make(Kind::boolean, 2)), quoted(make(Kind::text, 2)));
        }
        if (chance(2)) {
            const std::string hole = make(Kind::integer, 2);
            if (hole.find_first_of("<>") == std::string::npos)
                out += fmt::format("        say: {{pt: {0}, en: {0}}}\n", quoted("x <" + hole + ">"));
        }
        known_ = outer;
    }
    return out;
}

std::string RulesetMaker::table(const std::string& hit) {
    std::string out = "    gives: {g: [low, middle, high], n: int, t: string}\n    hit: " + hit + "\n    table: |\n";
    // Columns are names: expressions with bars and colons would have to be quoted.
    const std::string number = fmt::format("size({})", known(Kind::texts));
    out += fmt::format("      id | {} | f.n || g | n | t\n", number);
    static constexpr const char* grades[] = {"low", "middle", "high"};
    for (int i = 0, rows = 2 + below(4); i < rows; ++i) {
        out += fmt::format("      t{} | {} | {} || {} | f.m + {} | f.name\n", i,
                           chance(2) ? "-" : fmt::format(">= {}", below(4)),
                           chance(2) ? "-" : fmt::format("{}, {}", below(9), 9 + below(9)), grades[below(3)], i);
    }
    return out + "      last | - | - || low | 0 | \"none\"\n";
}

std::string RulesetMaker::decision(const std::string& name) {
    const std::vector<Known> outer = known_;
    static constexpr const char* policies[] = {"first", "first", "unique", "any", "priority", "collect", "rule_order"};
    std::string out = fmt::format("  {}:\n", name);
    std::string hit = policies[below(7)];
    std::vector<Known> offered;  // what others may ask of it
    const std::string v = fresh_name();
    const int shape = below(7);
    const auto body = [&] { return hit == "first" && chance(2) ? table(hit) : rules(hit); };
    if (shape < 2) {
        out += fmt::format("    each: {{{}: {}}}\n", v, quoted(make(Kind::nodes, 2)));
        for (Known& part : parts_of(Kind::nodes, v)) known_.push_back(std::move(part));
        out += lets();
        if (chance(3)) out += fmt::format("    where: {}\n", quoted(make(Kind::boolean, 2)));
        if (hit == "collect" || hit == "rule_order") hit = "first";
        out += body();
        offered = {{Kind::ints, fmt::format("{}.map(o, o.n)", name)},
                   {Kind::texts, fmt::format("{}.map(o, o.t)", name)}};
    } else if (shape == 2) {
        out += fmt::format("    pick: {{{}: {}}}\n", v, quoted(make(Kind::nodes, 2)));
        for (Known& part : parts_of(Kind::nodes, v)) known_.push_back(std::move(part));
        out += fmt::format("    where: {}\n    order: [{}, {}.id]\n", quoted(make(Kind::boolean, options_.depth)),
                           quoted(make(Kind::integer, 2)), v);
        offered = {{Kind::boolean, fmt::format("{}.hasValue()", name)}};
    } else if (shape == 3) {
        out += "    given: {a: int, b: string}\n";
        known_.push_back({Kind::integer, "a"});
        known_.push_back({Kind::text, "b"});
        if (hit == "collect" || hit == "rule_order") hit = "first";
        out += lets() + body();
        known_ = outer;
        for (int i = 0; i < 2; ++i)
            offered.push_back(
                {Kind::integer, fmt::format("{}({}, {}).n", name, make(Kind::integer, 1), make(Kind::text, 1))});
    } else {
        out += lets() + body();
        const bool list = hit == "collect" || hit == "rule_order";
        offered = {{Kind::integer, list ? "size(" + name + ")" : name + ".n"}};
    }
    known_ = outer;
    for (Known& one : offered) known_.push_back(std::move(one));
    if (shape != 3) asked_.push_back(name);
    return out;
}

// ---------------------------------------------------------------------------------------------------------- cases

std::string RulesetMaker::words(int bytes, double fill) {
    std::string out;
    const int size = static_cast<int>(bytes * fill);
    while (static_cast<int>(out.size()) < size) out += "abc-"[below(4)];
    return out;
}

std::string RulesetMaker::a_case(double fill) {
    const auto count = [&](int most) { return static_cast<int>(most * fill + 0.5); };
    const auto list = [&](int most, const auto& item) {
        std::string out = "[";
        for (int i = 0, items = count(most); i < items; ++i) out += (i > 0 ? ", " : "") + item(i);
        return out + "]";
    };
    const auto text = [&](int bytes) { return "\"" + words(bytes, fill) + "\""; };
    const auto id = [&](int i) { return fmt::format("{:0>{}}", i, std::max(1, static_cast<int>(id_bytes * fill))); };
    const auto instant_by = [&](int last) {
        return fmt::format("2024-05-{:02}T{:02}:00:00-03:00", 1 + below(last), below(24));
    };
    const auto instant = [&] { return instant_by(28); };
    // What is made later than the instant judged is not there: a list that is full holds what was made before.
    const auto made_at = [&] { return instant_by(fill < 1 ? 28 : 14); };
    const auto leaf = [&](int i) {
        return fmt::format("{{id: \"{}\", n: {}, tags: {}}}", id(i), below(10),
                           list(most_tags, [&](int) { return text(tag_bytes); }));
    };
    const auto node = [&](int i) {
        static constexpr const char* grades[] = {"low", "middle", "high"};
        std::string out = fmt::format(
            "{{id: \"{}\", name: {}, n: {}, grade: {}, leaves: {}, made_at: {}, day: 2024-05-{:02}", id(i),
            text(name_bytes), below(10), grades[below(3)], list(most_leaves, leaf), made_at(), 1 + below(28));
        if (chance(2)) out += ", seen_at: " + instant();
        return out + "}";
    };
    return fmt::format(
        "f:\n  n: {}\n  m: {}\n  name: {}\n  words: {}\n  nodes: {}\n  others: {}\n  shelf: {}\n  since: {}\n  day: "
        "2024-05-{:02}\n",
        below(20), below(20), text(name_bytes), list(most_words, [&](int) { return text(word_bytes); }),
        list(most_nodes, node), list(most_dated, node), list(most_on_shelf, leaf), instant(), 1 + below(28));
}

}  // namespace praxe::random_rules
