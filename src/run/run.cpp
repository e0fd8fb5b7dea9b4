// Names and facts as one evaluation sees them: what has not happened reads as absent.
#include "run/run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "facts/host_value.hpp"
#include "run/assumptions.hpp"
#include "run/moving.hpp"
#include "run/run_environment.hpp"

namespace praxe {

Run::Run(const Model& model, std::shared_ptr<const Record> facts, Instant at, const EvaluationLimits& limits,
         bool texts)
    : model_(model),
      facts_(std::move(facts)),
      budget_(limits),
      functions_{&model.zone, model.calendar.get(), &model.calendars, &budget_, model.patterns.get()},
      texts_(texts) {
    main_.now = at;
}

/// An outcome rests on the outcomes it holds, read or not.
void Run::rest_on_parts(const Value& value) {
    if (value.is(Kind::record) && value.as_record().type->is_outcome) track_.basis.add(value.record_ptr());
    if (!value.is(Kind::list)) return;
    for (const Value& item : value.as_list()) rest_on_parts(item);
}

template <typename Evaluate>
Moment::Memo Run::worked_out(const Evaluate& evaluate) {
    Track around = std::exchange(track_, Track{});
    auto* const readings = std::exchange(readings_, nullptr);  // what was read below stands under this name
    Value value = evaluate();
    readings_ = readings;
    Track inner = std::exchange(track_, std::move(around));
    inner.basis.close(++bases_closed_);
    return {std::move(value), std::move(inner)};
}

template <typename Memos, typename Evaluate>
const Value& Run::remembered(Memos& memos, const typename Memos::key_type& key, const Evaluate& evaluate) {
    auto found = memos.find(key);
    if (found == memos.end()) {
        Moment::Memo memo = worked_out(evaluate);  // apart, for it may remember others
        found = memos.emplace(key, std::move(memo)).first;
    }
    return recall(found->second);
}

void Run::count_in(const Track& inner) {
    holds_until(inner.horizon);
    track_.known_until = std::min(track_.known_until, inner.known_until);
}

const Value& Run::recall(const Moment::Memo& memo) {
    count_in(memo.track);
    track_.basis.add(memo.track.basis);
    return memo.value;
}

Value Run::evaluate_in(const Expression& expression, Activation* activation) {
    RunEnvironment environment(*this, activation);
    environment.source = expression.text.source;
    return evaluate(*expression.root, environment);
}

Value Run::value_of(const Expression& expression, Activation& activation) {
    return evaluate_in(expression, &activation);
}

std::optional<Value> Run::variable(std::string_view name, Activation* activation) {
    if (activation != nullptr) {
        for (const auto& [bound, value] : activation->bound) {
            if (bound == name) return value;
        }
        const auto& lets = activation->decision->let;
        for (std::size_t i = 0; i < lets.size(); ++i) {
            if (lets[i].name == name) return let(i, *activation);
        }
    }
    const auto found = model_.globals.find(name);
    if (found == model_.globals.end()) return std::nullopt;
    return global(found->second);
}

Value Run::let(std::size_t index, Activation& activation) {
    if (!activation.let[index]) {
        const Expression& expression = activation.decision->let[index].value;
        Moment::Memo memo = worked_out([&] { return evaluate_in(expression, &activation); });
        activation.let[index] = std::move(memo);
    }
    return recall(*activation.let[index]);
}

Value Run::at(const Slot& slot, Activation* activation) {
    switch (slot.kind) {
        case Slot::Kind::bound:
            return activation->bound[slot.index].second;
        case Slot::Kind::outcome:
            return activation->bound.back().second;
        case Slot::Kind::let:
            return let(slot.index, *activation);
        case Slot::Kind::fact:
            return global({Model::Global::Kind::fact, slot.index});
        case Slot::Kind::parameter:
            return global({Model::Global::Kind::parameter, slot.index});
        case Slot::Kind::definition:
            return global({Model::Global::Kind::definition, slot.index});
        case Slot::Kind::decision:
            return global({Model::Global::Kind::decision, slot.index});
        case Slot::Kind::unknown:
        case Slot::Kind::local:
        case Slot::Kind::part:
            break;  // not the environment's
    }
    return Value();
}

Value Run::decide(const Decision& decision) {
    return remembered(moment_->memos, &decision, [&] {
        Activation activation = activation_for(decision);
        Value value = call(decision, activation);
        track_.basis.clear();  // whoever reads its outcome rests on the outcome, not on what lies below
        return value;
    });
}

Value Run::global(const Model::Global& global) {
    switch (global.kind) {
        case Model::Global::Kind::parameter:
            return model_.parameters[global.index].value;
        case Model::Global::Kind::definition: {
            const Binding& definition = model_.define[global.index];
            return remembered(moment_->memos, &definition, [&] { return evaluate_in(definition.value, nullptr); });
        }
        case Model::Global::Kind::decision:
            return decide(*model_.decisions[global.index]);
        case Model::Global::Kind::fact: {
            const Field& fact = model_.schema->facts.fields[global.index];
            if (fact.name == "at")
                return moment_->moves ? moving_instant(moment_->now) : Value::timestamp(moment_->now);
            Value value = field(facts_, global.index);
            if (!value.is_absent()) return value.is_error() ? value : value.read_from(facts_, global.index);
            return not_there(fact.name, fact.name, facts_->at(global.index));
        }
    }
    return Value();
}

bool Run::lies_ahead(const Record& record, std::size_t dating_field, Instant dated) {
    const Instant now = moment_->now;
    if (dated < now || (dated == now && !moment_->strictly_before)) return false;
    if (!moment_->moves) return true;
    holds_until(dated);
    if (watches(dated)) flip_ = {nullptr, nullptr, fact_path(record, dating_field)};
    return true;
}

namespace {

Value missing_since(const Record& record) {
    const Field& since = record.type->fields[static_cast<std::size_t>(record.type->since)];
    const std::string path = fmt::format("{}.{}", record.path, since.name);
    return Value::error(Error{Error::Code::missing_fact,
                              fmt::format("\"{}\" is not given, so nothing says since when it stands", path),
                              path,
                              {}});
}

bool has_since(const Value& value) {
    return value.is(Kind::record) && value.as_record().type != nullptr && value.as_record().type->since >= 0;
}

}  // namespace

namespace {

/// True for lists and maps of records that are there only since an instant.
bool has_dated_items(const Value& value) {
    if (value.is(Kind::list)) return !value.as_list().empty() && has_since(value.as_list().front());
    if (!value.is(Kind::map)) return false;
    const auto& entries = value.as_map().entries;
    return !entries.empty() && has_since(entries.front().second);
}

}  // namespace

Value Run::present_items(const std::shared_ptr<const Record>& record, std::size_t index, const Value& all) {
    return remembered(moment_->lists, {record.get(), index}, [&] {
        const std::size_t items = all.is(Kind::list) ? all.as_list().size() : all.as_map().entries.size();
        if (auto refused = refuse_steps(functions_, items)) return *std::move(refused);
        return all.is(Kind::list) ? present_list(all.as_list()) : present_map(all.as_map());
    });
}

Value Run::is_there(const Value& item) {
    const Record& record = item.as_record();
    const auto field = static_cast<std::size_t>(record.type->since);
    const Value& since = record.at(field);
    if (since.is_error()) return since;
    if (since.is_absent()) return missing_since(record);
    return Value::boolean(!lies_ahead(record, field, since.as_int()));
}

Value Run::present_list(const List& all) {
    List present;
    for (const Value& item : all) {
        const Value there = is_there(item);
        if (there.is_error()) return there;
        if (there.is_true()) present.push_back(item);
    }
    return Value::list(std::move(present));
}

Value Run::present_map(const Map& all) {
    Map present;
    for (const auto& [key, item] : all.entries) {
        const Value there = is_there(item);
        if (there.is_error()) return there;
        if (there.is_true()) present.entries.emplace_back(key, item);
    }
    present.index();
    return Value::map(std::move(present));
}

namespace {

/// How a field of the record reads that is not there now.
Value absence(const Field& field, const Record& record) {
    if (field.absent) return Value::boolean(*field.absent);
    if (!field.absent_empty) return Value();
    switch (field.type.kind) {
        case TypeKind::list:
            return Value::list({});
        case TypeKind::map:
            return Value::map({});
        case TypeKind::record: {
            auto empty = std::make_shared<Record>();
            empty->type = field.type.record;
            empty->fields.resize(field.type.record->fields.size());
            empty->path = record.path.empty() ? field.name : fmt::format("{}.{}", record.path, field.name);
            return Value::record(std::move(empty));
        }
        default:
            return Value();
    }
}

}  // namespace

/// What a text's reader would have refused: a host's object is looked at as it is read.
Value Run::broken_fact(const std::shared_ptr<const Record>& record, const Value& value, const Field& field) {
    if (model_.assumptions.contains(record->type)) {
        const auto [found, is_new] = assumed_.try_emplace(record.get());
        if (is_new) found->second = broken_assumption(model_, record);
        if (found->second.is_error()) return found->second;
    }
    return unknown_reference(*model_.schema, *facts_, *record, field, value);
}

Value Run::field(const std::shared_ptr<const Record>& record, std::size_t index) {
    const Value& value = record->at(index);
    if (record->type->is_outcome) {
        track_.basis.add(record);
        return value;
    }
    const Field& field = record->type->fields[index];
    if (value.is_error()) return value;
    if (record->reader != nullptr) {
        if (const Value broken = broken_fact(record, value, field); broken.is_error()) return broken;
    }
    if (value.is_absent()) return absence(field, *record);
    if (field.happens && lies_ahead(*record, index, value.as_int())) return absence(field, *record);
    if (field.dated_by >= 0) {
        const auto dating = static_cast<std::size_t>(field.dated_by);
        const Value& dated = record->at(dating);
        if (dated.is_error()) return dated;
        if (!dated.is_absent() && lies_ahead(*record, dating, dated.as_int())) return absence(field, *record);
    }
    if (has_since(value)) {
        const Value there = is_there(value);
        if (there.is_error()) return there;
        if (there.is_false()) return absence(field, *record);
    }
    return has_dated_items(value) ? present_items(record, index, value) : value;
}

/// True for what shows no fact's record: it stands as it is.
bool Run::is_plain(const Value& value) const {
    switch (value.kind()) {
        case Kind::list:
            return std::all_of(value.as_list().begin(), value.as_list().end(),
                               [&](const Value& v) { return is_plain(v); });
        case Kind::map: {
            const auto& entries = value.as_map().entries;
            return std::all_of(entries.begin(), entries.end(),
                               [&](const auto& entry) { return is_plain(entry.second); });
        }
        case Kind::optional:
            return !value.has_value() || is_plain(value.as_optional());
        case Kind::record: {
            const Record& record = value.as_record();
            const auto shown = record.fields.begin() + static_cast<std::ptrdiff_t>(model_.shown_fields(*record.type));
            return record.type->is_outcome &&
                   std::all_of(record.fields.begin(), shown, [&](const Value& v) { return is_plain(v); });
        }
        default:
            return true;
    }
}

/// A part of what is shown, unless all parts so far are too much together.
Value Run::small_enough(const Value& part, std::uint64_t& bytes) const {
    bytes += part.written_bytes();
    return bytes <= budget_.limits().max_value_bytes || part.is_error() ? part : refused_bytes(budget_.limits());
}

Value Run::as_it_stands(const Value& value) {
    if (is_plain(value)) return value;
    if (value.is(Kind::optional)) {
        Value inner = as_it_stands(value.as_optional());
        return inner.is_error() ? inner : Value::optional_of(std::move(inner));
    }
    if (value.is(Kind::record)) return record_as_it_stands(value.record_ptr());
    std::uint64_t bytes = 0;
    if (value.is(Kind::map)) {
        Map map;
        for (const auto& [key, item] : value.as_map().entries) {
            map.entries.emplace_back(key, small_enough(as_it_stands(item), bytes));
            if (map.entries.back().second.is_error()) return map.entries.back().second;
        }
        map.index();
        return Value::map(std::move(map));
    }
    List list;
    for (const Value& item : value.as_list()) {
        list.push_back(small_enough(as_it_stands(item), bytes));
        if (list.back().is_error()) return list.back();
    }
    return Value::list(std::move(list));
}

Value Run::record_as_it_stands(const std::shared_ptr<const Record>& record) {
    auto copy = std::make_shared<Record>();
    copy->type = record->type;
    copy->path = record->path;
    copy->fields = record->all();
    const std::size_t shown = model_.shown_fields(*record->type);
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < shown; ++i) {
        if (copy->fields[i].is_absent()) continue;  // a default is not shown as if it were given
        copy->fields[i] = small_enough(as_it_stands(field(record, i)), bytes);
        if (copy->fields[i].is_error()) return copy->fields[i];
    }
    copy->count_bytes(shown);
    return Value::record(std::move(copy));
}

Run::Unmet Run::unmet_need(const Decision& decision) {
    for (const Need& need : decision.needs) {
        if (need.fact == "at") continue;  // without an instant nothing is asked
        if (need.when) {
            const Value condition = evaluate_in(*need.when, nullptr);
            if (!condition.is_true()) continue;
        }
        std::shared_ptr<const Record> record = facts_;
        std::string_view rest = need.fact;
        while (record != nullptr) {
            const std::string_view name = rest.substr(0, rest.find('.'));
            rest = name.size() < rest.size() ? rest.substr(name.size() + 1) : std::string_view();
            const auto index = static_cast<std::size_t>(record->type->find(name));
            const Value value = field(record, index);
            if (value.is_absent()) return {&need, record->at(index)};
            if (value.is_error()) return {&need, value};
            if (record->type->fields[index].absent_empty && value.is(Kind::list) && value.as_list().empty())
                return {&need, Value()};  // such a list is needed for what is in it
            record = !rest.empty() && value.is(Kind::record) ? value.record_ptr() : nullptr;
        }
    }
    return {};
}

const Reason* Run::reason(const Record& outcome) const {
    const auto found = reasons_.find(&outcome);
    return found == reasons_.end() ? nullptr : &found->second;
}

}  // namespace praxe
