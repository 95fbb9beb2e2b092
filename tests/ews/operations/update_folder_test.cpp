#include "ews/operations/update_folder.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::UpdateFolder;

TEST(UpdateFolder, RenamesAndSetsPropertiesOneFieldAtATime) {
    UpdateFolder operation;
    operation.updates.push_back(
        {ews::FolderId{"F", "K"}, "01 Renovation", {{ews::state_property(), {"case:7"}}}}
    );
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:UpdateFolder><m:FolderChanges><t:FolderChange>
          <t:FolderId Id="F" ChangeKey="K"/>
          <t:Updates>
            <t:SetFolderField>
              <t:FieldURI FieldURI="folder:DisplayName"/>
              <t:Folder><t:DisplayName>01 Renovation</t:DisplayName></t:Folder>
            </t:SetFolderField>
            <t:SetFolderField>
              <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                  PropertyName="MailferryState" PropertyType="String"/>
              <t:Folder><t:ExtendedProperty>
                <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                    PropertyName="MailferryState" PropertyType="String"/>
                <t:Value>case:7</t:Value>
              </t:ExtendedProperty></t:Folder>
            </t:SetFolderField>
          </t:Updates>
        </t:FolderChange></m:FolderChanges></m:UpdateFolder>)"));
}

TEST(UpdateFolder, OneFailedFolderDoesNotHideTheOther) {
    UpdateFolder operation;
    operation.updates = {{ews::FolderId{"A", ""}, "a"}, {ews::FolderId{"B", ""}, "b"}};
    const auto reply = wire::read(operation, R"(
        <m:UpdateFolderResponse><m:ResponseMessages>
          <m:UpdateFolderResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Folders><t:Folder><t:FolderId Id="A" ChangeKey="K2"/></t:Folder></m:Folders>
          </m:UpdateFolderResponseMessage>
          <m:UpdateFolderResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorIrresolvableConflict</m:ResponseCode><m:Folders/>
          </m:UpdateFolderResponseMessage>
        </m:ResponseMessages></m:UpdateFolderResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_TRUE(reply->at(0));
    EXPECT_EQ(reply->at(0)->change_key, "K2");
    ASSERT_FALSE(reply->at(1));
    EXPECT_EQ(reply->at(1).error().code, ews::errc::conflict);
}

}  // namespace
