#include "crm/embedded/take_values.hpp"

#include <gtest/gtest.h>

namespace {

using Cells = std::map<std::string, std::string>;
using Addresses = std::vector<std::string>;

Addresses after(Addresses addresses, Cells cells) {
    crm::embedded::Record record;
    record.addresses = std::move(addresses);
    crm::embedded::PeopleLine line;
    line.cells = std::move(cells);
    take_values(line, record);
    return record.addresses;
}

TEST(TakeValues, AnAddressReplacesTheOneOfItsPlace) {
    EXPECT_EQ(after({"a@x", "b@x", "c@x"}, {{"email2", "B@x"}}), (Addresses{"a@x", "B@x", "c@x"}));
    EXPECT_EQ(after({"a@x", "b@x"}, {{"email", "d@x"}}), (Addresses{"d@x", "b@x"}));
}

TEST(TakeValues, AddressesWithoutACellStay) {
    const Addresses four{"a@x", "b@x", "c@x", "d@x"};
    EXPECT_EQ(after(four, {}), four);
    EXPECT_EQ(after(four, {{"email", "a@x"}}), four);
    EXPECT_EQ(
        after({"a@x", "b@x"}, {{"email", "a@x"}, {"email3", "c@x"}}),
        (Addresses{"a@x", "b@x", "c@x"})
    );
}

TEST(TakeValues, AnAddressThatMovesIsNotThereTwice) {
    EXPECT_EQ(after({"a@x", "b@x", "c@x"}, {{"email2", "C@X"}}), (Addresses{"a@x", "C@X"}));
}

TEST(TakeValues, TheSameCellsAgainChangeNothing) {
    const Cells gap{{"email", "a@x"}, {"email3", "c@x"}};
    EXPECT_EQ(after({}, gap), (Addresses{"a@x", "c@x"}));
    EXPECT_EQ(after({"a@x", "c@x"}, gap), (Addresses{"a@x", "c@x"}));
    EXPECT_EQ(after({"b@x"}, {{"email2", "b@x"}}), Addresses{"b@x"});
}

TEST(TakeValues, WhatIsNoDomainIsNotStored) {
    crm::embedded::Record record;
    record.domains = {"old.example"};
    take_values({1, rules::RecordKind::account, "Acme", {{"domain", " @ "}}}, record);
    EXPECT_EQ(record.domains, std::set<std::string>{"old.example"});
    take_values(
        {1, rules::RecordKind::account, "Acme", {{"domain", "Acme.Example @ www.x.example"}}},
        record
    );
    EXPECT_EQ(record.domains, (std::set<std::string>{"acme.example", "x.example"}));
}

}  // namespace
