// How a random case is made: the instant of decision first, then facts in the days around it.
#include "cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <string_view>

namespace praxe::bench {
namespace {

using Seconds = std::int64_t;  // since 1970-01-01T00:00:00Z
constexpr Seconds hour = 3600;
constexpr Seconds day = 24 * hour;

/// SplitMix64: its numbers, unlike those of the standard's distributions, are the same everywhere.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed * 0x9E37'79B9'7F4A'7C15) {}

    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E37'79B9'7F4A'7C15;
        z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9;
        z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EB;
        return z ^ (z >> 31);
    }
    std::int64_t between(std::int64_t first, std::int64_t last) {
        return first + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(last - first + 1));
    }
    bool chance(int percent) { return between(1, 100) <= percent; }
    template <std::size_t n>
    std::string_view one_of(const std::array<std::string_view, n>& all) {
        return all[next() % n];
    }

  private:
    std::uint64_t state_;
};

struct Member {
    std::string_view id, team, role;
};
constexpr std::array<Member, 6> team{{{"ana", "sales", "seller"},
                                      {"bia", "sales", "closer"},
                                      {"davi", "sales", "sdr"},
                                      {"caio", "support", "attendant"},
                                      {"eva", "central", "attendant"},
                                      {"gil", "sales", "manager"}}};
constexpr std::array<std::string_view, 3> sellers{"ana", "bia", "davi"};
constexpr std::array<std::string_view, 5> handlers{"ana", "bia", "davi", "caio", "eva"};
constexpr std::array<std::string_view, 3> products{"radar", "agenda", "intimation"};
constexpr std::array<std::string_view, 8> statuses{"available", "available", "available", "available",
                                                   "busy",      "absent",    "vacation",  "left"};
constexpr std::array<std::string_view, 8> kinds{"sale_contact",    "sale_contact", "sale_contact", "sale_contact",
                                                "sale_no_contact", "no_contact",   "onboarding",   "support"};
constexpr std::array<std::string_view, 3> client_statuses{"prospect", "active", "inactive"};
constexpr std::array<std::string_view, 4> channels{"chat", "email", "phone", "whatsapp"};

std::string date_text(Seconds instant) {
    const std::chrono::year_month_day date{
        std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{instant}})};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string instant_text(Seconds instant) {
    const Seconds of_day = (instant % day + day) % day;
    return fmt::format("{}T{:02}:{:02}:{:02}Z", date_text(instant), of_day / hour, of_day % hour / 60, of_day % 60);
}

class CaseWriter {
  public:
    explicit CaseWriter(std::uint64_t number) : number_(number), random_(number) {
        at_ = 1'704'067'200 + random_.between(0, 2 * 365 * day);  // in 2024 or 2025
    }
    CaseWriter(std::uint64_t number, Seconds at) : CaseWriter(number) { at_ = at; }

    std::string text() {
        add(R"({{"at":"{}",)", instant_text(at_));
        add_client();
        add_request();
        add_case_sale();
        add_staff();
        return out_ + "}";
    }

  private:
    template <typename... Args>
    void add(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    }
    /// An instant up to `days` before the decision, or now and then shortly after it.
    Seconds before(std::int64_t days) { return at_ - random_.between(random_.chance(95) ? 0 : -day, days * day); }

    void add_client() {
        const std::string_view status = random_.one_of(client_statuses);
        add(R"("client":{{"id":"c{}","status":"{}")", number_, status);
        if (status == "inactive" && random_.chance(90)) add_inactivation();
        add(R"(,"appointments":[)");
        const auto appointments = random_.between(1, 5);
        for (std::int64_t i = 1; i <= appointments; ++i) add_appointment(i);
        add("]");
        if (random_.chance(25)) add_sale();
        add_invoices();
        add("}},");
    }

