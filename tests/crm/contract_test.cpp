// crm/contract.md, as tests: run against every Directory and Archive of the project.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "crm/embedded/embedded.hpp"
#include "crm/overlay/overlay.hpp"
#include "tests/crm/run.hpp"

namespace {

using crm::NewMail;
using crm::NewRecord;
using crm::Result;
using crm::Stored;
using rules::RecordKind;

/// A CRM under test: an empty one, with the user anna@us.example.
class Subject {
public:
    virtual ~Subject() = default;
    virtual crm::Directory& directory() = 0;
    virtual crm::Archive& archive() = 0;
    virtual std::string missing_id() const = 0;
};

NewRecord record(RecordKind kind, const std::string& key, const std::string& name) {
    NewRecord record;
    record.key = key;
    record.kind = kind;
    record.name = name;
    return record;
}

NewRecord contact(const std::string& address, const std::string& name) {
    auto contact = record(RecordKind::contact, "contact:" + address, name);
    contact.fields["email"] = address;
    contact.fields["first_name"] = name;
    contact.owner = "anna@us.example";
    return contact;
}

NewRecord account(const std::string& domain) {
    auto account = record(RecordKind::account, "account:" + domain, domain);
    account.fields["domain"] = domain;
    return account;
}

NewMail mail(const std::string& key) {
    NewMail mail;
    mail.key = key;
    mail.message_id = "<1@acme.example>";
    mail.subject = "Offer";
    mail.text = "Hello";
    mail.addresses = {{"from", "Ann Bo", "ann@acme.example"}, {"to", "", "anna@us.example"}};
    mail.attachments = {{"offer.pdf", "application/pdf", std::string("%PDF\0\xff", 6)}};
    mail.mailbox = "anna@us.example";
    mail.original = std::make_shared<const std::string>("Subject: Offer\r\n\r\nHello");
    return mail;
}

NewRecord anna() {
    auto user = record(RecordKind::user, "user:anna", "Anna Berg");
    user.fields["email"] = "anna@us.example";
    return user;
}

class EmbeddedSubject final : public Subject {
public:
    explicit EmbeddedSubject(boost::asio::io_context& context)
        : crm_(crm::embedded::open_embedded("sqlite::memory:", crm::embedded::Opening::create)
                   .value()) {
        crm_test::run(context, crm_->create(anna())).value();
    }
    crm::Directory& directory() override { return *crm_; }
    crm::Archive& archive() override { return *crm_; }
    std::string missing_id() const override { return "4711"; }

private:
    std::unique_ptr<crm::embedded::Embedded> crm_;
};

class OverlaySubject final : public Subject {
public:
    explicit OverlaySubject(boost::asio::io_context& context)
        : base_(context), overlay_(base_.directory(), [] { return std::chrono::sys_seconds(); }) {}
    crm::Directory& directory() override { return overlay_; }
    crm::Archive& archive() override { return overlay_; }
    std::string missing_id() const override { return "new:00004711"; }

private:
    EmbeddedSubject base_;
    crm::overlay::Overlay overlay_;
};

class Contract : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        if (std::string(GetParam()) == "embedded") {
            subject_ = std::make_unique<EmbeddedSubject>(context_);
        } else {
            subject_ = std::make_unique<OverlaySubject>(context_);
        }
    }

    Result<Stored> create(NewRecord record) {
        return crm_test::run(context_, subject_->archive().create(std::move(record)));
    }
    Result<Stored> store(NewMail mail) {
        return crm_test::run(context_, subject_->archive().store(std::move(mail)));
    }
    rules::Facts answer(std::set<std::string> people, std::set<std::string> accounts = {}) {
        rules::Need need;
        need.people = std::move(people);
        need.accounts = std::move(accounts);
        return crm_test::run(context_, subject_->directory().answer(std::move(need))).value();
    }
    crm::Known known(std::set<std::string> keys) {
        return crm_test::run(context_, subject_->directory().known(std::move(keys))).value();
    }

    boost::asio::io_context context_;
    std::unique_ptr<Subject> subject_;
};

INSTANTIATE_TEST_SUITE_P(
    Every,
    Contract,
    testing::Values("embedded", "overlay"),
    [](const auto& i) { return std::string(i.param); }
);

