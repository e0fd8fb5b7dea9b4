// Answers along time: decided at the beginning, then at each instant at which they change.
#include <algorithm>

#include "check/model.hpp"
#include "run/outcome_words.hpp"
#include "timeline/timeline.hpp"

namespace praxe {
namespace {

constexpr Instant one_day = 24LL * 3600 * 1'000'000;

/// What a question, or an item of its answer, is from an instant on.
struct State {
    std::string item;
    Stretch stretch;
};

class Lanes {
  public:
    Lanes(const Ruleset& ruleset, const Case& facts, const TimelineOptions& options, const std::vector<Mark>& marks)
        : ruleset_(ruleset), facts_(facts), words_(ruleset.model(), options.language), language_(options.language) {
        for (const Mark& mark : marks) dated_.push_back(mark.at);
    }

    std::vector<Lane> of(const std::string& decision, Instant from, Instant until) {
        lanes_.clear();
        question_ = question(decision);
        DecideOptions options;
        options.decisions = {decision};
        options.texts = true;
        std::size_t decided = 0;
        for (Instant at = from; at < until && decided < most_stretches; ++decided) {
            options.at = at;
            const Answer answer = ruleset_.decide(facts_, options).front();
            const Instant next = std::min(until, change_after(answer, at, until));
            for (State& state : states(answer)) add(std::move(state), at, next);
            at = next;
        }
        std::erase_if(lanes_, [](const Lane& lane) { return lane.stretches.empty(); });
        return std::move(lanes_);
    }

  private:
    std::string question(const std::string& decision) const {
        const Decision& asked = *ruleset_.model().find(decision);
        const auto text = asked.asks.find(language_);
        return text == asked.asks.end() ? decision : text->second;
    }

    /// Where there is no answer, the next dated fact may bring one.
    Instant change_after(const Answer& answer, Instant at, Instant until) const {
        if (answer.valid_until) return answer.valid_until->until.value_or(until);
        const auto next = std::upper_bound(dated_.begin(), dated_.end(), at);
        return next == dated_.end() ? until : *next;
    }

    std::vector<State> states(const Answer& answer) const {
        const Value& outcome = answer.outcome;
        if (outcome.is_error()) {
            const bool nothing_to_decide = outcome.as_error().code == Error::Code::missing_fact;
            if (nothing_to_decide) return {};
            return {{"", {0, 0, "!", outcome.as_error().message, {}, true}}};
        }
        if (outcome.is(Kind::list)) return item_states(answer);
        if (outcome.is(Kind::optional) && !outcome.has_value()) return {};
        const Record& record = outcome.is(Kind::optional) ? outcome.as_optional().as_record() : outcome.as_record();
        return {{"", {0, 0, words_.gist(record), words_.fields_but_counts(record), cites(answer.because, 0), false}}};
    }

    std::vector<State> item_states(const Answer& answer) const {
        std::vector<State> states;
        const List& items = answer.outcome.as_list();
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Record& record = items[i].as_record();
            const std::string item = key_of(record).value_or(std::to_string(i + 1));
            states.push_back(
                {item, {0, 0, words_.gist(record), words_.fields_but_counts(record), cites(answer.because, i), false}});
        }
        return states;
    }

    static std::optional<std::string> key_of(const Record& record) {
        const int key = record.type->key;
        if (key < 0 || !record.fields[static_cast<std::size_t>(key)].is(Kind::string)) return std::nullopt;
        return record.fields[static_cast<std::size_t>(key)].as_string();
    }

    static std::vector<std::string> cites(const std::vector<Because>& because, std::size_t index) {
        return index < because.size() ? because[index].cite : std::vector<std::string>();
    }

    void add(State state, Instant from, Instant until) {
        std::vector<Stretch>& stretches = lane(state.item).stretches;
        const bool goes_on =
            !stretches.empty() && stretches.back().until == from && stretches.back().words == state.stretch.words;
        if (goes_on) {
            stretches.back().until = until;
        } else {
            state.stretch.from = from;
            state.stretch.until = until;
            stretches.push_back(std::move(state.stretch));
        }
    }

    Lane& lane(const std::string& item) {
        const auto found = std::find_if(lanes_.begin(), lanes_.end(), [&](const Lane& l) { return l.item == item; });
        return found == lanes_.end() ? lanes_.emplace_back(Lane{question_, item, {}}) : *found;
    }

    const Ruleset& ruleset_;
    const Case& facts_;
    OutcomeWords words_;
    std::string language_;
    std::string question_;
    std::vector<Instant> dated_;
    std::vector<Lane> lanes_;
};

std::vector<std::string> questions(const Ruleset& ruleset, const Case& facts, const TimelineOptions& options) {
    if (!options.decisions.empty()) return options.decisions;
    std::vector<std::string> names;
    DecideOptions plain;
    plain.valid_until = false;
    for (const Answer& answer : ruleset.decide(facts, plain)) names.push_back(answer.decision);
    return names;
}

/// The first instant at which something happened lately, or else the day before.
Instant first_shown(const std::vector<Mark>& marks, Instant now) {
    const auto lately =
        std::find_if(marks.begin(), marks.end(), [&](const Mark& m) { return m.at >= now - shown_before; });
    return std::min(now - one_day, lately == marks.end() ? now : lately->at);
}

/// The last change, or the last thing planned, before the end; at least three days ahead.
Instant last_shown(const Timeline& timeline, Instant end) {
    Instant last = std::max(timeline.from, timeline.now) + 3 * one_day;
    for (const Lane& lane : timeline.lanes) {
        for (const Stretch& stretch : lane.stretches) {
            if (stretch.from < end) last = std::max(last, stretch.from);
            if (stretch.until < end) last = std::max(last, stretch.until);
        }
    }
    for (const Mark& mark : timeline.marks) {
        if (mark.at < end) last = std::max(last, mark.at);
    }
    return std::min(last, end);
}

void cut(Timeline& timeline) {
    for (Lane& lane : timeline.lanes) {
        std::erase_if(lane.stretches, [&](const Stretch& stretch) { return stretch.from >= timeline.until; });
        for (Stretch& stretch : lane.stretches) stretch.until = std::min(stretch.until, timeline.until);
    }
    std::erase_if(timeline.lanes, [](const Lane& lane) { return lane.stretches.empty(); });
    std::erase_if(timeline.marks, [&](const Mark& m) { return m.at < timeline.from || m.at >= timeline.until; });
}

}  // namespace

Timeline timeline_of(const Ruleset& ruleset, const Case& facts, const TimelineOptions& options) {
    const Zone& zone = ruleset.model().zone;
    Timeline timeline;
    timeline.title = options.title;
    timeline.now = *facts.at();
    timeline.marks = marks_of(ruleset, facts, options.language);
    timeline.from = options.from.value_or(zone.start_of_day(zone.day_of(first_shown(timeline.marks, timeline.now))));
    if (options.until && !options.from) timeline.from = std::min(timeline.from, *options.until - one_day);
    const Instant latest = std::min(std::max(timeline.from, timeline.now) + shown_ahead, max_instant);
    const Instant end = options.until.value_or(latest);
    Lanes lanes(ruleset, facts, options, timeline.marks);
    for (const std::string& decision : questions(ruleset, facts, options)) {
        for (Lane& lane : lanes.of(decision, timeline.from, end)) timeline.lanes.push_back(std::move(lane));
    }
    const Day last_day = zone.day_of(last_shown(timeline, end) - 1);
    timeline.until = options.until.value_or(zone.start_of_day(last_day + 2));
    cut(timeline);
    return timeline;
}

}  // namespace praxe
