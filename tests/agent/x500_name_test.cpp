#include "agent/x500_name.hpp"

#include <gtest/gtest.h>

#include "mime/address.hpp"
#include "mime/parse.hpp"

namespace {

using Names = std::vector<std::string>;

TEST(ForeignAddress, IsAnX500NameBareOrWrapped) {
    const std::string ben = "/o=Us/ou=Exchange (FYD)/cn=ben.o";
    EXPECT_EQ(agent::foreign_address("/o=Us/ou=Exchange (FYD)/cn=ben.o"), ben);
    EXPECT_EQ(agent::foreign_address("EX:/o=Us/ou=Exchange (FYD)/cn=ben.o"), ben);
    EXPECT_EQ(
        agent::foreign_address("IMCEAEX-_o=Us_ou=Exchange+20+28FYD+29_cn=ben+2Eo@us.example"), ben
    );
    EXPECT_EQ(agent::foreign_address("imceaex-_O=US_CN=BEN+"), "/O=US/CN=BEN+");
}

TEST(ForeignAddress, IsThatOfAFaxOrAnotherPostOfficeToo) {
    EXPECT_EQ(agent::foreign_address("FAX:+49 30 1"), "FAX:+49 30 1");
    EXPECT_EQ(agent::foreign_address("IMCEAFAX-Ann+40+2B49@us.example"), "FAX:Ann@+49");
    EXPECT_EQ(
        agent::foreign_address("IMCEASMTP-ann+40acme+2Eexample@us.example"), "ann@acme.example"
    );
}

TEST(ForeignAddress, IsNoneOfThoseOfPeopleOutside) {
    for (const char* one :
         {"",
          "ann@acme.example",
          "o=us@acme.example",
          "imcea@acme.example",
          "imcea@a-b.example",
          "ex@acme.example",
          "ann"})
        EXPECT_EQ(agent::foreign_address(one), std::nullopt) << one;
}

TEST(WrappedName, IsAnAddressThatUnwrapsToTheName) {
    const std::string name = "/o=Us/ou=A (B)/cn=Zoë_1";
    const std::string address = agent::wrapped_name(name);
    EXPECT_EQ(address, "IMCEAEX-_o=Us_ou=A+20+28B+29_cn=Zo+C3+AB+5F1@x500.invalid");
    EXPECT_EQ(agent::foreign_address(address), name);
}

TEST(WrappedName, IsToldFromABareOne) {
    EXPECT_TRUE(agent::is_wrapped("IMCEAEX-_o=Us_cn=ben@us.example"));
    for (const char* one : {"/o=Us/cn=ben", "EX:/o=Us/cn=ben", "imcea@acme.example"})
        EXPECT_FALSE(agent::is_wrapped(one)) << one;
}

TEST(X500Names, AreThoseOfTheAddresseesEachOnce) {
    const auto message = mime::parse(
        "From: Ben </O=US/CN=BEN>\r\nTo: Ben <IMCEAEX-_o=us_cn=ben@us.example>,\r\n"
        " Cy <IMCEAEX-_o=us_cn=cy@us.example>, Ann <ann@acme.example>\r\nCc: <FAX:1>\r\n\r\n"
    );
    EXPECT_EQ(agent::x500_names(message), (Names{"/O=US/CN=BEN", "/o=us/cn=cy"}));
    EXPECT_TRUE(agent::is_from_foreign(message));
}

TEST(X500Names, MayStandInAHeadOnlyWhereItLooksLikeIt) {
    EXPECT_TRUE(agent::may_hold_x500_names("From: Ben <imceaEX-_o=us@us.example>"));
    EXPECT_TRUE(agent::may_hold_x500_names("From: Ben </O=US>"));
    EXPECT_FALSE(agent::may_hold_x500_names("Thread-Index: a\r\nX-MS-Exchange-Index: b\r\n"));
}

class Readdress : public testing::Test {
protected:
    mime::Message message_ = mime::parse(
        "From: Ben Okafor <IMCEAEX-_o=us_cn=ben@us.example>\r\n"
        "To: </O=US/CN=Cy>, Ann <ann@acme.example>,\r\n Bo "
        "<IMCEASMTP-bo+40acme+2Eexample@mail.us.example>\r\n"
        "Cc: Fax <FAX:123>\r\n\r\n"
    );
    std::string people() const {
        std::string text;
        for (const auto* list : {&message_.from, &message_.to, &message_.cc})
            for (const auto& one : *list) text += one.name + " <" + one.address + ">\n";
        return text;
    }
    Names readdress(const agent::AddressBook& book) {
        Names told;
        for (const auto& problem : agent::readdress(message_, book, {"us.example"}))
            told.push_back(problem.where + ": " + problem.what);
        return told;
    }
};

TEST_F(Readdress, PutsTheSmtpAddressWhereTheServerKnowsIt) {
    EXPECT_EQ(
        readdress({"", {{"/o=us/cn=ben", "ben@us.example"}, {"/o=us/cn=cy", "cy@us.example"}}}),
        Names{
            "server: Fax in Cc has no SMTP address, only an internal one that the server does not "
            "resolve; left out"}
    );
    EXPECT_EQ(
        people(),
        "Ben Okafor <ben@us.example>\n <cy@us.example>\nAnn <ann@acme.example>\n"
        "Bo <bo@acme.example>\nFax <>\n"
    );
}

TEST_F(Readdress, LeavesWhoeverIsUnknownWithoutAnAddressAndNeverShowsTheName) {
    const Names told = readdress({});
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(
        told[0],
        "server: Ben Okafor in From has no SMTP address, only an internal one that the server does "
        "not resolve; left out"
    );
    EXPECT_EQ(
        people(), "Ben Okafor <>\nCy <>\nAnn <ann@acme.example>\nBo <bo@acme.example>\nFax <>\n"
    );
}

TEST_F(Readdress, FromIsWhoTheItemSaysAlsoWhereTheMailHasNoAddressAtAll) {
    EXPECT_EQ(readdress({"ben@us.example", {}}).size(), 2U);
    EXPECT_EQ(message_.from.front().address, "ben@us.example");
    for (const std::string name : {"Ben Okafor", "Ben"}) {
        message_ = mime::parse("From: " + name + "\r\n\r\n");
        EXPECT_EQ(readdress({"ben@us.example", {}}), Names{});
        EXPECT_EQ(people(), name + " <ben@us.example>\n");
    }
}

TEST_F(Readdress, ANameThatSomebodyOutsideHasWrappedIsHisAddressAndNobodyElses) {
    const agent::AddressBook book{"", {{"/o=us/cn=boss", "boss@us.example"}}};
    for (const std::string stranger :
         {"IMCEAEX-_o=us_cn=boss@attacker.example",
          "IMCEASMTP-boss+40us+2Eexample@attacker.example",
          "IMCEAEX-_o=us_cn=boss@x500.invalid"}) {
        message_ = mime::parse("From: Boss <" + stranger + ">\r\n\r\n");
        EXPECT_EQ(readdress(book), Names{});
        EXPECT_EQ(people(), "Boss <" + stranger + ">\n");
        message_ = mime::parse("From: Boss <" + stranger + ">\r\n\r\n");
        EXPECT_EQ(readdress({stranger, book.smtp}), Names{}) << "so says the server as well";
        EXPECT_EQ(people(), "Boss <" + stranger + ">\n");
    }
    message_ = mime::parse(
        "From: <x@attacker.example>\r\nTo: Boss <IMCEAEX-_o=us_cn=boss@attacker.example>,\r\n"
        " Boss <IMCEAEX-_o=us_cn=boss@x500.invalid>\r\n\r\n"
    );
    EXPECT_EQ(readdress(book), Names{});
    EXPECT_EQ(
        people(),
        " <x@attacker.example>\nBoss <IMCEAEX-_o=us_cn=boss@attacker.example>\n"
        "Boss <boss@us.example>\n"
    );
}

TEST_F(Readdress, ABareNameInFromCountsOnlyWhereTheServerSaysThatTheMailIsFromInside) {
    agent::AddressBook book{"", {{"/o=us/cn=boss", "boss@us.example"}}};
    message_ = mime::parse("From: Boss </o=us/cn=boss>\r\n\r\n");
    EXPECT_EQ(readdress(book).size(), 1U);
    EXPECT_EQ(people(), "Boss <>\n");
    book.is_inside = true;
    for (const std::string name : {"/o=us/cn=boss", "IMCEAEX-_o=us_cn=boss@inside.example"}) {
        message_ = mime::parse("From: Boss <" + name + ">\r\n\r\n");
        EXPECT_EQ(readdress(book), Names{});
        EXPECT_EQ(people(), "Boss <boss@us.example>\n");
    }
}

TEST_F(Readdress, DoesNothingToAddressesThatPeopleHaveOutside) {
    message_ = mime::parse("From: Ann <ann@acme.example>\r\n\r\n");
    EXPECT_EQ(readdress({"somebody@else.example", {}}), Names{});
    EXPECT_EQ(people(), "Ann <ann@acme.example>\n");
}

}  // namespace
