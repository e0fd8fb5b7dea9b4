// From columns of facts to columns of answers: which rows are decided how.
#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "columns/answer_columns.hpp"
#include "columns/block_answers.hpp"
#include "columns/block_run.hpp"
#include "columns/column_view.hpp"
#include "run/answer.hpp"

namespace praxe {

/// One decision: what its answers are, and how whole blocks of rows are decided, where they can be.
struct BoundDecision {
    BoundDecision(const Model& model, const Decision& decision, const ColumnsOptions& options)
        : answers(model, decision, options.valid_until) {
        if (!options.valid_until) program = block_program(model, decision, options.limits);
        if (program) constants.emplace(*program, answers);
    }
    BoundDecision(const BoundDecision&) = delete;

    AnswerType answers;
    std::optional<BlockProgram> program;
    std::optional<BlockAnswers> constants;
};

struct Columns::Bound {
    std::shared_ptr<const Model> model;
    Column facts;
    DecideOptions options;
    std::vector<std::unique_ptr<const BoundDecision>> decisions;
    std::vector<std::string> names;
};

namespace {

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
    Rows(const Columns::Bound& bound, const ColumnView& facts) : bound_(bound), facts_(facts), cases_(block_rows) {}

    void begin(std::int64_t first) {
        first_ = first;
        for (const std::size_t row : read_) cases_[row] = {};
        read_.clear();
    }

    void append(std::size_t row, const Decision& decision, AnswerColumns& out) {
        const OneCase& one = case_of(row);
        Answer answer;
        if (one.at.is_error()) {
            answer.outcome = one.at;
        } else {
            answer = *praxe::answer(*bound_.model, decision, one.facts, one.at.as_int(), bound_.options, true);
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
        read_.push_back(row);
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
    std::int64_t first_ = 0;
    std::vector<OneCase> cases_;
    std::vector<std::size_t> read_;
};

/// One decision over the blocks of one array.
class Work {
  public:
    Work(const Columns::Bound& bound, const BoundDecision& decision, const ColumnView& facts)
        : decision_(decision), answers_(decision.answers), which_(block_rows) {
        if (decision.program) run_.emplace(*decision.program, *bound.model, facts, bound.options.at);
    }
    Work(const Work&) = delete;

    void append(std::int64_t first, std::size_t rows, Rows& alone) {
        if (!run_) return append_alone(0, rows, alone);
        const std::span<std::uint8_t> which = std::span(which_).first(rows);
        if (!run_->decide(first, which)) return decision_.constants->append(which, answers_);
        for (std::size_t begin = 0; begin < rows;) {
            const bool is_alone = which[begin] == run_->by_row();
            std::size_t end = begin;
            while (end < rows && (which[end] == run_->by_row()) == is_alone) ++end;
            if (is_alone) {
                append_alone(begin, end, alone);
            } else {
                decision_.constants->append(which.subspan(begin, end - begin), answers_);
            }
            begin = end;
        }
    }
    AnswerColumns& answers() { return answers_; }

  private:
    void append_alone(std::size_t begin, std::size_t end, Rows& alone) {
        for (std::size_t row = begin; row < end; ++row) alone.append(row, *decision_.answers.decision, answers_);
    }

    const BoundDecision& decision_;
    AnswerColumns answers_;
    std::optional<BlockRun> run_;
    std::vector<std::uint8_t> which_;
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
    for (const Decision* decision : decisions) {
        bound->decisions.push_back(std::make_unique<const BoundDecision>(*bound->model, *decision, options));
        bound->names.push_back(decision->name);
    }
    return Columns(std::move(bound));
}

const std::vector<std::string>& Columns::decisions() const {
    return bound_->names;
}

void Columns::schema(std::size_t decision, ArrowSchema& out) const {
    write_schema(bound_->decisions[decision]->answers.type, out);
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
    Rows alone(*bound_, view);
    std::deque<Work> works;  // which are not moved
    for (const auto& decision : bound_->decisions) {
        works.emplace_back(*bound_, *decision, view);
        works.back().answers().reserve(static_cast<std::size_t>(count));
    }
    const auto most = static_cast<std::int64_t>(block_rows);
    for (std::int64_t begin = first; begin < first + count; begin += most) {
        alone.begin(begin);
        for (Work& work : works)
            work.append(begin, static_cast<std::size_t>(std::min(most, first + count - begin)), alone);
    }
    for (std::size_t i = 0; i < works.size(); ++i) works[i].answers().columns().take(out[i]);
    return diagnostics;
}

}  // namespace praxe
