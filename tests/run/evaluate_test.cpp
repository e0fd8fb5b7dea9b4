// The tree walk and the function table over rows of expressions (expressions.txt), and what a row cannot say.
#include "run/evaluate.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "facts/schema.hpp"
#include "golden.hpp"
#include "run/bindings.hpp"
#include "syntax/parser.hpp"

namespace praxe {
namespace {

DayOffRule fixed(int month, int day) {
    DayOffRule rule;
    rule.month = month;
    rule.day = day;
    return rule;
}
DayOffRule from_easter(int days) {
    DayOffRule rule;
    rule.easter_offset = days;
    return rule;
}
std::shared_ptr<const Calendar> calendar(std::string name, std::vector<int> week_off,
                                         std::vector<DayOffRule> days_off) {
    CalendarRules rules;
    rules.name = std::move(name);
    rules.week_off = std::move(week_off);
    rules.days_off = std::move(days_off);
    rules.known_from = day_from_civil({2000, 1, 1});
    rules.known_until = day_from_civil({2079, 12, 31});
    return std::make_shared<const Calendar>(std::move(rules));
}

RecordType record_type(std::string name, const std::vector<std::string>& fields) {
    RecordType type;
    type.name = std::move(name);
    for (const std::string& field : fields) {
        type.fields.emplace_back();
        type.fields.back().name = field;
    }
    return type;
}

/// A client without an owner and with two appointments, the first of "zeca", whom the staff does not know.
class Facts {
  public:
    Facts() {
        calendars_["br"] =
            calendar("br", {0, 6},
                     {fixed(1, 1), fixed(5, 1), from_easter(-48), from_easter(-47), from_easter(-2), fixed(12, 25)});
        calendars_["six"] = calendar("six", {0}, {});
        context_ = {&zone_, calendars_["br"].get(), &calendars_};

        Map staff;
        staff.entries.emplace_back(Value::string("ana"), Value::string("sales"));
        staff.index();
        variables_["staff"] = Value::map(std::move(staff));
        variables_["absent"] = Value();
        variables_["client"] =
            record(client_, "client", {Value::string("Cia"), Value(), Value::list({appointment(0), appointment(1)})});
    }

    Bindings environment() const { return Bindings(variables_, context_); }

  private:
    static Value record(const RecordType& type, std::string path, List fields) {
        return Value::record(std::make_shared<const Record>(Record{&type, std::move(fields), std::move(path)}));
    }
    Value appointment(int i) const {
        const std::string path = "client.appointments[" + std::to_string(i) + "]";
        return record(appointment_, path, {i == 0 ? Value::string("zeca") : Value()});
    }

