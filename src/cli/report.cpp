// Answers for a person.
#include "cli/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/model.hpp"
#include "run/display.hpp"
#include "run/outcome_words.hpp"

namespace praxe {
namespace {

enum class Paint { plain, bold, dim, good, warn, bad, accent };

class Report {
  public:
    Report(const Model& model, const ReportStyle& style)
        : model_(model), style_(style), words_(model_, style.language) {}

    std::string of(const std::string& title, Instant at, const std::vector<Answer>& answers) {
        out_ = fmt::format("{}  {}\n", paint(title, Paint::bold), paint(when(at), Paint::dim));
        for (const Answer& answer : answers) {
            if (!style_.brief || says_something(answer)) add(answer);
        }
        return out_ + "\n";
    }

    /// A change of an answer; `before` reports in the words of the ruleset that made the outcome before.
    std::string of(const Change& change, const Report& before, const std::string& cause) {
        const Answer& now = change.now;
        const std::vector<std::string> were = before.shown(change.before);
        const std::vector<std::string> are = shown(now.outcome);
        out_ = fmt::format("{}  {}  {}\n", paint(when(change.at), Paint::dim), paint(change.case_id, Paint::bold),
                           paint(question(now.decision), Paint::accent));
        for (const std::string& one : were) {
            if (std::ranges::find(are, one) == are.end()) line(1, paint("- " + one, Paint::dim));
        }
        const bool reason_each = now.outcome.is(Kind::list) && now.because.size() == are.size();
        for (std::size_t i = 0; i < are.size(); ++i) {
            if (std::ranges::find(were, are[i]) != were.end()) continue;
            line(1, fmt::format("+ {}", paint(are[i], now.outcome.is_error() ? Paint::bad : Paint::bold)));
            if (reason_each) add_because(now.because[i], true);
        }
        for (std::size_t i = 0; !reason_each && i < now.because.size(); ++i) add_because(now.because[i], i == 0);
        const std::string flip = change.because ? ": " + this->flip(*change.because) : "";
        line(3, paint(fmt::format("({}{})", cause, flip), Paint::dim));
        return out_ + "\n";
    }

    /// Each outcome of a list on a line of its own.
    std::vector<std::string> shown(const Value& outcome) const {
        if (outcome.is(Kind::optional)) return outcome.has_value() ? shown(outcome.as_optional()) : none();
        if (outcome.is(Kind::record)) return {words_.fields(outcome.as_record())};
        if (outcome.is_error()) return {outcome.as_error().message};
        if (!outcome.is(Kind::list)) return {};
        if (outcome.as_list().empty()) return {phrase("nada", "nothing")};
        std::vector<std::string> lines;
        for (const Value& item : outcome.as_list()) lines.push_back(shown(item).front());
        return lines;
    }

    std::string when(Instant at) const { return display_instant(at, model_.zone, style_.language); }
    std::string phrase(std::string_view pt, std::string_view en) const { return words_.phrase(pt, en); }

    std::string paint(std::string_view text, Paint paint) const {
        static constexpr std::array codes{"", "1", "2", "32", "33", "31", "36"};
        const char* code = codes[static_cast<std::size_t>(paint)];
        return style_.colour && *code != '\0' ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string(text);
    }

  private:
    /// False for an empty list that nothing recorded so far will fill.
    static bool says_something(const Answer& answer) {
        const bool changes = answer.valid_until && answer.valid_until->until;
        return !answer.outcome.is(Kind::list) || !answer.outcome.as_list().empty() || changes;
    }

    std::vector<std::string> none() const { return {phrase("nenhum", "none")}; }

    /// Its name where it asks nothing, or the ruleset does not have it.
    std::string question(const std::string& name) const {
        const Decision* decision = model_.find(name);
        if (decision == nullptr) return name;
        const auto asked = decision->asks.find(style_.language);
        return asked == decision->asks.end() ? name : asked->second;
    }

    void add(const Answer& answer) {
        const Decision& decision = *model_.find(answer.decision);
        line(1, paint(question(answer.decision), Paint::accent));
        if (answer.outcome.is_error()) {
            add_error(answer.outcome.as_error());
        } else if (answer.outcome.is(Kind::list)) {
            add_items(decision, answer);
        } else {
            add_single(answer);
        }
        for (const WhyNot& why : answer.why_not) add_why_not(why);
        for (const Working& working : answer.workings) add_working(working, answer.decision);
    }

