// What an expression may do with the instant of decision.
#include "check/moving_rules.hpp"

#include <algorithm>
#include <array>

namespace praxe {
namespace {

constexpr TypeKind any = TypeKind::dyn;

struct MovingRow {
    std::string_view function;
    TypeKind left;
    TypeKind right;  // `error` where there is no second argument
    enum class Side { left, right, either } moving;
    MovingUse use;
};
using Side = MovingRow::Side;

constexpr TypeKind none = TypeKind::error;

// A moving value never decreases as time goes on: so nothing is subtracted from a fixed value, and no two are joined.
constexpr std::array moving_rows = {
    MovingRow{"_+_", TypeKind::timestamp, TypeKind::duration, Side::left, MovingUse::moving},
    MovingRow{"_+_", TypeKind::duration, TypeKind::timestamp, Side::right, MovingUse::moving},
    MovingRow{"_-_", TypeKind::timestamp, TypeKind::duration, Side::left, MovingUse::moving},
    MovingRow{"_-_", TypeKind::timestamp, TypeKind::timestamp, Side::left, MovingUse::moving},
    MovingRow{"_+_", TypeKind::duration, TypeKind::duration, Side::either, MovingUse::moving},
    MovingRow{"_-_", TypeKind::duration, TypeKind::duration, Side::left, MovingUse::moving},
    MovingRow{"date", TypeKind::timestamp, none, Side::left, MovingUse::moving},
    MovingRow{"_+_", TypeKind::date, TypeKind::calendar_days, Side::left, MovingUse::moving},
    MovingRow{"_-_", TypeKind::date, TypeKind::calendar_days, Side::left, MovingUse::moving},
    MovingRow{"_-_", TypeKind::date, TypeKind::date, Side::left, MovingUse::moving},
    MovingRow{"_+_", TypeKind::calendar_days, TypeKind::calendar_days, Side::either, MovingUse::moving},
    MovingRow{"_-_", TypeKind::calendar_days, TypeKind::calendar_days, Side::left, MovingUse::moving},
    MovingRow{"_+_", TypeKind::business_days, TypeKind::business_days, Side::either, MovingUse::moving},
    MovingRow{"_-_", TypeKind::business_days, TypeKind::business_days, Side::left, MovingUse::moving},
    MovingRow{"_+_", TypeKind::business_hours, TypeKind::business_hours, Side::either, MovingUse::moving},
    MovingRow{"_-_", TypeKind::business_hours, TypeKind::business_hours, Side::left, MovingUse::moving},
    MovingRow{"days_between", any, any, Side::right, MovingUse::moving},
    MovingRow{"business_days_between", any, any, Side::right, MovingUse::moving},
    MovingRow{"business_hours_between", any, any, Side::right, MovingUse::moving},
    MovingRow{"is_business_day", TypeKind::date, any, Side::left, MovingUse::still},
    MovingRow{"is_open", TypeKind::timestamp, any, Side::left, MovingUse::still},
    MovingRow{"so_far", TypeKind::calendar_days, none, Side::left, MovingUse::still},
    MovingRow{"so_far", TypeKind::business_days, none, Side::left, MovingUse::still},
    MovingRow{"so_far", TypeKind::date, none, Side::left, MovingUse::still},
    MovingRow{"_==_", any, any, Side::either, MovingUse::still},
    MovingRow{"_!=_", any, any, Side::either, MovingUse::still},
    MovingRow{"_<_", any, any, Side::either, MovingUse::still},
    MovingRow{"_<=_", any, any, Side::either, MovingUse::still},
    MovingRow{"_>_", any, any, Side::either, MovingUse::still},
    MovingRow{"_>=_", any, any, Side::either, MovingUse::still},
    MovingRow{"getFullYear", TypeKind::timestamp, any, Side::left, MovingUse::still},
    MovingRow{"getMonth", TypeKind::timestamp, any, Side::left, MovingUse::still},
    MovingRow{"getDate", TypeKind::timestamp, any, Side::left, MovingUse::still},
    MovingRow{"getDayOfMonth", TypeKind::timestamp, any, Side::left, MovingUse::still},
    MovingRow{"getDayOfWeek", TypeKind::timestamp, any, Side::left, MovingUse::still},
    MovingRow{"getDayOfYear", TypeKind::timestamp, any, Side::left, MovingUse::still},
    MovingRow{"getHours", TypeKind::timestamp, any, Side::left, MovingUse::still},
    MovingRow{"getMinutes", TypeKind::timestamp, any, Side::left, MovingUse::still},
};

bool fits(TypeKind wanted, TypeKind given) {
    return wanted == any || wanted == given;
}

}  // namespace

MovingUse moving_use(std::string_view function, const std::vector<Type>& args) {
    if (args.empty()) return MovingUse::never;
    if (args.size() > 2 && std::any_of(args.begin() + 2, args.end(), [](const Type& t) { return t.moving; }))
        return MovingUse::never;
    const TypeKind left = args[0].kind;
    const TypeKind right = args.size() >= 2 ? args[1].kind : none;
    const bool left_moves = args[0].moving;
    const bool right_moves = args.size() >= 2 && args[1].moving;
    if (left_moves == right_moves) return MovingUse::never;
    const Side side = left_moves ? Side::left : Side::right;
    const auto* row = std::find_if(moving_rows.begin(), moving_rows.end(), [&](const MovingRow& r) {
        return r.function == function && (r.moving == side || r.moving == Side::either) && fits(r.left, left) &&
               fits(r.right, right);
    });
    return row == moving_rows.end() ? MovingUse::never : row->use;
}

}  // namespace praxe
