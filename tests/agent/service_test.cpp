// The agent as a service: what becomes of a changed configuration while mails go on arriving. What
// a new policy does to the next mail is told in samples/scenarios.
#include "agent/service.hpp"

#include <gtest/gtest.h>

#include "tests/agent/live.hpp"
#include "tests/scenarios/world.hpp"

namespace {

constexpr const char* anna = "anna@us.example";
constexpr const char* ben = "ben@us.example";

class Service : public testing::Test {
protected:
    Service()
        : world(
              world::samples() / "policies" / "typical.xml",
              world::samples() / "people.csv",
              {anna, ben}
          ) {
        world.configure(world.exchange.url());
        both = world::read(world.config_file());
        only_anna = both;
        const std::string line = std::string("    <mailbox address=\"") + ben + "\"/>\n";
        only_anna.erase(only_anna.find(line), line.size());
    }

    void configure(const std::string& xml) { world::write(world.config_file(), xml); }

    void start(const std::string& xml) {
        configure(xml);
        world.start();
        listen(anna);
    }

    void reload(const std::string& xml) {
        configure(xml);
        world.service->reload();
    }

    std::size_t listening(const std::string& mailbox) const {
        return world.logged("info listening mailbox=" + mailbox);
    }
    void listen(const std::string& mailbox, std::size_t times = 1) {
        world.pump([&] { return listening(mailbox) == times; });
    }

    /// A mail that is dropped now is filed.
    void file(const std::string& mailbox, const std::string& name) {
        const std::size_t before = world.mails().size();
        const std::string mime = world::read(world::samples() / "mail" / (name + ".eml"));
        const std::string item = world.exchange.deliver(mailbox, "inbox", mime);
        world.exchange.move(mailbox, item, "- Create New Email");
        world.pump([&] { return world.mails().size() == before + 1; });
    }

