#include "ews/simulator/restriction.hpp"

#include <gtest/gtest.h>

namespace {

using namespace ews::simulator;

TEST(SimulatorRestriction, ComparesNumbersTimesTruthValuesAndText) {
    EXPECT_LT(compare_values("9", "10"), 0);
    EXPECT_GT(compare_values("b9", "b10"), 0);
    EXPECT_EQ(compare_values("true", "1"), 0);
    EXPECT_LT(compare_values("false", "true"), 0);
    EXPECT_EQ(compare_values("2026-11-23T10:00:00+01:00", "2026-11-23T09:00:00Z"), 0);
    EXPECT_EQ(compare_values("Angebot", "ANGEBOT"), 0);
}

TEST(SimulatorRestriction, IsMetByAllWhereThereIsNone) {
    EXPECT_TRUE(*meets({}, [](const pugi::xml_node&) { return std::vector<std::string>{}; }));
}

TEST(SimulatorRestriction, ComparesOneFieldWithAnother) {
    pugi::xml_document document;
    document.load_string(
        R"(<t:IsEqualTo><t:FieldURI FieldURI="a"/><t:FieldURIOrConstant><t:FieldURI FieldURI="b"/>)"
        "</t:FieldURIOrConstant></t:IsEqualTo>"
    );
    const auto with = [&](std::string a, std::string b) {
        return *meets(document.document_element(), [&](const pugi::xml_node& path) {
            const auto is_a = std::string_view(path.attribute("FieldURI").value()) == "a";
            return std::vector<std::string>{is_a ? a : b};
        });
    };
    EXPECT_TRUE(with("x", "x"));
    EXPECT_FALSE(with("x", "y"));
}

}  // namespace
