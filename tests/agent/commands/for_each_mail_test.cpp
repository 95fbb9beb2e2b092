#include "agent/commands/for_each_mail.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "tests/agent/folder.hpp"

namespace {

using Texts = std::vector<std::string>;

TEST(ForEachMail, HandsOverEachMailAsLyingWhereItIsSaidTo) {
    const agent_test::Folder folder;
    folder.write("in/a.eml", "Subject: one\n\n");
    folder.write("in/b.eml", "Subject: two\n\n");
    rules::ItemProperties item;
    item.owner.addresses = {"anna@us.example"};
    Texts told;
    const auto take = [&](const std::string& name, const agent::ReadMail& read) {
        told.push_back(folder.without_path(name) + ": " + read.mail.subject);
        EXPECT_EQ(read.mail.owner, item.owner);
    };
    EXPECT_EQ(agent::for_each_mail({folder.file("in")}, item, agent::Progress(), take), agent::Reading{});
    EXPECT_EQ(told, (Texts{"in/a.eml: one", "in/b.eml: two"}));
}

TEST(ForEachMail, WhatCannotBeReadIsSaidAndCountedAndStopsNothing) {
    const agent_test::Folder folder;
    folder.write("a.eml", "Subject: one\n\n");
    int taken = 0;
    const auto take = [&](const std::string&, const agent::ReadMail&) { ++taken; };
    const Texts paths{folder.file("x.eml"), folder.file("a.eml"), folder.file("y.eml")};
    testing::internal::CaptureStderr();
    EXPECT_EQ(agent::for_each_mail(paths, {}, agent::Progress(), take), (agent::Reading{2, false}));
    EXPECT_EQ(
        folder.without_path(testing::internal::GetCapturedStderr()),
        "mailferry: x.eml: No such file or directory\n"
        "mailferry: y.eml: No such file or directory\n"
    );
    EXPECT_EQ(taken, 1);
}

TEST(ForEachMail, ASignalStopsItAfterTheMailThatIsUnderWay) {
    const agent_test::Folder folder;
    for (const char* name : {"a.eml", "b.eml"}) folder.write(name, "Subject: one\n\n");
    for (const int signal : {SIGINT, SIGTERM}) {
        int taken = 0;
        const auto take = [&](const std::string&, const agent::ReadMail&) {
            if (++taken == 1) ::raise(signal);
        };
        const auto reading = agent::for_each_mail({folder.file(".")}, {}, agent::Progress(), take);
        EXPECT_EQ(reading, (agent::Reading{0, true}));
        EXPECT_EQ(taken, 1);
    }
}

TEST(ForEachMail, ThePathsAreRequired) {
    CLI::App app;
    Texts paths;
    agent::add_mail_paths(app, paths);
    EXPECT_THROW(app.parse(std::vector<std::string>{}), CLI::RequiredError);
    app.parse(std::vector<std::string>{"b.eml", "a.eml"});  // CLI11 takes them from behind
    EXPECT_EQ(paths, (Texts{"a.eml", "b.eml"}));
}

}  // namespace
