// One row for each.
#include "machine/native_calls.hpp"

#include <algorithm>

#include "machine/machine.hpp"
#include "value/business_clock.hpp"
#include "value/calendar.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

constexpr std::uint32_t most_compared_with_all = 64;  // items

std::optional<Datum> join_texts(Machine& machine, const FunctionCall&, const Datum* args) {
    const std::size_t size = std::size_t{args[0].length} + args[1].length;
    char* const text = machine.memory().make<char>(size);
    char* const end = std::copy_n(args[0].bytes, args[0].length, text);
    std::copy_n(args[1].bytes, args[1].length, end);
    return Datum::of(std::string_view(text, size));
}

/// A list that is filled item by item.
class NewList {
  public:
    NewList(Machine& machine, std::size_t most, const Shape& item)
        : machine_(machine),
          item_(item),
          cells_(machine.memory().make<Datum>(most)),
          items_(machine.memory().make<Items>(1)) {
        items_->cells = cells_;
        items_->written_bytes = Machine::scalar_bytes;
    }

    void add(const Datum& item) {
        cells_[items_->count++] = item;
        items_->written_bytes += machine_.bytes_of(item, item_);
    }
    void add_all(const Items& items) {
        for (std::uint32_t i = 0; i < items.count; ++i) add(items.cells[i]);
    }
    std::span<const Datum> cells() const { return {cells_, items_->count}; }
    Datum whole() const { return Datum::of(static_cast<const Items*>(items_)); }

  private:
    Machine& machine_;
    const Shape& item_;
    Datum* const cells_;
    Items* const items_;
};

std::optional<Datum> join_lists(Machine& machine, const FunctionCall& call, const Datum* args) {
    if (call.args[0] != call.result || call.args[1] != call.result) return std::nullopt;
    NewList made(machine, std::size_t{args[0].items->count} + args[1].items->count, *call.result->part);
    made.add_all(*args[0].items);
    made.add_all(*args[1].items);
    return made.whole();
}

std::optional<Datum> flatten(Machine& machine, const FunctionCall& call, const Datum* args) {
    const Items& lists = *args[0].items;
    const Shape& list = *call.args[0]->part;
    if (&list != call.result) return std::nullopt;
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < lists.count; ++i) count += lists.cells[i].items->count;
    NewList made(machine, count, *call.result->part);
    for (std::uint32_t i = 0; i < lists.count; ++i) made.add_all(*lists.cells[i].items);
    return made.whole();
}

std::optional<Datum> distinct(Machine& machine, const FunctionCall& call, const Datum* args) {
    const Items& items = *args[0].items;
    const Shape& item = *call.result->part;
    const bool is_text = item.kind == TypeKind::string;
    const bool is_comparable = is_text || item.kind == TypeKind::enumeration || is_whole(item.kind);
    if (call.args[0] != call.result || items.count > most_compared_with_all || !is_comparable) return std::nullopt;
    NewList made(machine, items.count, item);
    for (std::uint32_t i = 0; i < items.count; ++i) {
        const Datum& one = items.cells[i];
        const bool met = std::ranges::any_of(made.cells(), [&](const Datum& other) {
            return is_text ? other.text() == one.text() : other.whole == one.whole;
        });
        if (!met) made.add(one);
    }
    return made.whole();
}

/// Of numbers that are ordered as they stand; what an empty list gives is the reference's to say.
template <bool greatest>
std::optional<Datum> extreme(Machine&, const FunctionCall& call, const Datum* args) {
    const Shape& shape = *call.result;
    if (!is_whole(shape.kind) || shape.kind == TypeKind::unsigned_integer) return std::nullopt;
    if (call.args[0]->part != call.result || args[0].items->count == 0) return std::nullopt;
    const Items& items = *args[0].items;
    Datum found = items.cells[0];
    for (std::uint32_t i = 1; i < items.count; ++i) {
        const Datum& item = items.cells[i];
        if (greatest ? found.whole < item.whole : item.whole < found.whole) found = item;
    }
    return found;
}

template <bool greatest>
std::optional<Datum> extreme_of_two(Machine&, const FunctionCall&, const Datum* args) {
    const bool second = greatest ? args[0].whole < args[1].whole : args[1].whole < args[0].whole;
    return args[second ? 1 : 0];
}

std::optional<Datum> following(Machine& machine, const FunctionCall&, const Datum* args) {
    const Calendar* const calendar = machine.model().calendar.get();
    if (calendar == nullptr) return std::nullopt;
    const auto day = calendar->adjust(static_cast<Day>(args[0].whole), Adjust::following);
    return day ? std::optional(Datum::of(std::int64_t{*day})) : std::nullopt;
}

std::optional<Datum> business_days_between(Machine& machine, const FunctionCall& call, const Datum* args) {
    const Model& model = machine.model();
    if (model.calendar == nullptr) return std::nullopt;
    const BusinessClock clock(*model.calendar, &model.zone);
    const auto reading = [&](std::size_t n) {
        const bool is_day = call.args[n]->kind == TypeKind::date;
        return clock.reading_of(static_cast<Day>(is_day ? args[n].whole : machine.day_of(args[n].whole)));
    };
    const auto from = reading(0);
    const auto to = reading(1);
    return from && to ? std::optional(Datum::of(std::int64_t{*to - *from})) : std::nullopt;
}

std::optional<Datum> fact_path(Machine&, const FunctionCall& call, const Datum* args) {
    if (call.args[0]->kind != TypeKind::record || call.args[0]->has_outcomes) return std::nullopt;
    const std::string_view path = path_of(*args[0].facts);
    return path.empty() ? std::nullopt : std::optional(Datum::of(path));
}

/// One list of numbers.
bool takes_list(const FunctionCall& call) {
    return call.args.size() == 1 && call.args[0]->kind == TypeKind::list;
}
/// Two numbers that are ordered as they stand.
bool takes_two_numbers(const FunctionCall& call) {
    const TypeKind kind = call.result->kind;
    return call.args.size() == 2 && call.args[0] == call.result && call.args[1] == call.result && is_whole(kind) &&
           kind != TypeKind::unsigned_integer;
}
bool takes_two_days(const FunctionCall& call) {
    return call.args.size() == 2;
}

/// Rows of one name for several types have no signature here, but say what they take.
struct Row {
    std::string_view name;
    std::string_view signature;
    NativeCall call;
    bool (*takes)(const FunctionCall& call) = nullptr;
};
constexpr Row rows[] = {
    {"_+_", "(string, string) -> string", join_texts},
    {"_+_", "(list(A), list(A)) -> list(A)", join_lists},
    {"flatten", "list(list(A)).() -> list(A)", flatten},
    {"distinct", "list(A).() -> list(A)", distinct},
    {"fact_path", "(A) -> string", fact_path},
    {"min", {}, extreme<false>, takes_list},
    {"max", {}, extreme<true>, takes_list},
    {"min", {}, extreme_of_two<false>, takes_two_numbers},
    {"max", {}, extreme_of_two<true>, takes_two_numbers},
    {"following", "(date) -> date", following},
    {"business_days_between", {}, business_days_between, takes_two_days},
};

}  // namespace

NativeCall native_call(const FunctionCall& call) {
    const auto found = std::ranges::find_if(rows, [&](const Row& row) {
        if (call.overload == nullptr || row.name != call.name) return false;
        return row.takes != nullptr ? row.takes(call) : row.signature == call.overload->signature;
    });
    return found == std::end(rows) ? nullptr : found->call;
}

}  // namespace praxe
