#include "ews/restriction.hpp"

#include "tests/ews/wire.hpp"

namespace {

std::string written(const ews::Restriction& restriction) {
    pugi::xml_document document;
    ews::write_restriction(document, restriction);
    return ews::save(document);
}

const ews::FieldUri message_id{"message:InternetMessageId"};

TEST(Restriction, ComparesWithAConstant) {
    EXPECT_EQ(written(ews::is_equal_to(message_id, "<a@b>")), wire::minified(R"(
        <m:Restriction><t:IsEqualTo>
          <t:FieldURI FieldURI="message:InternetMessageId"/>
          <t:FieldURIOrConstant><t:Constant Value="&lt;a@b&gt;"/></t:FieldURIOrConstant>
        </t:IsEqualTo></m:Restriction>)"));
}

TEST(Restriction, Combines) {
    const auto both = ews::all_of(
        {ews::negate(ews::exists(ews::message_flags_property())),
         ews::contains(ews::FieldUri{"item:Subject"}, "offer")}
    );
    EXPECT_EQ(written(both), wire::minified(R"(
        <m:Restriction><t:And>
          <t:Not><t:Exists>
            <t:ExtendedFieldURI PropertyTag="0x0e07" PropertyType="Integer"/>
          </t:Exists></t:Not>
          <t:Contains ContainmentMode="Substring" ContainmentComparison="IgnoreCase">
            <t:FieldURI FieldURI="item:Subject"/><t:Constant Value="offer"/>
          </t:Contains>
        </t:And></m:Restriction>)"));
}

TEST(Restriction, LooksAtTheBeginning) {
    EXPECT_EQ(
        written(ews::starts_with(ews::FieldUri{"folder:DisplayName"}, "- ")), wire::minified(R"(
        <m:Restriction>
          <t:Contains ContainmentMode="Prefixed" ContainmentComparison="IgnoreCase">
            <t:FieldURI FieldURI="folder:DisplayName"/><t:Constant Value="- "/>
          </t:Contains>
        </m:Restriction>)")
    );
}

}  // namespace
