// `mailferry policy`: what it writes into policies and leaves in the journal for a running agent.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "agent/journal.hpp"
#include "agent/utc_text.hpp"
#include "tests/agent/commands/command_line.hpp"
#include "tests/agent/folder.hpp"
#include "tests/scenarios/world.hpp"

namespace {

using agent::Journal;
using agent::Request;
using command_line::Ran;

constexpr auto anna = "anna@us.example", ben = "ben@us.example", carla = "carla@us.example";

std::string policy_xml(const std::string& name, bool enabled, const std::string& more = "") {
    return "<?xml version=\"1.0\"?>\n<!-- Ours. enabled=\"maybe\" -->\n"
           "<policy xmlns=\"urn:mailferry:policy:1\"\n        name=\"" +
           name + "\" enabled=\"" + (enabled ? "true" : "false") +
           "\"> <!-- by Bob -->\n  <category name=\"Company CRM\"/>\n" + more + "</policy>\n";
}

/// Anna and Ben in the policy Sales, which is enabled; Carla in Support, which is not.
class PolicyCommand : public testing::Test {
protected:
    PolicyCommand() {
        folder_.write("sales.xml", policy_xml("Sales", true));
        folder_.write("support.xml", policy_xml("Support", false));
        configure();
        users("");
    }

    void configure(const std::string& of_anna = "") const {
        const auto entry = [](const std::string& file, const std::string& mailboxes) {
            return "<policy file=\"" + file + "\" exchange=\"office\" crm=\"embedded\">" +
                   mailboxes + "</policy>\n";
        };
        const auto mailbox = [](const std::string& address, const std::string& more) {
            return "<mailbox address=\"" + address + "\" " + more + "/>";
        };
        folder_.write(
            "mailferry.xml",
            "<mailferry xmlns=\"urn:mailferry:config:1\">\n<journal file=\"journal\"/>\n"
            "<exchange name=\"office\" url=\"http://127.0.0.1:1/\" user=\"u\">"
            "<password file=\"p\"/></exchange>\n<crm name=\"embedded\" url=\"sqlite:crm\"/>\n" +
                entry("sales.xml", mailbox(anna, of_anna) + mailbox(ben, "")) +
                entry("support.xml", mailbox(carla, "")) + "</mailferry>\n"
        );
    }

    /// The CRM knows Anna and Ben; her time zone is that one.
    void users(const std::string& zone_of_anna) const {
        const std::string people = "kind,name,email,time_zone\nuser,Anna," + std::string(anna) +
                                   "," + zone_of_anna + "\nuser,Ben," + ben + ",\n";
        const std::string crm = "sqlite:" + folder_.file("crm");
        command_line::run({"crm", "import", crm, folder_.write("people.csv", people)});
    }

    /// Sales has a blackout that covers this moment where local time is UTC and so many hours;
    /// when it ends.
    std::string black_out(int ahead) const {
        const auto now = std::chrono::floor<std::chrono::hours>(agent::SystemClock().now());
        const auto hour = now.time_since_epoch().count() % 24 + 24 + ahead;
        const auto hours = fmt::format(
            "  <schedule><blackout from=\"{:02}:00\" to=\"{:02}:00\"/></schedule>\n",
            (hour - 1) % 24,
            (hour + 2) % 24
        );
        folder_.write("sales.xml", policy_xml("Sales", true, hours));
        return agent::utc_text(now + std::chrono::hours(2));
    }

    void agent_has_run() const { Journal::open(folder_.file("journal")).value(); }

    Ran policy(const std::string& command, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> all{"policy", command, "--config", folder_.file("mailferry.xml")};
        all.insert(all.end(), more.begin(), more.end());
        Ran ran = command_line::run(all);
        ran.out = folder_.without_path(ran.out);
        ran.err = folder_.without_path(ran.err);
        return ran;
    }

    /// "sync-now anna@us.example" for each, with the role where there is one.
    std::string requests() const {
        std::string text;
        const auto journal = Journal::open_beside(folder_.file("journal")).value();
        for (const Request& request : journal->requests().value()) {
            text += std::string(to_text(request.kind));
            for (const auto& part : {request.mailbox, request.role}) {
                if (!part.empty()) text += " " + part;
            }
            text += "\n";
        }
        return text;
    }

