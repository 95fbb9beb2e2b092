#include "agent/set_enabled.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "agent/file.hpp"
#include "tests/agent/folder.hpp"

namespace {

using agent::replace_file;
using agent::with_enabled;

TEST(SetEnabled, ChangesTheValueAndNothingElse) {
    const std::string before =
        "<?xml version='1.0'?>\n"
        "<!-- <policy enabled=\"true\"> of Sales -->\n"
        "<policy name=\"a > b\"\r\n"
        "        enabled = 'true'\tx=\"enabled='true'\" >  <!-- keep me -->\n"
        "  <inbox enabled=\"true\"/>\n"
        "</policy>\n";
    const std::string after =
        "<?xml version='1.0'?>\n"
        "<!-- <policy enabled=\"true\"> of Sales -->\n"
        "<policy name=\"a > b\"\r\n"
        "        enabled = 'false'\tx=\"enabled='true'\" >  <!-- keep me -->\n"
        "  <inbox enabled=\"true\"/>\n"
        "</policy>\n";
    EXPECT_EQ(with_enabled(before, false), after);
    EXPECT_EQ(with_enabled(after, true), before);
    EXPECT_EQ(with_enabled(before, true), before);
}

TEST(SetEnabled, AValueIsReplacedHoweverItIsWritten) {
    EXPECT_EQ(with_enabled(R"(<policy enabled="0"/>)", true), R"(<policy enabled="true"/>)");
    EXPECT_EQ(with_enabled(R"(<policy enabled=" 1 "/>)", false), R"(<policy enabled="false"/>)");
}

TEST(SetEnabled, AnAttributeThatIsMissingIsAdded) {
    EXPECT_EQ(with_enabled("<policy/>", true), R"(<policy enabled="true"/>)");
    EXPECT_EQ(with_enabled("<policy></policy>", true), R"(<policy enabled="true"></policy>)");
    EXPECT_EQ(
        with_enabled("<policy name=\"enabled\">\n<inbox enabled=\"true\"/></policy>", false),
        "<policy enabled=\"false\" name=\"enabled\">\n<inbox enabled=\"true\"/></policy>"
    );
    EXPECT_EQ(
        with_enabled(R"(<policy not-enabled="a" enabled-too="b"/>)", false),
        R"(<policy enabled="false" not-enabled="a" enabled-too="b"/>)"
    );
}

TEST(SetEnabled, AByteOrderMarkAndLettersOfAllKindsStay) {
    EXPECT_EQ(
        with_enabled(
            "\xEF\xBB\xBF<!-- gr\u00fcn --><policy name=\"\u00fcber\" enabled=\"false\"/>", true
        ),
        "\xEF\xBB\xBF<!-- gr\u00fcn --><policy name=\"\u00fcber\" enabled=\"true\"/>"
    );
    EXPECT_EQ(
        with_enabled("\xEF\xBB\xBF<policy/>", true), "\xEF\xBB\xBF<policy enabled=\"true\"/>"
    );
}

std::string bytes(const std::string& file) {
    return agent::read_file(file, 1 << 20).value();
}

unsigned rights(const std::string& file) {
    struct stat status {};
    EXPECT_EQ(::stat(file.c_str(), &status), 0);
    return status.st_mode & 07777U;
}

TEST(SetEnabled, AFileIsReplacedWithItsRights) {
    const agent_test::Folder folder;
    const std::string file = folder.write("policy.xml", "a long text that was there before");
    ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
    ASSERT_TRUE(replace_file(file, "new"));
    EXPECT_EQ(bytes(file), "new");
    EXPECT_EQ(rights(file), 0640U);
    EXPECT_FALSE(std::filesystem::exists(file + ".new"));
}

TEST(SetEnabled, ASymbolicLinkStaysOne) {
    const agent_test::Folder folder;
    const std::string file = folder.write("shared/policy.xml", "old"),
                      link = folder.file("policy.xml");
    std::filesystem::create_symlink("shared/policy.xml", link);
    ASSERT_TRUE(replace_file(link, "new"));
    EXPECT_TRUE(std::filesystem::is_symlink(link));
    EXPECT_FALSE(std::filesystem::is_symlink(file));
    EXPECT_EQ(bytes(file), "new");
}

TEST(SetEnabled, WhatAnInterruptedRunLeftIsInNobodysWay) {
    const agent_test::Folder folder;
    const std::string file = folder.write("policy.xml", "old");
    folder.write("policy.xml.new", "half of a text that was to be much longer");
    ASSERT_TRUE(replace_file(file, "new"));
    EXPECT_EQ(bytes(file), "new");
}

TEST(SetEnabled, WhatCannotBeWrittenStaysAsItWas) {
    const agent_test::Folder folder;
    const std::string file = folder.write("policy.xml", "old");
    std::filesystem::create_directory(file + ".new");
    const auto replaced = replace_file(file, "new");
    ASSERT_FALSE(replaced);
    EXPECT_EQ(
        folder.without_path(replaced.error().text), "policy.xml: cannot be written: Is a directory"
    );
    EXPECT_EQ(bytes(file), "old");
}

TEST(SetEnabled, AFileThatIsNotThereIsNotMade) {
    const agent_test::Folder folder;
    const auto replaced = replace_file(folder.file("policy.xml"), "new");
    ASSERT_FALSE(replaced);
    EXPECT_EQ(replaced.error().code, agent::errc::transient);
    EXPECT_EQ(
        folder.without_path(replaced.error().text),
        "policy.xml: cannot be written: No such file or directory"
    );
    EXPECT_FALSE(std::filesystem::exists(folder.file("policy.xml")));
}

}  // namespace
