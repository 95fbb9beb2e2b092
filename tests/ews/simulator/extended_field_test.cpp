#include "ews/simulator/extended_field.hpp"

#include <gtest/gtest.h>

namespace {

using namespace ews::simulator;

/// The key of <t:ExtendedFieldURI attributes/>; "refused" if it is none.
std::string key_of(const std::string& attributes) {
    pugi::xml_document document;
    document.load_string(("<t:ExtendedFieldURI " + attributes + "/>").c_str());
    const auto field = read_extended_field(document.document_element());
    return field ? field->key : "refused";
}

TEST(SimulatorExtendedField, IsTheSameHoweverItIsWritten) {
    EXPECT_EQ(key_of(R"(PropertyTag="0x0E23" PropertyType="Integer")"), "0x0e23");
    EXPECT_EQ(key_of(R"(PropertyTag="3619" PropertyType="Integer")"), "0x0e23");
    EXPECT_EQ(
        key_of(R"(PropertySetId="00020329-0000-0000-C000-000000000046" PropertyName="Keywords")"
               R"( PropertyType="StringArray")"),
        keywords_key
    );
    EXPECT_EQ(
        key_of(R"(DistinguishedPropertySetId="PublicStrings" PropertyName="Keywords")"
               R"( PropertyType="StringArray")"),
        keywords_key
    );
    EXPECT_EQ(
        key_of(R"(DistinguishedPropertySetId="Common" PropertyId="34051" PropertyType="Boolean")"),
        "00062008-0000-0000-c000-000000000046/#34051"
    );
}

TEST(SimulatorExtendedField, RefusesAttributesThatDoNotGoTogether) {
    for (const auto* attributes :
         {R"(PropertyTag="0x0E23")",
          R"(PropertyType="String")",
          R"(PropertyTag="0x0E23" PropertyName="a" PropertyType="String")",
          R"(PropertyTag="0x12345" PropertyType="String")",
          R"(PropertyTag="red" PropertyType="String")",
          R"(PropertyName="a" PropertyType="String")",
          R"(PropertySetId="a" PropertyType="String")",
          R"(PropertySetId="a" PropertyName="a" PropertyId="1" PropertyType="String")",
          R"(DistinguishedPropertySetId="Nobody" PropertyName="a" PropertyType="String")"})
        EXPECT_EQ(key_of(attributes), "refused") << attributes;
}

}  // namespace
