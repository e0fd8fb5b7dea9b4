// A small ruleset's program as text, to the letter.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <praxe/ruleset.hpp>
#include <sstream>

#include "check/model.hpp"
#include "program/program.hpp"

namespace praxe {
namespace {

std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(Listing, OfASmallRuleset) {
    const std::string folder = PRAXE_SOURCE_DIR "/tests/program/";
    const auto ruleset = Ruleset::load(folder + "small.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    const std::string listing = to_text(*ruleset->model().program);
    if (std::getenv("PRAXE_RECORD") != nullptr) std::ofstream(folder + "small.listing") << listing;
    EXPECT_EQ(listing, text_of(folder + "small.listing"));
}

/// What has no instruction refuses the decision that it stands in, and says what.
TEST(Listing, SaysWhatHasNoProgram) {
    const auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/tests/program/refused.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    const std::string listing = to_text(*ruleset->model().program);
    EXPECT_NE(listing.find("# mapped: transformMap\n"), std::string::npos) << listing.substr(0, 300);
    EXPECT_EQ(listing.find("# plain:"), std::string::npos);
}

TEST(Listing, EveryDecisionOfTheCompanyHasAProgram) {
    const auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    for (const Question& question : ruleset->model().program->questions) {
        const bool asked = !question.decision->has_arguments();
        EXPECT_EQ(asked ? question.refused : "", "") << question.decision->name;
    }
}

}  // namespace
}  // namespace praxe
