#include "ews/operations/create_user_configuration.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::CreateUserConfiguration;

const CreateUserConfiguration operation{
    {ews::DistinguishedFolder::calendar, "CategoryList", "<a/>"}};

TEST(CreateUserConfiguration, CarriesNameAndXml) {
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:CreateUserConfiguration><m:UserConfiguration>
          <t:UserConfigurationName Name="CategoryList">
            <t:DistinguishedFolderId Id="calendar"/>
          </t:UserConfigurationName>
          <t:XmlData>PGEvPg==</t:XmlData>
        </m:UserConfiguration></m:CreateUserConfiguration>)"));
}

TEST(CreateUserConfiguration, Succeeds) {
    EXPECT_TRUE(wire::read(operation, R"(
        <m:CreateUserConfigurationResponse><m:ResponseMessages>
          <m:CreateUserConfigurationResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
          </m:CreateUserConfigurationResponseMessage>
        </m:ResponseMessages></m:CreateUserConfigurationResponse>)"));
}

TEST(CreateUserConfiguration, ReportsTheServersRefusal) {
    const auto reply = wire::read(operation, R"(
        <m:CreateUserConfigurationResponse><m:ResponseMessages>
          <m:CreateUserConfigurationResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorAccessDenied</m:ResponseCode>
          </m:CreateUserConfigurationResponseMessage>
        </m:ResponseMessages></m:CreateUserConfigurationResponse>)");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ews::errc::access_denied);
}

}  // namespace
