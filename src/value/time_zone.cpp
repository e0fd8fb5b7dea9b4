// Time zones: local civil time and local days, over absl::TimeZone.
#include <absl/time/civil_time.h>
#include <absl/time/time.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <vector>

#include "value/time.hpp"

namespace praxe {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;

/// Where systems say which version of the database they have, and what stands before it on the first line.
struct VersionFile {
    const char* path;
    std::string_view mark;
};
constexpr VersionFile version_files[] = {{"/usr/share/zoneinfo/tzdata.zi", "# version "},
                                         {"/usr/share/zoneinfo/+VERSION", ""}};

// Not absl's own arithmetic of days, which counts them year by year.
Day day_of_civil(absl::CivilSecond second) {
    return day_from_civil({second.year(), second.month(), second.day()});
}

absl::CivilSecond midnight_of(Day day) {
    const CivilDate date = civil_from_day(day);
    return absl::CivilSecond(date.year, date.month, date.day);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// `-02:30`, `+05:00`, `05:00` in seconds east of UTC.
std::optional<int> parse_offset(std::string_view text) {
    const bool west = text.starts_with('-');
    if (west || text.starts_with('+')) text.remove_prefix(1);
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t i : {0, 1, 3, 4}) {
        if (!is_digit(text[i])) return std::nullopt;
    }
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (hours > 23 || minutes > 59) return std::nullopt;
    const int seconds = (hours * 60 + minutes) * 60;
    return west ? -seconds : seconds;
}

/// Names that absl would take to mean something else than a zone of the database: the host's own zone, a file anywhere,
/// an offset in absl's own notation, the copies of the database that count leap seconds.
bool is_zone_name(std::string_view name) {
    const auto allowed = [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '+' || c == '-' ||
               c == '/';
    };
    constexpr std::string_view other_folders[] = {"Fixed/", "right/", "posix/"};
    return !name.empty() && name.front() != '/' && name != "localtime" && std::ranges::all_of(name, allowed) &&
           std::ranges::none_of(other_folders, [&](std::string_view f) { return name.starts_with(f); });
}

/// The clocks keep one distance from UTC from there to the next such span.
struct OffsetSpan {
    Instant from;
    std::int64_t offset;  // microseconds east
};

constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;
/// Nearer than this to a change of the clocks, days are left to absl: some are skipped, some begin twice.
constexpr std::int64_t near_change = 3 * micros_per_day;

std::int64_t floor_day(std::int64_t local) {
    return local / micros_per_day - (local % micros_per_day < 0 ? 1 : 0);
}

/// Of the years that rules are about; all others are left to absl.
std::vector<OffsetSpan> offset_spans(const absl::TimeZone& zone) {
    const absl::Time first = absl::FromCivil(absl::CivilYear(1950), zone);
    const absl::Time last = absl::FromCivil(absl::CivilYear(2150), zone);
    const auto span_at = [&](absl::Time at) {
        return OffsetSpan{absl::ToUnixMicros(at), zone.At(at).offset * micros_per_second};
    };
    std::vector<OffsetSpan> spans = {span_at(first)};
    absl::TimeZone::CivilTransition change;
    for (absl::Time at = first; zone.NextTransition(at, &change);) {
        const auto skipped = zone.At(change.from);
        const auto repeated = zone.At(change.to);
        at = skipped.kind == absl::TimeZone::TimeInfo::SKIPPED ? skipped.trans : repeated.trans;
        if (at >= last) break;
        spans.push_back(span_at(at));
    }
    spans.push_back(span_at(last));
    return spans;
}

}  // namespace

struct Zone::State {
    std::string name;
    absl::TimeZone zone;
    std::vector<OffsetSpan> spans = offset_spans(zone);  // the last begins where they end
    /// Where to begin to look for an instant's span: the one in which each stretch of so many microseconds begins.
    static constexpr int stretch_bits = 44;  // half a year and more
    std::vector<std::uint32_t> stretches = stretches_of(spans);

    static std::vector<std::uint32_t> stretches_of(const std::vector<OffsetSpan>& spans) {
        std::vector<std::uint32_t> first;
        std::uint32_t span = 0;
        for (Instant at = spans.front().from; at < spans.back().from; at += Instant{1} << stretch_bits) {
            while (spans[span + 1].from <= at) ++span;
            first.push_back(span);
        }
        return first;
    }

