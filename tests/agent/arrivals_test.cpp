#include "agent/arrivals.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Arrivals, AreKnownUntilTheyAreForgotten) {
    agent::Arrivals arrivals;
    arrivals.add({{"moved", ""}, {"copied", "original"}});
    EXPECT_EQ(arrivals.original_of("moved"), "");
    EXPECT_EQ(arrivals.original_of("copied"), "original");
    EXPECT_EQ(arrivals.original_of("unknown"), std::nullopt);
    arrivals.forget("moved");
    arrivals.forget("moved");
    EXPECT_EQ(arrivals.original_of("moved"), std::nullopt);
}

TEST(Arrivals, AreBounded) {
    agent::Arrivals arrivals;
    arrivals.add({{"first", ""}});
    for (std::size_t i = 0; i <= agent::limits::arrivals; ++i) arrivals.add({{std::to_string(i), ""}});
    EXPECT_EQ(arrivals.original_of("first"), std::nullopt) << "then it is looked up";
}

}  // namespace
