#include "ews/operations/sync_folder_hierarchy.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::SyncFolderHierarchy;
using Kind = ews::FolderChange::Kind;

TEST(SyncFolderHierarchy, LeavesTheStateOutOfTheFirstCall) {
    const SyncFolderHierarchy operation{ews::DistinguishedFolder::msgfolderroot, {}, {}};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:SyncFolderHierarchy>
          <m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>
          <m:SyncFolderId><t:DistinguishedFolderId Id="msgfolderroot"/></m:SyncFolderId>
        </m:SyncFolderHierarchy>)"));
}

TEST(SyncFolderHierarchy, HandsTheStateBack) {
    const SyncFolderHierarchy operation{ews::DistinguishedFolder::msgfolderroot, {"H4s="}, {}};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:SyncFolderHierarchy>
          <m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>
          <m:SyncFolderId><t:DistinguishedFolderId Id="msgfolderroot"/></m:SyncFolderId>
          <m:SyncState>H4s=</m:SyncState>
        </m:SyncFolderHierarchy>)"));
}

TEST(SyncFolderHierarchy, TellsNewRenamedAndDeletedFolders) {
    const auto reply = wire::read(SyncFolderHierarchy(), R"(
        <m:SyncFolderHierarchyResponse><m:ResponseMessages>
          <m:SyncFolderHierarchyResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:SyncState>S2</m:SyncState>
            <m:IncludesLastFolderInRange>false</m:IncludesLastFolderInRange>
            <m:Changes>
              <t:Create><t:Folder><t:FolderId Id="A"/><t:DisplayName>New</t:DisplayName></t:Folder></t:Create>
              <t:Update><t:Folder><t:FolderId Id="B"/><t:DisplayName>Other</t:DisplayName></t:Folder></t:Update>
              <t:Delete><t:FolderId Id="C"/></t:Delete>
            </m:Changes>
          </m:SyncFolderHierarchyResponseMessage>
        </m:ResponseMessages></m:SyncFolderHierarchyResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_EQ(reply->changes.size(), 3u);
    EXPECT_EQ(reply->changes[0].kind, Kind::created);
    EXPECT_EQ(reply->changes[0].folder.display_name, "New");
    EXPECT_EQ(reply->changes[1].kind, Kind::updated);
    EXPECT_EQ(reply->changes[2].kind, Kind::deleted);
    EXPECT_EQ(reply->changes[2].folder.id.id, "C");
    EXPECT_EQ(reply->state.state, "S2");
    EXPECT_FALSE(reply->is_last);
}

TEST(SyncFolderHierarchy, ReportsAStateThatTheServerRefuses) {
    const auto reply = wire::read(SyncFolderHierarchy(), R"(
        <m:SyncFolderHierarchyResponse><m:ResponseMessages>
          <m:SyncFolderHierarchyResponseMessage ResponseClass="Error">
            <m:MessageText>Bad.</m:MessageText><m:ResponseCode>ErrorInvalidSyncStateData</m:ResponseCode>
            <m:SyncState/>
          </m:SyncFolderHierarchyResponseMessage>
        </m:ResponseMessages></m:SyncFolderHierarchyResponse>)");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ews::errc::invalid_sync_state);
}

}  // namespace
