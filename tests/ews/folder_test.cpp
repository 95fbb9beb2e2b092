#include "ews/folder.hpp"

#include "tests/ews/wire.hpp"

namespace {

TEST(Folder, WhatTheServerLeavesOutIsEmpty) {
    pugi::xml_document document;
    document.load_string("<t:Folder><t:FolderId Id='F' ChangeKey='K'/></t:Folder>");
    ews::Folder expected;
    expected.id = {"F", "K"};
    EXPECT_EQ(ews::read_folder(document.document_element()), expected);
}

TEST(Folder, TellsWhatTheAccountMayDoInIt) {
    pugi::xml_document document;
    document.load_string(R"(
        <t:Folder><t:EffectiveRights><t:CreateAssociated>true</t:CreateAssociated>
          <t:CreateContents>true</t:CreateContents><t:CreateHierarchy>false</t:CreateHierarchy>
          <t:Delete>1</t:Delete><t:Modify>0</t:Modify><t:Read>true</t:Read></t:EffectiveRights></t:Folder>)");
    const ews::EffectiveRights expected{true, true, false, false, true};
    EXPECT_EQ(ews::read_folder(document.document_element()).rights, expected);
}

TEST(Folders, OfAllKindsAreReadWithTheirProperties) {
    pugi::xml_document document;
    document.load_string(R"(
        <t:Folders>
          <t:SearchFolder><t:FolderId Id="S"/></t:SearchFolder>
          <t:Folder><t:FolderId Id="F"/><t:DisplayName>01 Case</t:DisplayName>
            <t:ExtendedProperty>
              <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                  PropertyName="MailferryState" PropertyType="String"/><t:Value>case:1</t:Value>
            </t:ExtendedProperty>
          </t:Folder>
        </t:Folders>)");
    const auto folders = ews::read_folders(document.document_element());
    ASSERT_EQ(folders.size(), 2u);
    EXPECT_EQ(folders[0].id.id, "S");
    ASSERT_NE(ews::find_value(folders[1].properties, ews::state_property()), nullptr);
    EXPECT_EQ(*ews::find_value(folders[1].properties, ews::state_property()), "case:1");
}

}  // namespace
