#include "ews/operations/create_folder.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::CreateFolder;

TEST(CreateFolder, WritesClassNameAndPropertiesInTheOrderOfTheSchema) {
    CreateFolder operation{ews::FolderId{"P", ""}, {}};
    operation.folders.push_back(
        {"Fall \x01"
         "4711",
         "IPF.Note",
         {{ews::state_property(), {"case:1"}}}}
    );
    operation.folders.push_back({"- Create New Case"});
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:CreateFolder>
          <m:ParentFolderId><t:FolderId Id="P"/></m:ParentFolderId>
          <m:Folders>
            <t:Folder>
              <t:FolderClass>IPF.Note</t:FolderClass>
              <t:DisplayName>Fall 4711</t:DisplayName>
              <t:ExtendedProperty>
                <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                    PropertyName="MailferryState" PropertyType="String"/>
                <t:Value>case:1</t:Value>
              </t:ExtendedProperty>
            </t:Folder>
            <t:Folder>
              <t:FolderClass>IPF.Note</t:FolderClass>
              <t:DisplayName>- Create New Case</t:DisplayName>
            </t:Folder>
          </m:Folders>
        </m:CreateFolder>)"));
}

TEST(CreateFolder, ANameTakenDoesNotHideTheOtherFolder) {
    const CreateFolder operation{ews::FolderId{"P", ""}, {{"a"}, {"b"}}};
    const auto reply = wire::read(operation, R"(
        <m:CreateFolderResponse><m:ResponseMessages>
          <m:CreateFolderResponseMessage ResponseClass="Error">
            <m:MessageText>Exists.</m:MessageText><m:ResponseCode>ErrorFolderExists</m:ResponseCode>
            <m:Folders/>
          </m:CreateFolderResponseMessage>
          <m:CreateFolderResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Folders><t:Folder><t:FolderId Id="N" ChangeKey="K"/></t:Folder></m:Folders>
          </m:CreateFolderResponseMessage>
        </m:ResponseMessages></m:CreateFolderResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_FALSE(reply->at(0));
    EXPECT_EQ(reply->at(0).error().code, ews::errc::folder_exists);
    ASSERT_TRUE(reply->at(1));
    EXPECT_EQ(reply->at(1)->id, "N");
}

}  // namespace
