#include "ews/operations/get_folder.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::DistinguishedFolder;
using ews::FolderId;
using ews::GetFolder;

TEST(GetFolder, AsksForDistinguishedAndOtherFoldersInOneCall) {
    GetFolder operation{{DistinguishedFolder::inbox, FolderId{"AAMk1=", ""}}, {}};
    operation.folders.emplace_back(DistinguishedFolder::sentitems, "team@example.test");
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:GetFolder>
          <m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>
          <m:FolderIds>
            <t:DistinguishedFolderId Id="inbox"/>
            <t:FolderId Id="AAMk1="/>
            <t:DistinguishedFolderId Id="sentitems">
              <t:Mailbox><t:EmailAddress>team@example.test</t:EmailAddress></t:Mailbox>
            </t:DistinguishedFolderId>
          </m:FolderIds>
        </m:GetFolder>)"));
}

TEST(GetFolder, AMissingFolderDoesNotHideTheOthers) {
    const GetFolder operation{{DistinguishedFolder::inbox, FolderId{"gone", ""}}};
    const auto reply = wire::read(operation, R"(
        <m:GetFolderResponse><m:ResponseMessages>
          <m:GetFolderResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Folders><t:Folder>
              <t:FolderId Id="F1" ChangeKey="K1"/><t:ParentFolderId Id="F0" ChangeKey="K0"/>
              <t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>Posteingang</t:DisplayName>
              <t:TotalCount>12</t:TotalCount><t:ChildFolderCount>3</t:ChildFolderCount>
              <t:UnreadCount>4</t:UnreadCount>
            </t:Folder></m:Folders>
          </m:GetFolderResponseMessage>
          <m:GetFolderResponseMessage ResponseClass="Error">
            <m:MessageText>Not here.</m:MessageText>
            <m:ResponseCode>ErrorFolderNotFound</m:ResponseCode><m:Folders/>
          </m:GetFolderResponseMessage>
        </m:ResponseMessages></m:GetFolderResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_TRUE(reply->at(0));
    const ews::Folder expected{{"F1", "K1"}, {"F0", "K0"}, "Posteingang", "IPF.Note", 12, 3, 4, {}, {}};
    EXPECT_EQ(*reply->at(0), expected);
    EXPECT_EQ(reply->at(0)->id.change_key, "K1");
    ASSERT_FALSE(reply->at(1));
    EXPECT_EQ(reply->at(1).error().code, ews::errc::folder_not_found);
    EXPECT_EQ(reply->at(1).error().text, "Not here.");
}

TEST(GetFolder, AnswersFewerThanAskedAreAnError) {
    const GetFolder operation{{DistinguishedFolder::inbox}};
    const auto reply =
        wire::read(operation, "<m:GetFolderResponse><m:ResponseMessages/></m:GetFolderResponse>");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ews::errc::protocol);
}

}  // namespace
