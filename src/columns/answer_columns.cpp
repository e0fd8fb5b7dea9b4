// Answers to a decision, row by row.
#include "columns/answer_columns.hpp"

#include <algorithm>

namespace praxe {
namespace {

/// What rules are called and what they cite, in the order written.
struct Words {
    std::vector<std::string> rules, exceptions, clauses;

    void add(const Decision& decision) {
        for (const Rule& rule : decision.rules) {
            rules.push_back(rule.id);
            add_clauses(rule);
            for (const Rule& exception : rule.exceptions) {
                exceptions.push_back(exception.id);
                add_clauses(exception);
            }
        }
    }

  private:
    void add_clauses(const Rule& rule) {
        for (const Cite& cite : rule.cites) clauses.push_back(cite.clause);
    }
};

/// A decision without rules of its own rests on those of others.
Words words_of(const Model& model, const Decision& decision) {
    Words words;
    if (!decision.rules.empty()) {
        words.add(decision);
    } else {
        for (const auto& other : model.decisions) words.add(*other);
    }
    return words;
}

const std::string no_word;
const std::string& rule_of(const Because& because) {
    return because.rule;
}
const std::string& exception_of(const Because& because) {
    return because.exception;
}
const std::string& clause_of(const Because& because) {
    return because.cite.empty() ? no_word : because.cite.front();
}

}  // namespace

AnswerType::AnswerType(const Model& model, const Decision& decision, bool with_valid_until)
    : decision(&decision), is_list(decision.each || decision.collects()) {
    type.name = decision.name;
    type.form = MadeType::Form::structure;
    const auto add = [&](MadeType column) {
        type.children.push_back(std::move(column));
        return static_cast<int>(type.children.size()) - 1;
    };
    const auto add_words = [&](std::string name, std::vector<std::string> words) {
        if (!is_list) return add(MadeType::dictionary(std::move(name), std::move(words)));
        return add(MadeType::list(std::move(name), MadeType::dictionary("item", std::move(words))));
    };
    Words words = words_of(model, decision);
    outcome = add(made_type("outcome", decision.type, model));
    rule = add_words("rule", std::move(words.rules));
    if (!words.exceptions.empty()) exception = add_words("exception", std::move(words.exceptions));
    clause = add_words("clause", std::move(words.clauses));
    error = add(made_type("error", Type::of(TypeKind::string), model));
    if (with_valid_until) valid_until = add(made_type("valid_until", Type::of(TypeKind::timestamp), model));
}

void AnswerColumns::append(const Answer& answer) {
    if (answer.outcome.is_error()) return append_error(answer.outcome.as_error());
    column(type_->outcome).append(answer.outcome);
    append_reasons(answer);
    column(type_->error).append_null();
    if (type_->valid_until >= 0) {
        const bool ends = answer.valid_until && answer.valid_until->until;
        column(type_->valid_until).append(ends ? Value::timestamp(*answer.valid_until->until) : Value());
    }
    columns_.end_row();
}

void AnswerColumns::append_error(const Error& error) {
    for (std::size_t i = 0; i < type_->type.children.size(); ++i) {
        if (static_cast<int>(i) != type_->error) columns_.child(i).append_null();
    }
    column(type_->error).append_text(error.message);
    columns_.end_row();
}

void AnswerColumns::append_reasons(const Answer& answer) {
    append_words(type_->rule, answer, rule_of);
    if (type_->exception >= 0) append_words(type_->exception, answer, exception_of);
    append_words(type_->clause, answer, clause_of);
}

void AnswerColumns::append_words(int place, const Answer& answer, const std::string& (*word)(const Because&)) {
    MadeColumn& made = column(place);
    const auto append_one = [&](MadeColumn& words, const Because& because) {
        words.append_word(words.type().index_of(word(because)));
    };
    if (type_->is_list) {
        for (const Because& because : answer.because) append_one(made.child(0), because);
        made.end_list();
    } else if (answer.because.empty()) {
        made.append_null();
    } else {
        append_one(made, answer.because.front());
    }
}

}  // namespace praxe
