// One piece of work so many times, for compare.py: what it takes is counted from outside, and only inside of
// `measured`.
//
//     praxe_work              the names of all works
//     praxe_work NAME TIMES   one of them
#include <fmt/format.h>

#include <functional>
#include <praxe/crm.hpp>
#include <praxe/session.hpp>
#include <random>
#include <string_view>

#include "by_hand/facts.hpp"
#include "cases.hpp"

namespace {

using namespace praxe;

constexpr const char* company = PRAXE_SOURCE_DIR "/rules/company.yaml";
constexpr std::size_t case_count = 256;

template <typename T>
T value_of(Result<T> result) {
    if (result) return *std::move(result);
    fmt::print(stderr, "{}", result.diagnostics().to_string());
    std::exit(2);
}

SourcePtr case_text(std::size_t number) {
    return std::make_shared<Source>("case.json", bench::case_json(number));
}

/// Says what to do each time; what it needs is made ready when it is called.
using Prepare = std::function<void(std::size_t)> (*)();

std::function<void(std::size_t)> loading() {
    return [](std::size_t) { value_of(Ruleset::load(company)); };
}

std::function<void(std::size_t)> reading() {
    auto ruleset = std::make_shared<Ruleset>(value_of(Ruleset::load(company)));
    auto texts = std::make_shared<std::vector<SourcePtr>>();
    for (std::size_t i = 0; i < case_count; ++i) texts->push_back(case_text(i));
    return [=](std::size_t i) { value_of(ruleset->read_case((*texts)[i % case_count])); };
}

std::function<void(std::size_t)> deciding(const DecideOptions& options) {
    auto ruleset = std::make_shared<Ruleset>(value_of(Ruleset::load(company)));
    auto cases = std::make_shared<std::vector<Case>>();
    for (std::size_t i = 0; i < case_count; ++i) cases->push_back(value_of(ruleset->read_case(case_text(i))));
    return [=](std::size_t i) { ruleset->decide((*cases)[i % case_count], options); };
}

std::function<void(std::size_t)> deciding_in_a_session(const std::vector<std::string>& decisions, bool valid_until) {
    auto ruleset = std::make_shared<Ruleset>(value_of(Ruleset::load(company)));
    auto cases = std::make_shared<std::vector<Case>>();
    for (std::size_t i = 0; i < case_count; ++i) cases->push_back(value_of(ruleset->read_case(case_text(i))));
    auto session = std::make_shared<Session>(*ruleset);
    std::vector<Session::Question> questions;
    for (const std::string& decision : decisions) questions.push_back(value_of(session->question(decision)));
    return [=](std::size_t i) {
        session->begin((*cases)[i % case_count]);
        for (const Session::Question& question : questions) session->decide(question).because();
        for (const Session::Question& question : questions) {
            const AnswerView answer = session->decide(question);
            if (valid_until && answer.has_outcome()) answer.valid_until();
        }
    };
}

/// The host's structs in place.
/// With a `staff` of so many more, which all cases have alike and the session keeps; 0: each has its own few.
std::function<void(std::size_t)> deciding_structs_in_a_session(const std::vector<std::string>& decisions,
                                                               std::size_t staff = 0) {
    auto ruleset = std::make_shared<Ruleset>(value_of(Ruleset::load(company)));
    auto facts = std::make_shared<Facts<crm::Case>>(value_of(crm::binder(*ruleset).facts_of<crm::Case>()));
    auto cases = std::make_shared<std::vector<crm::Case>>();
    for (std::size_t i = 0; i < case_count; ++i)
        cases->push_back(value_of(facts->read(value_of(ruleset->read_case(case_text(i))))));
    auto session = std::make_shared<Session>(*ruleset);
    if (staff > 0) {
        std::vector<crm::Staff> all = *cases->front().staff;
        for (std::size_t i = 0; i < staff; ++i) {
            all.push_back(all.front());
            all.back().id = fmt::format("another{:05}", i);
        }
        for (crm::Case& one : *cases) one.staff = all;
        session->keep("staff");
    }
    std::vector<Session::Question> questions;
    for (const std::string& decision : decisions) questions.push_back(value_of(session->question(decision)));
    return [=](std::size_t i) {
        session->begin(facts->in_place((*cases)[i % case_count]));
        for (const Session::Question& question : questions) session->decide(question).because();
    };
}

std::function<void(std::size_t)> deciding_by_hand() {
    const auto ruleset = value_of(Ruleset::load(company));
    const auto facts = value_of(crm::binder(ruleset).facts_of<crm::Case>());
    auto cases = std::make_shared<std::vector<by_hand::Case>>();
    by_hand::Ids ids;
    for (std::size_t i = 0; i < case_count; ++i)
        cases->push_back(by_hand::case_of(value_of(facts.read(value_of(ruleset.read_case(case_text(i))))), ids));
    auto calendar = std::make_shared<by_hand::Calendar>(by_hand::calendar_of(ruleset));
    return [=](std::size_t i) {
        static by_hand::Answers answers;
        by_hand::decide((*cases)[i % case_count], *calendar, answers);
    };
}

const std::vector<std::string> four = {"reservations", "lead_owner", "debt", "commission"};

struct Work {
    std::string_view name;
    Prepare prepare;
};
constexpr Work works[] = {
    {"load", loading},
    {"read_case", reading},
    {"decide_four_by_hand", deciding_by_hand},
    {"session_four", [] { return deciding_in_a_session(four, false); }},
    {"session_four_valid_until", [] { return deciding_in_a_session(four, true); }},
    {"session_four_structs", [] { return deciding_structs_in_a_session(four); }},
    {"session_four_kept_staff", [] { return deciding_structs_in_a_session(four, 200); }},
    {"decide_four", [] { return deciding({.decisions = four, .valid_until = false}); }},
    {"decide_four_valid_until", [] { return deciding({.decisions = four}); }},
    {"decide_all_valid_until", [] { return deciding({}); }},
    {"explain_all", [] { return deciding({.explain = true}); }},
};

}  // namespace

/// The counter looks for this name.
extern "C" [[gnu::noinline]] void measured(const std::function<void(std::size_t)>& work, std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) work(i);
}

int main(int argc, char** argv) {
    if (argc < 3) {
        for (const Work& work : works) fmt::print("{}\n", work.name);
        return 0;
    }
    for (const Work& work : works) {
        if (work.name != argv[1]) continue;
        measured(work.prepare(), std::strtoull(argv[2], nullptr, 10));
        return 0;
    }
    fmt::print(stderr, "there is no work \"{}\"\n", argv[1]);
    return 2;
}