    agent_test::Folder folder_;
};

TEST_F(PolicyCommand, DisableChangesTheOneAttributeAndKeepsCommentsAndMode) {
    const auto file = folder_.file("sales.xml");
    using std::filesystem::perms;
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write | perms::group_read);
    const Ran ran = policy("disable", {"Sales"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, "policy \"Sales\" is disabled in sales.xml\n");
    EXPECT_EQ(world::read(file), policy_xml("Sales", false));
    EXPECT_EQ(
        std::filesystem::status(file).permissions(),
        perms::owner_read | perms::owner_write | perms::group_read
    );
    EXPECT_EQ(world::read(folder_.file("support.xml")), policy_xml("Support", false));
    EXPECT_FALSE(std::filesystem::exists(folder_.file("journal")));
}

TEST_F(PolicyCommand, EnableTellsARunningAgentThroughTheJournal) {
    agent_has_run();
    const Ran ran = policy("enable", {"Support"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(
        ran.out,
        "policy \"Support\" is enabled in support.xml\n"
        "a running agent takes it up within seconds\n"
    );
    EXPECT_EQ(world::read(folder_.file("support.xml")), policy_xml("Support", true));
    EXPECT_EQ(requests(), "reload\n");
}

TEST_F(PolicyCommand, WhatIsSoAlreadyIsSaidAndLeftAlone) {
    agent_has_run();
    const Ran ran = policy("enable", {"Sales"});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.out, "policy \"Sales\" is enabled already\n");
    EXPECT_EQ(requests(), "");
}

TEST_F(PolicyCommand, APolicyMayBeNamedByItsFile) {
    for (const auto& name : {std::string("support.xml"), folder_.file("support.xml")}) {
        EXPECT_EQ(policy("disable", {name}).out, "policy \"Support\" is disabled already\n");
    }
}

TEST_F(PolicyCommand, AnUnknownNameIsAnsweredWithThoseThatThereAre) {
    const std::string told =
        "mailferry: say which policy, by a name that one alone has: \"Sales\" (sales.xml), "
        "\"Support\" (support.xml)\n";
    for (const std::vector<std::string>& names : {std::vector<std::string>{"Marketing"}, {}}) {
        const Ran ran = policy("disable", names);
        EXPECT_EQ(ran.exit, 2);
        EXPECT_EQ(ran.err, told);
    }
    EXPECT_EQ(world::read(folder_.file("sales.xml")), policy_xml("Sales", true));
}

TEST_F(PolicyCommand, SyncNowLeavesARequestForEachMailboxThatIsServed) {
    agent_has_run();
    const Ran ran = policy("sync-now");
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(
        ran.out,
        "anna@us.example: a running agent reads it within seconds\n"
        "ben@us.example: a running agent reads it within seconds\n"
    );
    EXPECT_EQ(requests(), "sync-now anna@us.example\nsync-now ben@us.example\n");
}

TEST_F(PolicyCommand, SyncNowCanBeAskedForOneMailbox) {
    agent_has_run();
    EXPECT_EQ(policy("sync-now", {"--mailbox", "Ben@US.example"}).exit, 0);
    EXPECT_EQ(requests(), "sync-now ben@us.example\n");
}

TEST_F(PolicyCommand, AMailboxThatIsNotServedIsRefused) {
    agent_has_run();
    for (const char* mailbox : {carla, "nobody@us.example"}) {
        const Ran ran = policy("sync-now", {"--mailbox", mailbox});
        EXPECT_EQ(ran.exit, 2);
        EXPECT_EQ(
            ran.err,
            "mailferry: " + std::string(mailbox) +
                ": no enabled policy rules this mailbox; see the configuration\n"
        );
    }
    EXPECT_EQ(policy("disable", {"Sales"}).exit, 0);
    const Ran ran = policy("sync-now");
    EXPECT_EQ(ran.exit, 2);
    EXPECT_EQ(ran.err, "mailferry: no policy is enabled\n");
    EXPECT_EQ(requests(), "reload\n");
}

TEST_F(PolicyCommand, SyncNowBeforeTheFirstStartSaysSo) {
    const Ran ran = policy("sync-now", {"--mailbox", anna});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(ran.err, "mailferry: journal journal: there is none yet; the agent makes it\n");
}

TEST_F(PolicyCommand, SyncNowIsRefusedInBlackoutWithItsEnd) {
    agent_has_run();
    const std::string end = black_out(0);
    const Ran ran = policy("sync-now");
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(
        ran.err,
        "mailferry: refused: anna@us.example: it is blackout there until " + end +
            "\nmailferry: refused: ben@us.example: it is blackout there until " + end + "\n"
    );
    EXPECT_EQ(requests(), "");
}

TEST_F(PolicyCommand, BlackoutIsThatOfTheUserAsTheCrmKnowsHerTimeZone) {
    agent_has_run();
    users("Asia/Tokyo");
    const std::string end = black_out(9);
    const Ran ran = policy("sync-now");
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(
        ran.err, "mailferry: refused: anna@us.example: it is blackout there until " + end + "\n"
    );
    EXPECT_EQ(ran.out, "ben@us.example: a running agent reads it within seconds\n");
    EXPECT_EQ(requests(), "sync-now ben@us.example\n");
}

TEST_F(PolicyCommand, TheTimeZoneInTheConfigurationIsAskedBeforeTheCrm) {
    agent_has_run();
    users("Asia/Tokyo");
    configure("time-zone=\"UTC\"");
    black_out(9);
    EXPECT_EQ(policy("sync-now", {"--mailbox", anna}).exit, 0);
    black_out(0);
    EXPECT_EQ(policy("sync-now", {"--mailbox", anna}).exit, 1);
}

TEST_F(PolicyCommand, ReinitialiseWantsExactlyOneOfItsFlags) {
    agent_has_run();
    for (const std::vector<std::string>& flags :
         {std::vector<std::string>{}, {"--repoll", "--clear"}, {"--resync", "--category"}}) {
        const Ran ran = policy("reinitialise", flags);
        EXPECT_EQ(ran.exit, 2);
        EXPECT_EQ(
            ran.err,
            "mailferry: give one of --repoll, --resync, --clear, --category; see mailferry(1)\n"
        );
    }
    EXPECT_EQ(requests(), "");
}

TEST_F(PolicyCommand, ReinitialiseLeavesItsRequestForEachMailboxOrOne) {
    agent_has_run();
    const Ran ran = policy("reinitialise", {"--repoll"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(
        ran.out,
        "anna@us.example: a running agent begins anew within seconds\n"
        "ben@us.example: a running agent begins anew within seconds\n"
    );
    EXPECT_EQ(policy("reinitialise", {"--resync", "--mailbox", ben}).exit, 0);
    EXPECT_EQ(
        policy("reinitialise", {"--clear", "--mailbox", ben, "--folder", "create-new/case"}).exit, 0
    );
    EXPECT_EQ(
        requests(),
        "repoll anna@us.example\n"
        "repoll ben@us.example\n"
        "resync ben@us.example\n"
        "clear ben@us.example create-new/case\n"
    );
}

TEST_F(PolicyCommand, ReinitialiseOfWhatIsNoFolderIsRefused) {
    agent_has_run();
    const Ran ran = policy("reinitialise", {"--repoll", "--folder", "outbox"});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_EQ(
        ran.err, "mailferry: outbox: is no folder; write inbox, sent-items, create-new/email …\n"
    );
    EXPECT_EQ(requests(), "");
}

TEST_F(PolicyCommand, ReinitialiseAcceptsTheNewNameOfTheCategory) {
    const auto open = [this] { return Journal::open(folder_.file("journal")).value(); };
    const agent::Time now = agent::SystemClock().now();
    ASSERT_TRUE(open()->freeze(anna, "Old CRM", now));
    ASSERT_TRUE(open()->freeze(ben, "Company CRM", now));
    const Ran ran = policy("reinitialise", {"--category"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(
        ran.out,
        "anna@us.example: the folder will be \"Company CRM\"\n"
        "a running agent does it within seconds, else the next one that is started\n"
    );
    EXPECT_EQ(open()->mailbox(anna)->accepted, "Company CRM");
    EXPECT_EQ(open()->mailbox(ben)->accepted, "");
    EXPECT_EQ(requests(), "reload\n");
    EXPECT_EQ(
        policy("reinitialise", {"--category"}).out,
        "every folder has the name of its category already\n"
    );
}

TEST_F(PolicyCommand, AnInvalidConfigurationIsSaidWithThePlace) {
    folder_.write("sales.xml", "<policy xmlns=\"urn:mailferry:policy:1\" name=\"Sales\"/>\n");
    for (const char* command : {"enable", "sync-now", "reinitialise"}) {
        const Ran ran = policy(command);
        EXPECT_EQ(ran.exit, 2);
        EXPECT_TRUE(ran.err.starts_with("sales.xml:1:")) << ran.err;
    }
}

}  // namespace
