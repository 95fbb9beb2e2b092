// A server that wants to be left alone, and one that has trouble: an answer that is no answer, and
// one that is lost after the deed.
#include <algorithm>
#include <cctype>
#include <string>

#include "tests/failures/office.hpp"

namespace {

using namespace failures;

constexpr auto asked = 300'000ms;      ///< by the scripts …
constexpr auto not_asked = 200'000ms;  ///< … and what is waited where they name no time

std::string word_of(const testing::TestParamInfo<const char*>& script) {
    std::string word = script.param;
    std::erase_if(word, [](unsigned char c) { return std::isalnum(c) == 0; });
    return word;
}

/// What is left of that wait.
void expect_left(std::chrono::milliseconds left, std::chrono::milliseconds of) {
    EXPECT_LE(left, of);
    EXPECT_GT(left, of - 90s);
}

class Failure14 : public testing::TestWithParam<const char*> {
protected:
    /// The agent in the mailboxes, with a mail dropped whose reading is answered by the script.
    void begin() {
        office.limits.first_wait = not_asked;
        office.limits.first_outage = not_asked;
        office.open();
        office.listen();
        office.exchange.inject(std::string("GetItem ") + GetParam());
        office.drop(mail(customer, "for-anna"));
    }
    static std::chrono::milliseconds wait() {
        return std::string(GetParam()).find("300") == std::string::npos ? not_asked : asked;
    }
    Office office{{anna, ben}};
};

using BusyMailbox = Failure14;

TEST_P(BusyMailbox, IsLeftAloneForTheTimeThatIsAskedAndTheOthersGoOn) {
    begin();
    office.pump([&] { return !office.gate().throttled.empty(); });
    office.await_log("error unreachable mailbox=anna@us.example");
    office.rest();
    const auto gate = office.gate();
    EXPECT_EQ(gate.closed_for, 0ms);
    ASSERT_EQ(gate.throttled.size(), 1U);
    EXPECT_EQ(gate.throttled.front().key, anna);
    expect_left(gate.throttled.front().closed_for, wait());
    EXPECT_EQ(office.exchange.requests("GetItem"), 1U);
    office.drop(mail(customer, "for-ben"), ben);
    office.expect_filed(1);
    EXPECT_EQ(office.listening(anna), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Failure14,
    BusyMailbox,
    testing::Values(
        "fault ErrorServerBusy back-off 300000",
        "error ErrorServerBusy back-off 300000",
        "inner ErrorServerBusy back-off 300000",
        "fault ErrorServerBusy",
        "error ErrorServerBusy",
        "inner ErrorServerBusy"
    ),
    word_of
);

using BusyServer = Failure14;

TEST_P(BusyServer, IsLeftAloneByAll) {
    begin();
    office.pump([&] { return office.gate().closed_for > 0ms; });
    office.rest();
    expect_left(office.gate().closed_for, wait());
    const auto before = office.exchange.requests();
    office.drop(mail(customer, "for-ben"), ben);
    office.await_log("error unreachable mailbox=ben@us.example");
    EXPECT_NE(office.line("error unreachable mailbox=ben").find("left alone"), std::string::npos);
    EXPECT_EQ(office.exchange.requests(), before);
}

INSTANTIATE_TEST_SUITE_P(
    Failure14,
    BusyServer,
    testing::Values("503 retry-after 300", "503", "429 retry-after 300"),
    word_of
);

TEST(Failure14, AServerThatIsBusyForOneMailboxAfterTheOtherIsLeftAloneByAll) {
    Office office({anna, ben, "chloe@us.example"});
    office.open();
    office.listen();
    office.exchange.inject("* always fault ErrorServerBusy back-off 300000");
    for (const auto* mailbox : {anna, ben, "chloe@us.example"})
        office.drop(mail(customer, std::string("for ") + mailbox), mailbox);
    office.pump([&] { return office.gate().closed_for > 0ms; });
    expect_left(office.gate().closed_for, asked);
}

TEST(Failure14, WhenTheTimeIsOverTheMailIsFiledAndAnAdminKnowsThatItIs) {
    Office office;
    office.retry_quickly();
    office.start();
    office.listen();
    office.exchange.inject("GetItem 503 retry-after 1");
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    office.await_log("info recovered");
    EXPECT_EQ(office.complaints().size(), 1U) << office.last_lines();
    EXPECT_NE(office.line("error unreachable").find("HTTP 503"), std::string::npos);
}

/// Each mail lies in the Inbox, once, as one that is done.
void expect_given_back(const Office& office, std::size_t count) {
    EXPECT_EQ(office.exchange.items(anna, "inbox").size(), count);
    EXPECT_EQ(office.carrying("Processing Complete", "inbox"), count);
    EXPECT_TRUE(office.exchange.items(anna, emails).empty());
    EXPECT_EQ(office.logged("warning failed"), 0U) << office.last_lines();
}

class Failure15 : public testing::TestWithParam<const char*> {};

TEST_P(Failure15, AnAnswerThatIsLostOrBrokenIsAskedForAgainAndEveryMailIsFiledOnce) {
    Office office;
    office.retry_quickly();
    office.start();
    office.listen();
    office.exchange.inject(GetParam());
    office.drop(mail(customer, "first"));
    office.drop(mail(customer, "second"));
    office.expect_filed(2);
    office.rest();
    expect_given_back(office, 2);
}

INSTANTIATE_TEST_SUITE_P(
    Throttling,
    Failure15,
    testing::Values(
        "GetItem 500",
        "GetItem 2 500",
        "GetItem fault ErrorInternalServerTransientError",
        "GetItem cut",
        "UpdateItem 500",
        "UpdateItem cut",
        "UpdateItem drop-after",
        "MoveItem 500",
        "MoveItem cut",
        "MoveItem drop-after",
        "GetItem close-after",
        "UpdateItem close-after"
    ),
    word_of
);

using BrokenReading = Failure15;

// Delivered into the folder it is told of once only.
TEST_P(BrokenReading, OfAFolderIsRepeatedThoughNoFurtherEventTells) {
    Office office;
    office.retry_quickly();
    office.start();
    office.listen();
    office.exchange.inject(GetParam());
    office.exchange.deliver(anna, emails, mail(customer, "offer"));
    office.expect_filed(1);
    office.await_log("info recovered");
    EXPECT_EQ(office.complaints().size(), 1U) << office.last_lines();
}

INSTANTIATE_TEST_SUITE_P(
    Failure15, BrokenReading, testing::Values("SyncFolderItems 500", "SyncFolderItems cut"), word_of
);

using KeptConnection = Failure15;

TEST_P(KeptConnection, ThatTheServerClosesIsReplacedWithoutAWord) {
    Office office;
    office.start();
    office.listen();
    office.exchange.inject(GetParam());
    office.exchange.deliver(anna, emails, mail(customer, "offer"));
    office.expect_filed(1);
    EXPECT_EQ(office.complaints(), Lines{});
}

INSTANTIATE_TEST_SUITE_P(
    Failure15,
    KeptConnection,
    testing::Values("SyncFolderItems close-after", "SyncFolderItems drop-after"),
    word_of
);

TEST(Failure15, ATroubleThatComesAndGoesCostsTimeAndNoMail) {
    Office office;
    office.retry_quickly();
    office.start();
    office.listen();
    office.exchange.inject("GetItem every 3 500");
    for (const auto* subject : {"first", "second", "third"}) office.drop(mail(customer, subject));
    office.expect_filed(3);
    office.rest();
    expect_given_back(office, 3);
}

TEST(Failure15, ACodeThatNobodyKnowsSetsItsMailAsideAndTheOthersGoOn) {
    Office office;
    office.start();
    office.listen();
    office.exchange.inject("GetItem always item-error ErrorOfTomorrow subject odd");
    for (const auto* subject : {"first", "odd", "third"}) office.drop(mail(customer, subject));
    office.pump([&] { return office.finished() == 3; });
    EXPECT_EQ(office.mails().size(), 2U) << office.crm_text();
    EXPECT_EQ(office.logged("error"), 0U) << office.last_lines();
    EXPECT_NE(office.line("warning failed").find("ErrorOfTomorrow"), std::string::npos);
}

TEST(Failure15, ACodeThatNobodyKnowsButCallsItselfTransientIsTriedAgain) {
    Office office;
    office.retry_quickly();
    office.start();
    office.listen();
    office.exchange.inject("GetItem item-error ErrorOfTomorrowTransient");
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
}

// Without a way out of the line at the gate it would take the minute and a half.
TEST(Failure14Stopped, WhoStopsDoesNotWaitForAServerThatWantsToBeLeftAlone) {
    Office office({anna, ben});
    office.start();
    office.listen();
    office.exchange.inject("* always 503 retry-after 90");
    office.drop(mail(customer, "offer"));
    office.await_log("error unreachable mailbox=anna@us.example");
    office.turn();
    office.stop();
    EXPECT_EQ(office.mails().size(), 0U);
}

}  // namespace
