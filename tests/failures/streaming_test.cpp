// The event stream: what arrives in odd pieces, what dies, what is silent, what is refused.
#include <string>

#include "tests/failures/office.hpp"
#include "tests/fakes/relay.hpp"

namespace {

using namespace failures;

constexpr auto streams = "GetStreamingEvents";

void let_streams(Simulator& server, const std::string& words) {
    server.inject(std::string(streams) + " " + words);
}

class Failure01 : public testing::TestWithParam<const char*> {};

TEST_P(Failure01, EventsAreTakenFromAStreamThatGoesOnHoweverItIsCutUp) {
    Office office;
    let_streams(office.exchange, std::string("always ") + GetParam());
    office.start();
    office.listen();
    office.drop(mail(customer, "first"));
    office.expect_filed(1);
    office.drop(mail(customer, "second"));
    office.expect_filed(2);
    EXPECT_EQ(office.exchange.requests(streams), 1U);
    EXPECT_EQ(office.complaints(), Lines{});
}

INSTANTIATE_TEST_SUITE_P(
    Streaming,
    Failure01,
    testing::Values("pieces 1", "together", "split-end", "split-character", "byte-order-mark"),
    [](const auto& fault) {
        std::string name = fault.param;
        std::erase_if(name, [](char c) { return c == ' ' || c == '-'; });
        return name;
    }
);

TEST(Failure01, BehindAProxyThatWaitsForTheEndFoldersAreReadInstead) {
    Office office;
    office.paces.stream.opening = 50ms;
    office.paces.poll = 20ms;
    let_streams(office.exchange, "always buffered");
    office.open();
    office.await_log("warning polling");
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    EXPECT_EQ(office.complaints().size(), 1U) << office.last_lines();
    EXPECT_NE(office.line("warning polling").find("a proxy is buffering"), std::string::npos);
}

// All streams are silent once they are open: only the reading after a new opening can find a mail.
TEST(Failure02, AConnectionThatDiesInSilenceIsNoticedAndNothingIsLost) {
    Office office;
    office.paces.stream.silence = 100ms;
    let_streams(office.exchange, "always silence");
    office.open();
    office.listen();
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    EXPECT_GE(office.exchange.requests(streams), 2U);
    EXPECT_EQ(office.exchange.requests("Subscribe"), 1U);
    EXPECT_EQ(office.complaints(), Lines{});
}

TEST(Failure02, ANewStreamThatIsTakenAndNeverAnsweredIsTriedAgain) {
    Office office;
    office.paces.stream.silence = 100ms;
    office.paces.stream.opening = 100ms;
    let_streams(office.exchange, "always silence");
    let_streams(office.exchange, "2 black-hole");
    office.open();
    office.listen();
    office.pump([&] { return office.exchange.requests(streams) >= 2; });
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    EXPECT_GE(office.exchange.requests(streams), 3U);
    EXPECT_EQ(office.exchange.requests("Subscribe"), 1U);
    EXPECT_EQ(office.complaints(), Lines{});
}

TEST(Failure02, AStreamThatOutlivesItsTimeIsOpenedAnewAlthoughItSeemsAlive) {
    Office office;
    office.paces.stream.overtime = 200ms - office.paces.stream.connection;
    let_streams(office.exchange, "always silence");
    office.open();
    office.listen();
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    EXPECT_EQ(office.complaints(), Lines{});
}

TEST(Failure03, AStreamWithoutHeartbeatsIsOpenedAnewAndNobodyIsAlarmed) {
    Office office;
    office.paces.stream.silence = 50ms;
    office.paces.told_faults = 1;  // were it one, it would be told at once
    let_streams(office.exchange, "always no-heartbeat");
    office.open();
    office.listen();
    office.pump([&] { return office.exchange.requests(streams) >= 3; });
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    EXPECT_EQ(office.exchange.requests("Subscribe"), 1U);
    EXPECT_EQ(office.complaints(), Lines{});
}

class Failure04 : public testing::TestWithParam<const char*> {};

TEST_P(Failure04, AStreamThatEndsInTheMiddleOfABurstIsOpenedAnewAndAllIsFiledOnce) {
    Office office;
    office.paces.told_faults = 1;
    let_streams(office.exchange, std::string("always after-events 2 ") + GetParam());
    office.open();
    office.listen();
    for (const auto* subject : {"first", "second", "third", "fourth"})
        office.drop(mail(customer, subject));
    office.expect_filed(4);
    EXPECT_GE(office.exchange.requests(streams), 2U);
    EXPECT_EQ(office.exchange.requests("Subscribe"), 1U);
    EXPECT_EQ(office.complaints(), Lines{});
}

INSTANTIATE_TEST_SUITE_P(
    Streaming,
    Failure04,
    testing::Values("close", "cut 10"),
    [](const auto& fault) { return std::string(fault.param).substr(0, 3); }
);

TEST(Failure05, ARefusedSubscriptionIsMadeAnewThoughTheConnectionIsSaidToBeWell) {
    Office office;
    let_streams(office.exchange, "repeat-error ErrorInvalidSubscription");
    office.start();
    office.pump([&] { return office.exchange.requests("Subscribe") == 2; });
    office.rest();
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    EXPECT_EQ(office.exchange.requests("Subscribe"), 2U);
    EXPECT_EQ(office.exchange.requests(streams), 2U);  // the refused one is not asked for again
}

TEST(Failure06, WhatWasToldToADeadConnectionIsFoundByReadingAfterTheNextOne) {
    Office office;
    const std::string url = office.exchange.url(), host = "http://127.0.0.1:";
    fakes::Relay relay(static_cast<std::uint16_t>(std::stoi(url.substr(host.size()))), streams);
    office.configure(host + std::to_string(relay.port()) + "/EWS/Exchange.asmx");
    office.paces.stream.silence = 1000ms;
    office.paces.stream.opening = 1000ms;
    office.open();
    office.listen();
    relay.be_deaf(true);
    office.drop(mail(customer, "offer"));
    office.pump([&] { return relay.swallowed() > 0; });
    office.rest();  // a move is told in several pieces
    relay.be_deaf(false);
    office.expect_filed(1);
    EXPECT_EQ(office.exchange.requests("Subscribe"), 1U);
    EXPECT_EQ(office.complaints(), Lines{});
}

TEST(Failure06, MailThatComesWhileTheServerIsAwayIsFiledWhenItIsBack) {
    Office office;
    office.start();
    office.listen();
    office.exchange.stop();
    office.await_log("error unreachable");
    office.drop(mail(customer, "offer"));
    let_streams(office.exchange, "always silence");
    office.exchange.start();
    office.expect_filed(1);
    office.await_log("info recovered");
    EXPECT_EQ(office.complaints().size(), 1U) << office.last_lines();
}

TEST(Failure06, WhereHowFarAFolderWasReadIsForgottenItIsReadAnewAndNothingIsDoubled) {
    Office office;
    office.start();
    office.listen();
    office.drop(mail(customer, "before"));
    office.expect_filed(1);
    office.stop();
    office.drop(mail(customer, "meanwhile"));
    office.exchange.forget_sync_states();
    office.start();
    office.expect_filed(2);
    office.rest();
    EXPECT_EQ(office.jobs().size(), 2U);
    EXPECT_EQ(office.exchange.items(anna, "inbox").size(), 2U);
    EXPECT_EQ(office.complaints(), Lines{});
}

}  // namespace
