// Runs a program over one case: registers, what was worked out so far, and until when it holds.
//
// What a machine makes stands in memory of its own, which it uses again for the next case. One machine is for one
// thread at a time. Wherever it has no value to give (an error, a limit that may be passed) it says so, and the
// reference engine is asked.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <praxe/limits.hpp>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "machine/kept_facts.hpp"
#include "machine/native_calls.hpp"
#include "program/fact_cells.hpp"
#include "program/host_cells.hpp"
#include "table/table_index.hpp"
#include "value/budget.hpp"

namespace praxe {

/// Whether machines count what they execute: where assertions are on, for tests of what was covered.
#ifdef NDEBUG
inline constexpr bool counts_instructions = false;
#else
inline constexpr bool counts_instructions = true;
#endif

/// An outcome as the machine has it.
struct MadeOutcome {
    const Decision* decision = nullptr;
    std::uint32_t number = 0;    // of the decision
    const Rule* rule = nullptr;  // null: not whole, or none made it
    const Rule* exception = nullptr;
    const Told* told = nullptr;                    // of its rule; null where that is to be put together
    std::uint32_t cites = 0, exception_cites = 0;  // a bit for each clause that is cited
    std::uint64_t written_bytes = 0;
    Datum element;                              // of a decision made per item
    const MadeOutcome* const* basis = nullptr;  // the outcomes it rested on
    std::uint32_t basis_count = 0;
    std::uint32_t field_count = 0;
    Datum* fields = nullptr;
};

class Machine {
  public:
    static constexpr std::int64_t forever = std::numeric_limits<std::int64_t>::max();
    static constexpr std::uint64_t scalar_bytes = 8;  // as written out, of a number

    /// Both must outlive it.
    Machine(const Model& model, const Program& program);
    Machine(const Machine&) = delete;

    /// A case; nothing worked out before is kept. The facts must stay as they are until the next.
    void begin_case(const std::shared_ptr<const Record>& facts, const EvaluationLimits& limits);
    /// The same of facts that are laid out already.
    void begin_case(const CaseCells& facts, const EvaluationLimits& limits);
    /// The same of a host's object, where it stands; `facts` is the same as a record.
    void begin_case(const HostReader& reader, const void* object, const std::shared_ptr<const Record>& facts,
                    const EvaluationLimits& limits);
    /// Facts of the case that was begun, as other cases have them too.
    void take_kept(std::span<const KeptFacts::Fact> kept) {
        for (const KeptFacts::Fact& fact : kept) cells_->fields[fact.place] = fact.datum;
    }
    /// Lets go of the case's facts.
    void end_case() {
        facts_ = nullptr;
        cells_ = nullptr;
        hosts_.end_case();
        made_values_.clear();
        assumed_.clear();
        arena_.clear(kept_bytes);
    }
    /// Another question is asked at that instant. Where others have looked ahead meanwhile, some outcomes of it are
    /// made already and some are not: all are made anew, so that one is not told as two.
    void begin_question(std::int64_t at) {
        if (at < at_) stamps_[program_.level_scopes.front()] = ++serial_;
    }
    /// The instant judged from here on; what holds there too is kept. Budgets begin anew.
    void begin_run(std::int64_t at);

    // REQUIRES of these: a run was begun. `horizon` takes until when all that was looked at stays as it is.
    /// The value of the memo of that number.
    Datum value_of(std::uint32_t number, std::int64_t& horizon);
    /// What the routine of that number gives, which takes no arguments.
    Datum run(std::uint32_t number, std::int64_t& horizon);
    /// What the routine of that number gives for one element of a decision made per item, which stands at that place of
    /// its list.
    Datum run_element(std::uint32_t number, const Datum& element, std::size_t place, std::int64_t& horizon);
    /// True once something was met that the reference alone can judge.
    bool gave_up() const { return gave_up_; }

    const std::shared_ptr<const Record>& facts() const { return facts_; }
    const Program& program() const { return program_; }
    const Model& model() const { return model_; }
    /// For what is told of the case: it lives as long.
    Arena& memory() { return arena_; }
    /// How often each instruction was executed, by its place in the code; empty unless `counts_instructions`.
    const std::vector<std::uint64_t>& executed() const { return executed_; }

    /// No fewer than Value::written_bytes() says of the same.
    std::uint64_t bytes_of(const Datum& datum, const Shape& shape) const;
    /// The local day of an instant.
    std::int64_t day_of(std::int64_t instant);
    /// Whether two look the same to whoever asked: two outcomes without the elements they were made for.
    bool same_shown(const Datum& a, const Datum& b, const Shape& shape);

