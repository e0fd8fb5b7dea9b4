// A walk over all facts.
#include "run/host_check.hpp"

#include <fmt/format.h>

#include "facts/host_value.hpp"
#include "run/assumptions.hpp"

namespace praxe {
namespace {

class HostCheck {
  public:
    HostCheck(const Schema& schema, const Record& facts, Diagnostics& diagnostics)
        : schema_(schema), facts_(facts), diagnostics_(diagnostics) {}

    void visit(const Value& value) {
        report(value);
        if (value.is(Kind::record)) visit_fields(value.as_record());
        if (value.is(Kind::list)) {
            for (const Value& item : value.as_list()) visit(item);
        }
        if (value.is(Kind::map)) {
            for (const auto& [key, item] : value.as_map().entries) visit(item);
        }
    }

  private:
    void visit_fields(const Record& record) {
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            report(unknown_reference(schema_, facts_, record, record.type->fields[i], record.at(i)));
            visit(record.at(i));
        }
    }

    void report(const Value& value) {
        if (value.is_error()) diagnostics_.error({}, value.as_error().message);
    }

    const Schema& schema_;
    const Record& facts_;
    Diagnostics& diagnostics_;
};

}  // namespace

Diagnostics wrong_facts(const Model& model, const std::shared_ptr<const Record>& facts) {
    Diagnostics diagnostics;
    HostCheck(*model.schema, *facts, diagnostics).visit(Value::record(facts));
    for (const Error& broken : broken_assumptions(model, facts)) {
        diagnostics.error({}, fmt::format("\"{}\": {}", broken.path, broken.message));
    }
    return diagnostics;
}

}  // namespace praxe
