// What a vocabulary assumes of its records, parsed and checked.
#include "check/build.hpp"
#include "check/checker.hpp"
#include "syntax/parser.hpp"

namespace praxe {

void build_assumptions(Model& model, Diagnostics& diagnostics) {
    const Type boolean = Type::of(TypeKind::boolean);
    const auto build = [&](const RecordType& record) {
        Scope scope;
        scope.schema = model.schema.get();
        scope.calendars = &model.calendars;
        scope.variables.emplace("this", Type::record_of(record));
        for (const RecordType::Assumption& assumption : record.assumptions) {
            auto expression = parse_expression(assumption.text, diagnostics);
            if (!expression) continue;
            check(*expression, scope, &boolean, diagnostics);
            model.assumptions[&record].push_back(*std::move(expression));
        }
    };
    for (const auto& [name, record] : model.schema->records) build(*record);
    build(model.schema->facts);
}

}  // namespace praxe
