// The day's lists for a person.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "check/model.hpp"
#include "cli/agenda_report.hpp"
#include "run/outcome_words.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

enum class Paint { plain, bold, dim, warn, bad, accent };

constexpr std::size_t longest_client = 28, longest_text = 70;  // letters

class AgendaText {
  public:
    AgendaText(const AgendaPage& page, const Ruleset& ruleset, const ReportStyle& style)
        : page_(page), zone_(ruleset.model().zone), style_(style), words_(ruleset.model(), style.language) {}

    std::string write() {
        out_ = fmt::format("{}\n\n", paint(date(page_.day, true), Paint::bold));
        for (const PersonDay& person : page_.people) {
            if (!person.items.empty()) add(person);
        }
        add_free();
        return out_ + summary();
    }

  private:
    void add(const PersonDay& person) {
        out_ += fmt::format("{}  {}\n", paint(person.person, Paint::accent), load(person));
        if (person.away) out_ += fmt::format("  {}\n", paint(absence(person), Paint::warn));
        const std::array widths{width(person, &AgendaText::when), width(person, &AgendaText::client),
                                width(person, &AgendaText::kind)};
        for (const AgendaItem& item : person.items) {
            const Paint urgency = is_late(item) ? Paint::bad : is_for_today(item) ? Paint::warn : Paint::dim;
            out_ += fmt::format("  {}  {}  {}  {}{}\n", paint(padded(when(item), widths[0]), urgency),
                                padded(client(item), widths[1]), paint(padded(kind(item), widths[2]), Paint::dim),
                                what(item), paint(more(item), Paint::dim));
        }
        add_moves(person);
        out_ += '\n';
    }

    std::string load(const PersonDay& person) const {
        const std::string load = fmt::format("{} {} {}", person.items.size(), phrase("de", "of"), person.capacity);
        return person.over == 0
                   ? paint(load, Paint::dim)
                   : paint(fmt::format("{}: {} {}", load, person.over, phrase("a mais", "too many")), Paint::bad);
    }

    std::string absence(const PersonDay& person) const {
        return person.hand_over_to.empty()
                   ? phrase("fora; ninguém que substitua está presente", "away; nobody who stands in is there")
                   : fmt::format("{} {}", phrase("fora; a lista passa a", "away; hand the list over to"),
                                 person.hand_over_to);
    }

    void add_moves(const PersonDay& person) {
        std::vector<AgendaMove> moves = person.moves;
        std::stable_sort(moves.begin(), moves.end(), [](const auto& a, const auto& b) { return a.to < b.to; });
        for (const AgendaMove& move : moves) {
            const AgendaItem& item = person.items[move.item];
            out_ += fmt::format("  {} {}: {} ({})\n", phrase("passe para", "move to"),
                                paint(date(move.to, false), Paint::bold), item.client, item.id);
        }
        const std::size_t staying = person.works ? person.over - person.moves.size() : 0;
        if (staying > 0)
            out_ += fmt::format("  {}\n", paint(fmt::format("{} {}", staying,
                                                            phrase("sem ter para onde passar", "with nowhere to move")),
                                                Paint::bad));
    }

    void add_free() {
        std::vector<std::string> names;
        for (const PersonDay& person : page_.people) {
            if (person.items.empty())
                names.push_back(person.away ? person.person + phrase(" (fora)", " (away)") : person.person);
        }
        if (names.empty()) return;
        out_ += paint(fmt::format("{} {}\n", phrase("nada para", "nothing for"), fmt::join(names, ", ")), Paint::dim) +
                "\n";
    }

    std::string summary() const {
        std::size_t items = 0, over = 0;
        for (const PersonDay& person : page_.people) {
            items += static_cast<std::size_t>(std::count_if(person.items.begin(), person.items.end(),
                                                            [](const auto& item) { return item.from.empty(); }));
            over += person.over > 0 && person.works ? 1 : 0;
        }
        return fmt::format("{} {}, {} {}, {} {}\n", page_.cases,
                           page_.cases == 1 ? phrase("caso", "case") : phrase("casos", "cases"), items,
                           items == 1 ? phrase("item", "item") : phrase("itens", "items"), over,
                           phrase("com mais do que cabe", "with more than the day holds"));
    }

