#include "ews/xml.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono;

pugi::xml_document load(const char* xml) {
    pugi::xml_document document;
    document.load_string(xml);
    return document;
}

TEST(Xml, FindsChildrenWhateverTheirPrefix) {
    const auto document = load("<a><x:b>1</x:b><b>2</b><c><y:d/></c></a>");
    const auto root = document.document_element();
    EXPECT_EQ(ews::text(ews::child(root, "b")), "1");
    EXPECT_EQ(ews::elements(root, "b").size(), 2u);
    EXPECT_EQ(ews::elements(root).size(), 3u);
    EXPECT_TRUE(ews::path(root, {"c", "d"}));
    EXPECT_FALSE(ews::path(root, {"e", "d"}));
}

TEST(Xml, JoinsTextAndCdata) {
    const auto document = load("<a> one <!-- no --><![CDATA[&two]]></a>");
    EXPECT_EQ(ews::text(document.document_element()), " one &two");
    EXPECT_EQ(ews::trimmed_text(document.document_element()), "one &two");
}

TEST(Xml, ReadsFlagsAndNumbersInAllTheirForms) {
    const auto document = load("<a><t>true</t><o> 1 </o><f>false</f><n> 42 </n><x>4x</x></a>");
    const auto root = document.document_element();
    EXPECT_TRUE(ews::flag(ews::child(root, "t")));
    EXPECT_TRUE(ews::flag(ews::child(root, "o")));
    EXPECT_FALSE(ews::flag(ews::child(root, "f")));
    EXPECT_FALSE(ews::flag(ews::child(root, "none")));
    EXPECT_EQ(ews::number(ews::child(root, "n")), 42u);
    EXPECT_EQ(ews::number(ews::child(root, "x")), 0u);
}

TEST(ParseTime, ReadsWhatServersWrite) {
    const ews::Time nine = sys_days(2026y / November / 23) + 9h;
    EXPECT_EQ(ews::parse_time("2026-11-23T09:00:00Z"), nine);
    EXPECT_EQ(ews::parse_time("2026-11-23T09:00:00"), nine);
    EXPECT_EQ(ews::parse_time("2026-11-23T09:00:00.123Z"), nine + 123ms);
    EXPECT_EQ(ews::parse_time("2026-11-23T09:00:00.123456789Z"), nine + 123ms);
    EXPECT_EQ(ews::parse_time("2026-11-23T09:00:00.5Z"), nine + 500ms);
    EXPECT_EQ(ews::parse_time("2026-11-23T10:30:00+01:30"), nine);
    EXPECT_EQ(ews::parse_time("2026-11-23T07:00:00-02:00"), nine);
}

TEST(ParseTime, RefusesWhatIsNoTime) {
    for (const char* wrong :
         {"",
          "2026",
          "2026-11-23",
          "2026-13-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "2026-11-23T25:00:00Z",
          "2026-11-23T09:60:00Z",
          "2026-11-23T09:00:00Zx",
          "2026-11-23T09:00:00+1",
          "now"})
        EXPECT_EQ(ews::parse_time(wrong), std::nullopt) << wrong;
}

TEST(Xml, WritesTextThatIsAllowed) {
    pugi::xml_document document;
    auto root = ews::add(document, "a");
    ews::add_text(root, "b", "x\x02 <&> \xFF");
    ews::add_attribute(root, "c", "\"\x03<");
    EXPECT_EQ(ews::save(document), "<a c=\"&quot;&lt;\"><b>x &lt;&amp;&gt; \xEF\xBF\xBD</b></a>");
}

}  // namespace
