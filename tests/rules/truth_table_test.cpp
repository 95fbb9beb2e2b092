// The table of must-match, exclusive-users and creation, row by row, for each door: what becomes of
// an addressee who is a user, of an unknown one, of a mail among users, of a mail that matches nobody.
#include <gtest/gtest.h>

#include "tests/rules/story.hpp"

namespace {

struct Row {
    bool must_match, exclusive_users, create;
    std::string user, unknown, among_users, among_employees_known_as_contacts, nobody;
};

const std::vector<Row> table{
    {true, true, true, "user", "create-contact", "skip", "skip", "archive"},
    {true, false, true, "create-contact", "create-contact", "archive", "archive", "archive"},
    {true, true, false, "user", "unmatched", "skip", "skip", "skip"},
    {true, false, false, "unmatched", "unmatched", "skip", "archive", "skip"},
    {false, true, true, "user", "create-contact", "archive", "archive", "archive"},
    {false, false, true, "create-contact", "create-contact", "archive", "archive", "archive"},
    {false, true, false, "user", "unmatched", "archive", "archive", "archive"},
    {false, false, false, "unmatched", "unmatched", "archive", "archive", "archive"},
};

using Case = std::tuple<std::string, std::size_t>;  // role and row
class TruthTable : public testing::TestWithParam<Case> {
protected:
    const Row& row() const { return table[std::get<1>(GetParam())]; }

    rules::Policy policy() const {
        const auto value = [](bool on) { return std::string(on ? "true" : "false"); };
        const auto options = "must-match=\"" + value(row().must_match) + "\" exclusive-users=\"" +
                             value(row().exclusive_users) + "\"";
        const auto filter = "<no-create-domain>free.example</no-create-domain>";
        const auto create = "<create people=\"" + value(row().create) + "\">" +
                            (row().create ? filter : "") + "</create>";
        if (role() == "create-new/email") return story::policy(options, create);
        const auto door =
            "<" + role() + " enabled=\"true\" " + options + ">" + create + "</" + role() + ">";
        return story::policy("", "", door);
    }

    rules::Decision decide(const std::string& headers, const std::string& world) const {
        auto mail = story::mail(headers, role());
        mail.categories = {"Company CRM"};
        return story::tell(policy(), mail, story::crm(world)).decision;
    }

    std::string role() const { return std::get<0>(GetParam()); }
};

constexpr auto users = "ben@them.example user u2\ncarl@them.example user u3\n";

TEST_P(TruthTable, AnAddresseeWhoIsAUser) {
    const auto world = std::string(users) + "ann@acme.example contact c1";
    const auto decision = decide("From: ann@acme.example\nTo: ben@them.example", world);
    EXPECT_EQ(to_text(decision.addressees.at(1).outcome), row().user);
    EXPECT_EQ(decision.verdict, rules::Verdict::archive);
}

TEST_P(TruthTable, AnUnknownAddressee) {
    const auto decision =
        decide("From: new@acme.example\nTo: ann@acme.example", "ann@acme.example contact c1");
    EXPECT_EQ(to_text(decision.addressees.at(0).outcome), row().unknown);
    EXPECT_EQ(decision.verdict, rules::Verdict::archive);
}

TEST_P(TruthTable, AllAddresseesAreUsers) {
    const auto headers = "From: ben@them.example\nTo: carl@them.example";
    const auto decision = decide(headers, users);
    EXPECT_EQ(to_text(decision.verdict), row().among_users);
    if (!row().must_match && row().exclusive_users) {
        EXPECT_EQ(decision.links.size(), 2U) << "archived, linked to the users";
    }
    const auto known = decide(headers, std::string(users) + "ben@them.example contact c9");
    EXPECT_EQ(to_text(known.verdict), row().among_employees_known_as_contacts);
}

TEST_P(TruthTable, NobodyMatches) {
    const auto decision = decide("From: new@acme.example\nTo: anna@us.example", "");
    EXPECT_EQ(to_text(decision.verdict), row().nobody);
    if (!row().create) {
        EXPECT_TRUE(decision.links.empty());
    }
    const bool returned = decision.verdict == rules::Verdict::skip;
    const auto category = returned ? "Missing Required Matches" : "Processing Complete";
    EXPECT_EQ(decision.disposition.categories_add, std::vector<std::string>{category});
}

/// "Cannot occur" holds only while nothing blocks the creation.
TEST_P(TruthTable, AFilteredDomainIsNoMatch) {
    const auto decision = decide("From: x@free.example\nTo: anna@us.example", "");
    EXPECT_EQ(decision.verdict, row().must_match ? rules::Verdict::skip : rules::Verdict::archive);
    EXPECT_TRUE(decision.create.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Rules,
    TruthTable,
    testing::Combine(
        testing::Values("create-new/email", "inbox", "sent-items"),
        testing::Range<std::size_t>(0, table.size())
    ),
    [](const auto& given) {
        auto name = std::get<0>(given.param) + "_" + std::to_string(std::get<1>(given.param) + 1);
        for (char& c : name)
            if (c == '/' || c == '-') c = '_';
        return name;
    }
);

}  // namespace