    world::World world;
    std::string both, only_anna;
};

TEST_F(Service, AnUnchangedConfigurationInterruptsNothing) {
    start(only_anna);
    reload(only_anna);
    EXPECT_EQ(world.logged("info unchanged"), 1U);
    file(anna, "known-contact-asks-for-offer");
    EXPECT_EQ(world.logged("info reloaded"), 0U);
}

TEST_F(Service, ANewMailboxIsTakenUpAndTheOthersGoOn) {
    start(only_anna);
    EXPECT_EQ(listening(ben), 0U);
    reload(both);
    listen(anna, 2);
    listen(ben);
    file(ben, "plain-old-mail");
    file(anna, "known-contact-asks-for-offer");
}

TEST_F(Service, AMailboxThatIsTakenOutIsLeftAlone) {
    start(both);
    listen(ben);
    reload(only_anna);
    listen(anna, 2);
    file(anna, "known-contact-asks-for-offer");
    EXPECT_EQ(listening(ben), 1U);
}

TEST_F(Service, AMailThatIsDroppedDuringTheChangeIsFiledOnce) {
    start(only_anna);
    configure(both);
    const std::string mime = world::read(world::samples() / "mail" / "plain-old-mail.eml");
    const std::string item = world.exchange.deliver(anna, "inbox", mime);
    world.service->reload();
    world.exchange.move(anna, item, "- Create New Email");
    listen(ben);
    world.pump([this] { return world.finished() == 1; });
    EXPECT_EQ(world.mails().size(), 1U);
}

/// However far the mails have come when the policy changes: none is lost, none is filed twice.
TEST_F(Service, MailsThatAreUnderWayWhileThePolicyChangesAreFiledOnce) {
    const auto file = world.folder.path / "policy.xml";
    const std::string policy = world::read(file);
    start(only_anna);
    std::size_t mails = 0;
    for (const char* operation : {"SyncFolderItems", "GetItem", "UpdateItem", "MoveItem"}) {
        const std::size_t before = world.exchange.requests(operation);
        for (int i = 0; i < 3; ++i) {
            const std::string mime =
                "From: <ann@acme.example>\r\nTo: <anna@us.example>\r\nSubject: Offer\r\nMessage-ID: <" +
                std::to_string(++mails) + "@acme.example>\r\n\r\nx\r\n";
            world.exchange.move(anna, world.exchange.deliver(anna, "inbox", mime), "- Create New Email");
        }
        world.pump([&] { return world.exchange.requests(operation) > before; });
        const std::string colour = mails % 2 == 0 ? "red" : "green";
        std::string changed = policy;
        changed.replace(changed.find("colour=\"blue\""), 13, "colour=\"" + colour + "\"");
        const std::size_t reloaded = world.logged("info reloaded");
        world::write(file, changed);
        world.service->reload();
        world.pump([&] {
            return world.finished() == mails && world.logged("info reloaded") > reloaded;
        });
        EXPECT_EQ(world.logged("info reloaded"), reloaded + 1) << operation;
        EXPECT_EQ(world.mails().size(), mails) << operation;
    }
}

TEST_F(Service, AnInvalidConfigurationIsSaidWithItsPlaceAndChangesNothing) {
    start(only_anna);
    std::string broken = only_anna;
    broken.replace(broken.find("crm=\"embedded\""), 14, "crm=\"elsewhere\"");
    reload(broken);
    ASSERT_EQ(world.logged("error invalid"), 1U);
    const std::string line = world.log.back();
    EXPECT_NE(line.find(world.config_file().string() + ":"), std::string::npos) << line;
    EXPECT_NE(line.find("elsewhere"), std::string::npos) << line;
    file(anna, "known-contact-asks-for-offer");
    EXPECT_EQ(world.logged("info reloaded"), 0U);
}

TEST_F(Service, AValidConfigurationThatCannotWorkGivesWayToTheOldOne) {
    start(only_anna);
    std::string impossible = both;
    impossible.replace(impossible.find("crm.sqlite"), 10, "missing/crm.sqlite");
    reload(impossible);
    listen(anna, 2);
    EXPECT_EQ(world.logged("error invalid"), 1U);
    file(anna, "known-contact-asks-for-offer");
    EXPECT_EQ(listening(ben), 0U);
}

TEST_F(Service, AChangedPasswordIsTakenUp) {
    world::write(world.folder.path / "password", "expired\n");
    configure(only_anna);
    world.start();
    world.pump([this] { return world.logged("error unreachable") > 0; });
    world::write(world.folder.path / "password", "secret\n");
    world.service->reload();
    listen(anna);
    file(anna, "known-contact-asks-for-offer");
    EXPECT_EQ(world.logged("info unchanged"), 0U);
}

TEST_F(Service, APasswordThatCannotBeReadChangesNothing) {
    start(only_anna);
    std::filesystem::remove(world.folder.path / "password");
    reload(both);
    EXPECT_EQ(world.logged("error invalid"), 1U);
    file(anna, "known-contact-asks-for-offer");
    EXPECT_EQ(world.logged("info reloaded"), 0U);
    EXPECT_EQ(listening(ben), 0U);
}

TEST_F(Service, TheLastOfTwoChangesCounts) {
    start(only_anna);
    reload(both);
    reload(only_anna);
    listen(anna, 2);
    file(anna, "known-contact-asks-for-offer");
    EXPECT_EQ(world.logged("info reloaded"), 1U);
    EXPECT_EQ(listening(ben), 0U);
}

TEST_F(Service, AnotherJournalIsRefused) {
    start(only_anna);
    std::string xml = world::read(world.config_file());
    const std::string old = "journal.sqlite";
    xml.replace(xml.find(old), old.size(), "another.sqlite");
    world::write(world.config_file(), xml);
    world.service->reload();
    EXPECT_EQ(world.logged("error invalid"), 1U);
    EXPECT_FALSE(std::filesystem::exists(world.folder.path / "another.sqlite"));
    file(anna, "known-contact-asks-for-offer");
}

TEST_F(Service, StopDuringAChangeEndsIt) {
    start(only_anna);
    reload(both);
    world.stop();
    EXPECT_EQ(world.logged("info reloaded"), 0U);
    EXPECT_EQ(listening(ben), 0U);
    EXPECT_FALSE(world.running);
}

TEST_F(Service, AJournalOfAnotherAgentIsAnErrorOfTheStart) {
    start(only_anna);
    agent::Service second(world.context, world.config_file(), world.clock, [] {});
    const agent::Result<void> started = second.start(world.config());
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().text.find("another agent is running"), std::string::npos)
        << started.error().text;
}

