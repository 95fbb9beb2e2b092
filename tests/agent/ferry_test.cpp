// The agent as a whole against the simulator: what an admin sees when something is wrong outside, and that the rest
// goes on.
#include "agent/ferry.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/world.hpp"

namespace {

using world::World;

constexpr const char* anna = "anna@us.example";
constexpr const char* ben = "ben@us.example";

std::filesystem::path policy() { return world::samples() / "policies" / "typical.xml"; }
std::filesystem::path people() { return world::samples() / "people.csv"; }
std::string mail(const std::string& name) { return world::read(world::samples() / "mail" / (name + ".eml")); }

void drop(World& world, const char* mailbox, const std::string& name) {
    const std::string item = world.exchange.deliver(mailbox, "inbox", mail(name));
    world.exchange.move(mailbox, item, "- Create New Email");
}

void listen(World& world, std::size_t mailboxes) {
    world.pump([&] { return world.logged("info listening") == mailboxes; });
}

TEST(Ferry, FilesWhatLayInTheFoldersBeforeItStarted) {
    World world(policy(), people(), {anna});
    world.configure(world.exchange.url());
    world.start();
    listen(world, 1);
    world.stop();
    drop(world, anna, "known-contact-asks-for-offer");
    world.start();
    world.pump([&] { return world.finished() == 1; });
    EXPECT_EQ(world.mails().size(), 1U);
}

TEST(Ferry, AnUnreachableServerIsOneClearLineAndTheMailIsFiledWhenItIsBack) {
    World world(policy(), people(), {anna});
    world.configure(world.exchange.url());
    world.start();
    listen(world, 1);
    world.exchange.stop();
    world.pump([&] { return world.logged("error unreachable") > 0; });
    EXPECT_EQ(world.logged("error unreachable"), 1U);
    EXPECT_NE(world.log.back().find("127.0.0.1"), std::string::npos) << world.log.back();
    drop(world, anna, "known-contact-asks-for-offer");
    world.exchange.start();
    world.pump([&] { return world.finished() == 1 && world.logged("info recovered") == 1; });
    EXPECT_EQ(world.mails().size(), 1U);
}

TEST(Ferry, AWrongPasswordIsOneClearLineWithoutThePassword) {
    World world(policy(), people(), {anna});
    world.configure(world.exchange.url());
    world::write(world.folder.path / "password", "not-the-password\n");
    world.start();
    world.pump([&] { return world.logged("error unreachable") > 0; });
    const std::string line = world.log.back();
    EXPECT_NE(line.find("ferry@us.example"), std::string::npos) << line;
    EXPECT_NE(line.find("password"), std::string::npos) << line;
    EXPECT_EQ(line.find("not-the-password"), std::string::npos) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
}

/// A second exchange whose password is missing, with a policy of its own for ben.
void add_broken_exchange(const World& world) {
    std::string xml = world::read(world.config_file());
    xml.replace(
        xml.find("  <crm "),
        0,
        "  <exchange name=\"broken\" url=\"" + world.exchange.url() +
            "\" user=\"ferry@us.example\"><password file=\"missing\"/></exchange>\n"
    );
    xml.replace(
        xml.find("</mailferry>"),
        0,
        "  <policy file=\"policy.xml\" exchange=\"broken\" crm=\"embedded\">"
        "<mailbox address=\"ben@us.example\"/></policy>\n"
    );
    world::write(world.config_file(), xml);
}

TEST(Ferry, AMissingPasswordFileLeavesOutThatServerAlone) {
    World world(policy(), people(), {anna});
    world.configure(world.exchange.url());
    add_broken_exchange(world);
    world.start();
    EXPECT_EQ(world.logged("error left-out exchange=broken"), 1U);
    listen(world, 1);
    drop(world, anna, "known-contact-asks-for-offer");
    world.pump([&] { return world.finished() == 1; });
}

TEST(Ferry, AServerThatIsLeftOutDoesNotStandInTheWayOfAReload) {
    World world(policy(), people(), {anna});
    world.configure(world.exchange.url());
    add_broken_exchange(world);
    world.start();
    listen(world, 1);
    world::write(
        world.folder.path / "policy.xml", world::read(world::samples() / "policies" / "minimal.xml")
    );
    world.service->reload();
    listen(world, 2);
    EXPECT_EQ(world.logged("info reloaded"), 1U);
}

TEST(Ferry, WithoutAnyPasswordNothingStarts) {
    World world(policy(), people(), {anna});
    world.configure(world.exchange.url());
    std::filesystem::remove(world.folder.path / "password");
    boost::asio::io_context context;
    const auto made = agent::Ferry::make(context, world.config(), world.clock);
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().text.find("password"), std::string::npos) << made.error().text;
}

