// The picture of a timeline: bars for answers, dots for what was recorded, and beneath in words what each bar says.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "check/model.hpp"
#include "run/display.hpp"
#include "run/outcome_words.hpp"
#include "timeline/axis.hpp"
#include "timeline/svg_text.hpp"
#include "timeline/timeline.hpp"

namespace praxe {
namespace {

// Pixels.
constexpr double page_width = 1200;
constexpr double margin = 24;
constexpr double narrowest_item_column = 90, widest_item_column = 200;
constexpr double lanes_top = 104;
constexpr double heading_height = 28;
constexpr double lane_height = 32;
constexpr double bar_height = 24;
constexpr double bar_padding = 6;
constexpr double dot_row_height = 18;
constexpr double line_height = 20;
constexpr double gap = 14;
constexpr double column_of_times = 44, column_of_words = 330;

constexpr std::size_t looks = 8;      // how many colours there are
constexpr std::size_t most_rows = 8;  // of the names of dots
constexpr std::size_t most_lines = 200;
constexpr Instant days_are_shaded_within = 200LL * 24 * 3600 * 1'000'000;  // microseconds

class Picture {
  public:
    Picture(const Timeline& timeline, const Ruleset& ruleset, const std::string& language)
        : timeline_(timeline),
          model_(ruleset.model()),
          language_(language),
          words_(model_, language),
          item_column_(width_of_items(timeline)),
          axis_{timeline.from, timeline.until, margin + item_column_, page_width - margin} {
        for (const Lane& lane : timeline.lanes) {
            for (const Stretch& stretch : lane.stretches) looks_.emplace(stretch.gist, looks_.size() % looks);
        }
    }

    std::string draw() {
        double y = lanes_top;
        std::string body;
        for (const Group& group : groups()) y = draw_group(group, y, body);
        y = draw_marks(y, body);
        const double plot_bottom = y;
        y = draw_legend(y + gap, body);
        const std::string back = days_off(plot_bottom) + axis(plot_bottom);
        return head(y + margin) + titles() + back + body + now(plot_bottom) + "</svg>\n";
    }

  private:
    struct Group {
        std::string question;
        std::vector<const Lane*> lanes;
    };

    static double width_of_items(const Timeline& timeline) {
        double widest = narrowest_item_column;
        for (const Lane& lane : timeline.lanes) widest = std::max(widest, text_width(lane.item) + 12);
        return std::min(widest, widest_item_column);
    }

    std::vector<Group> groups() const {
        std::vector<Group> groups;
        for (const Lane& lane : timeline_.lanes) {
            if (groups.empty() || groups.back().question != lane.question) groups.push_back({lane.question, {}});
            groups.back().lanes.push_back(&lane);
        }
        return groups;
    }

    std::string when(Instant at) const { return display_instant(at, model_.zone, language_); }

    std::string head(double height) const {
        std::string described;
        for (const Lane& lane : timeline_.lanes) {
            for (const Stretch& stretch : lane.stretches) {
                if (stretch.from > timeline_.now || stretch.until <= timeline_.now) continue;
                described +=
                    fmt::format(" {} {}{}{}.", lane.question, lane.item, lane.item.empty() ? "" : ": ", stretch.words);
            }
        }
        return fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
            "height=\"{1:.0f}\" role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{2}</title>\n"
            "<desc id=\"desc\">{3}{4}</desc>\n{5}<rect class=\"page\" width=\"{0:.0f}\" height=\"{1:.0f}\"/>\n",
            page_width, height, xml(title()), xml(when(timeline_.now) + ":"), xml(described), svg_style);
    }

    std::string title() const {
        return timeline_.title.empty()
                   ? words_.phrase("Linha do tempo", "Timeline")
                   : fmt::format("{} · {}", timeline_.title, words_.phrase("linha do tempo", "timeline"));
    }

    std::string titles() const {
        const std::string range =
            fmt::format("{} – {} · {}", when(timeline_.from), when(timeline_.until), model_.zone.name());
        return svg_label(margin, 34, "name", title(), page_width) + svg_label(margin, 54, "quiet", range, page_width);
    }

    /// Grey behind the days on which nobody works.
    std::string days_off(double bottom) const {
        if (model_.calendar == nullptr || timeline_.until - timeline_.from > days_are_shaded_within) return {};
        std::string out;
        for (Day day = model_.zone.day_of(timeline_.from); model_.zone.start_of_day(day) < timeline_.until; ++day) {
            if (model_.calendar->is_business_day(day).value_or(true)) continue;
            const double left = axis_.x(std::max(timeline_.from, model_.zone.start_of_day(day)));
            const double right = axis_.x(std::min(timeline_.until, model_.zone.start_of_day(day + 1)));
            const std::string name = model_.calendar->why_off(day).value_or("");
            out += fmt::format(
                "<rect class=\"off\" x=\"{:.1f}\" y=\"{:.0f}\" width=\"{:.1f}\" height=\"{:.0f}\">{}</rect>\n", left,
                lanes_top - 8, right - left, bottom - lanes_top + 8, svg_hint(name));
        }
        return out;
    }

    std::string axis(double bottom) const {
        std::string out;
        for (const Tick& tick : ticks(axis_, model_.zone, language_)) {
            const double x = axis_.x(tick.at);
            out += fmt::format("<path class=\"tick\" d=\"M{0:.1f} {1:.0f}V{2:.0f}\"/>\n", x, lanes_top - 12, bottom);
            out += svg_label(x + 3, lanes_top - 14, "quiet", tick.label, page_width - x);
        }
        return out;
    }

