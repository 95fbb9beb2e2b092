#include "ews/property.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::ExtendedField;
using ews::ExtendedValue;

std::string written(const ExtendedValue& value) {
    pugi::xml_document document;
    ews::write_value(document, value);
    return ews::save(document);
}

TEST(Property, WritesTagsAndArrays) {
    EXPECT_EQ(written({ews::message_flags_property(), {"1"}}), wire::minified(R"(
        <t:ExtendedProperty>
          <t:ExtendedFieldURI PropertyTag="0x0e07" PropertyType="Integer"/><t:Value>1</t:Value>
        </t:ExtendedProperty>)"));
    EXPECT_EQ(written({{"guid", "Keywords", 0, "StringArray"}, {"a", "b"}}), wire::minified(R"(
        <t:ExtendedProperty>
          <t:ExtendedFieldURI PropertySetId="guid" PropertyName="Keywords" PropertyType="StringArray"/>
          <t:Values><t:Value>a</t:Value><t:Value>b</t:Value></t:Values>
        </t:ExtendedProperty>)"));
}

TEST(Property, ReadsBackWhatItWrote) {
    for (const ExtendedValue& value : std::initializer_list<ExtendedValue>{
             {ews::state_property(), {"archived:1"}},
             {ews::message_id_property(), {"<a@b>"}},
             {{"guid", "Keywords", 0, "StringArray"}, {"a", "b"}}}) {
        pugi::xml_document document;
        ews::write_value(document, value);
        EXPECT_EQ(ews::read_value(document.document_element()), value);
    }
}

TEST(Property, FindsOurMarkInWhateverCaseTheGuidComesBack) {
    pugi::xml_document document;
    document.load_string(R"(
        <t:Message>
          <t:ExtendedProperty>
            <t:ExtendedFieldURI PropertyTag="4149" PropertyType="String"/><t:Value>id</t:Value>
          </t:ExtendedProperty>
          <t:ExtendedProperty>
            <t:ExtendedFieldURI PropertySetId="E4A5CDDD-8232-4C41-8378-EB9424F2F73A"
                PropertyName="MailferryState" PropertyType="String"/>
            <t:Value>done</t:Value>
          </t:ExtendedProperty>
        </t:Message>)");
    const auto values = ews::read_values(document.document_element());
    ASSERT_NE(ews::find_value(values, ews::state_property()), nullptr);
    EXPECT_EQ(*ews::find_value(values, ews::state_property()), "done");
    ASSERT_NE(ews::find_value(values, ews::message_id_property()), nullptr);
    EXPECT_EQ(ews::find_value(values, ews::message_flags_property()), nullptr);
}

}  // namespace
