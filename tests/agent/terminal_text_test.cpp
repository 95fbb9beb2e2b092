#include "agent/terminal_text.hpp"

#include <gtest/gtest.h>

namespace {

TEST(TerminalText, ColumnsStandUnderEachOtherWhateverTheScript) {
    EXPECT_EQ(
        agent::aligned({{"NAME", "ID"}, {"佐藤", "1"}, {"Zoe\u0301", "2"}, {"Müller", "3"}}),
        "NAME    ID\n"
        "佐藤    1\n"
        "Zoe\u0301     2\n"
        "Müller  3\n"
    );
}

TEST(TerminalText, AnEmptyLastCellLeavesNoBlanksAtTheEnd) {
    EXPECT_EQ(agent::aligned({{"A", "B"}, {"1", ""}}), "A  B\n1\n");
}

TEST(TerminalText, ACellThatIsTooWideEndsInAnEllipsis) {
    const auto text = agent::aligned({{std::string(500, 'x'), "end"}});
    EXPECT_EQ(text, std::string(44, 'x') + "…  end\n");
}

TEST(TerminalText, AWideCharacterIsNotCutInHalf) {
    std::string wide;
    for (int i = 0; i < 30; ++i) wide += "佐";
    const auto text = agent::aligned({{wide}});
    EXPECT_EQ(text, wide.substr(0, 22 * std::string("佐").size()) + "…\n");
}

TEST(TerminalText, NothingInAMailCommandsTheTerminal) {
    EXPECT_EQ(agent::one_line("a\x1b[2Jb\r\nc"), "a\uFFFD[2Jb\uFFFD\uFFFDc");
    EXPECT_EQ(agent::printable_lines("a\x1b\x9b\r\n\tb"), "a\uFFFD\uFFFD\n\tb");
    EXPECT_EQ(agent::one_line("a\u009Bb"), "a\uFFFDb");
}

TEST(TerminalText, ATabOfOneLineIsABlank) {
    EXPECT_EQ(agent::one_line("a\tb"), "a b");
}

}  // namespace
