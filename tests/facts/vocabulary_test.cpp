// The shipped vocabulary says what absence and the future mean, exactly as agreed and nowhere else.
#include <set>

#include "facts/read.hpp"

namespace praxe {
namespace {

using Names = std::set<std::string>;

/// `Record.field` of every field for which `holds`.
template <typename Predicate>
Names fields_where(Predicate holds) {
    Names names;
    const auto add = [&](const RecordType& record) {
        for (const Field& field : record.fields) {
            if (holds(record, field)) names.insert(record.name + "." + field.name);
        }
    };
    for (const auto& [name, record] : shipped().records) add(*record);
    add(shipped().facts);
    return names;
}

TEST(Vocabulary, ReadsTheseFlagsAsFalseWhenAbsent) {
    const Names flags = fields_where([](const RecordType&, const Field& field) { return field.absent.has_value(); });
    EXPECT_EQ(flags, (Names{"Appointment.quote_sent", "Inactivation.replied", "Request.speculative", "Request.campaign",
                            "Request.transfer_unanswered", "Sale.campaign", "CaseSale.campaign", "Client.key_account",
                            "Client.market_affected", "Client.do_not_contact", "Quote.consultative", "Registration.new",
                            "ThirdParty.confirmed"}));
    EXPECT_EQ(fields_where([](const RecordType&, const Field& field) { return field.absent.value_or(false); }),
              Names{});
}

TEST(Vocabulary, ReadsEveryListOfARecordAsEmptyWhenAbsent) {
    const Names others = fields_where([](const RecordType&, const Field& field) {
        const bool list = field.type.kind == TypeKind::list || field.type.kind == TypeKind::map;
        return list && !field.absent_empty;
    });
    EXPECT_EQ(others, (Names{"case.staff", "case.registrations"})) << "these a decision needs, or it is left out";
    const Names records = fields_where([](const RecordType&, const Field& field) {
        return field.type.kind == TypeKind::record && field.absent_empty;
    });
    EXPECT_EQ(records, (Names{"case.base", "case.request"}));
}

TEST(Vocabulary, KnowsWhichInstantsHappen) {
    const Names happening = fields_where([](const RecordType&, const Field& field) { return field.happens; });
    EXPECT_EQ(happening,
              (Names{"Appointment.renewed_at", "Appointment.approved_at", "Appointment.closed_at", "CaseSale.paid_at",
                     "CaseSale.refunded_at", "Inactivation.last_contact_at", "Invoice.paid_at", "Invoice.forgiven_at",
                     "Invoice.listed_at", "Invoice.protested_at", "Invoice.released_at", "Invoice.receipt_at",
                     "Invoice.written_off_at", "Meeting.confirmed_at", "Quote.replied_at", "Registration.told_at",
                     "Sale.paid_at", "Sale.refunded_at", "ThirdParty.holder_validated_at"}));
    const Names since = fields_where([](const RecordType& record, const Field& field) {
        return record.since >= 0 && &record.fields[static_cast<std::size_t>(record.since)] == &field;
    });
    EXPECT_EQ(since,
              (Names{"Appointment.created_at", "CaseSale.at", "CollectionStep.at", "Inactivation.at", "Interaction.at",
                     "Payment.at", "Quote.sent_at", "Refund.at", "Sale.at", "Training.requested_at"}));
    const Names plans = fields_where([](const RecordType& record, const Field& field) {
        const bool is_since = record.since >= 0 && &record.fields[static_cast<std::size_t>(record.since)] == &field;
        return field.type.kind == TypeKind::timestamp && !field.happens && !is_since;
    });
    EXPECT_EQ(plans, (Names{"Appointment.scheduled_for", "Interaction.for_at", "Meeting.at", "Registration.created_at",
                            "case.at"}));
}

TEST(Vocabulary, DatesWhatOthersDidByWhenTheyDidIt) {
    const Names dated = fields_where([](const RecordType&, const Field& field) { return field.dated_by >= 0; });
    EXPECT_EQ(dated, (Names{"Appointment.approved_by", "Appointment.closed_by", "Sale.paid", "Sale.refunded",
                            "CaseSale.paid", "CaseSale.refunded"}));
    const RecordType& appointment = *shipped().records.at("Appointment");
    const Field& approver = appointment.fields[static_cast<std::size_t>(appointment.find("approved_by"))];
    EXPECT_EQ(appointment.fields[static_cast<std::size_t>(approver.dated_by)].name, "approved_at");
}

TEST(Vocabulary, NeedsAlmostNothingToBeRead) {
    EXPECT_EQ(fields_where([](const RecordType&, const Field& field) { return field.required; }), Names{"Staff.id"});
    EXPECT_EQ(mistakes_in(shipped(), "case.yaml", "{}"), 0u);
}

TEST(Vocabulary, LeavesUnknownStaffToTheDecisions) {
    EXPECT_EQ(fields_where([](const RecordType&, const Field& field) { return field.checked; }), Names{});
}

TEST(Vocabulary, KeepsMoneyFromGoingBelowNothing) {
    const Names unbounded = fields_where(
        [](const RecordType&, const Field& field) { return field.type.kind == TypeKind::money && field.minimum != 0; });
    EXPECT_EQ(unbounded, Names{});
}

TEST(Schema, ReadsEveryAttribute) {
    const auto schema = good_schema(R"(
vocabulary: small
closed_sets: {colour: [red, green]}
records:
  Item:
    since: made_at
    key: id
    assume: [price > money("0.00"), 'colour != "red"']
    fields:
      id: {is: string, max_bytes: 10, fixed: true}
      colour?: colour
      price?: {is: money, min: "0.01", max: "10.00", with: paid_at}
      paid_at?: {is: timestamp, happens: true}
      made_at: timestamp
      colours?: {list: colour, max_items: 3, absent: []}
      next?: Item
facts:
  items?: {map: Item, by: id, max_items: 5, absent: {}}
  best?: {is: string, one_of: items, checked: true}
  sold?: {is: bool, absent: true}
)");
    ASSERT_TRUE(schema);
    EXPECT_EQ(schema->name, "small");
    EXPECT_EQ(schema->closed_sets.at("colour").members, (std::vector<std::string>{"red", "green"}));
    const RecordType& item = *schema->records.at("Item");
    const auto field = [](const RecordType& record, std::string_view name) -> const Field& {
        return record.fields.at(static_cast<std::size_t>(record.find(name)));
    };
    EXPECT_EQ(item.since, item.find("made_at"));
    EXPECT_EQ(item.key, item.find("id"));
    ASSERT_EQ(item.assumptions.size(), 2u);
    EXPECT_EQ(item.assumptions[1].text.text, "colour != \"red\"");
    EXPECT_TRUE(field(item, "id").required);
    EXPECT_TRUE(field(item, "id").fixed);
    EXPECT_EQ(field(item, "id").max_bytes, 10u);
    EXPECT_EQ(to_string(field(item, "colour").type), "colour");
    EXPECT_EQ(field(item, "colour").type.kind, TypeKind::enumeration);
    EXPECT_EQ(field(item, "price").minimum, 1);
    EXPECT_EQ(field(item, "price").maximum, 1000);
    EXPECT_EQ(field(item, "price").dated_by, item.find("paid_at"));
    EXPECT_TRUE(field(item, "paid_at").happens);
    EXPECT_EQ(to_string(field(item, "colours").type), "list(colour)");
    EXPECT_EQ(field(item, "colours").max_items, 3u);
    EXPECT_TRUE(field(item, "colours").absent_empty);
    EXPECT_EQ(field(item, "next").type.record, &item);
    const RecordType& facts = schema->facts;
    EXPECT_EQ(to_string(field(facts, "items").type), "map(string, Item)");
    EXPECT_EQ(field(facts, "items").key, "id");
    EXPECT_TRUE(field(facts, "items").absent_empty);
    EXPECT_EQ(field(facts, "best").one_of, "items");
    EXPECT_TRUE(field(facts, "best").checked);
    EXPECT_EQ(field(facts, "sold").absent, true);
    EXPECT_EQ(facts.find("none"), -1);
}

}  // namespace
}  // namespace praxe
