// Reading parts: fields and entries, elements, `has`, and the same through optional values.
#include <fmt/format.h>

#include <cmath>

#include "facts/scalar.hpp"
#include "facts/schema.hpp"
#include "run/evaluator.hpp"
#include "value/order.hpp"

namespace praxe {
namespace {

std::string path_of(const Record& record, std::size_t field) {
    const std::string& name = record.type->fields[field].name;
    return record.path.empty() ? name : record.path + "." + name;
}

constexpr std::uint32_t max_named_bytes = 200;

/// What stands before `.x` or `[x]`, where it is short enough to be named.
std::string in(const Expr& e) {
    const bool is_name = e.kind == ExprKind::ident || e.kind == ExprKind::select;
    return is_name && e.span.end - e.span.begin <= max_named_bytes ? " in " + to_source(e) : "";
}

/// A key that was itself read from a fact is told with that fact's path.
Value no_key(const Value& key, const Expr& map) {
    Error error{Error::Code::no_such_key, fmt::format("there is no key {}{}", shown(to_text(key)), in(map)), {}, {}};
    if (key.from() != nullptr) {
        error.path = path_of(*key.from(), key.from_field());
        error.message += fmt::format(" (given as {})", error.path);
    }
    return Value::error(std::move(error));
}

Value no_element(const Value& index, std::size_t size) {
    return Value::error(Error::Code::no_such_key,
                        fmt::format("there is no element {} in a list of {}", to_text(index), size));
}

Value no_parts(const Value& of, std::string_view part) {
    return Value::error(Error::Code::no_such_overload,
                        fmt::format("a value of type {} has no {}", author_type_name(of), part));
}

/// The element at a place that a number of any type stands for; absent beyond the end.
Value element(const List& list, const Value& index) {
    const bool is_number = index.is(Kind::integer) || index.is(Kind::unsigned_integer) || index.is(Kind::real);
    if (!is_number) return expected("a place in a list (an int)", index);
    const bool is_whole = !index.is(Kind::real) || std::trunc(index.as_double()) == index.as_double();
    if (!is_whole) return Value::error(Error::Code::no_such_key, to_text(index) + " is not a place in a list");
    const auto before = [](const Value& a, const Value& b) { return *order(a, b) < 0; };
    const Value end = Value::unsigned_integer(list.size());
    if (before(index, Value::integer(0)) || !before(index, end)) return {};
    return list[index.is(Kind::real) ? static_cast<std::size_t>(index.as_double()) : index.as_uint()];
}

/// The part of a list or map at `key`; absent where it is not there, an error where it cannot be.
Value part(const Value& of, const Value& key) {
    if (of.is(Kind::list)) return element(of.as_list(), key);
    if (!of.is(Kind::map)) return no_parts(of, "elements");
    const Value* found = of.as_map().find(key);
    return found != nullptr ? *found : Value();
}

/// A part read through an optional, or asked for with `?`: absence is no error, but an optional without a value.
Value as_optional(const Value& part) {
    if (part.is_error()) return part;
    return part.is_absent() ? Value::optional_none() : Value::optional_of(part);
}

}  // namespace

Value Evaluator::member(const Value& of, const Expr& select) {
    if (of.is(Kind::record)) return field(of, select);
    if (of.is(Kind::map)) return part(of, Value::string(select.name));
    return no_parts(of, fmt::format("field \"{}\"", select.name));
}

Value Evaluator::field(const Value& record, const Expr& select) {
    const RecordType& type = *record.as_record().type;
    const bool found = select.slot.record == &type;
    const int index = found ? static_cast<int>(select.slot.index) : type.find(select.name);
    if (index < 0) {
        return Value::error(Error::Code::no_such_field, fmt::format("{} has no field \"{}\"", type.name, select.name));
    }
    environment_.at_work = {&select, {}};
    auto of = record.record_ptr();
    Value value = environment_.field(of, static_cast<std::size_t>(index));
    environment_.was_read(select, value);
    if (value.is_absent() || value.is_error() || value.from() != nullptr) return value;
    return std::move(value).read_from(std::move(of), static_cast<std::size_t>(index));
}

Value Evaluator::select(const Expr& e) {
    if (auto variable = qualified_variable(e)) return *std::move(variable);
    const Value operand = value_of(*e.args[0]);
    if (operand.is_error()) return operand;
    if (operand.is(Kind::optional))
        return operand.has_value() ? as_optional(member(operand.as_optional(), e)) : operand;
    const Value value = member(operand, e);
    if (e.optional) return as_optional(value);
    if (!value.is_absent()) return value;
    if (!operand.is(Kind::record)) return no_key(Value::string(e.name), *e.args[0]);
    const Record& record = operand.as_record();
    const auto index = static_cast<std::size_t>(record.type->find(e.name));
    const std::string path = path_of(record, index);
    return not_there(record.path.empty() ? to_source(e) : path, path, record.at(index));
}

Value Evaluator::index(const Expr& e) {
    const Value operand = value_of(*e.args[0]);
    const Value key = value_of(*e.args[1]);
    if (operand.is_error()) return operand;
    if (key.is_error()) return key;
    if (budget_ != nullptr && !budget_->spend_steps(steps_to_read("_[_]", {&key, 1}))) return budget_->error();
    if (operand.is(Kind::optional))
        return operand.has_value() ? as_optional(part(operand.as_optional(), key)) : operand;
    const Value value = part(operand, key);
    if (e.optional) return as_optional(value);
    if (!value.is_absent()) return value;
    return operand.is(Kind::list) ? no_element(key, operand.as_list().size()) : no_key(key, *e.args[0]);
}

Value Evaluator::has(const Expr& e) {
    const Expr& select = *e.args[0];
    const Value operand = value_of(*select.args[0]);
    if (operand.is_error()) return operand;
    const bool is_optional = operand.is(Kind::optional);
    if (is_optional && !operand.has_value()) return Value::boolean(false);
    const Value value = member(is_optional ? operand.as_optional() : operand, select);
    return value.is_error() ? value : Value::boolean(!value.is_absent());
}

}  // namespace praxe
