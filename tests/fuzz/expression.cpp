// Any text as an expression: parsed, checked and evaluated, and evaluated unchecked; a value is written out.
#include "inputs.hpp"
#include "run/expression_line.hpp"

namespace {

praxe::VariableValues variables() {
    using praxe::Value;
    praxe::VariableValues values;
    values["i"] = Value::integer(7);
    values["s"] = Value::string("ação é b");
    values["list"] = Value::list({Value::integer(3), Value::integer(1), Value::integer(2)});
    praxe::Map map;
    map.entries = {{Value::string("a"), Value::integer(1)}, {Value::string("b"), Value::real(2.5)}};
    map.index();
    values["map"] = Value::map(std::move(map));
    values["t"] = Value::timestamp(1'700'000'000'000'000);
    return values;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const praxe::VariableValues values = variables();
    static const auto zone = praxe::Zone::find("America/Sao_Paulo");
    praxe::FunctionContext context;
    context.zone = &*zone;
    // Small enough for the time limit of an input, sanitizers and all.
    praxe::EvaluationLimits limits;
    limits.max_steps = 200'000;
    limits.max_text_bytes = limits.max_items = 100'000;
    limits.max_made_bytes = limits.max_value_bytes = 4u << 20;
    praxe::ExpressionLine line;
    line.expr = praxe::fuzz::text_of(data, size);
    line.bindings = values;
    for (const auto& [name, value] : values) line.types[name] = type_of(value);
    for (const bool checked : {true, false}) {
        line.check = checked;
        to_json(answer(line, context, limits));
    }
    return 0;
}