    // ------------------------------------------------------------------------------------------- one item's columns

    bool is_late(const AgendaItem& item) const { return item.due_at <= page_.latest; }
    bool is_for_today(const AgendaItem& item) const { return zone_.day_of(item.due_at - 1) <= page_.day; }

    std::string when(const AgendaItem& item) const {
        if (is_late(item)) return phrase("atrasado", "late");
        if (item.planned_at && zone_.day_of(*item.planned_at) == page_.day) return time(*item.planned_at);
        const bool within_the_day = zone_.day_of(item.due_at) == page_.day;
        if (within_the_day) return fmt::format("{} {}", phrase("até", "by"), time(item.due_at));
        return is_for_today(item)
                   ? phrase("hoje", "today")
                   : fmt::format("{} {}", phrase("até", "by"), date(zone_.day_of(item.due_at - 1), false));
    }
    std::string client(const AgendaItem& item) const { return cut(item.client, longest_client); }
    std::string kind(const AgendaItem& item) const { return words_.word(item.kind); }
    std::string what(const AgendaItem& item) const {
        const auto said = item.text.find(style_.language);
        return said == item.text.end() ? "" : cut(said->second, longest_text) + "  ";
    }
    std::string more(const AgendaItem& item) const {
        return item.from.empty() ? item.id : fmt::format("{}, {} {}", item.id, phrase("de", "from"), item.from);
    }

    std::size_t width(const PersonDay& person, std::string (AgendaText::*column)(const AgendaItem&) const) const {
        std::size_t widest = 0;
        for (const AgendaItem& item : person.items) widest = std::max(widest, count_code_points((this->*column)(item)));
        return widest;
    }

    static std::string padded(const std::string& text, std::size_t width) {
        const std::size_t letters = count_code_points(text);
        return text + std::string(width > letters ? width - letters : 0, ' ');
    }

    static std::string cut(const std::string& text, std::size_t letters) {
        if (count_code_points(text) <= letters) return text;
        std::size_t end = 0;
        for (std::size_t i = 0; i + 1 < letters; ++i) next_code_point(text, end);
        return text.substr(0, end) + "…";
    }

    std::string phrase(std::string_view pt, std::string_view en) const { return words_.phrase(pt, en); }
    std::string time(Instant at) const {
        const CivilTime time = zone_.civil(at);
        return fmt::format("{:02}:{:02}", time.hour, time.minute);
    }

    std::string date(Day day, bool full) const {
        static constexpr std::array pt{"domingo", "segunda", "terça", "quarta", "quinta", "sexta", "sábado"};
        static constexpr std::array en{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
        const CivilDate date = civil_from_day(day);
        const bool portuguese = style_.language == "pt";
        const auto of_week = static_cast<std::size_t>(weekday(day));
        const std::string name = full         ? (portuguese ? pt[of_week] : en[of_week])
                                 : portuguese ? cut_short(pt[of_week])
                                              : cut_short(en[of_week]);
        if (full)
            return portuguese ? fmt::format("{}, {:02}/{:02}/{}", name, date.day, date.month, date.year)
                              : fmt::format("{}, {}", name, format_date(day));
        return portuguese ? fmt::format("{} {:02}/{:02}", name, date.day, date.month)
                          : fmt::format("{} {:02}-{:02}", name, date.month, date.day);
    }
    static std::string cut_short(std::string_view name) {
        std::size_t end = 0;
        for (int i = 0; i < 3; ++i) next_code_point(name, end);
        return std::string(name.substr(0, end));
    }

    std::string paint(std::string_view text, Paint paint) const {
        static constexpr std::array codes{"", "1", "2", "33", "31", "36"};
        const char* code = codes[static_cast<std::size_t>(paint)];
        return style_.colour && *code != '\0' ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string(text);
    }

    const AgendaPage& page_;
    const Zone& zone_;
    const ReportStyle& style_;
    OutcomeWords words_;
    std::string out_;
};

}  // namespace

std::string agenda_text(const AgendaPage& page, const Ruleset& ruleset, const ReportStyle& style) {
    return AgendaText(page, ruleset, style).write();
}

}  // namespace praxe
