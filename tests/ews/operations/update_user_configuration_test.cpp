#include "ews/operations/update_user_configuration.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::UpdateUserConfiguration;

const UpdateUserConfiguration operation{
    {ews::DistinguishedFolder::calendar, "CategoryList", "<a/>"}};

TEST(UpdateUserConfiguration, CarriesNameAndXml) {
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:UpdateUserConfiguration><m:UserConfiguration>
          <t:UserConfigurationName Name="CategoryList">
            <t:DistinguishedFolderId Id="calendar"/>
          </t:UserConfigurationName>
          <t:XmlData>PGEvPg==</t:XmlData>
        </m:UserConfiguration></m:UpdateUserConfiguration>)"));
}

TEST(UpdateUserConfiguration, Succeeds) {
    EXPECT_TRUE(wire::read(operation, R"(
        <m:UpdateUserConfigurationResponse><m:ResponseMessages>
          <m:UpdateUserConfigurationResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
          </m:UpdateUserConfigurationResponseMessage>
        </m:ResponseMessages></m:UpdateUserConfigurationResponse>)"));
}

TEST(UpdateUserConfiguration, ReportsTheServersRefusal) {
    const auto reply = wire::read(operation, R"(
        <m:UpdateUserConfigurationResponse><m:ResponseMessages>
          <m:UpdateUserConfigurationResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorAccessDenied</m:ResponseCode>
          </m:UpdateUserConfigurationResponseMessage>
        </m:ResponseMessages></m:UpdateUserConfigurationResponse>)");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ews::errc::access_denied);
}

}  // namespace
