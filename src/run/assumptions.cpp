// Invariants of records, looked at once when a case is read.
#include "run/assumptions.hpp"

#include <fmt/format.h>

#include "run/evaluate.hpp"
#include "value/budget.hpp"

namespace praxe {
namespace {

/// `this`, read as it stands: assumptions know nothing of the instant judged.
class RecordEnvironment final : public Environment {
  public:
    RecordEnvironment(Value self, const FunctionContext& functions) : self_(std::move(self)), functions_(functions) {}
    std::optional<Value> variable(std::string_view name) override {
        return name == "this" ? std::optional(self_) : std::nullopt;
    }
    const FunctionContext& functions() const override { return functions_; }

  private:
    Value self_;
    const FunctionContext& functions_;
};

class Assumptions {
  public:
    explicit Assumptions(const Model& model)
        : model_(model),
          budget_(decision_limits),
          functions_{&model.zone, model.calendar.get(), &model.calendars, &budget_} {}

    void visit(const Value& value) {
        if (value.is(Kind::record)) visit_record(value);
        if (value.is(Kind::list)) {
            for (const Value& item : value.as_list()) visit(item);
        }
        if (value.is(Kind::map)) {
            for (const auto& [key, item] : value.as_map().entries) visit(item);
        }
    }
    /// The assumptions of one record.
    void check(const Value& value) {
        const auto found = model_.assumptions.find(value.as_record().type);
        if (found == model_.assumptions.end()) return;
        for (const Expression& assumption : found->second) check(assumption, value);
    }
    std::vector<Error> take() { return std::move(errors_); }

  private:
    void visit_record(const Value& value) {
        check(value);
        for (const Value& field : value.as_record().all()) visit(field);
    }

    void check(const Expression& assumption, const Value& value) {
        RecordEnvironment environment(value, functions_);
        environment.source = assumption.text.source;
        const Value verdict = evaluate(*assumption.root, environment);
        if (verdict.is_true()) return;
        const Record& record = value.as_record();
        if (verdict.is_error() && (record.reader != nullptr || budget_.used_up()))
            return errors_.push_back(verdict.as_error());
        errors_.push_back(Error{Error::Code::other,
                                fmt::format("every {} must fulfil {}", record.type->name, to_source(*assumption.root)),
                                record.path,
                                {}});
    }

    const Model& model_;
    Budget budget_;  // of all records together
    FunctionContext functions_;
    std::vector<Error> errors_;
};

}  // namespace

std::vector<Error> broken_assumptions(const Model& model, const std::shared_ptr<const Record>& facts) {
    Assumptions assumptions(model);
    assumptions.visit(Value::record(facts));
    return assumptions.take();
}

Value broken_assumption(const Model& model, const std::shared_ptr<const Record>& record) {
    Assumptions assumptions(model);
    assumptions.check(Value::record(record));
    std::vector<Error> errors = assumptions.take();
    return errors.empty() ? Value() : Value::error(std::move(errors.front()));
}

}  // namespace praxe
