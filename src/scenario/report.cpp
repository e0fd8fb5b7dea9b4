// Verdicts for a person.
#include "scenario/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace praxe {
namespace {

enum class Paint { plain, bold, dim, good, bad };

class VerdictText {
  public:
    explicit VerdictText(const VerdictStyle& style) : style_(style) {}

    std::string of(const Verdict& verdict) {
        out_ = fmt::format("{} {}: {}\n", paint("FAILED", Paint::bad), place_text(verdict.place),
                           paint(verdict.scenario, Paint::bold));
        for (const Failure& failure : verdict.failures) add(failure);
        return std::move(out_);
    }

    std::string paint(std::string_view text, Paint paint) const {
        static constexpr std::array codes{"", "1", "2", "32", "31"};
        const char* const code = codes[static_cast<std::size_t>(paint)];
        return style_.colour && *code != '\0' ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string(text);
    }

  private:
    void add(const Failure& failure) {
        std::set<std::size_t> shown;
        for (std::size_t i = 0; i < failure.mismatches.size(); ++i) {
            const Mismatch& mismatch = failure.mismatches[i];
            line(1, fmt::format("{}: expected {}, got {}", mismatch.path, paint(mismatch.expected, Paint::good),
                                paint(mismatch.actual, Paint::bad)));
            line(2, paint(fmt::format("expected at {}", place_text(mismatch.place)), Paint::dim));
            const bool last_of_reason =
                i + 1 == failure.mismatches.size() || failure.mismatches[i + 1].reason != mismatch.reason;
            if (mismatch.reason && last_of_reason && shown.insert(*mismatch.reason).second)
                add(failure.answer.because[*mismatch.reason]);
        }
        for (const Stopped& stopped : failure.stopped) add(stopped);
    }

    void add(const Because& because) {
        const std::string exception = because.exception.empty() ? "" : fmt::format(" except {}", because.exception);
        const std::string cites = because.cite.empty() ? "" : fmt::format(" ({})", fmt::join(because.cite, ", "));
        const std::string item = because.item.empty() ? "" : fmt::format("{}: ", because.item);
        const std::string text = text_of(because);
        line(1, fmt::format("{}decided by {}.{}{}{}{}", item, because.decision, because.rule, exception, cites,
                            text.empty() ? "" : fmt::format(": {}", text)));
    }

    std::string text_of(const Because& because) const {
        const auto said = because.text.find(style_.language);
        if (said != because.text.end()) return said->second;
        return because.text.empty() ? std::string() : because.text.begin()->second;
    }

    void add(const Stopped& stopped) {
        const std::string item = stopped.item.empty() ? "" : fmt::format("{}: ", stopped.item);
        line(1, fmt::format("{}{} is cited by {}.{}, not met: {}", item, stopped.clause, stopped.decision, stopped.rule,
                            stopped.why));
        for (const auto& [name, value] : stopped.read) line(2, paint(fmt::format("{} = {}", name, value), Paint::dim));
    }

    static std::string place_text(const Place& place) {
        const auto [row, column] = place.source->position(place.span.begin);
        return fmt::format("{}:{}:{}", place.source->name(), row, column);
    }

    void line(std::size_t depth, std::string_view text) {
        out_ += fmt::format("{}{}\n", std::string(depth * 4, ' '), text);
    }

    const VerdictStyle& style_;
    std::string out_;
};

}  // namespace

std::string failures_text(const Verdict& verdict, const VerdictStyle& style) {
    return VerdictText(style).of(verdict);
}

std::size_t count_failed(const std::vector<FileVerdicts>& files) {
    std::size_t failed = 0;
    for (const FileVerdicts& file : files) {
        failed += static_cast<std::size_t>(std::count_if(file.verdicts.begin(), file.verdicts.end(),
                                                         [](const Verdict& verdict) { return !verdict.passed(); }));
    }
    return failed;
}

std::size_t count_passed(const std::vector<FileVerdicts>& files) {
    std::size_t all = 0;
    for (const FileVerdicts& file : files) all += file.verdicts.size();
    return all - count_failed(files);
}

std::string verdicts_text(const std::vector<FileVerdicts>& files, const VerdictStyle& style) {
    std::string out;
    for (const FileVerdicts& file : files) {
        for (const Verdict& verdict : file.verdicts) {
            if (!verdict.passed()) out += failures_text(verdict, style) + "\n";
        }
    }
    return out + fmt::format("{} passed, {} failed\n", count_passed(files), count_failed(files));
}

}  // namespace praxe
