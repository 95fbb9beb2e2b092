#include "ews/folder_sync.hpp"

#include <fmt/format.h>

#include "ews/limits.hpp"
#include "tests/ews/wire.hpp"
#include "tests/fakes/transport.hpp"

namespace {

using ews::errc;
using Kind = ews::ItemChange::Kind;

std::string page(std::string_view state, bool is_last, std::string_view changes) {
    return wire::enveloped(fmt::format(
        "<m:SyncFolderItemsResponse><m:ResponseMessages>"
        "<m:SyncFolderItemsResponseMessage ResponseClass='Success'>"
        "<m:ResponseCode>NoError</m:ResponseCode><m:SyncState>{}</m:SyncState>"
        "<m:IncludesLastItemInRange>{}</m:IncludesLastItemInRange><m:Changes>{}</m:Changes>"
        "</m:SyncFolderItemsResponseMessage></m:ResponseMessages></m:SyncFolderItemsResponse>",
        state,
        is_last,
        changes
    ));
}

std::string created(std::string_view id) {
    return fmt::format("<t:Create><t:Message><t:ItemId Id='{}'/></t:Message></t:Create>", id);
}

class FolderSync : public testing::Test {
protected:
    ews::Result<ews::FolderChanges> sync(std::string state = {}) {
        ews::Client client(transport, {"https://mail.example.test/EWS/Exchange.asmx"});
        return wire::run(ews::sync_folder(client, {"F", ""}, {std::move(state)}));
    }

    fakes::Transport transport;
};

TEST_F(FolderSync, TurnsThePagesToTheEnd) {
    transport.answer(200, page("S1", false, created("A")));
    transport.answer(
        200, page("S2", true, created("B") + "<t:Delete><t:ItemId Id='C'/></t:Delete>")
    );
    const auto changes = sync("S0");
    ASSERT_TRUE(changes);
    const ews::FolderChanges expected{
        {{Kind::created, {"A", ""}}, {Kind::created, {"B", ""}}, {Kind::deleted, {"C", ""}}},
        {"S2"},
        true};
    EXPECT_EQ(*changes, expected);
    EXPECT_NE(transport.asked.at(0).body.find("<m:SyncState>S0<"), std::string::npos);
    EXPECT_NE(transport.asked.at(1).body.find("<m:SyncState>S1<"), std::string::npos);
}

TEST_F(FolderSync, AVeryLargeFolderIsHandedOverInParts) {
    std::string changes;
    for (std::size_t i = 0; i < ews::limits::sync_page; ++i) changes += created(fmt::to_string(i));
    for (int i = 0; i < 20; ++i) transport.answer(200, page(fmt::format("S{}", i), false, changes));
    const auto part = sync();
    ASSERT_TRUE(part);
    EXPECT_FALSE(part->is_complete);
    EXPECT_EQ(part->changes.size(), ews::limits::sync_changes);
    EXPECT_EQ(part->state.state, "S7");
}

TEST_F(FolderSync, AServerThatStandsStillDoesNotHoldUs) {
    transport.answer(200, page("S0", false, ""));
    const auto changes = sync("S0");
    ASSERT_TRUE(changes);
    EXPECT_TRUE(changes->is_complete);
    EXPECT_EQ(transport.asked.size(), 1u);
}

TEST_F(FolderSync, ARefusedStateIsToldFromOtherErrors) {
    transport.answer(
        200,
        wire::enveloped(
            "<m:SyncFolderItemsResponse><m:ResponseMessages>"
            "<m:SyncFolderItemsResponseMessage ResponseClass='Error'>"
            "<m:ResponseCode>ErrorInvalidSyncStateData</m:ResponseCode>"
            "</m:SyncFolderItemsResponseMessage></m:ResponseMessages></m:SyncFolderItemsResponse>"
        )
    );
    const auto changes = sync("garbage");
    ASSERT_FALSE(changes);
    EXPECT_EQ(changes.error().code, errc::invalid_sync_state);
}

TEST_F(FolderSync, AFailedPageLosesNothingButTime) {
    transport.answer(200, page("S1", false, created("A")));
    transport.fail(http::errc::closed, "cut");
    const auto changes = sync("S0");
    ASSERT_FALSE(changes);
    EXPECT_EQ(changes.error().code, errc::unreachable);
}

}  // namespace
