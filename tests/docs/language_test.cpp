// Every example of docs/language.md and docs/functions.md, as it stands there.
#include <gtest/gtest.h>

#include <fstream>
#include <praxe/ruleset.hpp>
#include <string>

#include "check/model.hpp"
#include "run/evaluate.hpp"
#include "syntax/parser.hpp"

namespace praxe {
namespace {

class NoNames final : public Environment {
  public:
    explicit NoNames(const Model& model) : functions_{&model.zone, model.calendar.get(), &model.calendars} {}
    std::optional<Value> variable(std::string_view) override { return std::nullopt; }
    const FunctionContext& functions() const override { return functions_; }

  private:
    FunctionContext functions_;
};

std::string trimmed(std::string text) {
    text.erase(0, text.find_first_not_of(' '));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

/// Runs the examples of a page; how many it has.
int hold_to(const std::string& name, NoNames& environment) {
    std::ifstream page(std::string(PRAXE_SOURCE_DIR "/docs/") + name);
    std::string line;
    bool inside = false;
    int examples = 0;
    for (int number = 1; std::getline(page, line); ++number) {
        if (line.starts_with("```")) {
            inside = line == "```cel";
            continue;
        }
        const std::size_t arrow = line.find(" => ");
        if (!inside || arrow == std::string::npos) continue;
        ++examples;
        Diagnostics diagnostics;
        const auto source = std::make_shared<Source>(name, trimmed(line.substr(0, arrow)), number);
        const auto expression = parse_expression(Excerpt::whole(source), diagnostics);
        EXPECT_TRUE(expression) << diagnostics.to_string();
        if (!expression) continue;
        const Value value = evaluate(*expression->root, environment);
        const std::string text = value.is_error() ? "error" : to_text(value);
        EXPECT_EQ(text, trimmed(line.substr(arrow + 4))) << "docs/" << name << ":" << number << ": " << line;
    }
    return examples;
}

TEST(Language, EveryExampleOfTheReference) {
    const auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/docs/examples/calendar/company.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    NoNames environment(ruleset->model());
    int examples = 0;
    for (const char* name : {"language.md", "functions.md"}) examples += hold_to(name, environment);
    EXPECT_GT(examples, 180);
}

}  // namespace
}  // namespace praxe