    std::string now(double bottom) const {
        if (timeline_.now < timeline_.from || timeline_.now >= timeline_.until) return {};
        const double x = axis_.x(timeline_.now);
        const std::string label = fmt::format("{} {}", words_.phrase("agora", "now"), when(timeline_.now));
        const bool turned = x + text_width(label) > page_width - margin;
        return fmt::format("<path class=\"now\" d=\"M{:.1f} {:.0f}V{:.0f}\"/>\n", x, lanes_top - 8, bottom) +
               (turned ? svg_label_ending(x - 4, lanes_top - 30, "now-text", label)
                       : svg_label(x + 4, lanes_top - 30, "now-text", label, page_width - x));
    }

    double draw_group(const Group& group, double y, std::string& out) {
        out += svg_label(margin, y + 18, "heading", group.question, page_width - 2 * margin);
        y += heading_height;
        for (const Lane* lane : group.lanes) {
            if (!lane->item.empty()) out += svg_label(margin, y + 17, "item", lane->item, item_column_ - 8);
            for (const Stretch& stretch : lane->stretches) out += bar(stretch, y);
            y += lane_height;
        }
        return y + gap / 2;
    }

    std::string bar(const Stretch& stretch, double y) {
        const double left = axis_.x(stretch.from);
        const double width = std::max(1.5, axis_.x(stretch.until) - left - 1);
        numbers_.emplace(&stretch, numbers_.size() + 1);
        const std::string number = std::to_string(numbers_.at(&stretch));
        const std::string text = fitting(fmt::format("{} {}", number, stretch.gist), width - 2 * bar_padding);
        std::string out = fmt::format(
            "<g class=\"{}\"><rect x=\"{:.1f}\" y=\"{:.0f}\" width=\"{:.1f}\" height=\"{:.0f}\" rx=\"4\"/>{}",
            look(stretch), left, y, width, bar_height,
            svg_hint(fmt::format("{}: {} → {}: {}", number, when(stretch.from), when(stretch.until), stretch.words)));
        if (!text.empty())
            out += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\">{}</text>", left + bar_padding, y + 16, xml(text));
        return out + "</g>\n";
    }

    std::string look(const Stretch& stretch) const {
        return stretch.failed ? "bar failed" : fmt::format("bar look{}", looks_.at(stretch.gist));
    }

    /// A dot for each fact, its name in the first row below in which it meets no other.
    double draw_marks(double y, std::string& out) {
        if (timeline_.marks.empty()) return y;
        out += svg_label(margin, y + 18, "heading",
                         words_.phrase("O que foi registrado ou marcado", "What was recorded or planned"), page_width);
        y += heading_height + 4;
        std::vector<double> row_ends;
        for (const Mark& mark : timeline_.marks) {
            const double x = axis_.x(mark.at);
            const double width = text_width(mark.label);
            const bool turned = x + 8 + width > page_width - margin;
            const double begin = turned ? x - 8 - width : x - 5;
            std::size_t row = 0;
            while (row < row_ends.size() && row_ends[row] > begin) ++row;
            const bool named = row < most_rows;
            if (named && row == row_ends.size()) row_ends.push_back(0);
            if (named) row_ends[row] = turned ? x + 8 : x + 8 + width + 8;
            const double dot = y + static_cast<double>(std::min(row, most_rows)) * dot_row_height;
            out += fmt::format("<g class=\"mark\"><circle cx=\"{:.1f}\" cy=\"{:.0f}\" r=\"4\"/>{}</g>\n", x, dot,
                               svg_hint(fmt::format("{}: {} ({})", when(mark.at), mark.label, mark.path)));
            if (!named) continue;
            out += turned ? svg_label_ending(x - 8, dot + 4, "quiet", mark.label)
                          : svg_label(x + 8, dot + 4, "quiet", mark.label, page_width - x);
        }
        return y + static_cast<double>(row_ends.size()) * dot_row_height;
    }

    /// What each bar says, in full.
    double draw_legend(double y, std::string& out) const {
        std::size_t lines = 0;
        for (const Group& group : groups()) {
            out += svg_label(margin, y + 14, "heading", group.question, page_width - 2 * margin);
            y += line_height + 4;
            for (const Lane* lane : group.lanes) {
                for (const Stretch& stretch : lane->stretches) {
                    if (++lines > most_lines) continue;
                    legend_line(*lane, stretch, y, out);
                    y += line_height;
                }
            }
            y += gap / 2;
        }
        if (lines > most_lines) {
            out += svg_label(margin, y + 14, "quiet", fmt::format("… {} +", lines - most_lines), page_width);
            y += line_height;
        }
        return y;
    }

    void legend_line(const Lane& lane, const Stretch& stretch, double y, std::string& out) const {
        out +=
            fmt::format("<g class=\"{}\"><rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"10\" height=\"10\" rx=\"2\"/></g>\n",
                        look(stretch), margin, y + 5);
        const std::string cites = stretch.cites.empty() ? "" : fmt::format(" ({})", fmt::join(stretch.cites, ", "));
        const std::string times =
            fmt::format("{}  {} → {}", numbers_.at(&stretch), when(stretch.from), when(stretch.until));
        const bool names_item = !lane.item.empty() && !stretch.words.starts_with(lane.item);
        out += svg_label(column_of_times, y + 14, "quiet", times, column_of_words - column_of_times);
        out +=
            svg_label(column_of_words, y + 14, "words", (names_item ? lane.item + " · " : "") + stretch.words + cites,
                      page_width - margin - column_of_words);
    }

    const Timeline& timeline_;
    const Model& model_;
    std::string language_;
    OutcomeWords words_;
    double item_column_;
    Axis axis_;
    std::map<std::string, std::size_t> looks_;
    std::map<const Stretch*, std::size_t> numbers_;
};

}  // namespace

std::string timeline_svg(const Timeline& timeline, const Ruleset& ruleset, const std::string& language) {
    return Picture(timeline, ruleset, language).draw();
}

}  // namespace praxe
