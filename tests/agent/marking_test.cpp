#include "agent/marking.hpp"

#include <gtest/gtest.h>

namespace {

using Categories = std::vector<std::string>;

TEST(Marking, KeepsWhatItDoesNotNameAndItsOrder) {
    EXPECT_EQ(
        agent::merge({"Red", "Processing Error", "Blue"}, {{"Done"}, {"processing error"}, ""}),
        (Categories{"Red", "Blue", "Done"})
    );
}

TEST(Marking, SetsNothingTwice) {
    EXPECT_EQ(agent::merge({"done"}, {{"Done", "Done"}, {}, ""}), (Categories{"done"}));
}

TEST(Marking, WhatShallComeBeatsWhatShallGo) {
    EXPECT_EQ(agent::merge({"Done"}, {{"Done"}, {"Done"}, ""}), (Categories{"Done"}));
}

}  // namespace
