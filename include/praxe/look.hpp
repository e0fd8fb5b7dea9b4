// What a member of a host's struct holds, told without making a Value of it: how a session reads structs in place.
//
// Lifetimes: texts and structs are pointed to where they stand.
#pragma once

#include <praxe/host.hpp>
#include <praxe/host_cell.hpp>

namespace praxe {

namespace host {

/// Whether `look` can tell what is in a member: texts where it `stays`, lists that hold no lists.
template <typename M>
constexpr bool can_look(bool stays, bool is_item = false) {
    if constexpr (std::same_as<M, std::string> || std::same_as<M, std::string_view> || std::same_as<M, const char*>) {
        return stays;
    } else if constexpr (Text<M>) {
        return false;
    } else if constexpr (MaybeAbsent<M>) {
        return can_look<Held<M>>(stays, is_item);
    } else if constexpr (Range<M>) {
        constexpr bool in_place = std::is_lvalue_reference_v<std::ranges::range_reference_t<const M>>;
        const bool outlives = in_place || stands_alone<Element<M>>();
        return !is_item && outlives && can_look<Element<M>>(stays && in_place, true);
    } else {
        return true;
    }
}

/// What `read` tells, without a Value. REQUIRES: `can_look`.
template <typename M>
HostCell look(const M& m, HostItems& items) {
    HostCell cell;
    if constexpr (std::same_as<M, std::string> || std::same_as<M, std::string_view> || std::same_as<M, const char*>) {
        if constexpr (std::is_pointer_v<M>) {
            if (m == nullptr) return HostCell::without(HostCell::State::absent);
        }
        const std::string_view text(m);
        if (!std::in_range<std::uint32_t>(text.size())) return HostCell::without(HostCell::State::wrong);
        cell.bytes = text.data();
        cell.length = static_cast<std::uint32_t>(text.size());
    } else if constexpr (MaybeAbsent<M>) {
        return static_cast<bool>(m) ? look(*m, items) : HostCell::without(HostCell::State::absent);
    } else if constexpr (Range<M>) {
        for (const auto& item : m) items.push_back(look(element(item), items));
        cell.whole = static_cast<std::int64_t>(items.size());
    } else if constexpr (std::integral<M>) {
        if constexpr (!std::same_as<M, bool>) {
            if (!std::in_range<std::int64_t>(m)) return HostCell::without(HostCell::State::wrong);
        }
        cell.whole = static_cast<std::int64_t>(m);
    } else if constexpr (std::floating_point<M>) {
        cell.real = static_cast<double>(m);
    } else if constexpr (std::is_enum_v<M>) {
        cell.whole = static_cast<std::int64_t>(m);
    } else if constexpr (std::same_as<M, Money>) {
        cell.whole = m.cents;
    } else if constexpr (std::same_as<M, Percent>) {
        cell.whole = m.hundredths;
    } else if constexpr (std::same_as<M, std::chrono::year_month_day>) {
        return m.ok() ? look(std::chrono::sys_days(m), items) : HostCell::without(HostCell::State::wrong);
    } else if constexpr (std::same_as<M, std::chrono::sys_days>) {
        cell.whole = m.time_since_epoch().count();
    } else if constexpr (is_instant<M>) {
        cell.whole = std::chrono::microseconds(m.time_since_epoch()).count();
    } else {
        cell.object = &m;
    }
    return cell;
}

}  // namespace host
}  // namespace praxe
