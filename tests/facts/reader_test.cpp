// Cases become records: YAML and JSON the same, absent what is absent, each record knowing where it stands.
#include "facts/read.hpp"

namespace praxe {
namespace {

/// Every field of the contract's case, in YAML.
constexpr const char* whole_case = R"(
at: 2024-05-02T10:00:00-03:00
client:
  id: c1
  status: inactive
  key_account: false
  credit_risk: low
  payer: good
  market_affected: false
  do_not_contact: false
  preference: {term: long, closeness: close}
  inactivation: {mode: manual, at: 2024-05-01T10:00:00-03:00, by: bia, last_contact_at: 2024-05-01T09:00:00.123456Z, replied: true}
  appointments:
    - {id: a1, kind: sale_contact, kind_text: "…", product: radar, owner: ana, created_at: 2024-04-29T15:00:00-03:00,
       scheduled_for: 2024-05-03T15:00:00-03:00, quote_sent: true, renewed_at: 2024-04-30T15:00:00-03:00, approved_by: gil,
       approved_at: 2024-04-30T15:00:00-03:00, closed_at: 2024-05-30T15:00:00-03:00, closed_by: ana, summary: sale_under_way,
       note: "…", case: k1}
  invoices:     [{id: i1, due: 2024-03-10, amount: "80.00", paid_at: 2024-05-01T00:00:00Z, forgiven_at: 2024-05-01T00:00:00Z,
                  listed_at: 2024-05-01T00:00:00Z, protested_at: 2024-05-01T00:00:00Z, released_at: 2024-05-01T00:00:00Z}]
  sales:        [{id: s1, product: radar, amount: "250.00", closed_by: ana, at: 2024-05-01T00:00:00Z, paid: "250.00",
                  paid_at: 2024-05-01T00:00:00Z, campaign: false, refunded: "0.00", refunded_at: 2024-05-01T00:00:00Z}]
  interactions: [{id: m1, at: 2024-05-01T00:00:00Z, by: ana, direction: out, channel: phone, event: attempt, answered: false,
                  reason: sale, product: radar, link: "…", text: "…", case: k1, answers: m0, for_at: 2024-05-01T00:00:00Z, rings: 2}]
  meetings:     [{id: r1, at: 2024-05-01T00:00:00Z, booked_by: sdr1, closer: ana, confirmed_at: 2024-05-01T00:00:00Z, held: true}]
  quotes:       [{id: q1, sent_at: 2024-05-01T00:00:00Z, by: ana, channel: email, consultative: false,
                  items: [{service: radar, amount: "90.00"}], replied_at: 2024-05-01T00:00:00Z}]
  trainings:    [{id: t1, requested_at: 2024-05-01T00:00:00Z, product: radar, slot: l1}]
  collection:   [{id: g1, invoice: i1, stage: notice, at: 2024-05-01T00:00:00Z, by: col1}]
request: {channel: phone, product: radar, handler: caio, purpose: purchase, speculative: false, campaign: false, transfer_unanswered: false,
          third_party: {confirmed: true, changes: [phone], holder_validated_at: 2024-05-01T00:00:00Z}}
ask:     {by: ana, kind: discount, percent: 15, amount: "0.00", coupons: 1, complaint: m2, approved_by: gil}
sale:    {id: s9, product: radar, amount: "250.00", commission: "25.00", closed_by: caio, at: 2024-05-01T00:00:00Z, paid: "250.00",
          payments: [{at: 2024-05-01T00:00:00Z, amount: "125.00"}], refunds: [{at: 2024-05-01T00:00:00Z, amount: "0.00"}]}
staff:   [{id: ana, team: sales, role: seller, status: vacation, deputy: bia, away: [{kind: vacation, from: 2024-05-01, until: 2024-05-20}]}]
registrations:  [{id: c1, new: true, tax_id: "…", emails: [], phones: [], created_at: 2024-05-01T00:00:00Z, told_at: 2024-05-01T00:00:00Z, kept: c1}]
training_slots: [{id: l1, day: 2024-05-06, shift: morning, free: 2}]
base:    {second_purchase_days: [30, 42, 61]}
agenda:  {for: ana, day: 2024-05-06, capacity: 20}
)";

/// How many fields of records and their records are there.
std::size_t fields_given(const Value& value) {
    std::size_t count = 0;
    if (value.is(Kind::record)) {
        for (const Value& field : value.as_record().fields) count += field.is_absent() ? 0 : 1 + fields_given(field);
    } else if (value.is(Kind::list)) {
        for (const Value& item : value.as_list()) count += fields_given(item);
    } else if (value.is(Kind::map)) {
        for (const auto& [key, item] : value.as_map().entries) count += fields_given(item);
    }
    return count;
}

std::size_t fields_written(const Node& node) {
    std::size_t count = node.entries.size();
    for (const auto& [key, value] : node.entries) count += fields_written(value);
    for (const Node& item : node.items) count += fields_written(item);
    return count;
}

TEST(ReadCase, TakesEveryFieldOfTheContract) {
    const CaseFacts facts = good_case(shipped(), "case.yaml", whole_case);
    ASSERT_TRUE(facts.facts);
    EXPECT_EQ(fields_given(Value::record(facts.facts)), fields_written(facts.document));
}

/// The same document as JSON: plain numbers and flags bare, everything else in quotes.
std::string as_json(const Node& node) {
    std::string out;
    const auto add = [&](std::string part) { out += (out.size() > 1 ? "," : "") + std::move(part); };
    if (node.is_list()) {
        out = "[";
        for (const Node& item : node.items) add(as_json(item));
        return out + "]";
    }
    if (node.is_map()) {
        out = "{";
        for (const auto& [key, value] : node.entries) add("\"" + key.text.text + "\":" + as_json(value));
        return out + "}";
    }
    const std::string& text = node.text.text;
    const bool number = text.find_first_not_of("0123456789") == std::string::npos;
    const bool bare = node.style == Node::Style::plain && (number || text == "true" || text == "false");
    return bare ? text : "\"" + text + "\"";
}

TEST(ReadCase, IsTheSameFromYamlAndJson) {
    const CaseFacts yaml = good_case(shipped(), "case.yaml", whole_case);
    const CaseFacts json = good_case(shipped(), "case.json", as_json(yaml.document));
    ASSERT_TRUE(yaml.facts && json.facts);
    EXPECT_TRUE(equal(Value::record(yaml.facts), Value::record(json.facts)));
    EXPECT_EQ(to_text(Value::record(yaml.facts)), to_text(Value::record(json.facts)));
}

TEST(ReadCase, DefaultsNothing) {
    const CaseFacts facts = good_case(shipped(), "case.yaml", "client: {appointments: [{id: a1}]}\n");
    EXPECT_EQ(to_text(Value::record(facts.facts)), R"(case{client: Client{appointments: [Appointment{id: "a1"}]}})");
    EXPECT_TRUE(at(*facts.facts, "at").is_absent());
    EXPECT_TRUE(at(*facts.facts, "request").is_absent());
}

TEST(ReadCase, TellsEachRecordWhereItStands) {
    const CaseFacts facts = good_case(shipped(), "case.yaml", whole_case);
    const Record& client = at(*facts.facts, "client").as_record();
    EXPECT_EQ(facts.facts->path, "");
    EXPECT_EQ(client.path, "client");
    EXPECT_EQ(at(client, "inactivation").as_record().path, "client.inactivation");
    EXPECT_EQ(at(client, "appointments").as_list()[0].as_record().path, "client.appointments[0]");
    EXPECT_EQ(at(*facts.facts, "staff").as_map().entries[0].second.as_record().path, "staff[0]");
}

TEST(ReadCase, SortsAMapByCodePoints) {
    const CaseFacts facts =
        good_case(shipped(), "case.yaml", "staff: [{id: é}, {id: b}, {id: Z}, {id: 😀}, {id: a}]\n");
    const Map& staff = at(*facts.facts, "staff").as_map();
    std::string ids;
    for (const auto& [id, member] : staff.entries) ids += id.as_string();
    EXPECT_EQ(ids, "Zabé😀");
    const Value* const found = staff.find(Value::string("Z"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->as_record().path, "staff[2]");
}

TEST(ReadCase, TakesPlainYamlWhereTextIsDueButNotJsonsNumbers) {
    EXPECT_EQ(mistakes_in(shipped(), "case.yaml", "client: {id: 1}\n"), 0u);
    EXPECT_EQ(mistakes_in(shipped(), "case.json", R"({"client": {"id": 1}})"), 1u);
}

struct Reading {
    const char* field;
    const char* written;
    const char* value;  // as CEL writes it; "" where it is an error
};

class Scalars : public testing::TestWithParam<Reading> {};

TEST_P(Scalars, ReadAs) {
    static const auto schema = good_schema(
        "vocabulary: x\nclosed_sets: {colour: [red, green]}\nfacts:\n  text?: string\n  flag?: bool\n  int?: int\n"
        "  real?: double\n  instant?: timestamp\n  date?: date\n  money?: money\n  percent?: percent\n"
        "  days?: business_days\n  colour?: colour\n");
    const Reading& row = GetParam();
    const std::string text = std::string(row.field) + ": " + row.written + "\n";
    if (*row.value == '\0') {
        EXPECT_EQ(mistakes_in(*schema, "case.yaml", text), 1u) << text;
        return;
    }
    const CaseFacts facts = good_case(*schema, "case.yaml", text);
    ASSERT_TRUE(facts.facts);
    EXPECT_EQ(to_text(at(*facts.facts, row.field)), row.value);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Scalars,
    testing::Values(
        Reading{"text", "a b", R"("a b")"}, Reading{"text", "12", R"("12")"}, Reading{"text", "\"\"", R"("")"},
        Reading{"flag", "true", "true"}, Reading{"flag", "false", "false"}, Reading{"flag", "True", ""},
        Reading{"flag", "'true'", ""}, Reading{"flag", "no", ""}, Reading{"int", "-12", "-12"},
        Reading{"int", "9223372036854775807", "9223372036854775807"}, Reading{"int", "9223372036854775808", ""},
        Reading{"int", "1.0", ""}, Reading{"int", "0x10", ""}, Reading{"int", "'1'", ""},
        Reading{"int", "1 # one", "1"}, Reading{"real", "1.5e2", "150.0"}, Reading{"real", "nan", ""},
        Reading{"real", "-.5", "-0.5"}, Reading{"real", "1.5x", ""},
        Reading{"instant", "2024-05-02T10:00:00.000001-03:00", R"(timestamp("2024-05-02T13:00:00.000001Z"))"},
        Reading{"instant", "2024-05-02T10:00:00.000000000-03:00", R"(timestamp("2024-05-02T13:00:00Z"))"},
        Reading{"instant", "2024-05-02T10:00:00.0000001-03:00", ""}, Reading{"instant", "2024-05-02T10:00:00", ""},
        Reading{"instant", "\"2024-05-02T10:00:00Z\"", R"(timestamp("2024-05-02T10:00:00Z"))"},
        Reading{"date", "2024-02-29", R"(date("2024-02-29"))"}, Reading{"date", "2023-02-29", ""},
        Reading{"date", "2024-5-1", ""}, Reading{"money", "\"120.00\"", R"(money("120.00"))"},
        Reading{"money", "120", R"(money("120.00"))"}, Reading{"money", "120.5", R"(money("120.50"))"},
        Reading{"money", "-0.01", R"(money("-0.01"))"}, Reading{"money", "120.505", ""}, Reading{"money", "12e1", ""},
        Reading{"money", "120.", ""}, Reading{"money", "\"120,00\"", ""},
        Reading{"money", "92233720368547758.07", R"(money("92233720368547758.07"))"},
        Reading{"money", "92233720368547758.08", ""}, Reading{"percent", "12.5", R"(percent("12.50"))"},
        Reading{"percent", "12.505", ""}, Reading{"days", "3", "business_days(3)"}, Reading{"days", "3.5", ""},
        Reading{"colour", "red", R"("red")"}, Reading{"colour", "Red", ""}));

TEST(ReadCase, HoldsItsBoundsOnBothSides) {
    const auto schema = good_schema(
        "vocabulary: x\nfacts:\n  text?: string\n  short?: {is: string, max_bytes: 3}\n  count?: {is: int, min: 1, "
        "max: "
        "3}\n"
        "  list?: {list: int}\n  few?: {list: int, max_items: 2}\n");
    const auto mistakes = [&](const std::string& text) { return mistakes_in(*schema, "case.yaml", text + "\n"); };
    EXPECT_EQ(mistakes("text: " + std::string(default_max_bytes, 'x')), 0u);
    EXPECT_EQ(mistakes("text: " + std::string(default_max_bytes + 1, 'x')), 1u);
    EXPECT_EQ(mistakes("short: xyz"), 0u);
    EXPECT_EQ(mistakes("short: xyzw"), 1u);
    for (const char* good : {"count: 1", "count: 3", "few: [1, 2]"}) EXPECT_EQ(mistakes(good), 0u) << good;
    for (const char* bad : {"count: 0", "count: 4", "few: [1, 2, 3]"}) EXPECT_EQ(mistakes(bad), 1u) << bad;
    std::string items = "1";
    for (std::size_t i = 1; i < default_max_items; ++i) items += ",1";
    EXPECT_EQ(mistakes("list: [" + items + "]"), 0u);
    EXPECT_EQ(mistakes("list: [" + items + ",1]"), 1u);
}

TEST(ReadCase, ChecksAReferenceOnlyWhereTheVocabularySaysSo) {
    const char* const people = "records: {Person: {fields: {id: string}}}\n";
    const std::string facts = "  people?: {map: Person, by: id}\n";
    const auto open = good_schema(std::string("vocabulary: x\n") + people +
                                  "facts:\n  owner?: {is: string, one_of: people}\n" + facts);
    const auto checked = good_schema(std::string("vocabulary: x\n") + people +
                                     "facts:\n  owner?: {is: string, one_of: people, checked: true}\n" + facts);
    const std::string stranger = "owner: bia\npeople: [{id: ana}]\n";
    EXPECT_EQ(mistakes_in(*open, "case.yaml", stranger), 0u);
    EXPECT_EQ(mistakes_in(*checked, "case.yaml", stranger), 1u);
    EXPECT_EQ(mistakes_in(*checked, "case.yaml", "owner: ana\npeople: [{id: ana}]\n"), 0u);
}

struct Location {
    const char* path;
    const char* written;
};

class Places : public testing::TestWithParam<Location> {};

TEST_P(Places, AreThoseOfTheFactOrWhatIsAroundIt) {
    const CaseFacts facts =
        good_case(shipped(), "case.yaml",
                  "client: {id: c1, appointments: [{id: a1}, {id: a2, owner: ana}]}\nstaff: [{id: ana}]\n");
    const Place place = facts.place_of(GetParam().path);
    ASSERT_TRUE(place);
    EXPECT_EQ(place.source->text().substr(place.span.begin, place.span.end - place.span.begin), GetParam().written);
}

INSTANTIATE_TEST_SUITE_P(Rows, Places,
                         testing::Values(Location{"client.id", "c1"}, Location{"client.appointments[1].owner", "ana"},
                                         Location{"client.appointments[1]", "{id: a2, owner: ana}"},
                                         Location{"client.appointments[0].owner", "{id: a1}"},
                                         Location{"client.appointments[7].owner", "[{id: a1}, {id: a2, owner: ana}]"},
                                         Location{"client.sales[0].id",
                                                  "{id: c1, appointments: [{id: a1}, {id: a2, owner: ana}]}"},
                                         Location{"staff[0].id", "ana"}, Location{"staff[", "[{id: ana}]"}));

TEST(ReadCase, TakesTimeInProportionToItsSize) {
    std::string text = "client:\n  appointments:\n";
    std::string staff = "staff:\n";
    for (int i = 0; i < 1'000; ++i) {
        text += "    - {id: a" + std::to_string(i) + ", kind: no_contact}\n";
        staff += "  - {id: p" + std::to_string(i) + "}\n";
    }
    EXPECT_EQ(mistakes_in(shipped(), "case.yaml", text + staff), 0u);
}

}  // namespace
}  // namespace praxe
