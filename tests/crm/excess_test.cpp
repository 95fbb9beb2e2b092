#include "crm/excess.hpp"

#include <gtest/gtest.h>

#include "crm/limits.hpp"

namespace {

namespace limits = crm::limits;

/// The reason of the refusal, "" for none.
template <class New>
std::string refused(const New& what) {
    const auto error = crm::excess(what);
    if (!error) return "";
    EXPECT_EQ(error->code, crm::errc::refused);
    return error->text;
}

crm::NewRecord record() {
    crm::NewRecord record;
    record.key = "contact:ann@acme.example";
    record.name = "Ann Bo";
    record.fields = {{"email", "ann@acme.example"}};
    return record;
}

crm::NewMail mail() {
    crm::NewMail mail;
    mail.key = "email:1";
    mail.subject = "Offer";
    return mail;
}

TEST(Excess, WhatIsOrdinaryIsTaken) {
    EXPECT_EQ(refused(record()), "");
    EXPECT_EQ(refused(mail()), "");
}

TEST(Excess, ARecordNeedsAKeyAndHasBounds) {
    auto large = record();
    large.key.clear();
    EXPECT_EQ(refused(large), "a record without a key of idempotency");
    large.key = std::string(limits::key + 1, 'k');
    EXPECT_EQ(refused(large), "the key of a record is too long");
    large = record();
    large.name = std::string(limits::text + 1, 'n');
    EXPECT_EQ(refused(large), "the name of a contact is too long");
    large = record();
    large.fields[std::string(limits::text + 1, 'f')] = "";
    EXPECT_EQ(refused(large), "field \"" + std::string(100, 'f') + "\" is too long");
}

TEST(Excess, AMailNeedsAKeyAndHasBounds) {
    const std::string start = "the mail \"Offer\" cannot be archived: ";
    auto large = mail();
    large.key.clear();
    EXPECT_EQ(refused(large), start + "its key is missing or too long");
    large = mail();
    large.message_id = std::string(limits::text + 1, 'i');
    EXPECT_EQ(refused(large), start + "the Message-ID is too long");
    large = mail();
    large.attachments.resize(limits::attachments + 1);
    EXPECT_EQ(refused(large), start + "it has too many attachments");
    large = mail();
    large.links.resize(limits::links + 1);
    EXPECT_EQ(refused(large), start + "it has too many links");
    large = mail();
    large.addresses = {{"to", std::string(limits::text + 1, 'n'), "ann@acme.example"}};
    EXPECT_EQ(refused(large), start + "an address is too long");
}

TEST(Excess, WhatJustFitsIsTaken) {
    auto large = mail();
    large.subject = std::string(limits::text, 's');
    large.attachments.resize(limits::attachments);
    large.links.resize(limits::links);
    large.addresses.resize(limits::addresses);
    EXPECT_EQ(refused(large), "");
}

}  // namespace
