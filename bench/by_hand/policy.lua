-- The policy of policy.cpp in Lua, over a case as a table: what a host would write that takes LuaJIT for its rules.
-- Members of closed sets in the answers are their places, from 0 on; instants are microseconds; the case's lists count
-- from 1. `starts`, `counts` and `nth` are the arrays of calendar.hpp, by day.

local floor = math.floor
local starts, counts, nth

function calendar(s, c, n) starts, counts, nth = s, c, n end

local function day_of(at)
  local day = floor((at - 10800000000) / 86400000000)
  while at < starts[day] do day = day - 1 end
  while at >= starts[day + 1] do day = day + 1 end
  return day
end
local function term_end(day, long) return starts[nth[counts[day] + long] + 1] end
local function following(day)
  if counts[day] > counts[day - 1] then return day end
  return nth[counts[day] + 1]
end

local function civil(day)  -- Howard Hinnant's formula, http://howardhinnant.github.io/date_algorithms.html
  local z = day + 719468
  local era = floor(z / 146097)
  local doe = z - era * 146097
  local yoe = floor((doe - floor(doe / 1460) + floor(doe / 36524) - floor(doe / 146096)) / 365)
  local doy = doe - (365 * yoe + floor(yoe / 4) - floor(yoe / 100))
  local mp = floor((5 * doy + 2) / 153)
  local m = mp < 10 and mp + 3 or mp - 9
  return yoe + era * 400 + (m <= 2 and 1 or 0), m, doy - floor((153 * mp + 2) / 5) + 1
end
local function leap(y) return y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0) end
local function a_year_after(day)
  local y, m, d = civil(day)
  if m == 2 and d == 29 then return day + 366 end  -- 1 March
  return day + ((m > 2 and leap(y + 1) or m <= 2 and leap(y)) and 366 or 365)
end

local function presence(member, today)
  for _, away in ipairs(member.away) do
    if today >= away.from and today <= away.until_ then return away.kind == 'vacation' and 3 or 2 end
  end
  local status = member.status
  return status == 'available' and 0 or status == 'busy' and 1 or status == 'absent' and 2 or 3
end

local reserving = {sale_contact = true, sale_no_contact = true, no_contact = true}

local function reserve(a, c, now, latest)
  if not reserving[a.kind] then return 0, 0 end
  if not a.product then return 1, 1 end
  if a.closed_at and a.closed_at <= latest then return 2, 2 end
  for _, s in ipairs(c.sales) do
    if s.product == a.product and s.at >= a.created_at and s.at <= latest then return 2, 2 end
  end
  local created = day_of(a.created_at)
  local quoted = a.kind == 'sale_contact' and a.quote_sent
  local first_end = term_end(created, 2)
  local renewed = quoted and a.renewed_at and a.renewed_at <= latest and a.renewed_at >= a.created_at and
                      a.renewed_at < first_end
  local running_end = renewed and term_end(created, 6) or first_end
  local approved = false
  if a.approved_by and (not a.approved_at or a.approved_at <= latest) then
    local by = c.staff[a.approved_by]
    approved = by ~= nil and by.role == 'manager' and
                   (not a.approved_at or (a.approved_at >= a.created_at and a.approved_at < running_end))
  end
  if a.scheduled_for then
    local span = counts[day_of(a.scheduled_for)] - counts[created]
    if span > 7 or (span > 6 and not approved) then return 3, 3 end
  end
  local ends = term_end(created, approved and 7 or renewed and 6 or 2)
  if now >= ends then return 4, 4, ends, false end
  if quoted then return 5, 5, ends, not approved and not renewed end
  return 5, 6, ends, false
end

local function reserve_all(c, now, latest)
  local all, n = {}, 0
  for i, a in ipairs(c.appointments) do
    if a.created_at <= latest then
      local state, rule, ends, renewable = reserve(a, c, now, latest)
      n = n + 1
      all[n] = {place = i - 1, a = a, state = state, rule = rule, expires_at = ends, renewable = renewable}
    end
  end
  return all
end

local function held_by(all, product, one, other)
  local best
  for _, r in ipairs(all) do
    local a = r.a
    if r.state == 5 and a.product == product and (a.kind == one or a.kind == other) and
        (not best or a.created_at < best.a.created_at) then best = r end
  end
  return best
end

local function live_for_another(all, product)
  for _, r in ipairs(all) do if r.state == 5 and r.a.product ~= product then return true end end
  return false
end

local function inactivated(c, latest)
  local i = c.inactivation
  return c.status == 'inactive' and i and i.at <= latest and i
end

