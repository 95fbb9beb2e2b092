#include "ews/simulator/fault_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "ews/simulator/fault_script.hpp"

namespace {

using namespace ews::simulator;

struct FaultPlanTest : ::testing::Test {
    FaultPlan plan;

    void play(std::string_view script) {
        auto read = read_fault_script(script);
        EXPECT_TRUE(read.problems.empty());
        for (auto& planned : read.faults) plan.add(std::move(planned));
    }

    /// One letter for each of so many requests: the last one of the fault's code, or a dot.
    std::string ask(std::string_view operation, int times) {
        std::string result;
        for (auto i = 0; i < times; ++i) {
            const auto fault = plan.take(Stage::answer, operation);
            result += fault ? fault->code.back() : '.';
        }
        return result;
    }
};

TEST_F(FaultPlanTest, HitsTheRequestsThatALineNames) {
    play("GetItem 3 error ErrorA");
    EXPECT_EQ(ask("GetItem", 6), "..A...");
    play("GetItem 2..3 error ErrorB");
    EXPECT_EQ(ask("GetItem", 5), ".BB..");
    play("every 3 error ErrorC");
    EXPECT_EQ(ask("GetItem", 9), "..C..C..C");
}

TEST_F(FaultPlanTest, CountsTheRequestsOfItsOperationOnly) {
    play("GetItem 2 error ErrorA");
    EXPECT_EQ(ask("FindItem", 3), "...");
    EXPECT_EQ(ask("GetItem", 2), ".A");
}

TEST_F(FaultPlanTest, HitsARequestOnceAndTheNextWithWhatIsStillDue) {
    play("1..2 error ErrorA\n1..2 error ErrorB\n4 error ErrorC");
    EXPECT_EQ(ask("GetItem", 6), "AABBC.");
}

TEST_F(FaultPlanTest, HitsForEverUntilItIsCleared) {
    play("3.. error ErrorA");
    EXPECT_EQ(ask("GetItem", 6), "..AAAA");
    plan.clear();
    EXPECT_EQ(ask("GetItem", 2), "..");
}

TEST_F(FaultPlanTest, HitsByChanceAboutAsOftenAsWanted) {
    play("one-in 10 error ErrorA");
    const auto text = ask("GetItem", 10'000);
    const auto hits = std::count(text.begin(), text.end(), 'A');
    EXPECT_GT(hits, 900);
    EXPECT_LT(hits, 1'100);
}

TEST_F(FaultPlanTest, KeepsTheStagesApart) {
    play("drop-after\nerror ErrorA");
    EXPECT_EQ(ask("GetItem", 2), "A.");
    EXPECT_EQ(plan.take(Stage::wire, "GetItem")->kind, Fault::Kind::drop_after);
    EXPECT_FALSE(plan.take(Stage::wire, "GetItem"));
}

TEST_F(FaultPlanTest, HitsTheItemOfItsSubjectWhereverItStands) {
    play("GetItem 2.. item-error ErrorA subject Poison");
    const ItemAsked good{1, "Good"}, poison{2, "Poison"};
    const auto hits = [this](const ItemAsked& item) {
        return plan.take(Stage::item, "GetItem", item).has_value();
    };
    EXPECT_FALSE(hits(good));
    EXPECT_FALSE(hits(good));
    EXPECT_FALSE(hits(poison));
    EXPECT_FALSE(hits(good));
    EXPECT_TRUE(hits(poison));
    EXPECT_TRUE(hits(poison));
}

TEST_F(FaultPlanTest, HitsTheItemAtItsPlace) {
    play("GetItem always item-error ErrorA item 2");
    EXPECT_FALSE(plan.take(Stage::item, "GetItem", {1, "One"}));
    EXPECT_TRUE(plan.take(Stage::item, "GetItem", {2, "Two"}));
}

}  // namespace
