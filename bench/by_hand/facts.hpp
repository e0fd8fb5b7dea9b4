// The bench's cases as the structs of policy.hpp, and its answers as JSON, to be compared with praxe's.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <praxe/crm.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "by_hand/policy.hpp"

namespace by_hand {

/// Numbers for texts.
class Ids {
  public:
    Id of(const std::optional<std::string>& text);
    const std::string& text(Id id) const { return texts_[static_cast<std::size_t>(id)]; }

  private:
    std::unordered_map<std::string, Id> ids_;
    std::vector<std::string> texts_;
};

Case case_of(const praxe::crm::Case& facts, Ids& ids);

/// The business days of the ruleset's own calendar and the days of its zone, from 2000 to 2078.
Calendar calendar_of(const praxe::Ruleset& ruleset);

/// `{decision: {"outcome": …, "rules": […]}}`, as the function below takes it from praxe's answers.
nlohmann::json to_json(const Answers& answers, const praxe::crm::Case& facts, const Ids& ids,
                       const praxe::Ruleset& ruleset);
nlohmann::json to_json(const std::vector<praxe::Answer>& answers, const praxe::Ruleset& ruleset);

}  // namespace by_hand
