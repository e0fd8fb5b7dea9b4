// From columns of facts to columns of answers: which rows are decided how.
#include <fmt/format.h>

#include <algorithm>

#include "columns/answer_columns.hpp"
#include "columns/column_view.hpp"
#include "run/answer.hpp"

namespace praxe {

struct Columns::Bound {
    std::shared_ptr<const Model> model;
    Column facts;
    DecideOptions options;
    std::vector<AnswerType> answers;
    std::vector<std::string> names;
};

namespace {

constexpr std::int64_t block_rows = 2'048;

/// The decisions asked for; names that cannot be asked are reported.
std::vector<const Decision*> asked(const Model& model, const std::vector<std::string>& names,
                                   Diagnostics& diagnostics) {
    std::vector<const Decision*> found;
    for (const auto& decision : model.decisions) {
        if (names.empty() && !decision->asks.empty() && !decision->has_arguments()) found.push_back(decision.get());
    }
    for (const std::string& name : names) {
        const Decision* decision = model.find(name);
        if (decision == nullptr) {
            const std::string near = nearest(name, model.decision_names());
            diagnostics.error({}, fmt::format("there is no decision \"{}\"", name),
                              near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
        } else if (decision->has_arguments()) {
            diagnostics.error({}, fmt::format("\"{}\" takes arguments: only other decisions ask it", name));
        } else {
            found.push_back(decision);
        }
    }
    return found;
}

void check_instant(const Column& facts, const ColumnsOptions& options, Diagnostics& diagnostics) {
    if (options.at || facts.type == nullptr) return;
    const int at = facts.type->find("at");
    if (at >= 0 && facts.by_field[static_cast<std::size_t>(at)] >= 0) return;
    diagnostics.error({}, "there is no instant of the decisions", "give a column \"at\", or ColumnsOptions::at");
}

/// The rows of a block, one after another, as the tree walk decides them.
class Rows {
  public:
    Rows(const Columns::Bound& bound, const ColumnView& facts, std::int64_t first)
        : bound_(bound), facts_(facts), first_(first), cases_(block_rows) {}

    void append(std::size_t row, const AnswerType& type, AnswerColumns& out) {
        const OneCase& one = case_of(row);
        Answer answer;
        if (one.at.is_error()) {
            answer.outcome = one.at;
        } else {
            answer = *praxe::answer(*bound_.model, *type.decision, one.facts, one.at.as_int(), bound_.options, true);
        }
        out.append(answer);
    }

  private:
    struct OneCase {
        std::shared_ptr<const Record> facts;
        Value at;  // the instant, or why there is none
    };

    /// What a case has read of its columns is kept for the next decision.
    const OneCase& case_of(std::size_t row) {
        OneCase& one = cases_[row];
        if (one.facts != nullptr) return one;
        one.facts = facts_.record(first_ + static_cast<std::int64_t>(row), {});
        one.at = instant_of(*one.facts);
        return one;
    }

    Value instant_of(const Record& facts) const {
        if (bound_.options.at) return Value::timestamp(*bound_.options.at);
        Value at = facts.at(static_cast<std::size_t>(facts.type->find("at")));
        if (!at.is_absent()) return at;
        return Value::error(
            Error{Error::Code::missing_fact, "\"at\" is not given: the instant of the decision", "at", {}});
    }

    const Columns::Bound& bound_;
    const ColumnView& facts_;
    std::int64_t first_;
    std::vector<OneCase> cases_;
};

}  // namespace

Result<Columns> Columns::bind(const Ruleset& ruleset, const ArrowSchema& facts, const ColumnsOptions& options) {
    Diagnostics diagnostics;
    auto bound = std::make_shared<Bound>();
    bound->model = ruleset.shared_model();
    const auto decisions = asked(*bound->model, options.decisions, diagnostics);
    bound->facts = column_of_facts(*bound->model->schema, facts, diagnostics);
    check_instant(bound->facts, options, diagnostics);
    if (!diagnostics.empty()) return diagnostics;
    bound->options.at = options.at;
    bound->options.valid_until = options.valid_until;
    bound->options.horizon = options.horizon;
    bound->options.limits = options.limits;
    bound->answers.reserve(decisions.size());
    for (const Decision* decision : decisions) {
        bound->answers.emplace_back(*bound->model, *decision, options.valid_until);
        bound->names.push_back(decision->name);
    }
    return Columns(std::move(bound));
}

const std::vector<std::string>& Columns::decisions() const {
    return bound_->names;
}

void Columns::schema(std::size_t decision, ArrowSchema& out) const {
    write_schema(bound_->answers[decision].type, out);
}

Diagnostics Columns::decide(const ArrowArray& facts, std::int64_t first, std::int64_t count,
                            std::span<ArrowArray> out) const {
    Diagnostics diagnostics;
    const ColumnView view(bound_->facts, *bound_->model->schema, facts, diagnostics);
    if (!diagnostics.empty()) return diagnostics;
    if (first < 0 || count < 0 || first > facts.length || count > facts.length - first) {
        diagnostics.error(
            {}, fmt::format("there are no rows {} to {}: the array has {}", first, first + count, facts.length));
        return diagnostics;
    }
    std::vector<AnswerColumns> answers(bound_->answers.begin(), bound_->answers.end());
    for (AnswerColumns& one : answers) one.reserve(static_cast<std::size_t>(count));
    for (std::int64_t begin = first; begin < first + count; begin += block_rows) {
        const auto rows = static_cast<std::size_t>(std::min(block_rows, first + count - begin));
        Rows cases(*bound_, view, begin);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            for (std::size_t row = 0; row < rows; ++row) cases.append(row, bound_->answers[i], answers[i]);
        }
    }
    for (std::size_t i = 0; i < answers.size(); ++i) answers[i].columns().take(out[i]);
    return diagnostics;
}

}  // namespace praxe
