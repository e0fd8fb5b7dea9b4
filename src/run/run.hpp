// One evaluation of decisions over one case at one instant: names, facts as they stand, hit policies, reasons.
#pragma once

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <praxe/decision.hpp>
#include <unordered_map>
#include <vector>

#include "check/model.hpp"
#include "run/basis.hpp"
#include "run/evaluate.hpp"
#include "run/rule_walk.hpp"
#include "value/budget.hpp"

namespace praxe {

inline constexpr Instant never = std::numeric_limits<Instant>::max();

/// What an evaluation rested on: until when the comparisons it made hold, and which outcomes it read.
struct Track {
    Instant horizon = never;
    Instant known_until = never;  // a calendar that was asked knows nothing from there on
    Basis basis;
};

/// What first told that it holds just until the instant that a run watches for.
struct FlipSite {
    const Expr* expr = nullptr;  // null: nothing written asked (a fact that is needed, or only shown)
    SourcePtr source;
    std::string fact;                 // the path of the fact it rests on, if it rests on one
    const Condition* cell = nullptr;  // the cell at work: others may have its tree too
};

struct Reason {
    const Decision* decision = nullptr;
    const Rule* rule = nullptr;
    const Rule* exception = nullptr;
    std::vector<std::string> cites;
    std::string item;  // the key of the element, for decisions made per item
    Languages say;
    std::vector<std::shared_ptr<const Record>> basis;
};

class RunEnvironment;

/// The instant judged, and what was already worked out at it.
struct Moment {
    struct Memo {
        Value value;
        Track track;
    };
    Instant now = 0;
    bool strictly_before = false;                 // what is dated `now` itself has not happened (`before(T, …)`)
    bool moves = true;                            // `now` is the instant of decision, not one named by a rule
    std::unordered_map<const void*, Memo> memos;  // definitions and decisions without arguments
    std::map<std::pair<const Record*, std::size_t>, Memo> lists;  // lists and maps, less what is not there yet
};

/// A decision at work on its arguments or on one element.
struct Activation {
    const Decision* decision = nullptr;
    std::vector<std::pair<std::string_view, Value>> bound;  // arguments, the element, `general`; names of the model's
    std::vector<std::optional<Moment::Memo>> let;
};

class Run {
  public:
    /// `facts` and the model must outlive the run. With `texts`, reasons carry their texts.
    Run(const Model& model, std::shared_ptr<const Record> facts, Instant at,
        const EvaluationLimits& limits = decision_limits, bool texts = false);

    /// The value of a decision without arguments: a record, a list of records, an optional, or an error.
    Value decide(const Decision& decision);
    /// The elements a per-item decision is made for, as it finds them (before `where`).
    Value elements(const Decision& decision);
    /// The outcome for one element: a record, absent where `where` leaves it out, or an error.
    Value decide_element(const Decision& decision, const Value& element);
    /// An outcome as it is shown: of records of facts, what is there at the instant judged.
    Value as_it_stands(const Value& value);
    /// The first of `needs` that the case does not hold as it is needed.
    struct Unmet {
        const Need* need = nullptr;  // null: all are met
        Value fact;                  // an error: what is wrong with it; absent: it is not given; else it lies ahead
    };
    Unmet unmet_need(const Decision& decision);
    /// Why an outcome record is as it is; null for records that no rule made.
    const Reason* reason(const Record& outcome) const;
    /// All reasons of this run: for every outcome that a rule made, also those that others rest on.
    const std::unordered_map<const Record*, Reason>& reasons() const { return reasons_; }
    std::size_t steps_taken() const { return budget_.steps_taken(); }
    const Track& track() const { return track_; }
    /// Forgets what was rested on so far, but not what was worked out: that is counted again when it is read again.
    void begin_track() { track_ = {}; }
    /// From now on the first that holds just until then is kept. To be called before anything is worked out, for what
    /// is remembered is not told again.
    void watch_for(Instant flip) { watched_ = flip; }
    const std::optional<FlipSite>& flip() const { return flip_; }

    /// From now on how amounts come about is kept, each way once. To be called before anything is worked out.
    void note_workings(std::vector<Working>& into) { workings_ = &into; }

    /// A rule's conditions at work, for explanations: the first that does not hold, with what it read.
    struct Reading {
        std::string name;
        Value value;
    };
    struct Failure {
        const Condition* condition = nullptr;  // null: all hold
        Value value;                           // false or an error
        std::vector<Reading> readings;
    };
    Failure first_failure(const Rule& rule, Activation& activation);
    /// An expression among the names of an activation: one that stands beside decisions, as an indicator's.
    Value value_of(const Expression& expression, Activation& activation);
    Activation activation_for(const Decision& decision) const;
    Activation activation_for(const Decision& decision, const Value& element) const;