    void add_single(const Answer& answer) {
        const Value& outcome = answer.outcome.is(Kind::optional) && answer.outcome.has_value()
                                   ? answer.outcome.as_optional()
                                   : answer.outcome;
        if (!outcome.is(Kind::record)) {
            line(2, paint(none().front(), Paint::dim));
            return;
        }
        line(2, fmt::format("{}  {}", paint(words_.fields(outcome.as_record()), Paint::bold),
                            validity(answer.valid_until)));
        for (std::size_t i = 0; i < answer.because.size(); ++i) add_because(answer.because[i], i == 0);
    }

    void add_items(const Decision& decision, const Answer& answer) {
        const List& items = answer.outcome.as_list();
        if (items.empty()) line(2, paint(phrase("nada", "nothing"), Paint::dim));
        for (std::size_t i = 0; i < items.size(); ++i) {
            const bool itemised = decision.each || decision.collects();
            const Because* because = itemised && i < answer.because.size() ? &answer.because[i] : nullptr;
            const bool has_own = because != nullptr && because->valid_until.has_value();
            line(2, fmt::format("{}{}", paint(words_.fields(items[i].as_record()), Paint::bold),
                                has_own ? "  " + validity(because->valid_until) : ""));
            if (because != nullptr) add_because(*because, true);
        }
        if (!answer.valid_until) return;
        if (!decision.each || changes_before_its_items(answer)) line(2, validity(answer.valid_until));
    }

    /// An item will appear before one that is there changes; told where it was asked what ends the answer.
    static bool changes_before_its_items(const Answer& answer) {
        const Validity& whole = *answer.valid_until;
        return whole.because && std::none_of(answer.because.begin(), answer.because.end(), [&](const Because& item) {
                   return item.valid_until && item.valid_until->until == whole.until;
               });
    }

    void add_because(const Because& because, bool deciding) {
        const auto said = because.text.find(style_.language);
        const std::string text = said == because.text.end() ? because.rule : said->second;
        const std::string item = deciding || because.item.empty() ? "" : because.item + ": ";
        line(3,
             fmt::format("{} {}{}",
                         paint(fmt::format("{}", fmt::join(because.cite, ", ")), deciding ? Paint::good : Paint::dim),
                         item, deciding ? text : paint(text, Paint::dim)));
    }

    void add_error(const Error& error) {
        line(2, paint(error.message, Paint::bad));
        if (const Place& place = error.fact_place) {
            const auto [row, column] = place.source->position(place.span.begin);
            line(3, paint(fmt::format("{}:{}:{}", place.source->name(), row, column), Paint::dim));
        }
    }

    void add_why_not(const WhyNot& why) {
        const std::string item = why.item.empty() ? "" : why.item + ": ";
        if (why.condition.empty()) {
            line(3, paint(fmt::format("{}{} – {}", item, why.rule,
                                      phrase("outra regra veio antes", "another rule came first")),
                          Paint::dim));
            return;
        }
        std::string read;
        for (const auto& [name, value] : why.read)
            read += fmt::format("{}{} = {}", read.empty() ? "" : ", ", name,
                                display(value, model_.zone, style_.language, model_.currency));
        line(3, paint(fmt::format("{}{} – {} {}", item, why.rule, phrase("não vale:", "does not hold:"), why.condition),
                      Paint::dim));
        if (!read.empty()) line(4, paint(read, Paint::dim));
    }

    /// `12.50 = prorate(total, paid, price, "half_up")`, then what of, and what it was before rounding.
    void add_working(const Working& working, const std::string& decision) {
        const auto shown = [&](const std::vector<Value>& values) {
            std::string text;
            for (const Value& value : values)
                text += fmt::format("{}{}", text.empty() ? "" : "; ", display(value, model_.zone, style_.language));
            return text;
        };
        const std::string where =
            working.decision.empty() || working.decision == decision ? "" : working.decision + ": ";
        line(3, paint(fmt::format("{}{} = {}", where, shown({working.value}), working.expression), Paint::dim));
        std::string odd;
        for (const std::size_t part : working.odd_cents) odd += fmt::format("{}{}", odd.empty() ? "" : ", ", part + 1);
        if (!odd.empty())
            odd = fmt::format("; {} {}", phrase("um centavo que sobrou à parte", "a cent left over to part"), odd);
        line(4, paint(fmt::format("{} {}; {} {}{}", phrase("de", "of"), shown(working.of),
                                  phrase("antes de arredondar", "before rounding"),
                                  localised(fmt::format("{}", fmt::join(working.exact, "; "))), odd),
                      Paint::dim));
    }

