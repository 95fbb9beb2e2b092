#include "agent/file.hpp"

#include <gtest/gtest.h>

#include "tests/agent/folder.hpp"

namespace {

using agent::errc;
using agent::read_file;

TEST(File, GivesTheBytesAsTheyStand) {
    const agent_test::Folder folder;
    const std::string bytes("a\r\n\0\xff\n", 6);
    EXPECT_EQ(read_file(folder.write("a", bytes), 6).value(), bytes);
    EXPECT_EQ(read_file(folder.write("empty", ""), 6).value(), "");
}

TEST(File, ManyBlocksAreReadToTheEnd) {
    const agent_test::Folder folder;
    const std::string bytes(200'000, 'x');
    EXPECT_EQ(read_file(folder.write("a", bytes), 1 << 20).value(), bytes);
}

TEST(File, TooManyBytesAreNotRead) {
    const agent_test::Folder folder;
    const auto text = read_file(folder.write("a", "1234567"), 6);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, errc::permanent);
    EXPECT_EQ(folder.without_path(text.error().text), "a: larger than 6 bytes");
}

TEST(File, WhatCannotBeReadIsNamedWithTheReason) {
    const agent_test::Folder folder;
    const auto missing = read_file(folder.file("missing"), 6);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, errc::transient);
    EXPECT_EQ(folder.without_path(missing.error().text), "missing: No such file or directory");
    const auto directory = read_file(folder.path(), 6);
    ASSERT_FALSE(directory);
    EXPECT_EQ(directory.error().text, folder.path() + ": is a folder, not a file");
}

}  // namespace