const std::string ben_in_config = "    <mailbox address=\"ben@us.example\"/>\n";

/// Two mailboxes, of which ben's comes and goes.
class ServiceOfTwo : public testing::Test {
protected:
    void add_ben() { agent_.change_config("  </policy>", ben_in_config + "  </policy>"); }
    void remove_ben() { agent_.change_config(ben_in_config, ""); }
    void await_reloads(std::size_t count) {
        agent_.await_log("info reloaded", count);
        agent_.pump([&] { return agent_.listening(anna) == count + 1; });
    }

    live::Live agent_{{anna, ben}};
};

/// A new mailbox is served from a baseline: what lies in its Inbox is old, what comes is taken.
TEST_F(ServiceOfTwo, OfAMailboxThatIsTakenUpWhileTheAgentRunsTheOldMailIsLeftAlone) {
    agent_.change_policy(
        "<inbox enabled=\"true\" ", "<inbox enabled=\"true\" required-category=\"false\" "
    );
    remove_ben();
    agent_.start();
    agent_.pump([this] { return agent_.listening(anna) == 1; });
    agent_.exchange.deliver(ben, "inbox", live::mail(live::customer, "old"));
    const auto later = std::chrono::ceil<std::chrono::seconds>(agent_.clock.now());
    agent_.pump([&] { return agent_.clock.now() >= later; });  // what Exchange tells is in seconds
    add_ben();
    agent_.service->reload();
    await_reloads(1);
    agent_.pump([this] { return agent_.listening(ben) == 1; });
    agent_.rest();
    EXPECT_TRUE(agent_.jobs().empty());
    agent_.exchange.deliver(ben, "inbox", live::mail(live::customer, "new"));
    agent_.drop(live::mail(live::customer, "dropped"), ben);
    agent_.pump([this] { return agent_.finished() == 2; });
    agent_.rest();
    ASSERT_EQ(agent_.mails().size(), 2U);
    for (const auto& one : agent_.mails()) EXPECT_NE(one.subject, "old");
}

/// Nothing says "Pending" in a mailbox that is not served any more, and nothing is asked of it.
TEST_F(
    ServiceOfTwo,
    AMailboxThatIsTakenOutInTheMiddleOfItsBacklogIsLeftTidyAndGoesOnWhenItIsTakenUpAgain
) {
    constexpr std::size_t backlog = 200;  // read ten at a time
    agent_.start();
    agent_.listen();
    {
        live::Gate gate(agent_.exchange);
        agent_.be_in_the_middle_of(backlog, gate, ben);
        remove_ben();
        agent_.service->reload();
        gate.open();
        await_reloads(1);
    }
    const std::size_t filed = agent_.mails().size();
    EXPECT_LT(filed, backlog);
    EXPECT_EQ(agent_.exchange.items(ben, live::emails).size(), backlog - filed);
    for (const auto& item : agent_.exchange.items(ben, live::emails)) {
        EXPECT_TRUE(item.categories.empty())
            << item.subject << " carries " << item.categories.front();
    }
    agent_.rest();
    const auto asked = agent_.exchange.requests();
    agent_.drop(live::mail(live::customer, "late"), ben);
    agent_.seconds_pass();
    EXPECT_EQ(agent_.exchange.requests(), asked);
    EXPECT_EQ(agent_.mails().size(), filed);
    add_ben();
    agent_.service->reload();
    agent_.pump([this] { return agent_.finished() == backlog + 1; });
    EXPECT_EQ(agent_.mails().size(), backlog + 1);
    EXPECT_EQ(agent_.carrying("Pending", "inbox", ben), 0U);
}

}  // namespace
