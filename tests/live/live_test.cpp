// A ruleset replaced while threads decide by it: every answer is of one version or the other, and a bad one changes
// nothing. Run under the thread sanitizer too (preset tsan).
#include <gtest/gtest.h>

#include <atomic>
#include <praxe/live.hpp>
#include <praxe/ruleset.hpp>
#include <thread>
#include <vector>

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(
vocabulary: counters
facts:
  at?: timestamp
  n?: int
)";

/// `answer.sum` is n + version; its text names the version too.
std::string version(int number) {
    return R"(
ruleset: counter
vocabulary: counters.yaml
parameters: {version: {is: int, value: )" +
           std::to_string(number) + R"(, min: 0, pt: "versão", en: "version"}}
decisions:
  answer:
    asks: {pt: "Quanto?", en: "How much?"}
    gives: {version: int, sum: int}
    hit: first
    rules:
      - {id: all, then: {version: version, sum: n + version}, say: {pt: "versão <version>", en: "version <version>"}}
)";
}

Result<Ruleset> load(const std::string& text) {
    return Ruleset::load("counter.yaml", [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "counter.yaml" ? text : vocabulary);
    });
}

/// What is asked of one version: its cases are its own.
std::string ask(const Ruleset& ruleset, int n) {
    const auto facts =
        ruleset.read_case(std::make_shared<Source>("case.yaml", "at: 2024-05-02T10:00:00Z\nn: " + std::to_string(n)));
    if (!facts) return facts.diagnostics().to_string();
    DecideOptions options;
    options.texts = true;
    const auto answers = ruleset.decide(*facts, options);
    const Answer& answer = answers.front();
    if (answer.outcome.is_error()) return answer.outcome.as_error().message;
    return to_text(answer.outcome) + " " + answer.because.front().text.at("en");
}

std::string expected(int n, int of_version) {
    return "answer{version: " + std::to_string(of_version) + ", sum: " + std::to_string(n + of_version) + "} version " +
           std::to_string(of_version);
}

TEST(Live, ServesTheNewVersionAndKeepsTheOldOneForWhoHoldsIt) {
    Live<Ruleset> live(*load(version(1)));
    const auto held = live.get();
    EXPECT_TRUE(live.reload([] { return load(version(2)); }).empty());
    EXPECT_EQ(ask(*live.get(), 5), expected(5, 2));
    EXPECT_EQ(ask(*held, 5), expected(5, 1));
    EXPECT_EQ(live.swaps(), 1u);
}

TEST(Live, ABadVersionLeavesTheOldOneServing) {
    Live<Ruleset> live(*load(version(1)));
    const Diagnostics wrong = live.reload(
        [] { return load("ruleset: counter\nvocabulary: counters.yaml\ndecisions: {answer: {gives: 3}}\n"); });
    EXPECT_FALSE(wrong.empty());
    EXPECT_EQ(live.swaps(), 0u);
    EXPECT_EQ(ask(*live.get(), 5), expected(5, 1));
}

TEST(Live, AnswersOutliveTheirVersion) {
    Live<Ruleset> live(*load(version(1)));
    std::vector<Answer> answers;
    {
        const auto ruleset = live.get();
        const auto facts = ruleset->read_case(std::make_shared<Source>("case.yaml", "at: 2024-05-02T10:00:00Z\nn: 5"));
        answers = ruleset->decide(*facts);
    }
    live.swap(*load(version(2)));
    EXPECT_EQ(to_text(answers.front().outcome), "answer{version: 1, sum: 6}");
}

TEST(Live, ReadersSeeOneVersionOrTheOtherNeverAMixture) {
    constexpr int readers = 3;
    constexpr int versions = 40;
    Live<Ruleset> live(*load(version(0)));
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::atomic<int> asked = 0;
    std::vector<std::thread> threads;
    for (int reader = 0; reader < readers; ++reader) {
        threads.emplace_back([&, reader] {
            int last = 0;
            for (int n = reader; !done || n < reader + 10; ++n) {
                const auto ruleset = live.get();
                const std::string answer = ask(*ruleset, n);
                int now = last;
                while (now <= versions && answer != expected(n, now)) ++now;
                if (now > versions) ++wrong;
                last = std::min(now, versions);  // versions do not go back
                ++asked;
            }
        });
    }
    for (int number = 1; number <= versions; ++number) {
        EXPECT_TRUE(live.reload([&] { return load(version(number)); }).empty());
        EXPECT_FALSE(live.reload([] { return load("ruleset: broken\n"); }).empty());
    }
    done = true;
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_GE(asked, readers * 10);
    EXPECT_EQ(ask(*live.get(), 1), expected(1, versions));
}

}  // namespace
}  // namespace praxe
