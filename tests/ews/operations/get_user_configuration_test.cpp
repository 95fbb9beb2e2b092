#include "ews/operations/get_user_configuration.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::GetUserConfiguration;

const GetUserConfiguration operation{ews::DistinguishedFolder::calendar, "CategoryList"};

TEST(GetUserConfiguration, AsksForTheXmlOnly) {
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:GetUserConfiguration>
          <m:UserConfigurationName Name="CategoryList">
            <t:DistinguishedFolderId Id="calendar"/>
          </m:UserConfigurationName>
          <m:UserConfigurationProperties>XmlData</m:UserConfigurationProperties>
        </m:GetUserConfiguration>)"));
}

TEST(GetUserConfiguration, DecodesTheXml) {
    const auto reply = wire::read(operation, R"(
        <m:GetUserConfigurationResponse><m:ResponseMessages>
          <m:GetUserConfigurationResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:UserConfiguration>
              <t:UserConfigurationName Name="CategoryList"><t:FolderId Id="F"/></t:UserConfigurationName>
              <t:XmlData>PGEvPg==</t:XmlData>
            </m:UserConfiguration>
          </m:GetUserConfigurationResponseMessage>
        </m:ResponseMessages></m:GetUserConfigurationResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_EQ(*reply, "<a/>");
}

TEST(GetUserConfiguration, TellsThatThereIsNone) {
    const auto reply = wire::read(operation, R"(
        <m:GetUserConfigurationResponse><m:ResponseMessages>
          <m:GetUserConfigurationResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorItemNotFound</m:ResponseCode>
          </m:GetUserConfigurationResponseMessage>
        </m:ResponseMessages></m:GetUserConfigurationResponse>)");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ews::errc::item_not_found);
}

}  // namespace