    /// The distance from UTC of an instant that is far from every change of the clocks.
    std::optional<std::int64_t> steady_offset(Instant at) const {
        if (at < spans.front().from || at >= spans.back().from) return std::nullopt;
        const OffsetSpan* span = &spans[stretches[static_cast<std::size_t>((at - spans.front().from) >> stretch_bits)]];
        while (span[1].from <= at) ++span;
        if (at - span->from < near_change || span[1].from - at < near_change) return std::nullopt;
        return span->offset;
    }

    absl::CivilSecond civil(Instant at) const { return zone.At(absl::FromUnixMicros(at)).cs; }

    /// The first instant at which the clocks show that time or a later one.
    Instant first_instant(absl::CivilSecond time) const {
        const auto there = zone.At(time);
        // Where the time is skipped the clocks jump over it at `trans`; where it is repeated `pre` is the first time.
        const bool skipped = there.kind == absl::TimeZone::TimeInfo::SKIPPED;
        return absl::ToUnixMicros(skipped ? there.trans : there.pre);
    }

    /// The first instant at which the local date is `day` or a later one.
    Instant start_of_day(Day day) const {
        const Instant utc_midnight = std::int64_t{std::clamp(day, min_day, max_day)} * micros_per_day;
        if (const auto offset = steady_offset(utc_midnight)) return utc_midnight - *offset;
        return first_instant(midnight_of(std::clamp(day, min_day - 2, max_day + 2)));
    }
};

Zone::Zone(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Zone Zone::utc() {
    static const auto state = std::make_shared<const State>(State{"UTC", absl::UTCTimeZone()});
    return Zone(state);
}

std::optional<Zone> Zone::find(std::string_view name) {
    if (name == "UTC") return utc();
    absl::TimeZone zone;
    if (const auto offset = parse_offset(name)) {
        zone = absl::FixedTimeZone(*offset);
    } else if (!is_zone_name(name) || !absl::LoadTimeZone(std::string(name), &zone)) {
        return std::nullopt;
    }
    return Zone(std::make_shared<const State>(State{std::string(name), zone}));
}

const std::string& Zone::name() const {
    return state_->name;
}

CivilTime Zone::civil(Instant at) const {
    const auto local = state_->zone.At(absl::FromUnixMicros(at));
    const std::int64_t micros = ((at % micros_per_second) + micros_per_second) % micros_per_second;
    return {{local.cs.year(), local.cs.month(), local.cs.day()},
            local.cs.hour(),
            local.cs.minute(),
            local.cs.second(),
            static_cast<int>(micros),
            local.offset};
}

Day Zone::day_of(Instant at) const {
    if (const auto offset = state_->steady_offset(at)) return static_cast<Day>(floor_day(at + *offset));
    const Day date = day_of_civil(state_->civil(at));
    // Where the clocks went back over midnight the date is yesterday's again, but today has begun.
    return at >= state_->start_of_day(date + 1) ? date + 1 : date;
}

Instant Zone::start_of_day(Day day) const {
    return state_->start_of_day(day);
}

Instant Zone::instant_of(Day day, int minutes) const {
    constexpr std::int64_t seconds_per_minute = 60;
    return state_->first_instant(midnight_of(day) + minutes * seconds_per_minute);
}

std::string Zone::format(Instant at) const {
    // RFC 3339 has offsets in whole minutes and years of four digits: where local time has other ones (before standard
    // time; at the far ends) the same instant is told with an offset that can be written.
    std::int64_t minutes_east = civil(at).offset_seconds / 60;
    const auto local_at = [&] { return at + minutes_east * 60 * micros_per_second; };
    if (local_at() < min_instant || local_at() > max_instant) minutes_east = 0;
    const CivilTime local = utc().civil(local_at());
    std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", local.date.year, local.date.month,
                                   local.date.day, local.hour, local.minute, local.second);
    if (local.micros % 1000 != 0) {
        text += fmt::format(".{:06}", local.micros);
    } else if (local.micros != 0) {
        text += fmt::format(".{:03}", local.micros / 1000);
    }
    if (minutes_east == 0) return text + "Z";
    const std::int64_t minutes = std::abs(minutes_east);
    return text + fmt::format("{}{:02}:{:02}", minutes_east < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string zone_database_version() {
    for (const auto& [path, mark] : version_files) {
        std::ifstream file(path);
        std::string line;
        if (std::getline(file, line) && line.starts_with(mark)) return line.substr(mark.size());
    }
    return {};
}

}  // namespace praxe