  private:
    friend class RunEnvironment;

    Value evaluate_in(const Expression& expression, Activation* activation);
    Value call(const Decision& decision, Activation& activation);
    Value each(const Decision& decision);
    Value pick(const Decision& decision, Activation& activation);
    Value element_outcome(const Decision& decision, Activation& activation);
    Value outcome(const Decision& decision, Activation& activation);
    Value by_hit_policy(const Decision& decision, Activation& activation);
    /// What the index needs to know; nothing where all rules are to be looked at: there is none, what is looked at is
    /// kept for explanations, or the columns' values hold for a time only or rest on other outcomes.
    std::optional<ColumnNumbers> column_numbers(const Decision& decision, Activation& activation);
    RuleWalk rules_of(const Decision& decision, Activation& activation);
    Value all_that_apply(const Decision& decision, Activation& activation, std::vector<const Rule*>& applying);
    Value collected(const Decision& decision, Activation& activation);
    Value collect_rule(const Decision& decision, const Rule& rule, Activation& activation, List& outcomes);
    Value collect_one(const Decision& decision, const Rule& rule, Activation& activation, List& outcomes);
    Value applies(const std::vector<Condition>& conditions, Activation& activation);
    Value holds(const Condition& condition, Activation& activation);
    Value cell_holds(const Condition& condition, Activation& activation);
    Value cell_holds(const Cell& cell, Activation& activation);
    Value fire(const Decision& decision, const Rule& rule, Activation& activation);
    Value outcome_of(std::shared_ptr<Record> record, Reason reason);
    Value set_outputs(const std::vector<Output>& outputs, Activation& activation, Record& record);
    Value set_always(const Decision& decision, Activation& activation, const std::shared_ptr<Record>& record);
    Value required(const Decision& decision, Activation& activation);
    void remember_reason(const Record& record, Reason reason);
    Languages say(const Texts& texts, Activation& activation);
    Value cite(const std::vector<Cite>& cites, Activation& activation, std::vector<std::string>& out);

    /// Evaluates with a track of its own, and keeps both.
    template <typename Evaluate>
    Moment::Memo worked_out(const Evaluate& evaluate);
    /// The same for what is kept in a map; evaluated where it is not there yet.
    template <typename Memos, typename Evaluate>
    const Value& remembered(Memos& memos, const typename Memos::key_type& key, const Evaluate& evaluate);
    /// A value worked out before: what it rested on counts for the evaluation that reads it.
    const Value& recall(const Moment::Memo& memo);
    /// What was worked out apart bounds what reads it.
    void count_in(const Track& inner);
    void rest_on_parts(const Value& value);

    std::optional<Value> variable(std::string_view name, Activation* activation);
    Value at(const Slot& slot, Activation* activation);
    Value let(std::size_t index, Activation& activation);
    Value global(const Model::Global& global);
    Value field(const std::shared_ptr<const Record>& record, std::size_t index);
    Value present_items(const std::shared_ptr<const Record>& record, std::size_t index, const Value& all);
    /// Whether a record that exists since an instant is there, or the error of that instant. REQUIRES: it has one.
    Value is_there(const Value& item);
    Value present_list(const List& all);
    Value present_map(const Map& all);
    Value broken_fact(const std::shared_ptr<const Record>& record, const Value& value, const Field& field);
    Value small_enough(const Value& part, std::uint64_t& bytes) const;
    Value record_as_it_stands(const std::shared_ptr<const Record>& record);
    bool is_plain(const Value& value) const;
    /// True if what the field dates has not happened; says until when that holds.
    bool lies_ahead(const Record& record, std::size_t dating_field, Instant dated);
    void holds_until(Instant until) { track_.horizon = std::min(track_.horizon, until); }
    bool watches(Instant flip) const { return flip == watched_ && !flip_; }
    /// The innermost environment at work says what read a fact that lies ahead.
    void place_flip(const RunEnvironment& by);

    const Model& model_;
    std::shared_ptr<const Record> facts_;
    Budget budget_;  // of all decisions of this run together
    FunctionContext functions_;
    bool texts_;
    Moment main_;
    Moment* moment_ = &main_;
    Track track_;
    std::uint64_t bases_closed_ = 0;
    std::unordered_map<const Record*, Reason> reasons_;
    std::vector<std::shared_ptr<const Record>> kept_;   // outcomes with reasons, so that no address is used twice
    std::unordered_map<const Record*, Value> assumed_;  // of hosts' objects: the assumption each breaks, or absent
    std::vector<Reading>* readings_ = nullptr;
    std::vector<Working>* workings_ = nullptr;
    Instant watched_ = never;
    std::optional<FlipSite> flip_;
    const Condition* cell_at_work_ = nullptr;
};

}  // namespace praxe
