#include "ews/simulator/budget.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace ews::simulator;

Budget two_streams() {
    Budget budget;
    budget.streams = 2;
    return budget;
}

TEST(SimulatorLedger, GivesEachUserAsMuchAsTheBudgetHas) {
    Ledger ledger(two_streams());
    const auto first = ledger.claim("a", Resource::stream);
    const auto second = ledger.claim("a", Resource::stream);
    EXPECT_TRUE(first && second);
    EXPECT_FALSE(ledger.claim("a", Resource::stream));
    EXPECT_TRUE(ledger.claim("b", Resource::stream));
}

TEST(SimulatorLedger, TakesBackWhatIsNotNeededAnyMore) {
    Ledger ledger(two_streams());
    const auto kept = ledger.claim("a", Resource::stream);
    { const auto gone = ledger.claim("a", Resource::stream); }
    EXPECT_TRUE(ledger.claim("a", Resource::stream));
}

TEST(SimulatorLedger, KnowsNoLimitWhereTheBudgetNamesNone) {
    Ledger ledger(two_streams());
    std::vector<std::optional<Claim>> claims;
    for (auto i = 0; i < 100; ++i) claims.push_back(ledger.claim("a", Resource::request));
    EXPECT_TRUE(claims.back());
}

}  // namespace
