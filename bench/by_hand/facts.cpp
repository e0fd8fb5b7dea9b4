// Everything here happens before the clock starts.
#include "by_hand/facts.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <praxe/ruleset.hpp>

#include "check/model.hpp"

namespace by_hand {
namespace {

using nlohmann::json;
namespace crm = praxe::crm;

Instant instant(const std::optional<praxe::Microseconds>& at) {
    return at ? at->time_since_epoch().count() : none;
}
Day day(const std::optional<std::chrono::sys_days>& date) {
    return static_cast<Day>(date.value().time_since_epoch().count());
}
template <typename To, typename From>
To same_place(const From& member) {  // both lists of members are in one order
    return static_cast<To>(static_cast<int>(member));
}

std::string money(Cents cents) {
    return fmt::format("{}.{:02}", cents / 100, cents % 100);
}

constexpr const char* states[] = {"not_reservation", "invalid", "closed", "disregarded", "expired", "live"};
constexpr const char* reservation_rules[] = {"other_kind", "no_product", "done",           "too_long",
                                             "over",       "holds",      "holds_unreached"};
constexpr const char* routes[] = {"transfer", "any_seller", "attendant"};
constexpr const char* owner_rules[] = {"to_the_owner_present",
                                       "owner_away",
                                       "owner_silent",
                                       "to_the_owner",
                                       "recalled_by_attendant",
                                       "recalled_by_any",
                                       "recalled",
                                       "inactivated_before",
                                       "inactivated_by_system",
                                       "only_prices",
                                       "carry_on",
                                       "other_product",
                                       "sell"};
constexpr const char* debt_rules[] = {"no_discount", "to_collect", "nothing_owed"};
constexpr const char* commission_statuses[] = {"accrued", "pending", "arbitrate"};
constexpr const char* commission_rules[] = {"owner_on_vacation", "owner_absent", "owner_closed",
                                            "manager_settles",   "won_back",     "for_another_product",
                                            "nobody_owned"};

template <typename Member, std::size_t n>
const char* word(const char* const (&words)[n], Member member) {
    return words[static_cast<std::size_t>(member)];
}

json reservations(const Reservations& all, const crm::Case& facts, const praxe::Ruleset& ruleset) {
    json outcome = json::array();
    json rules = json::array();
    for (std::uint8_t i = 0; i < all.count; ++i) {
        const Reservation& r = all.all[i];
        json one{{"id", facts.client->appointments[r.appointment].id.value()}, {"state", word(states, r.state)}};
        if (r.state == State::expired || r.state == State::live) {
            one["expires_at"] = ruleset.model().zone.format(r.expires_at);
            one["renewable"] = r.renewable;
        }
        outcome.push_back(one);
        rules.push_back(word(reservation_rules, r.rule));
    }
    return {{"outcome", outcome}, {"rules", rules}};
}

json owner(const Owner& o, const crm::Case& facts, const Ids& ids) {
    json outcome{{"route", word(routes, o.route)}};
    if (o.owner != no_id) outcome["owner"] = ids.text(o.owner);
    if (o.reservation >= 0)
        outcome["reservation"] = facts.client->appointments[static_cast<std::size_t>(o.reservation)].id.value();
    if (o.route == Route::any_seller) {
        outcome["candidates"] = json::array();
        for (std::uint8_t i = 0; i < o.candidate_count; ++i) outcome["candidates"].push_back(ids.text(o.candidates[i]));
    }
    return {{"outcome", outcome}, {"rules", {word(owner_rules, o.rule)}}};
}

json debt(const Debt& d, const crm::Case& facts) {
    json outcome{{"invoices", json::array()},
                 {"forgive", money(d.forgive)},
                 {"collect", money(d.collect)},
                 {"alert", d.alert},
                 {"discount_allowed", d.discount_allowed},
                 {"may_sell", true}};
    for (std::uint8_t i = 0; i < d.count; ++i)
        outcome["invoices"].push_back({{"id", facts.client->invoices[d.open[i].invoice].id.value()},
                                       {"action", d.open[i].forgive ? "forgive" : "collect"}});
    return {{"outcome", outcome}, {"rules", {word(debt_rules, d.rule)}}};
}

json commission(const Commission& c, const Ids& ids) {
    json outcome{{"status", word(commission_statuses, c.status)}, {"accrued", money(c.accrued)}};
    if (c.status == CommissionStatus::arbitrate) {
        outcome["parties"] = {ids.text(c.holder), ids.text(c.closer)};
    } else {
        outcome["shares"] = json::array({{{"staff", ids.text(c.share_of)}, {"weight", 1}, {"amount", money(c.total)}}});
    }
    return {{"outcome", outcome}, {"rules", {word(commission_rules, c.rule)}}};
}

}  // namespace

Id Ids::of(const std::optional<std::string>& text) {
    if (!text) return no_id;
    const auto [found, is_new] = ids_.emplace(*text, static_cast<Id>(texts_.size()));
    if (is_new) texts_.push_back(*text);
    return found->second;
}

Case case_of(const crm::Case& facts, Ids& ids) {
    Case c{};
    const crm::Client& client = facts.client.value();
    c.at = instant(facts.at);
    c.status = same_place<Status>(client.status.value());
    if (const auto& inactivation = client.inactivation)
        c.inactivation = {true,
                          same_place<Mode>(inactivation->mode.value()),
                          inactivation->replied,
                          ids.of(inactivation->by),
                          instant(inactivation->at),
                          instant(inactivation->last_contact_at)};
    for (const crm::Appointment& a : client.appointments)
        c.appointments.push_back({same_place<Kind>(a.kind.value()), a.quote_sent, ids.of(a.product), ids.of(a.owner),
                                  ids.of(a.approved_by), instant(a.created_at), instant(a.scheduled_for),
                                  instant(a.renewed_at), instant(a.approved_at), instant(a.closed_at)});
    for (const crm::Invoice& i : client.invoices)
        c.invoices.push_back({day(i.due), i.amount->cents, instant(i.paid_at), instant(i.forgiven_at)});
    for (const crm::Sale& s : client.sales) c.sales.push_back({ids.of(s.product), instant(s.at)});
    const crm::Request& request = facts.request.value();
    c.product = ids.of(request.product);
    c.handler = ids.of(request.handler);
    c.speculative = request.speculative;
    c.campaign = request.campaign;
    c.transfer_unanswered = request.transfer_unanswered;
    if (const auto& sale = facts.sale)
        c.sale = {true,
                  ids.of(sale->product),
                  ids.of(sale->closed_by),
                  sale->amount->cents,
                  sale->commission->cents,
                  sale->paid ? sale->paid->cents : 0,
                  instant(sale->at)};
    std::map<std::string, const crm::Staff*> in_order;
    for (const crm::Staff& one : facts.staff.value()) in_order.emplace(one.id, &one);
    for (const auto& [id, one] : in_order) {
        Staff staff{ids.of(id),
                    same_place<Team>(one->team.value()),
                    same_place<Role>(one->role.value()),
                    same_place<Presence>(one->status.value()),
                    {}};
        for (const crm::Away& away : one->away)
            staff.away.push_back({away.kind == crm::AwayKind::vacation, day(away.from), day(away.until)});
        c.staff.push_back(std::move(staff));
    }
    return c;
}

Calendar calendar_of(const praxe::Ruleset& ruleset) {
    using namespace std::chrono;
    const praxe::Model& model = ruleset.model();
    Calendar calendar;
    calendar.first = day(sys_days{2000y / February / 1});
    calendar.business_days.push_back(calendar.first - 1);
    const Day last = day(sys_days{2078y / December / 1});
    for (Day d = calendar.first; d <= last; ++d) {
        calendar.starts.push_back(model.zone.start_of_day(d));
        if (model.calendar->is_business_day(d).value()) calendar.business_days.push_back(d);
        calendar.counts.push_back(static_cast<std::int32_t>(calendar.business_days.size()) - 1);
    }
    return calendar;
}

json to_json(const Answers& answers, const crm::Case& facts, const Ids& ids, const praxe::Ruleset& ruleset) {
    json out{{"reservations", reservations(answers.reservations, facts, ruleset)},
             {"lead_owner", owner(answers.owner, facts, ids)},
             {"debt", debt(answers.debt, facts)}};
    if (answers.commission.made) out["commission"] = commission(answers.commission, ids);
    return out;
}

json to_json(const std::vector<praxe::Answer>& answers, const praxe::Ruleset& ruleset) {
    json out;
    for (const praxe::Answer& answer : answers) {
        json told = json::parse(ruleset.to_json(answer));
        if (told.contains("error")) continue;  // asked for by name, without the facts for it
        json rules = json::array();
        const bool each = answer.decision == "reservations";
        for (const praxe::Because& because : answer.because) {
            if (each || rules.empty()) rules.push_back(because.rule);
        }
        out[answer.decision] = {{"outcome", told["outcome"]}, {"rules", rules}};
    }
    return out;
}

}  // namespace by_hand