local function recall_open(c, now, latest)
  local i = inactivated(c, latest)
  return i and i.mode == 'manual' and i.replied and i.last_contact_at and i.last_contact_at <= latest and
             now < starts[day_of(i.at) + 16] and now < starts[day_of(i.last_contact_at) + 16]
end

local function own(c, reservations, today)
  local function attendant(rule, place) return {route = 2, rule = rule, owner = c.handler, reservation = place} end
  local function any_seller(rule, but, place)
    local candidates = {}
    for _, id in ipairs(c.staff_ids) do
      local one = c.staff[id]
      if one.team == 'sales' and id ~= but and presence(one, today) == 0 then candidates[#candidates + 1] = id end
    end
    if #candidates == 0 then return attendant(rule, place) end
    return {route = 1, rule = rule, reservation = place, candidates = candidates}
  end
  local held = held_by(reservations, c.product, 'sale_contact')
  if held then
    local holder, place = held.a.owner, held.place
    if holder == c.handler then return attendant(0, place) end
    local is = presence(c.staff[holder], today)
    if is >= 2 then return any_seller(1, holder, place) end
    if is == 1 or c.transfer_unanswered then return any_seller(2, holder, place) end
    return {route = 0, rule = 3, owner = holder, reservation = place}
  end
  local i = inactivated(c, c.at)
  if i then
    if recall_open(c, c.at, c.at) then
      if i.by == c.handler then return attendant(4) end
      if presence(c.staff[i.by], today) ~= 0 or c.transfer_unanswered then return any_seller(5, i.by) end
      return {route = 0, rule = 6, owner = i.by}
    end
    return attendant(i.mode == 'manual' and 7 or 8)
  end
  if c.speculative and c.staff[c.handler].team ~= 'sales' then return any_seller(9) end
  local unreached = held_by(reservations, c.product, 'sale_no_contact', 'no_contact')
  if unreached then return attendant(10, unreached.place) end
  return attendant(live_for_another(reservations, c.product) and 11 or 12)
end

local function sold_since(c, since)
  for _, s in ipairs(c.sales) do if s.at >= since and s.at <= c.at then return true end end
  return false
end

local function owe(c, today)
  local anew = c.status == 'inactive'
  local out = {open = {}, forgive = 0, collect = 0, alert = false}
  local without_sale, forgiven = false, false
  for i, v in ipairs(c.invoices) do
    if v.forgiven_at and v.forgiven_at <= c.at then
      without_sale = without_sale or
                         (anew and day_of(v.forgiven_at) > a_year_after(v.due) and not sold_since(c, v.forgiven_at))
    elseif today > v.due and not (v.paid_at and v.paid_at <= c.at) and today > following(v.due) then
      local forgive = anew and today > a_year_after(v.due)
      out.open[#out.open + 1] = {place = i - 1, forgive = forgive}
      if forgive then
        out.forgive, forgiven = out.forgive + v.amount, true
      else
        out.collect, out.alert = out.collect + v.amount, true
      end
    end
  end
  out.rule = (forgiven or without_sale) and 0 or out.alert and 1 or 2
  out.discount_allowed = out.rule ~= 0 or c.campaign
  return out
end

local function commission(c)
  local sale = c.sale
  if not sale or sale.at > c.at then return nil end
  local basis = math.max(sale.paid or 0, 0)
  local all_paid = basis >= sale.amount
  local total = sale.commission
  local accrued = all_paid and total or floor((2 * total * basis + sale.amount) / (2 * sale.amount))
  local function whole(rule, whose)
    return {status = all_paid and 0 or 1, rule = rule, accrued = accrued, total = total, share_of = whose}
  end
  local now, latest = sale.at, sale.at - 1
  local reservations = reserve_all(c, now, latest)
  local held = held_by(reservations, sale.product, 'sale_contact')
  if held then
    local holder = held.a.owner
    local was = presence(c.staff[holder], day_of(now))
    if was == 3 then return whole(0, sale.closed_by) end
    if was == 2 then return whole(1, holder) end
    if holder == sale.closed_by then return whole(2, holder) end
    return {status = 2, rule = 3, accrued = accrued, total = total, holder = holder}
  end
  if recall_open(c, now, latest) and c.inactivation.by == sale.closed_by then return whole(4, sale.closed_by) end
  return whole(live_for_another(reservations, sale.product) and 5 or 6, sale.closed_by)
end

function decide(c)
  local today = day_of(c.at)
  local reservations = reserve_all(c, c.at, c.at)
  return reservations, own(c, reservations, today), owe(c, today), commission(c)
end