  private:
    static constexpr std::size_t kept_bytes = 1u << 20;  // of memory for the next case
    static constexpr std::size_t kept_assumed = 4096;
    /// What a memo came to.
    struct Remembered {
        std::uint64_t stamp = 0;  // of its scope; 0: never
        std::uint32_t run = 0;    // the last in which it was read
        std::uint32_t basis_count = 0;
        std::int64_t horizon = forever;
        const MadeOutcome* const* basis = nullptr;
        std::int64_t at = 0;
    };
    /// An outcome for one element.
    struct Decided {
        Datum element, outcome;
        std::uint64_t stamp = 0;
        std::int64_t at = 0;
        std::int64_t horizon = forever;
        std::uint32_t run = 0;
        std::uint64_t walk = 0;  // that met it last
    };
    /// A routine that is being worked out, and what stood before (calls.hpp).
    struct Call {
        enum class Of : std::uint8_t { memo, decision, element, before };
        const Instruction* back;  // that asked; null: from outside
        Of of;
        std::uint32_t level;
        const Routine* routine;
        const Memo* memo;
        Remembered* known;
        Decided* decided;
        std::int64_t horizon;
        std::size_t basis_begin;
        std::uint64_t stamp;
        std::int64_t now;
    };
    /// Those of one routine, in the order of the elements as they were first met.
    struct DecidedElements {
        std::vector<Decided> all;
        std::uint64_t stamp = 0;
        std::size_t used = 0;  // of this case
        std::size_t next = 0;  // where the next is looked for first
        // Of the walk over the elements.
        std::uint64_t walk = 0;
        std::size_t met = 0;

        void begin_walk(std::size_t first) {
            ++walk;
            met = 0;
            next = first;
        }
    };
    /// A fact's list or map less what is not there yet.
    struct PresentItems {
        const Datum* cell;    // the whole
        std::uint64_t stamp;  // of the level
        std::uint32_t level;
        std::int64_t at;
        std::int64_t horizon;
        Datum datum;
        std::uint32_t run;  // the last in which it was read
    };

    /// A search in a table: the numbers of its columns' values, and the rows that are left.
    struct RowSearch {
        std::vector<std::int64_t> numbers;
        std::optional<TableIndex::Walk> rows;
        std::uint64_t steps = 0;  // that a row takes
    };

    /// Whether a record of a host's breaks an assumption.
    struct Assumed {
        std::uint64_t of_case = 0;
        bool broken = false;
    };

    void begin_case(const EvaluationLimits& limits);
    void take_case(const FactCells* cells) {
        cells_ = cells;
        registers_[program_.the_case] = Datum::of(cells);
    }
    // calls.hpp: what is worked out, and what is known already.
    Call& push(Call::Of of, const Instruction* back);
    bool is_known(const Memo& memo, const Remembered& known) const;
    bool renews(const Memo& memo, Remembered& known);
    void take(const Memo& memo, const Remembered& known);
    void rest_on_all(const Remembered& known);
    Decided& find_element(std::uint32_t number, const Datum& element);
    bool takes(Decided& known);
    void begin(const Memo& memo, Remembered& known, const Instruction* back);
    void begin(const Routine& routine, const Instruction* back);
    void begin(const Routine& routine, Decided& decided, const Instruction* back);
    void begin_before(const Routine& routine, std::int64_t instant, std::uint32_t level, const Instruction* back);
    void keep(const Memo& memo, Remembered& known, const Call& call);
    void keep(Decided& decided, const Call& call);
    const Call& leave();
    const Call& end();
    void unwind();
    // execute.cpp: the loop.
    void execute(std::uint32_t place);
    /// The registers, the basis and what was worked out stay whole, for other questions of the same case.
    Datum give_up() {
        gave_up_ = true;
        return Datum::none();
    }
    void charge(std::uint64_t steps) {
        steps_ += steps;
        if (steps_ > most_steps_) give_up();
    }
    void charge_bytes(std::uint64_t bytes) {
        bytes_ += bytes;
        if (bytes_ > most_bytes_) give_up();
    }
    /// What an earlier run of the case worked out is read in this one, where the reference would work it out again: in
    /// no more than all of them took.
    void rest_on_earlier_runs() {
        if (std::exchange(rests_on_earlier_runs_, true)) return;
        charge(earlier_steps_);
        charge_bytes(earlier_bytes_);
    }
    void looked_until(std::int64_t horizon) { horizon_ = std::min(horizon_, horizon); }

