#include "ews/simulator/damage.hpp"

#include <gtest/gtest.h>

namespace {

using namespace ews::simulator;

using Kind = Fault::Kind;

std::optional<Fault> fault(Kind kind, std::size_t count = 0) {
    Fault result;
    result.kind = kind;
    result.count = count;
    return result;
}

using Places = std::vector<std::size_t>;

TEST(Damage, PutsReferencesThatXmlForbidsIntoNamesAndSubjects) {
    EXPECT_EQ(
        spoil(fault(Kind::illegal_characters), "<t:Subject>a</t:Subject><t:Name>b</t:Name>"),
        "<t:Subject>&#x0;&#x1;&#x14;&#xD83D;&#xDE00;&#xDC00;&#xFFFE;a</t:Subject>"
        "<t:Name>&#x0;&#x1;&#x14;&#xD83D;&#xDE00;&#xDC00;&#xFFFE;b</t:Name>"
    );
}

TEST(Damage, PutsBytesThatAreNoUtf8IntoFoldersAndEvents) {
    EXPECT_EQ(
        spoil(fault(Kind::illegal_bytes), "<t:DisplayName>a"),
        "<t:DisplayName>\x01\xFF\xE2\x82\xED\xA0\xBD"
        "a"
    );
    EXPECT_EQ(
        spoil(fault(Kind::illegal_bytes), "<t:TimeStamp>0</t:TimeStamp>"),
        "<t:TimeStamp>0</t:TimeStamp>\x01\xFF\xE2\x82\xED\xA0\xBD"
    );
}

TEST(Damage, LeavesTheTextAloneForOtherFaults) {
    EXPECT_EQ(spoil({}, "<t:Subject>a"), "<t:Subject>a");
    EXPECT_EQ(spoil(fault(Kind::pieces, 1), "<t:Subject>a"), "<t:Subject>a");
}

TEST(Damage, PutsAByteOrderMarkBeforeTheText) {
    EXPECT_EQ(spoil(fault(Kind::byte_order_mark), "<a/>"), "\xEF\xBB\xBF<a/>");
}

TEST(Damage, CutsAfterSoManyBytes) {
    EXPECT_EQ(cuts(fault(Kind::pieces, 1), "abc"), (Places{1, 2}));
    EXPECT_EQ(cuts(fault(Kind::pieces, 2), "abcde"), (Places{2, 4}));
    EXPECT_EQ(cuts(fault(Kind::pieces, 9), "abc"), Places{});
    EXPECT_EQ(cuts({}, "abc"), Places{});
}

TEST(Damage, CutsWithinTheEndOfTheEnvelope) {
    const std::string_view text = "<Envelope>x</Envelope>";
    EXPECT_EQ(text.substr(cuts(fault(Kind::split_end), text).front()), "lope>");
}

TEST(Damage, CutsWithinACharacterThatItBringsWhereThereIsNone) {
    const auto wide = fault(Kind::split_character);
    EXPECT_EQ(
        cuts(
            wide,
            "a\xC3\xBC"
            "b"
        ),
        Places{2}
    );
    const auto text = spoil(wide, "<m:ResponseCode>NoError</m:ResponseCode>");
    EXPECT_EQ(
        text.substr(0, 38),
        "<m:MessageText>Gr\xC3\xBC\xC3\x9F"
        "e</m:MessageText>"
    );
    EXPECT_EQ(cuts(wide, text), Places{18});
}

}  // namespace
