// Small random rulesets and cases, as text, full of everything that depends on the instant of decision.
//
// Every instant at which an outcome can change is an instant of the case or the ruleset, moved by one of the durations
// used, or a whole local hour so moved: `instants` and `durations` say which.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "value/time.hpp"

namespace praxe::random_rules {

inline constexpr Instant hour = 3'600'000'000;

inline constexpr std::string_view vocabulary = R"(vocabulary: random
closed_sets:
  kind: [p, q, r]
records:
  Item:
    since: created_at
    key: id
    fields:
      id: string
      created_at: timestamp
      seen_at?: {is: timestamp, happens: true}
      seen_by?: {is: string, with: seen_at}
      due: timestamp
      day: date
      n: int
  Plain:
    key: id
    fields:
      id: string
      due: timestamp
      day: date
      n: int
  Facts:
    fields:
      a: timestamp
      b?: {is: timestamp, happens: true}
      c?: {is: string, with: b}
      d: date
      flag?: {is: bool, with: b, absent: false}
      items?: {list: Item, absent: []}
      plain?: {list: Plain, absent: []}
      shelf?: {map: Item, by: id}
      one?: Item
facts:
  at?: timestamp
  f: Facts
)";

/// Around days on which the clocks of São Paulo changed: a midnight that was skipped, one that came twice, and none.
inline constexpr CivilDate days[] = {{2018, 11, 4}, {2018, 2, 18}, {2024, 5, 1}};

class Generator {
  public:
    explicit Generator(std::uint32_t seed) : random_(seed), zone_(*Zone::find("America/Sao_Paulo")) {
        middle_ = day_from_civil(days[below(3)]);
    }

    std::set<Instant> instants;  // of the ruleset and of all cases made so far
    std::set<Instant> durations{0};
    std::vector<std::string> asked;  // decisions that can be asked for

    Day first_day() const { return middle_ - 4; }
    Day last_day() const { return middle_ + 6; }
    const Zone& zone() const { return zone_; }

    std::string calendar() {
        const Day until = middle_ + (chance(5) ? static_cast<Day>(below(6)) : 300);
        return fmt::format(
            "calendar: week\nknown: {{from: {}, until: {}}}\nweek_off: [{}]\ndays_off: [{{name: x, only: {}}}]\n{}",
            format_date(middle_ - (chance(5) ? 3 - static_cast<Day>(below(4)) : 300)), format_date(until),
            chance(2) ? "sunday" : "saturday, sunday", format_date(middle_), hours());
    }

    /// Whole hours, at the ends of days too, where the clocks change.
    std::string hours() {
        static const std::vector<std::string> spans = {"08:00-12:00, 13:00-18:00", "00:00-24:00", "22:00-24:00",
                                                       "00:00-02:00, 22:00-23:00", "09:00-17:00"};
        return fmt::format(
            "hours:\n  team:\n    - {{weekdays: [monday, tuesday, wednesday, thursday, friday], open: [{}]}}\n"
            "    - {{weekdays: [saturday, sunday], open: [{}]}}\n    - {{only: {}, open: [{}]}}\n",
            one_of(spans), chance(2) ? "" : one_of(spans), format_date(first_day() + static_cast<Day>(below(10))),
            chance(3) ? "" : one_of(spans));
    }

    std::string other_calendar() {
        return fmt::format("calendar: other\nover: week\nweek_off: friday\nadd: [{{name: y, date: {}}}]\n",
                           format_date(middle_ - 1).substr(std::string("YYYY-").size()));
    }

    std::string ruleset() {
        std::string out =
            "ruleset: random\nvocabulary: v.yaml\nzone: America/Sao_Paulo\ncalendars: [week.yaml, other.yaml]\n";
        out += "calendar: week\nclauses: {P.1: {pt: um, en: one}}\n";
        const int dated = below(8);
        if (dated == 0) out += fmt::format("effective: {{until: {}}}\n", format_date(middle_ + 3));
        if (dated == 1) out += fmt::format("effective: {{from: {}}}\n", format_date(middle_ - 2));
        out += fmt::format("define:\n  later: {}\n", quoted(condition(2)));
        conditions_.push_back("later");
        out += "decisions:\n";
        for (int i = 0, count = 3 + below(3); i < count; ++i) out += decision(fmt::format("d{}", i));
        return out;
    }

