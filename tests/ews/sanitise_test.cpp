#include "ews/sanitise.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::string_literals;

struct Row {
    const char* what;
    std::string given, expected;
};

TEST(CleanReply, FollowsTheTable) {
    const Row rows[] = {
        {"plain", "<a>x</a>", "<a>x</a>"},
        {"white space stays", "a\tb\r\nc", "a\tb\r\nc"},
        {"UTF-8 stays",
         "Gr\xC3\xBC\xC3\x9F"
         "e \xF0\x9F\x98\x80",
         "Gr\xC3\xBC\xC3\x9F"
         "e \xF0\x9F\x98\x80"},
        {"raw control byte",
         "a\x01"
         "b",
         "ab"},
        {"raw NUL", "a\0b"s, "ab"},
        {"reference to a control character", "a&#x1;b&#17;c", "abc"},
        {"reference to NUL", "a&#x0;b&#0;c", "abc"},
        {"reference to U+FFFE", "a&#xFFFE;b&#65535;c", "abc"},
        {"reference beyond Unicode", "a&#x110000;b&#99999999999999999999;c", "abc"},
        {"good references stay",
         "&#x41;&#10;&#xFFFD;&#x1F600;&amp;",
         "&#x41;&#10;&#xFFFD;&#x1F600;&amp;"},
        {"surrogate pair as references", "&#xD83D;&#xDE00;", "\xF0\x9F\x98\x80"},
        {"the same in decimals", "&#55357;&#56832;", "\xF0\x9F\x98\x80"},
        {"lone high surrogate", "a&#xD83D;b", "ab"},
        {"high surrogate before another reference", "&#xD83D;&#x41;", "&#x41;"},
        {"lone low surrogate", "a&#xDE00;b", "ab"},
        {"no reference", "&# &#; &#x; &#xZ; &#12", "&# &#; &#x; &#xZ; &#12"},
        {"bad UTF-8",
         "a\xFF"
         "b",
         "a\xEF\xBF\xBD"
         "b"},
        {"cut UTF-8", "a\xC3", "a\xEF\xBF\xBD"},
        {"overlong UTF-8", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"surrogate in UTF-8", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"what is left out completes no reference",
         "&#&#1;1;",
         "&#\xEF\xBF\xBD"
         "1;"},
        {"nor does a byte", "&\x01#1;", "&\xEF\xBF\xBD#1;"},
        {"however many digits stand before it",
         "&#x" + std::string(40, '0') +
             "\x02"
             "1;",
         "&#x" + std::string(40, '0') +
             "\xEF\xBF\xBD"
             "1;"},
        {"raw U+FFFE",
         "a\xEF\xBF\xBE"
         "b",
         "ab"},
    };
    for (const auto& row : rows) EXPECT_EQ(ews::clean_reply(row.given), row.expected) << row.what;
}

TEST(CleanReply, CleaningTwiceChangesNothing) {
    const std::string once = ews::clean_reply("&#x1;\xFF&#xD83D;&#xDE00;\x02");
    EXPECT_EQ(ews::clean_reply(once), once);
}

TEST(CleanText, LeavesReferencesAlone) {
    EXPECT_EQ(
        ews::clean_text("a&#x1;\x01"
                        "b\xFF"),
        "a&#x1;b\xEF\xBF\xBD"
    );
    EXPECT_EQ(ews::clean_text("K\xC3\xB6ln"), "K\xC3\xB6ln");
}

}  // namespace
