// What a fact tells of itself: where it stands in its case.
#include "value/function_rows.hpp"
#include "value/record_type.hpp"

namespace praxe {
namespace {

Value path_of(const FunctionContext&, Args a) {
    if (!a[0].is(Kind::record)) return no_overload("fact_path", a);
    const Record& record = a[0].as_record();
    if (record.path.empty()) return Value::error(Error::Code::other, "only what stands in the case has a place there");
    return Value::string(record.path);
}

}  // namespace

FunctionRows fact_rows() {
    return {{"fact_path", "(A) -> string", path_of, "where a record stands in its case, as client.appointments[0]"}};
}

}  // namespace praxe
