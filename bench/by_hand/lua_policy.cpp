// Tables are made anew for each case, with room for what comes.
#include "by_hand/lua_policy.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <lua.hpp>

namespace by_hand {
namespace {

constexpr const char* kinds[] = {"sale_contact", "sale_no_contact", "no_contact", "onboarding",
                                 "support",      "inactivation",    "other"};
constexpr const char* statuses[] = {"prospect", "active", "inactive"};
constexpr const char* teams[] = {"sales", "support", "central", "finance", "success"};
constexpr const char* roles[] = {"attendant", "seller", "sdr", "closer", "collector", "manager"};
constexpr const char* presences[] = {"available", "busy", "absent", "vacation", "left"};

/// A table that is being filled; it lies on top of the stack.
class Table {
  public:
    Table(lua_State* state, const Ids& ids, int items, int fields) : state_(state), ids_(ids) {
        lua_createtable(state, items, fields);
    }
    void number(const char* name, std::int64_t value) {
        lua_pushnumber(state_, static_cast<double>(value));
        lua_setfield(state_, -2, name);
    }
    void instant(const char* name, Instant at) {
        if (at != none) number(name, at);
    }
    void flag(const char* name, bool value) {
        lua_pushboolean(state_, value);
        lua_setfield(state_, -2, name);
    }
    void word(const char* name, const char* text) {
        lua_pushstring(state_, text);
        lua_setfield(state_, -2, name);
    }
    void id(const char* name, Id of) {
        if (of == no_id) return;
        push(of);
        lua_setfield(state_, -2, name);
    }
    void push(Id of) const {
        const std::string& text = ids_.text(of);
        lua_pushlstring(state_, text.data(), text.size());
    }
    template <typename Items, typename Fill>
    void list(const char* name, const Items& items, const Fill& fill) {
        lua_createtable(state_, static_cast<int>(items.size()), 0);
        int place = 0;
        for (const auto& item : items) {
            Table one(state_, ids_, 0, 10);
            fill(one, item);
            lua_rawseti(state_, -2, ++place);
        }
        lua_setfield(state_, -2, name);
    }

  private:
    lua_State* state_;
    const Ids& ids_;
};

template <typename Member, std::size_t n>
const char* word(const char* const (&words)[n], Member member) {
    return words[static_cast<std::size_t>(member)];
}

void push_staff(lua_State* state, Table& table, const Case& c, const Ids& ids) {
    lua_createtable(state, 0, static_cast<int>(c.staff.size()));
    for (const Staff& one : c.staff) {
        table.push(one.id);
        Table member(state, ids, 0, 4);
        member.word("team", word(teams, one.team));
        member.word("role", word(roles, one.role));
        member.word("status", word(presences, one.status));
        member.list("away", one.away, [](Table& t, const Away& away) {
            t.word("kind", away.vacation ? "vacation" : "absent");
            t.number("from", away.from);
            t.number("until_", away.until);
        });
        lua_rawset(state, -3);
    }
    lua_setfield(state, -2, "staff");
    lua_createtable(state, static_cast<int>(c.staff.size()), 0);
    for (std::size_t i = 0; i < c.staff.size(); ++i) {
        table.push(c.staff[i].id);
        lua_rawseti(state, -2, static_cast<int>(i) + 1);
    }
    lua_setfield(state, -2, "staff_ids");
}

void push_case(lua_State* state, const Case& c, const Ids& ids) {
    Table table(state, ids, 0, 16);
    table.number("at", c.at);
    table.word("status", word(statuses, c.status));
    table.list("appointments", c.appointments, [](Table& t, const Appointment& a) {
        t.word("kind", word(kinds, a.kind));
        t.flag("quote_sent", a.quote_sent);
        t.id("product", a.product);
        t.id("owner", a.owner);
        t.id("approved_by", a.approved_by);
        t.instant("created_at", a.created_at);
        t.instant("scheduled_for", a.scheduled_for);
        t.instant("renewed_at", a.renewed_at);
        t.instant("approved_at", a.approved_at);
        t.instant("closed_at", a.closed_at);
    });
    table.list("invoices", c.invoices, [](Table& t, const Invoice& i) {
        t.number("due", i.due);
        t.number("amount", i.amount);
        t.instant("paid_at", i.paid_at);
        t.instant("forgiven_at", i.forgiven_at);
    });
    table.list("sales", c.sales, [](Table& t, const Sale& s) {
        t.id("product", s.product);
        t.instant("at", s.at);
    });
    if (c.inactivation.given) {
        Table t(state, ids, 0, 5);
        t.word("mode", c.inactivation.mode == Mode::manual ? "manual" : "automatic");
        t.flag("replied", c.inactivation.replied);
        t.id("by", c.inactivation.by);
        t.instant("at", c.inactivation.at);
        t.instant("last_contact_at", c.inactivation.last_contact_at);
        lua_setfield(state, -2, "inactivation");
    }
    table.id("product", c.product);
    table.id("handler", c.handler);
    table.flag("speculative", c.speculative);
    table.flag("campaign", c.campaign);
    table.flag("transfer_unanswered", c.transfer_unanswered);
    if (c.sale.given) {
        Table t(state, ids, 0, 6);
        t.id("product", c.sale.product);
        t.id("closed_by", c.sale.closed_by);
        t.number("amount", c.sale.amount);
        t.number("commission", c.sale.commission);
        t.number("paid", c.sale.paid);
        t.instant("at", c.sale.at);
        lua_setfield(state, -2, "sale");
    }
    push_staff(state, table, c, ids);
}

/// A table that is read; it lies at a place of the stack.
class Read {
  public:
    Read(lua_State* state, int place, Ids& ids) : state_(state), place_(place), ids_(ids) {}

