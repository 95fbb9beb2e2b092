#include "ews/operations/user_configuration.hpp"

#include "tests/ews/wire.hpp"

namespace {

TEST(UserConfiguration, PutsTheNameInAnAttributeAndTheFolderInside) {
    pugi::xml_document document;
    const ews::UserConfiguration value{ews::DistinguishedFolder::calendar, "CategoryList", {}};
    ews::write_configuration_name(document.append_child("t:UserConfigurationName"), value);
    EXPECT_EQ(ews::save(document), wire::minified(R"(
        <t:UserConfigurationName Name="CategoryList">
          <t:DistinguishedFolderId Id="calendar"/>
        </t:UserConfigurationName>)"));
}

TEST(UserConfiguration, CarriesItsXmlAsBase64) {
    pugi::xml_document document;
    const ews::UserConfiguration value{ews::FolderId{"F", ""}, "X", "<a/>"};
    ews::write_configuration(document.append_child("m:Any"), value);
    EXPECT_EQ(ews::save(document), wire::minified(R"(
        <m:Any><m:UserConfiguration>
          <t:UserConfigurationName Name="X"><t:FolderId Id="F"/></t:UserConfigurationName>
          <t:XmlData>PGEvPg==</t:XmlData>
        </m:UserConfiguration></m:Any>)"));
}

}  // namespace