TEST_P(Contract, EveryKeyThatWasAskedIsAnsweredAlsoWhenNothingIsFound) {
    const auto facts = answer({"nobody@acme.example"}, {"acme.example"});
    ASSERT_TRUE(facts.people.contains("nobody@acme.example"));
    EXPECT_EQ(facts.people.at("nobody@acme.example"), rules::Person{});
    ASSERT_TRUE(facts.accounts.contains("acme.example"));
    EXPECT_TRUE(facts.accounts.at("acme.example").empty());
}

TEST_P(Contract, ACreatedContactIsFoundWithItsAccountAndOwner) {
    const auto company = create(account("acme.example")).value();
    auto person = contact("ann@acme.example", "Ann Bo");
    person.account = company.id;
    const auto stored = create(person).value();
    EXPECT_FALSE(stored.existed);

    const auto facts = answer({"ann@acme.example", "anna@us.example"}, {"acme.example"});
    const auto& found = facts.people.at("ann@acme.example").contacts;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, stored.id);
    EXPECT_EQ(found[0].name, "Ann Bo");
    EXPECT_EQ(found[0].account, company.id);
    const auto& users = facts.people.at("anna@us.example").users;
    ASSERT_EQ(users.size(), 1U);
    EXPECT_EQ(found[0].owner, users[0].id);
    const std::vector<rules::Account> accounts{{company.id, "acme.example"}};
    EXPECT_EQ(facts.accounts.at("acme.example"), accounts);
}

TEST_P(Contract, AnAddressIsFoundWhateverItsCase) {
    create(contact("Ann.Bo@Acme.Example", "Ann Bo")).value();
    EXPECT_EQ(answer({"ann.bo@acme.example"}).people.at("ann.bo@acme.example").contacts.size(), 1U);
}

TEST_P(Contract, TheSecondAddressIsFoundWithItsPlace) {
    auto person = contact("ann@acme.example", "Ann Bo");
    person.fields["email2"] = "ann@home.example";
    create(person).value();
    const auto found = answer({"ann@home.example"}).people.at("ann@home.example").contacts;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].field_order, 1);
}

TEST_P(Contract, ALeadThatBecameAContactNamesIt) {
    const auto person = create(contact("ann@acme.example", "Ann Bo")).value();
    auto lead = record(RecordKind::lead, "lead:ann", "Ann Bo");
    lead.fields["email"] = "ann@fair.example";
    lead.contact = person.id;
    create(lead).value();
    const auto found = answer({"ann@fair.example"}).people.at("ann@fair.example").leads;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].converted_to, person.id);
}

TEST_P(Contract, TheSameKeyGivesTheSameRecordAndChangesNothing) {
    const auto first = create(contact("ann@acme.example", "Ann Bo")).value();
    auto again = contact("ann@acme.example", "Another Name");
    again.fields["phone"] = "+44 20";
    const auto second = create(again).value();
    EXPECT_EQ(second, (Stored{first.id, true}));
    const auto facts = answer({"ann@acme.example"});
    ASSERT_EQ(facts.people.at("ann@acme.example").contacts.size(), 1U);
    EXPECT_EQ(facts.people.at("ann@acme.example").contacts.at(0).name, "Ann Bo");
}

TEST_P(Contract, AKeyWhoseRecordIsFoundOtherwiseBelongsToTheNextOne) {
    const auto first = create(contact("ann@acme.example", "Ann Bo")).value();
    auto moved = contact("ann@acme.example", "Ann Bo");
    moved.fields["email"] = "ann@home.example";
    const auto second = create(moved).value();
    EXPECT_FALSE(second.existed);
    EXPECT_NE(second.id, first.id);
    EXPECT_EQ(create(moved).value(), (Stored{second.id, true}));
}

TEST_P(Contract, KeysThatAreTakenAreNamedAndFreeOnesAbsent) {
    const auto ann = create(contact("ann@acme.example", "Ann Bo")).value();
    const auto letter = store(mail("mid:1@acme.example")).value();
    const crm::Known taken{{"contact:ann@acme.example", ann.id}, {"mid:1@acme.example", letter.id}};
    EXPECT_EQ(
        known({"contact:ann@acme.example", "mid:1@acme.example", "mid:2@acme.example"}), taken
    );
    EXPECT_TRUE(known({"Contact:ann@acme.example", "contact:%", ""}).empty());
    EXPECT_TRUE(known({}).empty());
}

TEST_P(Contract, AskingForAKeyDoesNotTakeIt) {
    EXPECT_TRUE(known({"contact:ann@acme.example"}).empty());
    EXPECT_FALSE(create(contact("ann@acme.example", "Ann Bo")).value().existed);
}