    void add_invoices() {
        add(R"(,"invoices":[)");
        const auto invoices = random_.between(0, 3);
        for (std::int64_t i = 1; i <= invoices; ++i) {
            add(R"({}{{"id":"i{}","due":"{}","amount":"{}.00")", i == 1 ? "" : ",", i,
                date_text(at_ - random_.between(-20 * day, 500 * day)), random_.between(20, 900));
            if (random_.chance(40)) add(R"(,"paid_at":"{}")", instant_text(before(20)));
            add("}}");
        }
        add("]");
    }

    void add_inactivation() {
        const Seconds at = before(25);
        const bool by_hand = random_.chance(75);
        add(R"(,"inactivation":{{"mode":"{}","at":"{}")", by_hand ? "manual" : "automatic", instant_text(at));
        if (by_hand)
            add(R"(,"by":"{}","last_contact_at":"{}","replied":{})", random_.one_of(handlers),
                instant_text(at - random_.between(0, 3 * day)), random_.chance(80));
        add("}}");
    }

    void add_appointment(std::int64_t number) {
        const std::string_view kind = random_.one_of(kinds);
        const Seconds created = before(12);
        add(R"({}{{"id":"a{}","kind":"{}","owner":"{}","created_at":"{}")", number > 1 ? "," : "", number, kind,
            random_.one_of(sellers), instant_text(created));
        if (random_.chance(95)) add(R"(,"product":"{}")", random_.one_of(products));
        if (kind == "sale_contact" && random_.chance(75)) {
            add(R"(,"quote_sent":true)");
            if (random_.chance(35)) add(R"(,"renewed_at":"{}")", instant_text(created + random_.between(0, 4 * day)));
        }
        if (random_.chance(15))
            add(R"(,"approved_by":"gil","approved_at":"{}")", instant_text(created + random_.between(0, 3 * day)));
        if (random_.chance(40)) add(R"(,"scheduled_for":"{}")", instant_text(created + random_.between(0, 11 * day)));
        if (random_.chance(8)) add(R"(,"closed_at":"{}")", instant_text(created + random_.between(0, 8 * day)));
        add("}}");
    }

    void add_sale() {
        add(R"(,"sales":[{{"id":"s1","product":"{}","amount":"{}.00","closed_by":"{}","at":"{}"}}])",
            random_.one_of(products), random_.between(20, 900), random_.one_of(sellers), instant_text(before(40)));
    }

    void add_request() {
        add(R"("request":{{"channel":"{}","product":"{}","handler":"{}")", random_.one_of(channels),
            random_.one_of(products), random_.one_of(handlers));
        if (random_.chance(15)) add(R"(,"speculative":true)");
        if (random_.chance(10)) add(R"(,"transfer_unanswered":true)");
        add("}},");
    }

    /// A case is one of a sale every third time.
    void add_case_sale() {
        if (!random_.chance(33)) return;
        add(R"("sale":{{"id":"s9","product":"{}","amount":"{}.00","commission":"{}.50","closed_by":"{}","at":"{}","paid":"{}.00"}},)",
            random_.one_of(products), random_.between(200, 900), random_.between(10, 90), random_.one_of(sellers),
            instant_text(before(3)), random_.between(0, 900));
    }

    void add_staff() {
        add(R"("staff":[)");
        for (const Member& member : team) {
            add(R"({}{{"id":"{}","team":"{}","role":"{}","status":"{}")", member.id == team.front().id ? "" : ",",
                member.id, member.team, member.role, random_.one_of(statuses));
            if (random_.chance(20)) {
                const Seconds from = at_ - random_.between(-5 * day, 20 * day);
                add(R"(,"away":[{{"kind":"vacation","from":"{}","until":"{}"}}])", date_text(from),
                    date_text(from + random_.between(0, 20 * day)));
            }
            add("}}");
        }
        add("]");
    }

    std::uint64_t number_;
    Random random_;
    Seconds at_ = 0;
    std::string out_;
};

}  // namespace

std::string case_json(std::uint64_t number) {
    return CaseWriter(number).text();
}

std::string case_json(std::uint64_t number, std::int64_t at_seconds) {
    return CaseWriter(number, at_seconds).text();
}

}  // namespace praxe::bench