    std::int64_t number(const char* name, std::int64_t otherwise = -1) const {
        lua_getfield(state_, place_, name);
        const auto value = lua_isnil(state_, -1) ? otherwise : static_cast<std::int64_t>(lua_tonumber(state_, -1));
        lua_pop(state_, 1);
        return value;
    }
    template <typename Member>
    Member member(const char* name) const {
        return static_cast<Member>(number(name));
    }
    bool flag(const char* name) const {
        lua_getfield(state_, place_, name);
        const bool value = lua_toboolean(state_, -1) != 0;
        lua_pop(state_, 1);
        return value;
    }
    Id id(const char* name) const {
        lua_getfield(state_, place_, name);
        return popped_id();
    }
    /// The id that lies on top.
    Id popped_id() const {
        const char* text = lua_tostring(state_, -1);
        const Id id = text == nullptr ? no_id : ids_.of(std::string(text));
        lua_pop(state_, 1);
        return id;
    }
    /// Each item of a list on top of the stack; takes them off again.
    template <typename Each>
    std::uint8_t items(int list, const Each& each) const {
        const auto count = static_cast<int>(lua_objlen(state_, list));
        for (int i = 1; i <= count; ++i) {
            lua_rawgeti(state_, list, i);
            each(static_cast<std::size_t>(i - 1), Read(state_, lua_gettop(state_), ids_));
        }
        return static_cast<std::uint8_t>(count);
    }

  private:
    lua_State* state_;
    int place_;
    Ids& ids_;
};

void read_answers(lua_State* state, Ids& ids, const Case& c, Answers& out) {
    const Read whole(state, 1, ids);
    out = Answers{};
    out.reservations.count = whole.items(1, [&](std::size_t i, const Read& r) {
        out.reservations.all[i] = {static_cast<std::uint8_t>(r.number("place")), r.member<State>("state"),
                                   r.member<ReservationRule>("rule"), r.flag("renewable"),
                                   r.number("expires_at", none)};
        lua_pop(state, 1);
    });
    const Read owner(state, 2, ids);
    out.owner.route = owner.member<Route>("route");
    out.owner.rule = owner.member<OwnerRule>("rule");
    out.owner.owner = owner.id("owner");
    out.owner.reservation = static_cast<std::int8_t>(owner.number("reservation"));
    lua_getfield(state, 2, "candidates");
    if (lua_istable(state, -1)) {
        out.owner.candidate_count = whole.items(lua_gettop(state), [&](std::size_t i, const Read& candidate) {
            out.owner.candidates[i] = candidate.popped_id();
        });
    }
    lua_pop(state, 1);
    const Read debt(state, 3, ids);
    lua_getfield(state, 3, "open");
    out.debt.count = whole.items(lua_gettop(state), [&](std::size_t i, const Read& one) {
        out.debt.open[i] = {static_cast<std::uint8_t>(one.number("place")), one.flag("forgive")};
        lua_pop(state, 1);
    });
    lua_pop(state, 1);
    out.debt.forgive = debt.number("forgive");
    out.debt.collect = debt.number("collect");
    out.debt.alert = debt.flag("alert");
    out.debt.discount_allowed = debt.flag("discount_allowed");
    out.debt.rule = debt.member<DebtRule>("rule");
    out.commission.made = lua_istable(state, 4);
    if (!out.commission.made) return;
    const Read commission(state, 4, ids);
    out.commission.status = commission.member<CommissionStatus>("status");
    out.commission.rule = commission.member<CommissionRule>("rule");
    out.commission.accrued = commission.number("accrued");
    out.commission.total = commission.number("total");
    out.commission.share_of = commission.id("share_of");
    out.commission.holder = commission.id("holder");
    out.commission.closer = c.sale.closed_by;
}

template <typename Numbers>
void push_by_number(lua_State* state, const Numbers& numbers, Day first) {
    lua_newtable(state);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        lua_pushnumber(state, static_cast<double>(numbers[i]));
        lua_rawseti(state, -2, static_cast<int>(i) + first);
    }
}

void check(lua_State* state, int status) {
    if (status == 0) return;
    fmt::print(stderr, "{}\n", lua_tostring(state, -1));
    std::exit(2);
}

}  // namespace

void LuaPolicy::Close::operator()(lua_State* state) const {
    lua_close(state);
}

LuaPolicy::LuaPolicy(const std::string& path, const Calendar& calendar) : state_(luaL_newstate()) {
    lua_State* state = state_.get();
    luaL_openlibs(state);
    check(state, luaL_dofile(state, path.c_str()));
    lua_getglobal(state, "calendar");
    push_by_number(state, calendar.starts, calendar.first);
    push_by_number(state, calendar.counts, calendar.first);
    push_by_number(state, calendar.business_days, 0);
    check(state, lua_pcall(state, 3, 0, 0));
}

void LuaPolicy::decide(const Case& c, Ids& ids, Answers& out) {
    lua_State* state = state_.get();
    lua_settop(state, 0);
    lua_getglobal(state, "decide");
    push_case(state, c, ids);
    check(state, lua_pcall(state, 1, 4, 0));
    read_answers(state, ids, c, out);
}

}  // namespace by_hand
