// The table of indicators: a line for each, or for each of its groups; a goal that is missed is said with its bound.
#include "cli/measure_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/indicator.hpp"
#include "measure/measures_json.hpp"
#include "run/display.hpp"
#include "run/outcome_words.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

enum class Paint { plain, bold, dim, good, bad };

struct Row {
    std::string name, value, made_of, verdict;
    Paint paint = Paint::plain;
    Paint verdict_paint = Paint::plain;
};

std::string pad(std::size_t width, std::string_view text) {
    const std::size_t wide = count_code_points(text);
    return std::string(wide < width ? width - wide : 0, ' ');
}

class MeasuresText {
  public:
    MeasuresText(const MeasuresPage& page, const Ruleset& ruleset, const ReportStyle& style)
        : page_(page), model_(ruleset.model()), style_(style), words_(ruleset.model(), style.language) {}

    std::string write() {
        for (const IndicatorResult& result : page_.results) {
            const auto indicator = std::find_if(model_.indicators.begin(), model_.indicators.end(),
                                                [&](const auto& one) { return one->name == result.name; });
            add(**indicator, result);
        }
        return heading() + table();
    }

  private:
    std::string heading() const {
        const auto title = model_.title.find(style_.language);
        std::string out = paint(title == model_.title.end() ? model_.name : title->second, Paint::bold);
        out += fmt::format("  {} {}", grouped(std::to_string(page_.cases)),
                           page_.cases == 1 ? phrase("caso", "case") : phrase("casos", "cases"));
        if (page_.refused > 0)
            out += paint(fmt::format("  {} {}", grouped(std::to_string(page_.refused)),
                                     phrase("não puderam ser lidos", "could not be read")),
                         Paint::bad);
        return out + "\n\n";
    }

    void add(const Indicator& indicator, const IndicatorResult& result) {
        Row head;
        head.name = "  " + title(indicator);
        if (result.broken.is_error()) {
            head.verdict = result.broken.as_error().message;
            head.verdict_paint = Paint::bad;
            rows_.push_back(std::move(head));
        } else if (!indicator.by) {
            fill(indicator, result.measured.front(), head);
            rows_.push_back(std::move(head));
        } else {
            add_groups(indicator, result, std::move(head));
        }
        if (result.cases_left_out > 0) add_note(left_out(result.cases_left_out), Paint::bad);
    }

    void add_groups(const Indicator& indicator, const IndicatorResult& result, Row head) {
        if (result.measured.empty()) head.value = "–";
        rows_.push_back(std::move(head));
        for (const Measured& one : result.measured) {
            Row row;
            row.name = "    " + words_.value(one.group, indicator.group);
            fill(indicator, one, row);
            rows_.push_back(std::move(row));
        }
        if (const std::uint64_t hidden = result.groups - result.measured.size(); hidden > 0)
            add_note(
                fmt::format("{} {}", phrase("e mais", "and"), grouped(std::to_string(hidden))) + phrase("", " more"),
                Paint::dim);
    }

    void add_note(std::string text, Paint paint) {
        Row row;
        row.name = "    " + std::move(text);
        row.paint = paint;
        rows_.push_back(std::move(row));
    }

    std::string left_out(std::uint64_t cases) const {
        const bool one = cases == 1;
        return fmt::format("{} {} {}", phrase("sem", "without"), grouped(std::to_string(cases)),
                           one ? phrase("caso em que algo está errado", "case in which something is wrong")
                               : phrase("casos em que algo está errado", "cases in which something is wrong"));
    }

    std::string title(const Indicator& indicator) const {
        const auto said = indicator.title.find(style_.language);
        const auto unit = indicator.unit.find(style_.language);
        std::string out = said == indicator.title.end() ? indicator.name : said->second;
        if (unit != indicator.unit.end()) out += fmt::format(" ({})", unit->second);
        return out;
    }

    void fill(const Indicator& indicator, const Measured& one, Row& row) const {
        row.value = amount(one.value, indicator.decimals);
        row.made_of = made_of(indicator, one);
        if (!one.goal_met) return;
        row.verdict = fmt::format(
            "{}{}", *one.goal_met ? phrase("na meta: ", "goal met: ") : phrase("fora da meta: ", "goal missed: "),
            goal(indicator));
        row.verdict_paint = *one.goal_met ? Paint::good : Paint::bad;
    }