    /// A decimal as the language writes it.
    std::string localised(std::string decimals) const {
        if (style_.language == "pt") std::replace(decimals.begin(), decimals.end(), '.', ',');
        return decimals;
    }

    std::string validity(const std::optional<Validity>& validity) const {
        if (!validity) return "";
        if (!validity->until)
            return paint(phrase("até haver fato novo", "until something new is recorded"), Paint::dim);
        return paint(fmt::format("{} {}", until(validity->limited_by), when(*validity->until)), Paint::warn) +
               paint(explained(*validity), Paint::dim);
    }

    std::string until(LimitedBy limit) const {
        switch (limit) {
            case LimitedBy::nothing:
                return phrase("vale até", "until");
            case LimitedBy::horizon:
                return phrase("vale ao menos até", "at least until");
            case LimitedBy::calendar:
                return phrase("vale até onde vai o calendário,", "until the calendar ends,");
        }
        return {};
    }

    /// ` (rule over: at >= ends), then state: expired`; empty unless it was asked for.
    std::string explained(const Validity& validity) const {
        if (!validity.because) return "";
        const std::string then =
            validity.next ? fmt::format(", {} {}", phrase("depois", "then"), next(*validity.next)) : "";
        return fmt::format(" ({}){}", flip(*validity.because), then);
    }

    std::string flip(const Flip& flip) const {
        // Where a fact was only read, its instant is what ends the answer.
        const bool compares = flip.comparison.find_first_of(" (") != std::string::npos;
        const std::string& what = compares || flip.fact.empty() ? flip.comparison : flip.fact;
        if (!flip.exception.empty())
            return fmt::format("{} {}: {}", phrase("exceção", "exception"), flip.exception, what);
        if (!flip.rule.empty()) return fmt::format("{} {}: {}", phrase("regra", "rule"), flip.rule, what);
        const std::string& place = flip.binding.empty() ? flip.decision : flip.binding;
        return place.empty() ? what : fmt::format("{}: {}", place, what);
    }

    std::string next(const Value& outcome) const {
        if (outcome.is_error()) return outcome.as_error().message;
        if (outcome.is_absent()) return phrase("não consta mais", "no longer there");
        if (outcome.is(Kind::optional)) {
            return outcome.has_value() ? next(outcome.as_optional()) : phrase("nenhum", "none");
        }
        return outcome.is(Kind::record) ? words_.fields(outcome.as_record()) : words_.value(outcome, {});
    }

    void line(int depth, std::string_view text) {
        out_ += fmt::format("{}{}\n", std::string(static_cast<std::size_t>(depth) * 2, ' '), text);
    }

    const Model& model_;
    const ReportStyle& style_;
    OutcomeWords words_;
    std::string out_;
};

}  // namespace

std::string report(const Ruleset& ruleset, const std::string& title, std::int64_t at,
                   const std::vector<Answer>& answers, const ReportStyle& style) {
    return Report(ruleset.model(), style).of(title, at, answers);
}

std::string report(const ReplayedChange& told, const std::string& cause, const ReportStyle& style) {
    const Report before(*told.made_before_by, style);
    return Report(*told.change.now.made_by, style).of(told.change, before, cause);
}

void NextChange::add(const std::string& of, const std::vector<Answer>& answers) {
    for (const Answer& answer : answers) {
        if (!answer.valid_until || !answer.valid_until->until) continue;
        if (at && *at <= *answer.valid_until->until) continue;
        at = answer.valid_until->until;
        title = of;
        decision = answer.decision;
    }
}

std::string summary(const Ruleset& ruleset, std::size_t cases, const NextChange& next, const ReportStyle& style) {
    const bool pt = style.language == "pt";
    std::string out = fmt::format("{} {}", cases, pt ? "casos" : "cases");
    if (!next.at) return out + (pt ? "; nada muda por si\n" : "; nothing changes by itself\n");
    return fmt::format("{}; {} {} ({}: {})\n", out, pt ? "a primeira resposta muda em" : "the first answer changes at",
                       display_instant(*next.at, ruleset.model().zone, style.language), next.title, next.decision);
}

}  // namespace praxe
