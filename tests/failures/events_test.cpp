// Events that are wrong, and mails that seem to be others: what is not there, what comes again,
// what nobody tells of.
#include <string>

#include "tests/failures/office.hpp"

namespace {

using namespace failures;

TEST(Failure11, EventsAboutThingsThatAreNotThereAskForNothing) {
    Office office;
    office.exchange.inject("GetStreamingEvents always vanished-events");
    office.start();
    office.listen();
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    office.rest();
    EXPECT_EQ(office.jobs().size(), 1U);
    EXPECT_EQ(office.exchange.requests("GetStreamingEvents"), 1U);
    EXPECT_EQ(office.complaints(), Lines{});
}

TEST(Failure11, AnItemThatIsListedAndNeverThereDoesNotStopItsFolder) {
    Office office;
    office.retry_quickly();
    office.start();
    office.listen();
    office.exchange.inject("SyncFolderItems always vanished");
    office.drop(mail(customer, "first"));
    office.await_log("info filed");
    office.await_log("info gone");
    office.exchange.heal();
    office.drop(mail(customer, "second"));
    office.await_log("info filed", 2);
    office.pump([&] { return office.finished() == office.jobs().size(); });
    EXPECT_EQ(office.count(agent::State::failed), 0U);
    EXPECT_EQ(office.mails().size(), 2U);
    EXPECT_EQ(office.logged("error"), 0U) << office.last_lines();
}

TEST(Failure11, AMailThatIsNotThereYetIsLookedForAgain) {
    Office office;
    office.retry_quickly();
    office.start();
    office.listen();
    office.exchange.inject("GetItem item-error ErrorItemNotFound");
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    EXPECT_EQ(office.complaints(), Lines{}) << "it is what events are like";
}

/// Filed, given back to the Inbox and remembered.
std::string filed(Office& office, const std::string& mime) {
    office.drop(mime);
    office.expect_filed(1);
    return office.exchange.items(anna, "inbox").at(0).id;
}

TEST(Failure12, AMailThatIsMovedOutAndBackInIsNoNewOne) {
    Office office;
    office.start();
    office.listen();
    std::string item = filed(office, mail(customer, "offer"));
    office.exchange.categorise(anna, item, {"Company CRM", "Processing Complete"});
    const std::string before = office.crm_text();
    item = office.exchange.move(anna, item, "Projects");
    item = office.exchange.move(anna, item, "inbox");
    office.rest();
    EXPECT_EQ(office.jobs().size(), 1U);
    office.exchange.move(anna, item, emails);  // its user asks for it once more
    office.pump([&] { return office.finished() == 2; });
    EXPECT_EQ(office.count(agent::State::done), 2U);
    EXPECT_EQ(office.crm_text(), before);
}

TEST(Failure12, OneMessageIdTwiceIsOneMail) {
    Office office;
    office.start();
    office.listen();
    office.drop(mail(customer, "offer"));
    office.drop(mail(customer, "offer"));
    office.pump([&] { return office.finished() == 2; });
    EXPECT_EQ(office.count(agent::State::done), 2U);
    EXPECT_EQ(office.mails().size(), 1U) << office.crm_text();
}

TEST(Failure12, AMailThatAScannerPutsBackAsAnotherItemIsNotFiledTwice) {
    Office office;
    office.start();
    office.listen();
    const std::string item = filed(office, mail(customer, "offer"));
    const std::string before = office.crm_text();
    office.stop();
    office.exchange.erase(anna, item);
    office.exchange.deliver(anna, emails, mail(customer, "offer"));
    office.start();
    office.pump([&] { return office.finished() == 2; });
    EXPECT_EQ(office.count(agent::State::done), 2U);
    EXPECT_EQ(office.crm_text(), before);
}

// The stream says nothing more once it is open, and the agent does not mind for the next 100 s.
TEST(Failure13, ASentMailOfWhichNoEventTellsIsFoundByTheNextFullCycle) {
    Office office;
    office.look_at_clock = 20ms;
    office.change_policy(
        "<sent-items enabled=\"true\" ", "<sent-items enabled=\"true\" required-category=\"false\" "
    );
    office.exchange.inject("GetStreamingEvents always silence");
    office.open();
    office.listen();
    const std::string sent =
        live::replaced(mail(anna, "sent"), "To: <anna", "To: <ann@acme.example>, <anna");
    office.exchange.deliver(anna, "sentitems", sent);
    office.rest();
    EXPECT_TRUE(office.jobs().empty());
    office.clock.ahead += 24h;
    office.expect_filed(1);
    EXPECT_EQ(office.exchange.requests("GetStreamingEvents"), 1U);
    EXPECT_EQ(office.complaints(), Lines{});
}

}  // namespace