    Zone zone_ = *Zone::find("America/Sao_Paulo");
    Calendars calendars_;
    FunctionContext context_;
    RecordType client_ = record_type("Client", {"name", "owner", "appointments"});
    RecordType appointment_ = record_type("Appointment", {"owner"});
    VariableValues variables_;
};

Expression parsed(const std::string& text) {
    Diagnostics diagnostics;
    auto expression = parse_expression(Excerpt::whole(std::make_shared<const Source>("x", text)), diagnostics);
    if (!expression) throw std::runtime_error(diagnostics.to_string());
    return *std::move(expression);
}

Value value_of(const std::string& text, const Facts& facts) {
    const Expression expression = parsed(text);
    Bindings environment = facts.environment();
    environment.source = expression.text.source;
    return evaluate(*expression.root, environment);
}

std::string shown(const Value& value) {
    return value.is_error() ? "error: " + value.as_error().message : to_text(value);
}

struct Row {
    int line;
    std::string expression, expected;
};

std::vector<Row> rows() {
    std::vector<Row> rows;
    std::ifstream file(PRAXE_SOURCE_DIR "/tests/run/expressions.txt");
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        const std::size_t arrow = line.find("=> ");
        if (line.empty() || line.front() == '#') continue;
        rows.push_back({number, line.substr(0, line.find_last_not_of(' ', arrow - 1) + 1), line.substr(arrow + 3)});
    }
    return rows;
}

TEST(Evaluate, GivesWhatTheRowsSay) {
    const Facts facts;
    ASSERT_GT(rows().size(), 100u);
    for (const Row& row : rows()) {
        EXPECT_EQ(shown(value_of(row.expression, facts)), row.expected)
            << "expressions.txt:" << row.line << ": " << row.expression;
    }
}

TEST(Evaluate, TextOfAValueReadsBackToTheSameValue) {
    const Facts facts;
    for (const Row& row : rows()) {
        const Value value = value_of(row.expression, facts);
        if (value.is_error()) continue;
        EXPECT_TRUE(identical(value_of(to_text(value), facts), value)) << to_text(value);
    }
}

TEST(Evaluate, PlacesAnErrorAtTheInnermostSubexpressionThatFailed) {
    const std::string text = "[1].map(x, 1 + (x + 2) / (x - 1))";
    const Value value = value_of(text, Facts());
    ASSERT_TRUE(value.is_error());
    const Place& place = value.as_error().place;
    ASSERT_TRUE(place);
    EXPECT_EQ(text.substr(place.span.begin, place.span.end - place.span.begin), "(x + 2) / (x - 1)");
}

// wrong.txt: expressions that fail when they are worked out, with what is said of them and where.
TEST(Evaluate, SaysWhatFailedAndWhere) {
    const Facts facts;
    expect_golden(PRAXE_SOURCE_DIR "/tests/run/wrong.txt", [&](const GoldenRow& row) {
        const Expression expression = parsed(row.source);
        Bindings environment = facts.environment();
        environment.source = expression.text.source;
        const Value value = evaluate(*expression.root, environment);
        if (!value.is_error()) return ": " + to_text(value) + "\n";
        Diagnostics diagnostics;
        diagnostics.error(value.as_error().place, value.as_error().message);
        return diagnostics.to_string();
    });
}

TEST(Evaluate, NamesTheFactThatIsMissing) {
    const Facts facts;
    EXPECT_EQ(value_of("client.appointments[1].owner", facts).as_error().path, "client.appointments[1].owner");
    EXPECT_EQ(value_of("client.appointments[1].owner", facts).as_error().code, Error::Code::missing_fact);
    EXPECT_EQ(value_of("staff[client.appointments[0].owner]", facts).as_error().path, "client.appointments[0].owner");
    EXPECT_EQ(value_of("staff[client.appointments[0].owner]", facts).as_error().code, Error::Code::no_such_key);
}

TEST(Evaluate, NeedsAZoneAndACalendarForLocalDays) {
    const FunctionContext nothing;
    const VariableValues none;
    Bindings environment(none, nothing);
    const auto message = [&](const std::string& text) { return shown(evaluate(*parsed(text).root, environment)); };
    EXPECT_EQ(message("date(timestamp(0))"), "error: local days need a time zone, and none is given");
    EXPECT_EQ(message("start_of_day(date(2024, 5, 2))"), "error: local days need a time zone, and none is given");
    EXPECT_EQ(message("date(2024, 5, 2) + business_days(1)"),
              "error: business days need a calendar, and none is given");
    EXPECT_EQ(message("is_business_day(date(2024, 5, 2), \"br\")"), "error: there is no calendar \"br\"");
}

TEST(Functions, EveryRowHasANameADocumentAndItsOwnTypes) {
    std::set<std::string> seen;
    for (const Overload& overload : functions()) {
        EXPECT_FALSE(overload.doc.empty()) << overload.name;
        EXPECT_NE(overload.call, nullptr) << overload.name;
        EXPECT_TRUE(seen.insert(overload.name + " " + std::string(overload.signature)).second)
            << overload.name << " " << overload.signature << " stands in the table twice";
        const auto own = functions_named(overload.name);
        EXPECT_TRUE(&overload >= own.data() && &overload < own.data() + own.size()) << overload.name;
    }
}

}  // namespace
}  // namespace praxe
