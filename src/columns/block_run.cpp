// Blocks of rows: each test once, rules one after another over the rows that remain.
#include "columns/block_run.hpp"

#include <algorithm>

namespace praxe {
namespace {

using Form = BlockTest::Form;
using From = BlockNumber::From;

std::int64_t value_at(const BlockNumbers& numbers, std::size_t row) {
    if (numbers.is_constant) return numbers.constant;
    return integer_at(numbers.layout, numbers.values, static_cast<std::int64_t>(row));
}

BlockNumbers constant_of(std::int64_t value) {
    BlockNumbers numbers;
    numbers.is_constant = true;
    numbers.constant = value;
    return numbers;
}

}  // namespace

BlockRun::BlockRun(const BlockProgram& program, const Model& model, const ColumnView& cases,
                   std::optional<std::int64_t> at)
    : program_(program),
      model_(model),
      loaded_(program.facts.size()),
      numbers_(program.numbers.size()),
      truths_(program.tests.size()),
      digits_(static_cast<std::size_t>(std::bit_width(program.rules.size()))) {
    facts_.reserve(program.facts.size());
    for (const BlockFact& fact : program.facts) facts_.emplace_back(fact, cases);
    if (at) {
        at_ = constant_of(*at);
    } else {
        const auto index = static_cast<std::size_t>(model.schema->facts.find("at"));
        at_fact_ = BlockFact{{index}, &model.schema->facts.fields[index]};
        at_column_.emplace(*at_fact_, cases);
    }
}

bool BlockRun::decide(std::int64_t first, std::span<std::uint8_t> which) {
    begin(first, which.size());
    for (const std::size_t needed : program_.needed) {
        if (const Mask* absent = fact(needed).absent()) give_up(*absent);
    }
    for (const std::size_t required : program_.required) {
        Mask failed;
        set_less(failed, remaining_, truth(required).yes);
        give_up(failed);
    }
    for (std::size_t i = 0; i < program_.rules.size() && !is_empty(asked()); ++i) hit(i);
    set_or(left_, left_, remaining_);  // no rule applies: an error
    const std::size_t alone = by_row();
    for (std::size_t digit = 0; digit < digits_.size(); ++digit) {
        set_less(digits_[digit], digits_[digit], left_);  // a row may have been decided before it was left
        if ((alone >> digit & 1) != 0) set_or(digits_[digit], digits_[digit], left_);
    }
    write(which);
    return !is_empty(left_);
}

void BlockRun::begin(std::int64_t first, std::size_t rows) {
    first_ = first;
    rows_ = rows;
    loaded_.assign(loaded_.size(), false);
    for (Number& number : numbers_) number.known = false;
    for (Truth& truth : truths_) truth.known = false;
    full_ = remaining_ = open_ = first_rows(rows);
    left_ = {};
    for (Mask& digit : digits_) digit = {};
    if (at_column_) {
        at_column_->load(first, rows, nullptr);
        at_ = at_column_->numbers();
        if (at_column_->absent() != nullptr) give_up(*at_column_->absent());
        if (at_column_->wrong() != nullptr) give_up(*at_column_->wrong());
        at_.absent = nullptr;
    }
    look_at_instants(model_);
}

/// Outside of the time in which the ruleset is in force there is no answer.
void BlockRun::look_at_instants(const Model& model) {
    Mask outside{};
    if (model.effective_from) {
        compare_numbers<Less>(at_, constant_of(*model.effective_from), rows_, outside);
        give_up(outside);
    }
    if (model.effective_until) {
        compare_numbers<Less>(at_, constant_of(*model.effective_until), rows_, outside);
        set_less(outside, remaining_, outside);
        give_up(outside);
    }
}

/// Rows that are an error, or may be.
void BlockRun::give_up(const Mask& rows) {
    Mask given;
    set_and(given, rows, asked());
    set_or(left_, left_, given);
    set_less(open_, open_, given);
    set_less(remaining_, remaining_, given);
}

FactColumn& BlockRun::fact(std::size_t index) {
    FactColumn& column = facts_[index];
    if (loaded_[index]) return column;
    loaded_[index] = true;
    column.load(first_, rows_, &at_);
    if (column.wrong() != nullptr) give_up(*column.wrong());
    return column;
}

const BlockNumbers& BlockRun::number(std::size_t index) {
    Number& number = numbers_[index];
    if (number.known) return number.numbers;
    number.known = true;
    const BlockNumber& made = program_.numbers[index];
    switch (made.from) {
        case From::fact:
            number.numbers = fact(made.fact).numbers();
            break;
        case From::at:
            number.numbers = at_;
            break;
        case From::constant:
            number.numbers = constant_of(made.constant);
            break;
        case From::sum:
        case From::difference:
        case From::product:
            add_up(made, number);
            break;
    }
    return number.numbers;
}

void BlockRun::add_up(const BlockNumber& sum, Number& out) {
    const BlockNumbers& left = number(sum.left);
    const BlockNumbers& right = number(sum.right);
    out.values.assign(block_rows, 0);
    Mask beyond{};
    for (std::size_t row = 0; row < rows_; ++row) {
        const std::int64_t a = value_at(left, row), b = value_at(right, row);
        std::int64_t value = 0;
        const bool overflows = sum.from == From::sum          ? __builtin_add_overflow(a, b, &value)
                               : sum.from == From::difference ? __builtin_sub_overflow(a, b, &value)
                                                              : __builtin_mul_overflow(a, b, &value);
        out.values[row] = value;
        if (overflows || value < sum.least || value > sum.most)
            beyond.words[row / word_bits] |= std::uint64_t{1} << (row % word_bits);
    }
    out.absent = {};
    if (left.absent != nullptr) set_or(out.absent, out.absent, *left.absent);
    if (right.absent != nullptr) set_or(out.absent, out.absent, *right.absent);
    set_less(beyond, beyond, out.absent);
    give_up(beyond);
    out.numbers = {};
    out.numbers.values = out.values.data();
    if (!is_empty(out.absent)) out.numbers.absent = &out.absent;
}

// ------------------------------------------------------------------------------------------------------------- truths

const BlockRun::Truth& BlockRun::truth(std::size_t index) {
    Truth& out = truths_[index];
    if (out.known) return out;
    out.known = true;
    out.has_wrong = false;
    const BlockTest& test = program_.tests[index];
    switch (test.form) {
        case Form::yes:
            out.yes = full_;
            break;
        case Form::less:
        case Form::greater:
        case Form::equal:
            compare(test, out);
            break;
        case Form::among:
            among(test, out);
            break;
        case Form::flag:
            flag(test, out);
            break;
        case Form::present:
            present(test, out);
            break;
        case Form::opposite:
            opposite(truth(test.parts.front()), out);
            break;
        case Form::all:
            all(test, out);
            break;
        case Form::any:
            any(test, out);
            break;
        case Form::choice:
            choice(test, out);
            break;
    }
    return out;
}

void BlockRun::compare(const BlockTest& test, Truth& out) {
    const BlockNumbers& left = number(test.left);
    const BlockNumbers& right = number(test.right);
    if (test.form == Form::less) compare_numbers<Less>(left, right, rows_, out.yes);
    if (test.form == Form::greater) compare_numbers<Greater>(left, right, rows_, out.yes);
    if (test.form == Form::equal) compare_numbers<Equal>(left, right, rows_, out.yes);
    out.has_wrong = left.absent != nullptr || right.absent != nullptr;
    if (!out.has_wrong) return;
    out.wrong = left.absent != nullptr ? *left.absent : *right.absent;
    if (left.absent != nullptr && right.absent != nullptr) set_or(out.wrong, out.wrong, *right.absent);
}

void BlockRun::among(const BlockTest& test, Truth& out) {
    const BlockNumbers& left = number(test.left);
    find_members(left, test.members, rows_, out.yes);
    out.has_wrong = left.absent != nullptr;
    if (out.has_wrong) out.wrong = *left.absent;
}

void BlockRun::flag(const BlockTest& test, Truth& out) {
    FactColumn& column = fact(test.fact);
    const std::optional<bool> otherwise = column.field().absent;
    out.yes = column.flags();
    if (column.absent() == nullptr) return;
    if (!otherwise) {
        set_less(out.yes, out.yes, *column.absent());
        out.wrong = *column.absent();
        out.has_wrong = true;
        return;
    }
    if (*otherwise) {
        set_or(out.yes, out.yes, *column.absent());
    } else {
        set_less(out.yes, out.yes, *column.absent());
    }
    if (column.outside() == nullptr) return;
    set_less(out.yes, out.yes, *column.outside());
    out.wrong = *column.outside();
    out.has_wrong = true;
}

void BlockRun::present(const BlockTest& test, Truth& out) {
    FactColumn& column = fact(test.fact);
    out.yes = full_;
    if (column.absent() != nullptr) set_less(out.yes, out.yes, *column.absent());
    out.has_wrong = column.outside() != nullptr;
    if (out.has_wrong) out.wrong = *column.outside();
}

void BlockRun::opposite(const Truth& of, Truth& out) const {
    set_less(out.yes, full_, of.yes);
    out.has_wrong = of.has_wrong;
    if (!of.has_wrong) return;
    out.wrong = of.wrong;
    set_less(out.yes, out.yes, of.wrong);
}

/// One that does not hold makes up for those that are wrong.
void BlockRun::all(const BlockTest& test, Truth& out) {
    Mask no{};
    out.yes = full_;
    for (const std::size_t part : test.parts) {
        const Truth& one = truth(part);
        Mask not_here;
        set_less(not_here, full_, one.yes);
        if (one.has_wrong) set_less(not_here, not_here, one.wrong);
        set_or(no, no, not_here);
        set_and(out.yes, out.yes, one.yes);
        out.has_wrong = out.has_wrong || one.has_wrong;
    }
    if (!out.has_wrong) return;
    set_or(out.wrong, out.yes, no);
    set_less(out.wrong, full_, out.wrong);
}

/// One that holds makes up for those that are wrong.
void BlockRun::any(const BlockTest& test, Truth& out) {
    out.yes = {};
    out.wrong = {};
    for (const std::size_t part : test.parts) {
        const Truth& one = truth(part);
        set_or(out.yes, out.yes, one.yes);
        if (!one.has_wrong) continue;
        set_or(out.wrong, out.wrong, one.wrong);
        out.has_wrong = true;
    }
    if (out.has_wrong) set_less(out.wrong, out.wrong, out.yes);
}

/// Wrong where whether is, and where that is which is chosen.
void BlockRun::choice(const BlockTest& test, Truth& out) {
    const Truth& whether = truth(test.parts[0]);
    const Truth& then = truth(test.parts[1]);
    const Truth& otherwise = truth(test.parts[2]);
    Mask no, part;
    set_less(no, full_, whether.yes);
    if (whether.has_wrong) set_less(no, no, whether.wrong);
    set_and(out.yes, whether.yes, then.yes);
    set_and(part, no, otherwise.yes);
    set_or(out.yes, out.yes, part);
    out.has_wrong = whether.has_wrong || then.has_wrong || otherwise.has_wrong;
    out.wrong = {};
    if (whether.has_wrong) out.wrong = whether.wrong;
    if (then.has_wrong) {
        set_and(part, whether.yes, then.wrong);
        set_or(out.wrong, out.wrong, part);
    }
    if (otherwise.has_wrong) {
        set_and(part, no, otherwise.wrong);
        set_or(out.wrong, out.wrong, part);
    }
}

// -------------------------------------------------------------------------------------------------------------- rules

/// Its rows are those that it is asked about and in which all conditions hold. A row is left where an error keeps it
/// from being sure, and where another rule applies too, if all are asked.
void BlockRun::hit(std::size_t rule) {
    Mask sure = asked();  // all conditions hold so far
    Mask possible;        // none of them fails, for one may be wrong
    bool has_wrong = false;
    for (const BlockCondition& condition : program_.rules[rule].conditions) {
        if (has_wrong || !keep(condition, sure)) {
            const Truth& one = truth(condition.test);
            if (one.has_wrong && !has_wrong) possible = sure;
            has_wrong = has_wrong || one.has_wrong;
            if (has_wrong) narrow_possible(one, condition.holds, possible);
            narrow_sure(one, condition.holds, sure);
        }
        if (is_empty(has_wrong ? possible : sure)) return;
    }
    set_and(sure, sure, asked());  // facts that were read here may have been wrong
    if (has_wrong) {
        set_less(possible, possible, sure);
        give_up(possible);
    }
    if (program_.asks_all) {
        Mask twice;
        set_less(twice, sure, remaining_);
        give_up(twice);
        set_and(sure, sure, remaining_);
    }
    for (std::size_t digit = 0; digit < digits_.size(); ++digit) {
        if ((rule >> digit & 1) != 0) set_or(digits_[digit], digits_[digit], sure);
    }
    set_less(remaining_, remaining_, sure);
}

void BlockRun::narrow_sure(const Truth& one, bool holds, Mask& sure) {
    if (holds) return set_and(sure, sure, one.yes);
    set_less(sure, sure, one.yes);
    if (one.has_wrong) set_less(sure, sure, one.wrong);
}
void BlockRun::narrow_possible(const Truth& one, bool holds, Mask& possible) {
    if (!holds) return set_less(possible, possible, one.yes);
    Mask open = one.yes;
    if (one.has_wrong) set_or(open, open, one.wrong);
    set_and(possible, possible, open);
}

/// Keeps the rows in which a condition holds that compares, is asked nowhere else and cannot be wrong: its truths need
/// no place of their own. False if it is no such condition.
bool BlockRun::keep(const BlockCondition& condition, Mask& kept) {
    const BlockTest& test = program_.tests[condition.test];
    const bool is_comparison = test.form == Form::less || test.form == Form::greater || test.form == Form::equal;
    const bool is_kept_alone = is_comparison || test.form == Form::among;
    if (test.uses > 1 || !is_kept_alone) return false;
    const BlockNumbers& left = number(test.left);
    const BlockNumbers& right = is_comparison ? number(test.right) : left;
    if (left.absent != nullptr || right.absent != nullptr) return false;
    if (test.form == Form::among) keep_members(left, test.members, rows_, condition.holds, kept);
    if (test.form == Form::less) keep_compared<Less>(left, right, rows_, condition.holds, kept);
    if (test.form == Form::greater) keep_compared<Greater>(left, right, rows_, condition.holds, kept);
    if (test.form == Form::equal) keep_compared<Equal>(left, right, rows_, condition.holds, kept);
    return true;
}

/// The digits of a word of rows at a time.
void BlockRun::write(std::span<std::uint8_t> which) const {
    const std::size_t most = is_empty(left_) ? program_.rules.size() - 1 : program_.rules.size();
    std::array<std::uint64_t, word_bits> digits;
    const std::span used = std::span(digits).first(static_cast<std::size_t>(std::bit_width(most)));
    for (std::size_t row = 0; row < which.size(); row += word_bits) {
        for (std::size_t digit = 0; digit < used.size(); ++digit) used[digit] = digits_[digit].words[row / word_bits];
        if (row + word_bits <= which.size()) {
            write_numbers(used, which.data() + row);
        } else {
            std::array<std::uint8_t, word_bits> numbers;
            write_numbers(used, numbers.data());
            std::copy_n(numbers.begin(), which.size() - row, which.begin() + static_cast<std::ptrdiff_t>(row));
        }
    }
}

}  // namespace praxe
