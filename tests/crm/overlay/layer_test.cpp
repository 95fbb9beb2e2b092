#include "crm/overlay/layer.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "rules/match/tie_break.hpp"

namespace {

using crm::Stored;
using crm::overlay::Layer;
using rules::RecordKind;

constexpr std::chrono::sys_seconds now{std::chrono::seconds(7)};

crm::NewRecord record(RecordKind kind, const std::string& key) {
    crm::NewRecord record;
    record.key = key;
    record.kind = kind;
    record.name = "Ann Bo";
    return record;
}

crm::NewRecord contact(const std::string& address) {
    auto contact = record(RecordKind::contact, "contact:" + address);
    contact.fields["email"] = address;
    return contact;
}

Stored create(Layer& layer, const crm::NewRecord& record) {
    return layer.create(record, "9", now).value();
}

rules::Facts facts(
    const Layer& layer, std::set<std::string> people, std::set<std::string> accounts = {}
) {
    rules::Need need;
    need.people = std::move(people);
    need.accounts = std::move(accounts);
    rules::Facts facts;
    layer.add_to(facts, need);
    return facts;
}

TEST(Layer, IdsSortAsNumbersDoAndBehindThoseOfTheCrm) {
    Layer layer;
    std::vector<std::string> ids{"12", "7000"};
    for (int i = 0; i < 12; ++i) {
        ids.push_back(create(layer, contact(std::to_string(i) + "@acme.example")).id);
    }
    EXPECT_EQ(ids[2], "new:00000001");
    EXPECT_EQ(ids.back(), "new:00000012");
    EXPECT_TRUE(std::ranges::is_sorted(ids, rules::lower_id));
}

TEST(Layer, APersonIsFoundByEachAddressOnce) {
    Layer layer;
    auto ann = contact("Ann@Acme.example");
    ann.fields["email2"] = "ann@home.example";
    ann.fields["email3"] = "ann@acme.example";
    create(layer, ann);
    const auto found = facts(layer, {"ann@acme.example", "ann@home.example", "x@y.example"});
    ASSERT_EQ(found.people.size(), 2U);
    const auto& contacts = found.people.at("ann@acme.example").contacts;
    ASSERT_EQ(contacts.size(), 1U);
    EXPECT_EQ(contacts[0].field_order, 0);
    EXPECT_EQ(contacts[0].owner, "9");
    EXPECT_EQ(contacts[0].modified, now);
    EXPECT_EQ(found.people.at("ann@home.example").contacts.at(0).field_order, 1);
}

TEST(Layer, AnAccountIsFoundByItsDomain) {
    Layer layer;
    auto acme = record(RecordKind::account, "account:acme.example");
    acme.fields["domain"] = "Acme.example";
    const auto stored = create(layer, acme);
    const auto found = facts(layer, {}, {"acme.example", "other.example"});
    const std::vector<rules::Account> accounts{{stored.id, "Ann Bo"}};
    EXPECT_EQ(found.accounts.at("acme.example"), accounts);
    EXPECT_FALSE(found.accounts.contains("other.example"));
}

TEST(Layer, AKeyIsThatOfItsRecordAsLongAsTheAddressesAreThose) {
    Layer layer;
    const auto ann = contact("ann@acme.example");
    EXPECT_EQ(layer.same(ann), std::nullopt);
    const auto stored = create(layer, ann);
    EXPECT_EQ(layer.same(ann), (Stored{stored.id, true}));
    auto other = ann;
    other.fields["email"] = "ann@home.example";
    EXPECT_EQ(layer.same(other), std::nullopt);
    const auto second = create(layer, other);
    EXPECT_EQ(layer.known({ann.key, "contact:nobody"}), (crm::Known{{ann.key, second.id}}));
}

TEST(Layer, WhatNobodyCreatedHereIsMissing) {
    Layer layer;
    auto ann = contact("ann@acme.example");
    ann.account = "new:00000001";
    EXPECT_EQ(layer.create(ann, "", now).error().code, crm::errc::not_found);
    ann.account = "17";
    EXPECT_EQ(create(layer, ann).id, "new:00000001") << "the CRM vouches for its own ids";
    auto deal = record(RecordKind::opportunity, "opportunity:1");
    deal.account = "new:00000001";
    EXPECT_EQ(layer.create(deal, "", now).error().code, crm::errc::not_found) << "not an account";
}

TEST(Layer, WhatIsTakenBackIsFoundNoMoreAndTheOthersAre) {
    Layer layer;
    auto acme = record(RecordKind::account, "account:acme.example");
    acme.fields["domain"] = "acme.example";
    create(layer, acme);
    auto raj = contact("raj@acme.example");
    raj.fields["email2"] = "raj@home.example";
    const auto kept = create(layer, raj);
    const auto last = create(layer, contact("ann@acme.example"));
    EXPECT_EQ(layer.undo(acme.key), crm::Undone::removed);
    const auto found = facts(
        layer, {"ann@acme.example", "raj@acme.example", "raj@home.example"}, {"acme.example"}
    );
    EXPECT_FALSE(found.accounts.contains("acme.example"));
    EXPECT_EQ(found.people.at("ann@acme.example").contacts.at(0).id, last.id);
    EXPECT_EQ(found.people.at("raj@acme.example").contacts.at(0).id, kept.id);
    EXPECT_EQ(found.people.at("raj@home.example").contacts.at(0).field_order, 1);
    EXPECT_TRUE(layer.known({acme.key}).empty());
    EXPECT_EQ(layer.created().size(), 2U);
}

TEST(Layer, NoContentsAreKept) {
    Layer layer;
    auto deal = record(RecordKind::opportunity, "opportunity:1");
    deal.fields = {{"description", std::string(1'000'000, 'x')}, {"status", "open"}};
    create(layer, deal);
    auto ann = contact("ann@acme.example");
    ann.fields["first_name"] = "Ann";
    create(layer, ann);
    EXPECT_TRUE(layer.created()[0].record.fields.empty());
    const std::map<std::string, std::string> fields{{"email", "ann@acme.example"}};
    EXPECT_EQ(layer.created()[1].record.fields, fields);
}

TEST(Layer, AMailThatTheCrmHoldsKeepsItsIdAndGainsLinks) {
    Layer layer;
    crm::NewMail mail;
    mail.key = "email:1";
    mail.links = {{RecordKind::case_, "32"}, {RecordKind::case_, "31"}, {RecordKind::case_, "31"}};
    EXPECT_EQ(layer.store(mail, "17").value(), (Stored{"17", true}));
    mail.links = {{RecordKind::contact, "5"}};
    EXPECT_EQ(layer.store(mail, "17").value(), (Stored{"17", true}));
    ASSERT_EQ(layer.stored().size(), 1U);
    const std::set<crm::Link> links{
        {RecordKind::contact, "5"}, {RecordKind::case_, "31"}, {RecordKind::case_, "32"}};
    EXPECT_EQ(layer.stored()[0].links, links);
    EXPECT_TRUE(layer.known({"email:1"}).empty()) << "it is the CRM that knows it";
}

TEST(Layer, AMailOfTheDryRunStaysWhatItIsWhenTheCrmHasItToo) {
    Layer layer;
    crm::NewMail mail;
    mail.key = "email:1";
    EXPECT_EQ(layer.store(mail, std::nullopt).value(), (Stored{"new:00000001", false}));
    EXPECT_EQ(layer.store(mail, "17").value(), (Stored{"new:00000001", true}));
}

}  // namespace