TEST_P(Contract, TheKeyOfARefusedCallIsFree) {
    auto person = contact("ann@acme.example", "Ann Bo");
    person.account = subject_->missing_id();
    EXPECT_TRUE(create(person).has_error());
    EXPECT_TRUE(known({"contact:ann@acme.example"}).empty());
}

TEST_P(Contract, ParallelCallsWithOneKeyMakeOneRecord) {
    std::vector<boost::asio::awaitable<Result<Stored>>> calls;
    for (int i = 0; i < 100; ++i) {
        calls.push_back(subject_->archive().create(contact("ann@acme.example", "Ann Bo")));
    }
    const auto results = crm_test::run_all(context_, std::move(calls));
    int created = 0;
    for (const auto& result : results) {
        EXPECT_EQ(result.value().id, results.front().value().id);
        if (!result.value().existed) ++created;
    }
    EXPECT_EQ(created, 1);
    EXPECT_EQ(answer({"ann@acme.example"}).people.at("ann@acme.example").contacts.size(), 1U);
}

TEST_P(Contract, ARecordOfAnAccountThatIsGoneIsNotCreated) {
    auto person = contact("ann@acme.example", "Ann Bo");
    person.account = subject_->missing_id();
    EXPECT_EQ(create(person).error().code, crm::errc::not_found);
    EXPECT_TRUE(answer({"ann@acme.example"}).people.at("ann@acme.example").contacts.empty());
    person.account = std::nullopt;
    EXPECT_FALSE(create(person).value().existed) << "a refused call must not use up its key";
}

TEST_P(Contract, AMailIsStoredOnceAndGainsLinks) {
    const auto ann = create(contact("ann@acme.example", "Ann Bo")).value();
    const auto raj = create(contact("raj@acme.example", "Raj Patel")).value();
    auto letter = mail("mid:1@acme.example");
    letter.links = {{RecordKind::contact, ann.id}};
    const auto first = store(letter).value();
    EXPECT_FALSE(first.existed);
    letter.links = {{RecordKind::contact, raj.id}, {RecordKind::contact, raj.id}};
    EXPECT_EQ(store(letter).value(), (Stored{first.id, true}));
}

TEST_P(Contract, AMailWithALinkToNothingIsNotStored) {
    auto letter = mail("mid:1@acme.example");
    letter.links = {{RecordKind::contact, subject_->missing_id()}};
    EXPECT_EQ(store(letter).error().code, crm::errc::not_found);
    letter.links.clear();
    EXPECT_FALSE(store(letter).value().existed);
}

TEST_P(Contract, HostileTextSurvivesUnchangedAndChangesNoQuery) {
    const std::vector<std::string> hostile{
        "Robert'); DROP TABLE records;--",
        "\"quoted\" 'name'",
        "100% _under_ \\back\\",
        "a\tb\nc",
        std::string("nul\0inside", 10),
        "\U0001F4E7 \U0002070E e\u0301",
        "",
        "?1 ?2 :a @b"};
    int number = 0;
    for (const auto& text : hostile) {
        const auto address = text + std::to_string(++number) + "@acme.example";
        const auto stored = create(contact(address, text)).value();
        const auto facts = answer({address});
        const auto& found = facts.people.at(address).contacts;
        ASSERT_EQ(found.size(), 1U) << number;
        EXPECT_EQ(found[0].id, stored.id);
        EXPECT_EQ(found[0].name, text);
    }
}

TEST_P(Contract, WildcardsInAnAddressFindNobodyElse) {
    create(contact("carla@acme.example", "Carla")).value();
    const auto facts = answer({"c_rla@acme.example", "%@acme.example"}, {"%", "_cme.example"});
    EXPECT_TRUE(facts.people.at("c_rla@acme.example").contacts.empty());
    EXPECT_TRUE(facts.people.at("%@acme.example").contacts.empty());
    EXPECT_TRUE(facts.accounts.at("%").empty());
}

TEST_P(Contract, TheSameQuestionGetsTheSameAnswer) {
    for (const auto* name : {"Zoe", "Ann", "Mia"}) {
        auto person = contact("office@acme.example", name);
        person.key = name;
        create(person).value();
    }
    const auto first = answer({"office@acme.example"});
    EXPECT_EQ(first.people.at("office@acme.example").contacts.size(), 3U);
    EXPECT_EQ(first, answer({"office@acme.example"}));
}

}  // namespace
