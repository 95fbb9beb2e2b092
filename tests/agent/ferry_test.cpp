// The agent as a whole against the simulator: what an admin sees when something is wrong outside, and that the rest
// goes on.
#include "agent/ferry.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/agent/live.hpp"
#include "tests/fakes/clock.hpp"
#include "tests/fakes/relay.hpp"
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

// G2.4
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
    EXPECT_EQ(world.logged("error unreachable"), 1U);
    EXPECT_EQ(world.mails().size(), 1U);
    EXPECT_EQ(world.exchange.items(anna, "inbox").size(), 1U);
}

// G1.1; switched off while it is at work: policy_life_test.cpp
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

/// The job that a line of the log names; 0 for none.
std::int64_t job_of(const std::string& line) {
    const auto at = line.find(" job=");
    return at == std::string::npos ? 0 : std::stoll(line.substr(at + 5));
}

// G1.8: for every processed item the line of the log links to its trace.
TEST(Ferry, EveryLineOfTheLogAboutAMailHasTheJobThatQueueShowExplains) {
    live::Live agent({anna, ben});
    agent.change_policy("<smart-convert ", "<smart-convert several-contacts=\"error\" ");
    agent.change_policy(
        "<inbox enabled=\"true\" ", "<inbox enabled=\"true\" required-category=\"false\" "
    );
    agent.change_config("  <exchange ", "  <retry quick=\"1 1\" then=\"1\"/>\n  <exchange ");
    agent.start();
    agent.listen();
    agent.drop(live::mail(live::customer, "welcome"));
    agent.drop(mail("not-a-mail"));
    agent.drop(live::mail(live::shared_address, "whose"));
    agent.exchange.deliver(anna, "inbox", live::mail("stranger@elsewhere.example", "who"));
    agent.pump([&] { return agent.finished() == 4; });
    agent.rest();  // what follows meets the next mail, not the marking of the last one
    ews::simulator::Fault not_found;
    not_found.kind = ews::simulator::Fault::Kind::response_error;
    not_found.code = "ErrorItemNotFound";
    for (int asked = 0; asked < 20; ++asked) agent.exchange.inject("GetItem", not_found);
    agent.drop(live::mail(live::customer, "taken-back"), ben);
    agent.await_log("info gone");
    for (const std::string event :
         {"info filed",
          "info skipped",
          "info left-alone",
          "info gone",
          "warning waits",
          "warning failed"}) {
        ASSERT_EQ(agent.logged(event), 1U) << event;
        const std::string line = agent.line(event);
        const std::int64_t job = job_of(line);
        ASSERT_GT(job, 0) << line;
        const auto shown = agent.admin({"queue", "show", std::to_string(job)});
        EXPECT_EQ(shown.exit, 0) << shown.err;
        const bool was_decided =
            event != "info gone" && event != "warning waits";  // else it was never read
        EXPECT_EQ(shown.out.find("\nWhy\n") != std::string::npos, was_decided) << event << "\n"
                                                                               << shown.out;
    }
    for (const std::string& line : agent.log) {
        const bool names_a_mail = line.find(" subject=") != std::string::npos;
        EXPECT_TRUE(!names_a_mail || job_of(line) > 0) << line;
    }
}

// G1.8: also a mail that waits for a match was decided, and why can be seen.
TEST(Ferry, AMailThatWaitsForAMatchHasATraceToo) {
    live::Live agent;
    agent.change_policy("<smart-convert ", "<smart-convert retry-missing-matches=\"true\" ");
    agent.start();
    agent.listen();
    agent.drop(mail("not-a-mail"));
    agent.await_log("warning waits");
    const auto shown =
        agent.admin({"queue", "show", std::to_string(job_of(agent.line("warning waits")))});
    EXPECT_NE(shown.out.find("\nWhy\n"), std::string::npos) << shown.out;
}

// G1.8: the log of one user.
TEST(Ferry, QueueListAllOfAMailboxIsTheHistoryOfThatUserAlone) {
    live::Live agent({anna, ben});
    agent.start();
    agent.listen();
    agent.drop(live::mail(live::customer, "for-anna"));
    agent.drop(live::mail(live::customer, "for-ben"), ben);
    agent.pump([&] { return agent.finished() == 2; });
    const auto of_ben = agent.admin({"queue", "list", "--all", "--mailbox", ben}).out;
    EXPECT_NE(of_ben.find("for-ben"), std::string::npos) << of_ben;
    EXPECT_EQ(of_ben.find("for-anna"), std::string::npos) << of_ben;
    const auto of_all = agent.admin({"queue", "list", "--all"}).out;
    EXPECT_NE(of_all.find("for-anna"), std::string::npos) << of_all;
    EXPECT_EQ(
        agent.admin({"queue", "list", "--mailbox", ben}).out, "Nothing waits and nothing failed.\n"
    );
}

constexpr const char* once_a_day = "<schedule peak-minutes=\"1440\" off-peak-minutes=\"1440\"/>";

agent::Time last_cycle(live::Live& agent) {
    return agent.admins_journal().mailbox(anna)->cycle;
}

// G2.4: drop folders are served at once, apart from the cycles.
TEST(Ferry, ADroppedMailIsFiledAtOnceHoweverFarTheNextCycleIs) {
    live::Live agent;
    agent.add_to_policy(once_a_day);
    agent.start();
    agent.listen();
    const agent::Time cycle = last_cycle(agent);
    agent.drop(live::mail(live::customer, "offer"));
    agent.pump([&] { return agent.finished() == 1; });
    EXPECT_EQ(last_cycle(agent), cycle);
    EXPECT_EQ(agent.exchange.requests("Subscribe"), 1U);
}

// G2.4: a mail whose notification is lost, on a stream of which nobody notices that, is found by
// the next full cycle.
TEST(Ferry, AMailWhoseNotificationIsLostIsFoundByTheNextFullCycle) {
    fakes::Clock clock;
    live::Live agent;
    const std::string url = agent.exchange.url(), host = "http://127.0.0.1:";
    fakes::Relay relay(
        static_cast<std::uint16_t>(std::stoi(url.substr(host.size()))), "GetStreamingEvents"
    );
    agent.configure(fmt::format("{}{}/EWS/Exchange.asmx", host, relay.port()));
    agent.add_to_policy(once_a_day);
    const std::string other =
        agent.exchange.deliver(anna, "inbox", live::mail(live::customer, "other"));
    agent.start_at(clock);
    agent.listen();
    const agent::Time cycle = last_cycle(agent);
    relay.be_deaf(true);
    agent.drop(live::mail(live::customer, "offer"));
    agent.pump([&] { return relay.swallowed() > 0; });
    agent.rest();  // a move is told in several pieces
    relay.be_deaf(false);
    agent.rest();
    EXPECT_TRUE(agent.jobs().empty());
    clock.time += std::chrono::hours(23);
    agent.exchange.mark_read(anna, other);  // any event: the agent looks at its clock
    agent.rest();
    EXPECT_TRUE(agent.jobs().empty()) << "the cycle of the next day has come too early";
    clock.time += std::chrono::hours(1);
    agent.exchange.categorise(anna, other, {"Red"});
    agent.pump([&] { return agent.finished() == 1; });
    EXPECT_EQ(agent.mails().size(), 1U);
    EXPECT_EQ(last_cycle(agent), cycle + std::chrono::hours(24));
    EXPECT_EQ(agent.exchange.requests("Subscribe"), 1U);
}

}  // namespace
