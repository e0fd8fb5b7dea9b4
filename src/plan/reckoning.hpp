// Reckons steps: expressions, then rules and decisions, then what is remembered (see plan/cost.hpp).
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "plan/sizes.hpp"

namespace praxe {

/// What is worked out once in a moment, by where it stands in the model, and lists of which something can lie ahead.
struct Reads {
    std::set<const Binding*> definitions;
    std::set<const Decision*> decisions;
    std::set<const Field*> lists;

    void add(const Reads& other);
};

/// The expression that takes most of what something takes.
struct Costliest {
    Bound steps;
    const Expression* expression = nullptr;

    void note(Bound taken, const Expression& candidate);
    void note(const Costliest& inner, Bound rounds);
};

/// Steps without those of what is read, and what comes of them.
struct Work {
    Bound steps;
    SizeRef size = nullptr;
    Reads reads = {};
    Costliest costliest = {};
};

/// A decision that is asked for.
struct Reckoned {
    struct Part {
        std::string name;
        Bound steps;
        const Expression* costliest = nullptr;
    };
    Bound steps;
    std::vector<Part> parts;
};

class Reckoning {
  public:
    /// The model must outlive it.
    explicit Reckoning(const Model& model);

    Reckoned asked(const Decision& decision);

  private:
    friend class ExpressionCost;

    /// A decision at work: see Activation in run/run.hpp.
    struct Frame {
        const Decision* decision = nullptr;
        std::vector<std::pair<std::string_view, SizeRef>> bound = {};
        std::vector<SizeRef> lets = {};  // null: not worked out
        Bound once = {};                 // what the lets take
        Reads reads = {};
        Costliest costliest = {};
        std::unordered_map<const Cell*, Bound> cells = {};  // each of the table's worked out once

        Frame for_element(std::string_view name, SizeRef element) const;
    };
    Frame frame_of(const Decision& decision) const;

    /// The expression's own steps, and its size.
    std::pair<Bound, SizeRef> of(const Expression& expression, Frame& frame);
    Bound steps(const Expression& expression, Frame& frame) { return of(expression, frame).first; }
    Bound steps(const std::optional<Expression>& expression, Frame& frame);

    const Work& definition(const Binding& definition);
    const Work& decision(const Decision& decision);
    /// A call with arguments of such sizes.
    const Work& called(const Decision& decision, std::vector<SizeRef> args);
    /// All that one moment takes for what is read in it.
    Bound moment(const Reads& reads, std::vector<Reckoned::Part>* parts = nullptr);
    /// Once in a moment its items are looked at, where any can lie ahead.
    Bound walked(const Field& list) const;
    void count_records(const RecordType& type, Bound times);
    void show(const Type& type, Reads& reads, std::set<const RecordType*>& shown);

    Work worked(Frame frame);
    std::pair<Bound, SizeRef> body(Frame& frame);
    std::pair<Bound, SizeRef> each(Frame& frame);
    std::pair<Bound, SizeRef> pick(Frame& frame);
    std::pair<Bound, SizeRef> outcome(Frame& frame);
    std::pair<Bound, SizeRef> by_rules(Frame& frame);
    Bound indexed_columns(Frame& frame);
    Bound conditions(const std::vector<Condition>& conditions, Frame& frame);
    Bound cell(const Cell& cell, Frame& frame);
    Bound fresh_cell(const Cell& cell, Frame& frame);
    Bound outputs(const std::vector<Output>& outputs, Frame& frame, std::vector<SizeRef>& fields);
    Bound citations(const std::vector<Cite>& cites, Frame& frame);
    Bound texts(const Texts& texts, Frame& frame);
    struct RuleCost {
        Bound looked_at;  // its conditions
        Bound fired;      // its outcomes
        Bound outcomes;   // how many
        std::vector<SizeRef> fields = {};
    };
    RuleCost rule(const Rule& rule, Frame& frame);
    Bound always(Frame& frame, std::vector<SizeRef>& fields);
    Bound fire(const Rule& rule, Frame& frame, std::vector<SizeRef>& fields);
    Bound exceptions(const Rule& rule, Frame& frame, std::vector<SizeRef>& fields);

    const Model& model_;
    Sizes sizes_;
    std::map<const Binding*, Work> definitions_;
    std::map<const Decision*, Work> decisions_;
    std::map<const Decision*, std::map<std::vector<SizeRef>, Work>> calls_;
    std::map<const RecordType*, Bound> records_;  // of facts: how many there can be in a case
    std::map<const Field*, const RecordType*> owners_;
    std::vector<const RecordType*> counting_;
};

}  // namespace praxe
