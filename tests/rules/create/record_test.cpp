#include "rules/create/record.hpp"

#include "tests/rules/story.hpp"

namespace {

TEST(NewPerson, IsNamedAndKeyedByTheAddress) {
    const auto mail = story::mail("From: \"Bo, Ann\" <Ann.Bo@acme.example>");
    const auto person = new_person(rules::RecordKind::contact, mail.addressees.at(0));
    EXPECT_EQ(person.key, "contact:ann.bo@acme.example");
    EXPECT_EQ(person.name, "Ann Bo");
    EXPECT_EQ(
        person.fields,
        (std::map<std::string, std::string>{
            {"email", "Ann.Bo@acme.example"}, {"first_name", "Ann"}, {"last_name", "Bo"}})
    );
    EXPECT_EQ(
        new_person(rules::RecordKind::lead, mail.addressees.at(0)).key, "lead:ann.bo@acme.example"
    );
}

TEST(NewRecord, IsNamedByTheSubjectOnOneLine) {
    EXPECT_EQ(
        new_record(story::mail("Subject:  Re:  Offer \n  2", "create-new/quote"), "k", nullptr).name,
        "Re: Offer 2"
    );
}

TEST(NewRecord, WithoutASubjectItIsNamedByTheSender) {
    EXPECT_EQ(
        new_record(story::mail("From: Ann Bo <ann@x.example>"), "k", nullptr).name, "Mail from Ann Bo"
    );
    EXPECT_EQ(
        new_record(story::mail("From: ann@x.example\nSubject: "), "k", nullptr).name,
        "Mail from ann@x.example"
    );
    EXPECT_EQ(new_record(story::mail("To: ann@x.example"), "k", nullptr).name, "Mail without subject");
}

TEST(NewRecord, TheKeyIsTheSameForEveryCopyOfTheMail) {
    auto copy = story::mail("From: ann@x.example\nTo: ben@us.example", "create-new/case");
    copy.owner.addresses = {"ben@us.example"};
    EXPECT_EQ(
        record_key(copy, false),
        record_key(story::mail("From: ann@x.example", "create-new/case"), false)
    );
}

TEST(PrimaryParty, IsTheSenderOfAReceivedAndTheFirstRecipientOfASentMail) {
    const rules::Reference from{rules::RecordKind::contact, "f", false},
        to{rules::RecordKind::contact, "t", false}, cc{rules::RecordKind::contact, "c", false};
    const std::vector<rules::Party> all{
        {rules::Position::from, from, {}},
        {rules::Position::to, to, {}},
        {rules::Position::cc, cc, {}}};
    EXPECT_EQ(primary_party(all, rules::Direction::received)->contact, from);
    EXPECT_EQ(primary_party(all, rules::Direction::sent)->contact, to);
    EXPECT_EQ(primary_party({all[2]}, rules::Direction::sent)->contact, cc);
    EXPECT_EQ(primary_party({all[1], all[2]}, rules::Direction::received)->contact, to);
    EXPECT_EQ(primary_party({}, rules::Direction::received), nullptr);
}

TEST(Record, ItsKeyIsThatOfTheMailOrOfMailAndMailbox) {
    const auto mail = story::mail("Subject: x", "create-new/case");
    EXPECT_EQ(rules::record_key(mail, false), "case:" + mail.fingerprint);
    EXPECT_EQ(rules::record_key(mail, true), "case:" + mail.fingerprint + "@anna@us.example");
    EXPECT_EQ(rules::mail_key(mail), "email:" + mail.fingerprint);
}

}  // namespace