    /// `5 of 12`; of a sum and a percentile how many it was made of; nothing where there was nothing.
    std::string made_of(const Indicator& indicator, const Measured& one) const {
        if (one.elements == 0) return {};
        switch (indicator.measure) {
            case Measure::share:
            case Measure::ratio:
                return fmt::format("{} {} {}", amount(one.part, 0), phrase("de", "of"), amount(one.whole, 0));
            case Measure::sum:
            case Measure::percentile:
                return fmt::format("{} {}", phrase("em", "in"), grouped(std::to_string(one.elements)));
            case Measure::count:
                return {};
        }
        return {};
    }

    std::string goal(const Indicator& indicator) const {
        const auto bound = [&](const GoalBound& one) {
            return amount(model_.parameters[one.parameter].value, indicator.decimals);
        };
        if (indicator.at_least && indicator.at_most)
            return fmt::format("{} {} {} {}", phrase("de", "from"), bound(*indicator.at_least), phrase("a", "to"),
                               bound(*indicator.at_most));
        return indicator.at_least ? fmt::format("{} {}", phrase("no mínimo", "at least"), bound(*indicator.at_least))
                                  : fmt::format("{} {}", phrase("no máximo", "at most"), bound(*indicator.at_most));
    }

    // -------------------------------------------------------------------------------------------- amounts

    std::string amount(const Value& value, int decimals) const {
        if (value.is(Kind::duration)) return span(value.as_int());
        if (!value.is(Kind::integer)) return display(value, model_.zone, style_.language);
        return grouped(decimals == 0 ? std::to_string(value.as_int()) : scaled(value.as_int(), decimals));
    }

    /// `9,747,747.934`, or `9.747.747,934` in Portuguese.
    std::string grouped(std::string number) const {
        const bool portuguese = style_.language == "pt";
        const std::size_t point = std::min(number.find('.'), number.size());
        if (point < number.size()) number[point] = portuguese ? ',' : '.';
        const std::size_t first = number.starts_with('-') ? 1 : 0;
        for (std::size_t at = point; at > first + 3; at -= 3) number.insert(at - 3, portuguese ? "." : ",");
        return number;
    }

    /// `3 h 20 min`; seconds only below a minute.
    static std::string span(std::int64_t micros) {
        const std::int64_t seconds = micros / 1'000'000;
        if (seconds > -60 && seconds < 60) return fmt::format("{} s", seconds);
        const std::int64_t hours = seconds / 3600;
        const std::int64_t minutes = (seconds < 0 ? -seconds : seconds) / 60 % 60;
        if (hours == 0) return fmt::format("{} min", seconds / 60);
        return minutes == 0 ? fmt::format("{} h", hours) : fmt::format("{} h {} min", hours, minutes);
    }

    // ---------------------------------------------------------------------------------------------- table

    std::string table() const {
        std::size_t name = 0, value = 0, made_of = 0;
        for (const Row& row : rows_) {
            if (row.value.empty()) continue;  // headings and notes run over the columns
            name = std::max(name, count_code_points(row.name));
            value = std::max(value, count_code_points(row.value));
            made_of = std::max(made_of, count_code_points(row.made_of));
        }
        std::string out;
        for (const Row& row : rows_) {
            std::string line = paint(row.name, row.paint);
            if (!row.value.empty())
                line += pad(name, row.name) + "  " + pad(value, row.value) + paint(row.value, Paint::bold);
            if (!row.made_of.empty() || (!row.value.empty() && !row.verdict.empty() && made_of > 0))
                line += "  " + pad(made_of, row.made_of) + paint(row.made_of, Paint::dim);
            if (!row.verdict.empty()) line += "  " + paint(row.verdict, row.verdict_paint);
            out += line + "\n";
        }
        return out;
    }

    std::string phrase(std::string_view pt, std::string_view en) const { return words_.phrase(pt, en); }

    std::string paint(std::string_view text, Paint paint) const {
        static constexpr std::array codes{"", "1", "2", "32", "31"};
        const char* code = codes[static_cast<std::size_t>(paint)];
        return style_.colour && *code != '\0' ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string(text);
    }

    const MeasuresPage& page_;
    const Model& model_;
    const ReportStyle& style_;
    OutcomeWords words_;
    std::vector<Row> rows_;
};

}  // namespace

std::string measures_text(const MeasuresPage& page, const Ruleset& ruleset, const ReportStyle& style) {
    return MeasuresText(page, ruleset, style).write();
}

}  // namespace praxe