    std::string a_case() {
        std::string out = fmt::format("f:\n  a: {}\n  d: {}\n", instant(), date());
        if (!chance(4)) out += fmt::format("  b: {}\n", instant());
        if (!chance(4)) out += "  c: ana\n";
        if (chance(2)) out += "  flag: true\n";
        if (!chance(4)) out += fmt::format("  one: {}\n", item("one", true));
        out += fmt::format("  items: [{}]\n  plain: [{}]\n  shelf: [{}]\n", items(below(4), true),
                           items(below(4), false), items(below(3), true));
        return out;
    }

    Instant moment() {
        const Day day = first_day() + static_cast<Day>(below(static_cast<int>(last_day() - first_day())));
        Instant at = zone_.start_of_day(day);
        if (!chance(3)) at += below(24) * hour;
        if (chance(3)) at += below(3) - 1;
        if (chance(4)) at += below(1'000'000'000);
        return at;
    }

  private:
    int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
    bool chance(int one_in) { return below(one_in) == 0; }
    const std::string& one_of(const std::vector<std::string>& texts) {
        return texts[static_cast<std::size_t>(below(static_cast<int>(texts.size())))];
    }

    static std::string quoted(const std::string& text) {
        std::string out = "'";
        for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
        return out + "'";
    }

    // ------------------------------------------------------------------------------------------ facts and literals

    std::string instant() {
        const Instant at = moment();
        instants.insert(at);
        return zone_.format(at);
    }
    std::string date() { return format_date(first_day() + static_cast<Day>(below(11))); }
    std::string duration(bool beside_at = true) {
        static constexpr int hours[] = {0, 1, 5, 24, 30, 49};
        const int length = hours[below(6)];
        if (beside_at) {
            durations.insert(length * hour);
            durations.insert(-length * hour);
        }
        return fmt::format("duration(\"{}h\")", length);
    }

    std::string item(const std::string& id, bool dated) {
        std::string out = fmt::format("{{id: {}, due: {}, day: {}, n: {}", id, instant(), date(), below(4));
        if (dated) {
            out += ", created_at: " + instant();
            if (chance(2)) out += ", seen_at: " + instant();
            if (chance(2)) out += ", seen_by: ana";
        }
        return out + "}";
    }
    std::string items(int count, bool dated) {
        std::string out;
        for (int i = 0; i < count; ++i) out += (i > 0 ? ", " : "") + item(fmt::format("i{}", i), dated);
        return out;
    }

    // ------------------------------------------------------------------------------------------------- expressions

    std::string time() { return chance(3) ? fmt::format("timestamp(\"{}\")", instant()) : one_of(times_); }
    std::string day() { return chance(3) ? fmt::format("date(\"{}\")", date()) : one_of(dates_); }
    std::string relation() {
        static const std::vector<std::string> relations = {"<", "<=", ">", ">=", "==", "!="};
        return one_of(relations);
    }
    std::string count(std::string_view unit) { return fmt::format("{}({})", unit, below(7) - 2); }

    /// What business days and hours are counted on: the ruleset's calendar or another one, with absences or without.
    std::string on_days() { return std::string(chance(3) ? ", \"other\"" : "") + (chance(3) ? absences() : ""); }
    std::string on_hours() { return std::string(", \"team\"") + (chance(4) ? absences() : ""); }
    std::string absences() {
        const Day first = first_day() + static_cast<Day>(below(9));
        return fmt::format(", [[date(\"{}\"), date(\"{}\")]]", format_date(first),
                           format_date(first + static_cast<Day>(below(3))));
    }

    std::string business_atom() {
        switch (below(7)) {
            case 0:
                return fmt::format("business_days_since({}{}) {} {}", chance(2) ? time() : day(), on_days(), relation(),
                                   count("business_days"));
            case 1:
                return fmt::format("business_days_between({}, date(at) + {}{}) {} {}", day(), count("calendar_days"),
                                   on_days(), relation(), count("business_days"));
            case 2:
                return fmt::format("business_days_between({}, at + {}{}) {} {}", time(), duration(), on_days(),
                                   relation(), count("business_days"));
            case 3:
                return fmt::format("is_business_day(date(at) - {}{})", count("calendar_days"), on_days());
            case 4:
                return fmt::format("is_open(at + {}, \"team\")", duration());
            case 5:
                return fmt::format("business_hours_between(start_of_day({}), at + {}{}) {} business_hours({})", day(),
                                   duration(), on_hours(), relation(), below(30) - 4);
            default:
                return fmt::format(
                    "business_hours_since(start_of_day({}){}) + business_hours({}) {} business_hours({})", day(),
                    on_hours(), below(9) - 4, relation(), below(30) - 4);
        }
    }

    std::string moving_atom() {
        if (chance(4)) return business_atom();
        constexpr const char* zone = "\"America/Sao_Paulo\"";
        switch (below(16)) {
            case 0:
                return fmt::format("at {} {}", relation(), time());
            case 1:
                return fmt::format("at - {} {} {}", time(), relation(), duration());
            case 2:
                return fmt::format("at + {} {} {}", duration(), relation(), time());
            case 3:
                return fmt::format("{} {} at - {}", time(), relation(), duration());
            case 4:
                return fmt::format("date(at) {} {}", relation(), day());
            case 5:
                return fmt::format("date(at) + {} {} {}", count("calendar_days"), relation(), day());
            case 6:
                return fmt::format("date(at + {}) {} {}", duration(), relation(), day());
            case 7:
                return fmt::format("date(at) - {} {} {}", day(), relation(), count("calendar_days"));
            case 8:
                return fmt::format("days_since({}) {} {}", chance(2) ? time() : day(), relation(),
                                   count("calendar_days"));
            case 9:
                return fmt::format("business_days_since({}) {} {}", chance(2) ? time() : day(), relation(),
                                   count("business_days"));
            case 10:
                return fmt::format("business_days_between({}, date(at) - {}) {} {}", day(), count("calendar_days"),
                                   relation(), count("business_days"));
            case 11:
                return fmt::format("business_days_since({}) + {} {} {}", day(), count("business_days"), relation(),
                                   count("business_days"));
            case 12:
                return fmt::format("(at + {}).getHours({}) {} {}", duration(), zone, relation(), below(24));
            case 13:
                return fmt::format("at.getDayOfWeek({}) {} {}", zone, relation(), below(7));
            case 14:
                return fmt::format("so_far(days_since({})) {} {}", day(), relation(), count("calendar_days"));
            default:
                return fmt::format("at >= {} && at < {} + {}", time(), time(), duration());
        }
    }

    std::string still_atom() {
        switch (below(10)) {
            case 0:
                return "has(f.b)";
            case 1:
                return "f.flag";
            case 2:
                return "f.c == \"ana\"";
            case 3:
                return "has(f.one)";
            case 4:
                return fmt::format("f.items.size() {} {}", relation(), below(4));
            case 5:
                return fmt::format("(has(f.shelf) && \"i{}\" in f.shelf)", below(3));
            case 6:
                return fmt::format("f.?one.?seen_at.hasValue()");
            case 7:
                return "f.one.seen_by == \"ana\"";
            default: {
                // Half of them what was named last: parts of the element, arguments, decisions just made.
                const auto last = conditions_.size() > 3 ? conditions_.end() - 3 : conditions_.begin();
                return chance(2) ? one_of(conditions_) : one_of({last, conditions_.end()});
            }
        }
    }

    /// A condition over an element of a list, under a name of its own.
    std::string over_items(int depth) {
        const std::string list = chance(3) ? "f.plain" : "f.items";
        const std::string name = fmt::format("x{}", names_++);
        const auto outer = std::tuple(times_, dates_, conditions_);
        know(name, list == "f.items");
        const std::string body = condition(depth - 1);
        std::tie(times_, dates_, conditions_) = outer;
        switch (below(4)) {
            case 0:
                return fmt::format("{}.exists({}, {})", list, name, body);
            case 1:
                return fmt::format("{}.all({}, {})", list, name, body);
            case 2:
                return fmt::format("{}.filter({}, {}).size() {} {}", list, name, body, relation(), below(3));
            default:
                return fmt::format("{0}.filter({1}, {2}).map({1}, {1}.n).exists(n, n > 1)", list, name, body);
        }
    }

    /// The element's parts can be used from now on.
    void know(const std::string& name, bool dated) {
        times_.push_back(name + ".due");
        dates_.push_back(name + ".day");
        if (!dated) return;
        times_.push_back(name + ".created_at");
        conditions_.push_back(fmt::format("has({}.seen_at)", name));
        conditions_.push_back(fmt::format("{}.seen_by == \"ana\"", name));
    }

    std::string condition(int depth) {
        if (depth <= 0) return chance(3) ? still_atom() : moving_atom();
        switch (below(11)) {
            case 0:
                return fmt::format("({} && {})", condition(depth - 1), condition(depth - 1));
            case 1:
                return fmt::format("({} || {})", condition(depth - 1), condition(depth - 1));
            case 2:
                return fmt::format("!({})", condition(depth - 1));
            case 3:
                return fmt::format("({} ? {} : {})", condition(depth - 1), condition(depth - 1), condition(depth - 1));
            case 4:
            case 5:
                return over_items(depth);
            case 6:
                return fmt::format("before({}, {})", time(), condition(depth - 1));
            case 7:
                return fmt::format("cel.bind(y, at - {}, y {} {})", time(), relation(), duration());
            case 8:
                return fmt::format("cel.bind(y, at, before({}, y {} {} || {}))", time(), relation(), time(),
                                   condition(depth - 1));
            default:
                return condition(0);
        }
    }

    std::string number() {
        switch (below(3)) {
            case 0:
                return fmt::format("({} ? {} : {})", condition(1), below(3), below(3));
            case 1:
                return fmt::format("f.items.filter(i, {}).size()", condition(1));
            default:
                return std::to_string(below(3));
        }
    }

    // --------------------------------------------------------------------------------------------------- decisions

    std::string outputs() { return fmt::format("{{k: {}, n: {}}}", std::string(1, "pqr"[below(3)]), quoted(number())); }

    std::string conditions() {
        std::string out;
        if (!chance(4)) out += fmt::format(", when: [{}]", quoted(condition(2)));
        if (chance(3)) out += fmt::format(", unless: {}", quoted(condition(1)));
        if (chance(3)) out += fmt::format(", any: [{}, {}]", quoted(condition(1)), quoted(condition(1)));
        if (chance(8)) out += fmt::format(", require: {}", quoted(condition(1)));
        return out;
    }

    std::string exception(const std::string& id) {
        const auto outer = conditions_;
        conditions_.push_back("general.n > 0");
        conditions_.push_back("general.k == \"p\"");
        std::string out = fmt::format("{{id: {}{}, then: {}}}", id, conditions(), outputs());
        conditions_ = outer;
        return out;
    }

    std::string rules() {
        static const std::vector<std::string> policies = {"first", "first", "unique", "priority", "any", "collect"};
        const std::string hit = in_each_ ? "first" : one_of(policies);
        std::string out = fmt::format("    gives: {{k: [p, q, r], n: int}}\n    hit: {}\n", hit);
        if (hit == "priority") out += "    priority: k\n";
        out += "    rules:\n";
        if (of_outcomes_ && chance(2))
            out += fmt::format("      - {{id: same, when: e.k == \"q\", then: {}}}\n", outputs());
        if (hit == "unique") {
            const std::string decides = quoted(condition(2));
            out += fmt::format("      - {{id: yes, when: {}, then: {}}}\n", decides, outputs());
            out += fmt::format("      - {{id: no, unless: {}, then: {}}}\n", decides, outputs());
            collects_ = false;
            return out;
        }
        for (int i = 0, count = 1 + below(3); i < count; ++i) {
            out += fmt::format("      - {{id: r{}, cite: {{P.1: {}}}{}, then: {}", i, quoted(condition(1)),
                               conditions(), hit == "any" ? "{k: p, n: 1}" : outputs());
            if (chance(3)) out += fmt::format(", except: [{}]", exception(fmt::format("e{}", i)));
            out += "}\n";
        }
        if (hit != "collect")
            out += fmt::format("      - {{id: else, then: {}}}\n", hit == "any" ? "{k: p, n: 1}" : outputs());
        collects_ = hit == "collect";
        return out;
    }

    std::string let() {
        const int first = names_;
        names_ += 3;
        std::string out = fmt::format("    let: {{l{}: {}", first, quoted(condition(2)));
        conditions_.push_back(fmt::format("l{}", first));
        out += fmt::format(", l{}: {}, l{}: {}}}\n", first + 1, quoted(condition(1)), first + 2,
                           quoted(fmt::format("at - {}", time())));
        conditions_.push_back(fmt::format("l{}", first + 1));
        conditions_.push_back(fmt::format("l{} {} {}", first + 2, relation(), duration()));
        return out;
    }

    std::string decision(const std::string& name) {
        const auto outer = std::tuple(times_, dates_, conditions_);
        std::string known;  // what others may ask of it
        std::string out = fmt::format("  {}:\n", name);
        in_each_ = false;
        of_outcomes_ = false;
        switch (below(6)) {
            case 0:
            case 5: {
                const std::string list = lists_.empty() || chance(2) ? std::string("f.items") : one_of(lists_);
                out += fmt::format("    each: {{e: {}}}\n", list);
                know_element("e", list);
                in_each_ = true;
                out += let();
                if (chance(3)) out += fmt::format("    where: {}\n", quoted(condition(1)));
                std::string body = rules();
                body.replace(body.find("{k: [p, q, r]"), 1, "{id: string, ");
                out += body + "    always: {id: e.id}\n";
                known = fmt::format("{}.exists(o, o.k == \"q\")", name);
                break;
            }
            case 1: {
                const std::string list = lists_.empty() || chance(2) ? std::string("f.items") : one_of(lists_);
                out += fmt::format("    pick: {{e: {}}}\n", list);
                know_element("e", list);
                if (!chance(3)) out += fmt::format("    where: {}\n", quoted(condition(2)));
                out += fmt::format("    order: [{}, e.id]\n", quoted(fmt::format("{} ? 1 : 2", condition(1))));
                known = chance(2) ? fmt::format("{}.hasValue()", name) : fmt::format("{}.value().id == \"i1\"", name);
                break;
            }
            case 2: {
                out += "    given: {t: timestamp}\n";
                times_.push_back("t");
                out += let() + rules();
                known = collects_ ? fmt::format("{}(f.a).exists(o, o.k == \"p\")", name)
                                  : fmt::format("{}({}).k == \"p\"", name, std::get<0>(outer).back());
                break;
            }
            default: {
                if (chance(4))
                    out += fmt::format("    needs: [{{f.one: {}}}]\n", quoted(one_of({"has(f.b)", "later"})));
                if (chance(6)) out += fmt::format("    require: {}\n", quoted(condition(1)));
                out += let() + rules();
                known = collects_ ? fmt::format("{}.size() > 1", name) : fmt::format("{}.n > 0", name);
                break;
            }
        }
        std::tie(times_, dates_, conditions_) = outer;
        conditions_.push_back(known);
        if (in_each_) lists_.push_back(name);
        if (out.find("given:") == std::string::npos) asked.push_back(name);
        return out;
    }

    /// The parts of an element of the facts, or of an outcome of a decision made for each.
    void know_element(const std::string& name, const std::string& list) {
        if (list == "f.items") return know(name, true);
        of_outcomes_ = true;
        conditions_.push_back(fmt::format("{}.k == \"q\"", name));
        conditions_.push_back(fmt::format("{}.n > 0", name));
    }

    std::mt19937 random_;
    Zone zone_;
    Day middle_ = 0;
    int names_ = 0;
    bool in_each_ = false;
    bool of_outcomes_ = false;  // the elements are outcomes of another decision
    bool collects_ = false;
    std::vector<std::string> times_{"f.a", "f.b", "f.one.due", "f.one.created_at"};
    std::vector<std::string> dates_{"f.d", "date(f.a)"};
    std::vector<std::string> conditions_{"f.flag"};
    std::vector<std::string> lists_;
};

}  // namespace praxe::random_rules
