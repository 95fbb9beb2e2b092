#include "agent/known_items.hpp"

#include <gtest/gtest.h>

#include <string>

#include "agent/limits.hpp"

namespace {

using agent::KnownItems;
using Names = std::vector<std::string>;

ews::Item item(const std::string& id, Names categories = {}, const std::string& mark = "") {
    ews::Item item;
    item.kind = "Message";
    item.id = {id, "key of " + id};
    item.categories = std::move(categories);
    if (!mark.empty()) item.properties.push_back({ews::state_property(), {mark}});
    return item;
}

const KnownItems::Moment start{};

TEST(KnownItems, WhatWasNotedIsKnownOnce) {
    KnownItems known;
    known.note(item("a", {"Red"}, "filed:1"), start);
    EXPECT_EQ(known.take("b", start), std::nullopt);
    const auto state = known.take("a", start);
    ASSERT_TRUE(state);
    EXPECT_EQ(state->id, (ews::ItemId{"a", "key of a"}));
    EXPECT_EQ(state->categories, Names{"Red"});
    EXPECT_EQ(state->mark, "filed:1");
    EXPECT_EQ(known.take("a", start), std::nullopt) << "whoever asked has changed it";
}

TEST(KnownItems, WhatIsOldIsNotKnownAnyMore) {
    KnownItems known;
    known.note(item("a"), start);
    known.note(item("b"), start);
    EXPECT_TRUE(known.take("a", start + agent::limits::known_for));
    EXPECT_FALSE(known.take("b", start + agent::limits::known_for + std::chrono::milliseconds(1)));
}

TEST(KnownItems, ThereIsABound) {
    KnownItems known;
    known.note(item("first"), start);
    for (std::size_t i = 0; i < agent::limits::known_items; ++i)
        known.note(item(std::to_string(i)), start);
    EXPECT_FALSE(known.take("first", start));
}

TEST(KnownItems, OnlyWhatIsNotThereYetIsWritten) {
    const auto state = agent::state_as_read(item("a", {"Red", "Processing Error"}, "filed:1"));
    EXPECT_FALSE(agent::update_of(state, {{"Red"}, {"Blue"}, "filed:1"}));
    const auto update = agent::update_of(state, {{"Blue"}, {"Processing Error"}, "filed:1"});
    ASSERT_TRUE(update);
    EXPECT_EQ(update->item, (ews::ItemId{"a", "key of a"}));
    EXPECT_EQ(update->categories, (Names{"Red", "Blue"}));
    EXPECT_EQ(update->state, std::nullopt);
    EXPECT_EQ(agent::update_of(state, {{}, {}, "filed:2"})->state, "filed:2");
}

}  // namespace
