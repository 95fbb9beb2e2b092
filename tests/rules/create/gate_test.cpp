#include "rules/create/gate.hpp"

#include "tests/rules/story.hpp"

namespace {

std::string traced;  // of the last call of gate()

rules::Gate gate(const rules::Policy& policy, const std::string& address) {
    const auto mail = story::mail("From: " + address);
    rules::Trace trace;
    auto gate = creation_gate(policy, mail, mail.addressees.at(0), trace);
    EXPECT_EQ(trace.size(), 1U);
    traced = trace.back().seen + ": " + trace.back().verdict;
    return gate;
}

constexpr auto no_gmail = "<create><no-create-domain>@gmail.com</no-create-domain></create>";

TEST(Gate, IsOpenForStrangers) {
    const auto open = gate(story::policy(), "ann@acme.example");
    EXPECT_TRUE(open.open);
    EXPECT_EQ(open.outcome, rules::Outcome::create_contact);
    EXPECT_EQ(traced, "creation is on: a contact is created");
    const auto lead =
        gate(story::policy("", R"(<create lead-instead-of-contact="true"/>)"), "ann@acme.example");
    EXPECT_TRUE(lead.open);
    EXPECT_EQ(lead.outcome, rules::Outcome::create_lead);
    EXPECT_EQ(traced, "creation is on, lead-instead-of-contact: a lead is created, without an account");
}

TEST(Gate, SaysWhyItIsClosed) {
    EXPECT_EQ(gate(story::policy(), "anna@us.example").why, "this is the owner of the mailbox");
    EXPECT_EQ(gate(story::policy(), "new@us.example").why, "us.example is an own domain");
    EXPECT_EQ(gate(story::policy(), "new@lab.us.example").why, "us.example is an own domain");
    EXPECT_EQ(
        gate(story::policy("", no_gmail), "ann@GMail.com").why, "gmail.com is a no-create-domain"
    );
    EXPECT_EQ(
        gate(story::policy("", R"(<create people="false"/>)"), "ann@acme.example").why,
        "creation is off (people=\"false\")"
    );
}

TEST(Gate, ADomainThatOnlyEndsAlikeIsAnother) {
    EXPECT_TRUE(gate(story::policy(), "ann@bus.example").open);
    EXPECT_TRUE(gate(story::policy("", no_gmail), "ann@notgmail.com").open);
}

TEST(Gate, SwitchedOffIsUnmatchedAndForbiddenIsBlocked) {
    EXPECT_EQ(
        gate(story::policy("", R"(<create people="false"/>)"), "ann@acme.example").outcome,
        rules::Outcome::unmatched
    );
    EXPECT_EQ(gate(story::policy("", no_gmail), "ann@gmail.com").outcome, rules::Outcome::blocked);
}

TEST(Gate, WhatIsNoDomainIsNobody) {
    const auto why = [](const std::string& address) {
        rules::Trace trace;
        const rules::Addressee ann{address, address, "", "Ann", rules::Position::to};
        return creation_gate(story::policy(), {}, ann, trace).why;
    };
    for (const char* address :
         {"ben@us.example>, \"becker", "ann@acme example", "ann@acme.example:", "ann@"})
        EXPECT_EQ(why(address), "this is not a complete address") << address;
    EXPECT_EQ(why("ann@[ipv6:2001:db8::1]"), why("ann@acme.example"));
}

TEST(Gate, AnAddressWithoutDomainIsNobody) {
    rules::Trace trace;
    EXPECT_FALSE(
        creation_gate(story::policy(), {}, {"ann", "ann", "", "Ann", rules::Position::to}, trace)
            .open
    );
    EXPECT_FALSE(
        creation_gate(story::policy(), {}, {"@x", "@x", "x", "", rules::Position::to}, trace).open
    );
}

}  // namespace
