// Faults of single items: what answer/ does where one is planned.
#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

constexpr const char* with_mime =
    "<t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>";
constexpr const char* id_only = "<t:BaseShape>IdOnly</t:BaseShape>";

struct ItemFaults : ::testing::Test {
    Office office;
    std::string good = item(office.deliver(mail("Good")));
    std::string poison = item(office.deliver(mail("Poison")));
};

TEST_F(ItemFaults, HitOneItemOfABatch) {
    office.play("GetItem always item-error ErrorServerBusy subject Poison");
    const auto request = get_item(good + poison + good, id_only);
    EXPECT_EQ(codes(office.ask(request)), "NoError ErrorServerBusy NoError");
    EXPECT_EQ(codes(office.ask(request)), "NoError ErrorServerBusy NoError");
}

TEST_F(ItemFaults, LetAnItemBecomeReadableLater) {
    office.play("GetItem 1..2 item-error ErrorItemNotFound subject Poison");
    EXPECT_EQ(codes(office.ask(get_item(poison, id_only))), "ErrorItemNotFound");
    EXPECT_EQ(codes(office.ask(get_item(good, id_only))), "NoError");
    EXPECT_EQ(codes(office.ask(get_item(poison, id_only))), "ErrorItemNotFound");
    EXPECT_EQ(codes(office.ask(get_item(poison, id_only))), "NoError");
}

TEST_F(ItemFaults, HitTheConversionWhereMimeIsAskedFor) {
    office.play("GetItem always mime-error ErrorMimeContentConversionFailed item 2");
    EXPECT_EQ(
        codes(office.ask(get_item(good + poison, with_mime))),
        "NoError ErrorMimeContentConversionFailed"
    );
    EXPECT_EQ(codes(office.ask(get_item(good + poison, id_only))), "NoError NoError");
}

TEST_F(ItemFaults, GiveAnEmptyMimeContentOrNone) {
    office.play("GetItem mime-empty");
    const auto empty = office.ask(get_item(good, with_mime));
    EXPECT_TRUE(has(empty, R"(<t:MimeContent CharacterSet="UTF-8"/>)"));
    office.play("GetItem mime-missing");
    const auto missing = office.ask(get_item(good, with_mime));
    EXPECT_EQ(codes(missing), "NoError");
    EXPECT_FALSE(has(missing, "MimeContent"));
    EXPECT_TRUE(has(office.ask(get_item(good, with_mime)), R"("UTF-8">)"));
}

TEST_F(ItemFaults, TouchAnItemBeforeItsUpdate) {
    const auto reply = office.ask(get_item(good, id_only));
    const auto id = between(reply, R"(<t:ItemId Id=")", "\"");
    const auto key = between(reply, R"(ChangeKey=")", "\"");
    office.play("UpdateItem touched subject Good");
    const auto update = update_item(item(id, key), set_categories("A"));
    EXPECT_EQ(codes(office.ask(update)), "ErrorIrresolvableConflict");
    EXPECT_TRUE(office.mailbox().find_item(id)->categories.empty());
    EXPECT_EQ(codes(office.ask(update)), "ErrorIrresolvableConflict");
    const auto fresh = between(office.ask(get_item(good, id_only)), R"(ChangeKey=")", "\"");
    EXPECT_EQ(codes(office.ask(update_item(item(id, fresh), set_categories("A")))), "NoError");
}

TEST_F(ItemFaults, ListAnItemThatIsNotThere) {
    office.play("SyncFolderItems vanished");
    const auto reply = office.ask(sync_items("", 10));
    const auto id = between(reply, R"(<t:ItemId Id=")", "\"");
    EXPECT_EQ(codes(office.ask(get_item(item(id), id_only))), "ErrorItemNotFound");
    EXPECT_TRUE(has(reply, between(good, R"(Id=")", "\"")));
    EXPECT_FALSE(has(office.ask(sync_items("", 10)), id));
}

}  // namespace
