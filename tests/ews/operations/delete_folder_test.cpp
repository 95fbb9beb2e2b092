#include "ews/operations/delete_folder.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::DeleteFolder;

TEST(DeleteFolder, NamesTheKindOfDeletion) {
    const DeleteFolder operation{{ews::FolderId{"F", ""}}, ews::DeleteType::soft_delete};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:DeleteFolder DeleteType="SoftDelete">
          <m:FolderIds><t:FolderId Id="F"/></m:FolderIds>
        </m:DeleteFolder>)"));
}

TEST(DeleteFolder, AFolderThatMustStayDoesNotHideTheOther) {
    const DeleteFolder operation{{ews::FolderId{"F", ""}, ews::DistinguishedFolder::inbox}};
    const auto reply = wire::read(operation, R"(
        <m:DeleteFolderResponse><m:ResponseMessages>
          <m:DeleteFolderResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
          </m:DeleteFolderResponseMessage>
          <m:DeleteFolderResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorDeleteDistinguishedFolder</m:ResponseCode>
          </m:DeleteFolderResponseMessage>
        </m:ResponseMessages></m:DeleteFolderResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->at(0));
    ASSERT_FALSE(reply->at(1));
    EXPECT_EQ(reply->at(1).error().code, ews::errc::folder_not_deleted);
}

}  // namespace
