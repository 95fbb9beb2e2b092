#include "ews/operations/find_folder.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::DistinguishedFolder;
using ews::FindFolder;

TEST(FindFolder, LooksForDropFoldersByTheBeginningOfTheirName) {
    FindFolder operation{DistinguishedFolder::msgfolderroot, true, {}};
    operation.shape.fields = {ews::FieldUri{"folder:DisplayName"}};
    operation.restriction =
        ews::starts_with(ews::FieldUri{"folder:DisplayName"}, "- Create New \"A&B\"");
    operation.offset = 1000;
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:FindFolder Traversal="Deep">
          <m:FolderShape>
            <t:BaseShape>IdOnly</t:BaseShape>
            <t:AdditionalProperties><t:FieldURI FieldURI="folder:DisplayName"/></t:AdditionalProperties>
          </m:FolderShape>
          <m:IndexedPageFolderView MaxEntriesReturned="1000" Offset="1000" BasePoint="Beginning"/>
          <m:Restriction>
            <t:Contains ContainmentMode="Prefixed" ContainmentComparison="IgnoreCase">
              <t:FieldURI FieldURI="folder:DisplayName"/>
              <t:Constant Value="- Create New &quot;A&amp;B&quot;"/>
            </t:Contains>
          </m:Restriction>
          <m:ParentFolderIds><t:DistinguishedFolderId Id="msgfolderroot"/></m:ParentFolderIds>
        </m:FindFolder>)"));
}

TEST(FindFolder, ReadsFoldersOfAllKindsAndWhereThePageEnds) {
    const FindFolder operation{DistinguishedFolder::msgfolderroot};
    const auto reply = wire::read(operation, R"(
        <m:FindFolderResponse><m:ResponseMessages>
          <m:FindFolderResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:RootFolder IndexedPagingOffset="2" TotalItemsInView="5" IncludesLastItemInRange="false">
              <t:Folders>
                <t:Folder><t:FolderId Id="A"/><t:DisplayName>- Create New Email</t:DisplayName></t:Folder>
                <t:CalendarFolder><t:FolderId Id="B"/><t:DisplayName>Calendar</t:DisplayName></t:CalendarFolder>
              </t:Folders>
            </m:RootFolder>
          </m:FindFolderResponseMessage>
        </m:ResponseMessages></m:FindFolderResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_EQ(reply->folders.size(), 2u);
    EXPECT_EQ(reply->folders[0].display_name, "- Create New Email");
    EXPECT_EQ(reply->folders[1].id.id, "B");
    EXPECT_EQ(reply->next_offset, 2u);
    EXPECT_EQ(reply->total, 5u);
    EXPECT_FALSE(reply->is_last);
}

TEST(FindFolder, AnEmptyPageIsTheLastWhateverTheServerSays) {
    const FindFolder operation{DistinguishedFolder::msgfolderroot};
    const auto reply = wire::read(operation, R"(
        <m:FindFolderResponse><m:ResponseMessages>
          <m:FindFolderResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:RootFolder IncludesLastItemInRange="false"><t:Folders/></m:RootFolder>
          </m:FindFolderResponseMessage>
        </m:ResponseMessages></m:FindFolderResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->is_last);
}

TEST(FindFolder, ReportsTheServersRefusal) {
    const FindFolder operation{DistinguishedFolder::msgfolderroot};
    const auto reply = wire::read(operation, R"(
        <m:FindFolderResponse><m:ResponseMessages>
          <m:FindFolderResponseMessage ResponseClass="Error">
            <m:MessageText>No.</m:MessageText><m:ResponseCode>ErrorAccessDenied</m:ResponseCode>
          </m:FindFolderResponseMessage>
        </m:ResponseMessages></m:FindFolderResponse>)");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ews::errc::access_denied);
}

}  // namespace
