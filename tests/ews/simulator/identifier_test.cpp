#include "ews/simulator/identifier.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace ews::simulator;

TEST(SimulatorIdentifier, IsAnotherForEveryObject) {
    const std::set<std::string> ids{
        write_id("a", 'I', 1), write_id("a", 'I', 2), write_id("a", 'F', 1), write_id("b", 'I', 1)};
    EXPECT_EQ(ids.size(), 4U);
}

TEST(SimulatorIdentifier, ReadsTheChangeKeysThatItWrites) {
    for (const auto version : {1U, 255U, 4'000'000'000U}) {
        EXPECT_EQ(read_change_key(write_change_key('I', version)), version);
        EXPECT_EQ(read_change_key(write_change_key('F', version)), version);
    }
}

TEST(SimulatorIdentifier, ReadsNoVersionFromTheStubsOfNotifications) {
    EXPECT_EQ(read_change_key(stub_change_key(false)), 0U);
    EXPECT_EQ(read_change_key(stub_change_key(true)), 0U);
}

TEST(SimulatorIdentifier, RefusesForeignChangeKeys) {
    for (const auto* text : {"", "AAAA", "AAAAAAAA", "CQAAAAAA", "*"})
        EXPECT_EQ(read_change_key(text), std::nullopt) << text;
}

}  // namespace