    Datum datum_of(const Value& value, const Shape& shape);
    Datum of_nothing(ReadMode mode);
    Datum by_mode(const Datum& found, ReadMode mode);
    Datum read(const FactCells& facts, const FieldRead& field, ReadMode mode);
    Datum read_dated(const FactCells& facts, const FieldRead& field, ReadMode mode);
    const Datum& cell_of(const FactCells& facts, const FieldRead& field) {
        const Datum& cell = facts.fields[field.place];
        if (cell.state >= Datum::State::error) ask_host(facts, field);
        return cell;
    }
    const Datum& cell_of(const FactCells& facts, std::size_t place) {
        const Datum& cell = facts.fields[place];
        if (cell.state >= Datum::State::error) ask_host(facts, program_.fields[facts.layout->fields[place]]);
        return cell;
    }
    void ask_host(const FactCells& facts, const FieldRead& field);
    bool breaks_assumption(const Record& record);
    Datum of_record(const FactCells& facts, const FieldRead& field);
    bool is_broken(const FactCells& facts, const FieldRead& field, const Datum& cell);
    bool is_key(const MapCells& map, std::string_view text);
    bool has_happened(const FactCells& facts, const FieldRead& field, const Datum& cell);
    bool is_there(const FactCells& facts);
    bool lies_ahead(std::int64_t instant);
    Datum present_items(const Datum& cell, const FieldRead& field);
    Datum present_list(const Items& all);
    Datum present_map(const MapCells& all, const Shape& shape);
    void rest_on(const MadeOutcome* outcome) {
        if (basis_end_ == basis_begin_ || basis_[basis_end_ - 1] != outcome) rest_on_another(outcome);
    }
    void rest_on_another(const MadeOutcome* outcome);
    void rest_on_more(const MadeOutcome* outcome);
    void rest_on_parts(const Datum& datum, const Shape& shape);

    bool reaches(const Datum& moving, Moving how, std::int64_t threshold);
    Datum compare_moving(const Instruction& i);
    Datum move_by(const Instruction& i);
    Datum call(const Instruction& i);
    std::optional<Datum> call_native(const Instruction& i);
    void charge_made(std::uint64_t bytes, bool is_too_long);
    Datum find(const Instruction& i);
    Datum make_list(std::uint32_t number, const Shape& shape);
    void sort(const Instruction& i);
    bool less(const Datum& a, const Datum& b, const Shape& shape) const;
    bool same_item(const Datum& a, const Datum& b, const Shape& shape) const;
    MadeOutcome& new_outcome(const Instruction& i, const Blank& blank);
    Datum outcome(const Instruction& i);
    void fire(MadeOutcome& outcome, const Firing& firing);
    Datum conclude(const Instruction& i);
    // machine_tables.cpp: the next instruction, where it is not the one that follows.
    void find_rows(const Instruction& i);
    const Instruction* next_row(const Instruction& i);
    const Instruction* row_outcome(const Instruction& i);
    void fire_row(const Instruction& i);
    Datum replaced(const Instruction& i);
    Datum agreed(const Instruction& i);
    Datum chosen(const Instruction& i) const;
    void leave_out_of_basis(const MadeOutcome* outcome);
    Datum term_end(const Instruction& i);
    Datum sum(const Items& items);
    Datum trim(const Datum& text);
    bool less_keys(const Instruction& i) const;
    bool same_text(const Datum& a, const Datum& b);
    static Datum text_of_member(const Datum& member, const Shape& shape);

    const Model& model_;
    const Program& program_;
    EvaluationLimits limits_;
    Budget budget_;
    FunctionContext functions_;
    std::vector<Datum> registers_;
    std::vector<Remembered> memos_;
    std::vector<std::uint64_t> stamps_;  // of scopes
    std::vector<std::vector<Datum>> making_;
    std::vector<NativeCall> natives_;      // of the program's calls
    std::vector<std::string> lent_texts_;  // arguments of the function that is called
    std::vector<RowSearch> searches_;      // of the program's tables
    std::string reference_;                // that is looked for
    std::vector<PresentItems> present_;
    std::vector<DecidedElements> decided_;   // by routine
    std::vector<const MadeOutcome*> basis_;  // of all that is being worked out, the innermost last, and room for more
    std::size_t basis_begin_ = 0, basis_end_ = 0;         // of the innermost
    std::deque<Value> made_values_;                       // that cells stand in
    std::unordered_map<const Record*, Assumed> assumed_;  // of hosts' objects
    Arena arena_;
    FactCellsMaker maker_{program_, arena_};
    HostCellsMaker hosts_{program_, arena_};
    std::shared_ptr<const Record> facts_;
    const FactCells* cells_ = nullptr;  // of the case
    std::vector<Call> calls_;           // there is no recursion: no more than there are routines
    Call* call_ = nullptr;              // the innermost
    std::int64_t horizon_ = forever;    // of what is being worked out
    std::int64_t at_ = 0;               // of the decision
    std::int64_t now_ = 0;              // judged: earlier within `before`
    std::uint32_t level_ = 0;
    std::uint64_t serial_ = 0, case_ = 0;
    std::uint64_t first_stamp_ = 0;  // of the case
    std::uint32_t run_ = 0;
    std::uint64_t steps_ = 0, bytes_ = 0;                  // of this run
    std::uint64_t earlier_steps_ = 0, earlier_bytes_ = 0;  // of the case's runs before
    bool rests_on_earlier_runs_ = false;
    std::uint64_t most_steps_ = 0, most_bytes_ = 0;
    bool gave_up_ = false;
    std::int64_t day_first_ = 0, day_last_ = -1, day_ = 0;  // the local day last asked for, and its instants
    std::vector<std::uint64_t> executed_;
};

}  // namespace praxe