TEST(Ferry, OneMailboxThatDoesNotExistDoesNotStopTheOther) {
    World world(policy(), people(), {anna, "nobody@elsewhere.example"});
    world.configure(world.exchange.url());
    std::string xml = world::read(world.config_file());
    const std::string known = "nobody@elsewhere.example", unknown = "missing@elsewhere.example";
    xml.replace(xml.find(known), known.size(), unknown);
    world::write(world.config_file(), xml);
    world.start();
    listen(world, 1);
    world.pump([&] { return world.logged("error unreachable") == 1; });
    drop(world, anna, "known-contact-asks-for-offer");
    world.pump([&] { return world.finished() == 1; });
    EXPECT_EQ(world.mails().size(), 1U);
}

TEST(Ferry, AMailThatIsNoMailIsReturnedAndTheNextOneIsFiled) {
    World world(policy(), people(), {anna, ben});
    world.configure(world.exchange.url());
    world.start();
    listen(world, 2);
    drop(world, anna, "not-a-mail");
    drop(world, anna, "known-contact-asks-for-offer");
    drop(world, ben, "plain-old-mail");
    world.pump([&] { return world.logged("info skipped") + world.logged("info filed") == 3; });
    EXPECT_EQ(world.logged("info skipped"), 1U);
    EXPECT_EQ(world.mails().size(), 2U);
}

TEST(Ferry, AServerThatForgetsItsSubscriptionsLosesNoMail) {
    World world(policy(), people(), {anna});
    world.configure(world.exchange.url());
    world.start();
    listen(world, 1);
    world.exchange.drop_subscriptions();
    drop(world, anna, "known-contact-asks-for-offer");
    world.pump([&] { return world.finished() == 1; });
    EXPECT_EQ(world.mails().size(), 1U);
}

TEST(Ferry, AnUpdateWhoseAnswerIsLostIsRepeatedAndTheMailIsFiledOnce) {
    World world(policy(), people(), {anna});
    world.configure(world.exchange.url());
    world.start();
    listen(world, 1);
    ews::simulator::Fault lost;
    lost.kind = ews::simulator::Fault::Kind::drop;
    world.exchange.inject("UpdateItem", lost);
    drop(world, anna, "known-contact-asks-for-offer");
    world.pump([&] { return world.finished() == 1; });
    EXPECT_EQ(world.logged("warning waits"), 1U);
    EXPECT_EQ(world.mails().size(), 1U);
    EXPECT_EQ(world.exchange.items(anna, "inbox").size(), 1U);
}

TEST(Ferry, ADisabledPolicyTouchesNothing) {
    World world(policy(), people(), {anna});
    std::string xml = world::read(policy());
    const std::string on = "name=\"Sales\" enabled=\"true\"";
    xml.replace(xml.find(on), on.size(), "name=\"Sales\" enabled=\"false\"");
    world::write(world.folder.path / "policy.xml", xml);
    world.configure(world.exchange.url());
    world.start();
    world.stop();
    EXPECT_EQ(world.logged("warning disabled"), 1U);
    EXPECT_TRUE(world.exchange.requests().empty());
}

}  // namespace
