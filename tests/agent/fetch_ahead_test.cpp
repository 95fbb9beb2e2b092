#include "agent/fetch_ahead.hpp"

#include <gtest/gtest.h>

#include <string>

#include "agent/limits.hpp"
#include "tests/agent/exchange.hpp"

namespace {

using agent::FetchAhead;
using agent_test::anna;
using Names = std::vector<std::string>;

const FetchAhead::Moment start{};

class FetchesAhead : public testing::Test {
protected:
    FetchesAhead() {
        for (int i = 0; i < 25; ++i) {
            const std::string subject = "Mail " + std::to_string(i);
            items_.push_back(exchange_.simulator.deliver(
                anna,
                "inbox",
                "From: x@y.example\r\nSubject: " + subject + "\r\n\r\n" + subject + "\r\n"
            ));
            ahead_.note_size(items_.back(), 1000);
        }
    }

    agent::Result<std::optional<FetchAhead::Read>> take(
        std::size_t number, FetchAhead::Moment now = start
    ) {
        return agent_test::run(context_, ahead_.take(items_.at(number), now));
    }
    /// The subject as its MIME has it; "alone" where it is not had this way.
    std::string subject(std::size_t number, FetchAhead::Moment now = start) {
        const auto taken = take(number, now);
        if (!taken) return "error";
        if (!*taken) return "alone";
        const std::string& mime = *(*taken)->item.mime;
        const auto at = mime.find("Subject: ") + 9;
        return mime.substr(at, mime.find('\r', at) - at);
    }
    /// How these come, one after the other.
    std::string first_four(FetchAhead& ahead) {
        ahead.expect({items_[0], items_[1], items_[2], items_[3]});
        std::string how;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto taken = agent_test::run(context_, ahead.take(items_[i], start));
            how += taken.value() ? "together " : "alone ";
        }
        return how;
    }
    std::size_t requests() const { return exchange_.simulator.requests("GetItem"); }

    agent_test::Exchange exchange_;
    boost::asio::io_context context_;
    agent::Connection connection_ =
        agent::open_connection(context_.get_executor(), exchange_.config).value();
    ews::Client client_{
        *connection_.transport, agent::client_options(exchange_.config, connection_, {{anna}})};
    FetchAhead ahead_{client_};
    Names items_;
};

TEST_F(FetchesAhead, TenInOneRequest) {
    ahead_.expect(items_);
    for (std::size_t i = 0; i < items_.size(); ++i)
        EXPECT_EQ(subject(i), "Mail " + std::to_string(i));
    EXPECT_EQ(requests(), 3U);
}

TEST_F(FetchesAhead, OneThatNobodyExpectsOrThatIsTheOnlyOneGoesAlone) {
    EXPECT_EQ(subject(0), "alone");
    ahead_.expect({items_[1]});
    EXPECT_EQ(subject(1), "alone");
    EXPECT_EQ(requests(), 0U);
}

TEST_F(FetchesAhead, TheOrderMayHaveGaps) {
    ahead_.expect(items_);
    EXPECT_EQ(subject(3), "Mail 3");
    EXPECT_EQ(subject(12), "Mail 12");
    EXPECT_EQ(requests(), 1U);
    EXPECT_EQ(subject(20), "Mail 20");
    EXPECT_EQ(requests(), 2U);
}

TEST_F(FetchesAhead, LargeOnesAndThoseOfUnknownSizeGoAloneAndTheOthersTogether) {
    FetchAhead ahead(client_);
    ahead.note_size(items_[0], agent::limits::ahead_mail);
    ahead.note_size(items_[1], agent::limits::ahead_mail + 1);
    ahead.note_size(items_[3], 10);
    EXPECT_EQ(first_four(ahead), "together alone alone together ");
    EXPECT_EQ(requests(), 1U);
}

TEST_F(FetchesAhead, NoMoreBytesAtOnceThanAreAllowed) {
    for (const std::string& item : items_) ahead_.note_size(item, agent::limits::ahead_mail);
    ahead_.expect(items_);
    for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(subject(i), "Mail " + std::to_string(i));
    EXPECT_EQ(requests(), 16 * agent::limits::ahead_mail / agent::limits::ahead_bytes);
}

TEST_F(FetchesAhead, WhatWasReadLongAgoIsReadAgain) {
    ahead_.expect(items_);
    EXPECT_EQ(subject(0), "Mail 0");
    EXPECT_EQ(take(1, start + agent::limits::known_for).value()->since, start);
    EXPECT_EQ(subject(2, start + agent::limits::known_for + std::chrono::milliseconds(1)), "alone");
}

TEST_F(FetchesAhead, NewExpectationsKeepWhatTheyNameAndForgetTheRest) {
    ahead_.expect(items_);
    EXPECT_EQ(subject(0), "Mail 0");
    ahead_.expect({items_[1], items_[3]});
    EXPECT_EQ(subject(1), "Mail 1");
    ahead_.expect({items_[2]});
    EXPECT_EQ(subject(2), "alone");
    EXPECT_EQ(requests(), 1U);
}

TEST_F(FetchesAhead, ASizeThatIsNotToldIsNoSmallSizeAndOneThatHasGrownCounts) {
    FetchAhead ahead(client_);
    for (std::size_t i = 0; i < 4; ++i) ahead.note_size(items_[i], 1000);
    ahead.note_size(items_[1], 0);  // as when its user reads it
    ahead.note_size(items_[2], 150 << 20);
    ahead.note_size(items_[2], 0);
    EXPECT_EQ(first_four(ahead), "together together alone together ");
}

TEST_F(FetchesAhead, TheSizesOfTheLatestAreKnown) {
    ahead_.expect({items_[0], items_[1]});
    for (std::size_t i = 0; i < agent::limits::ahead_known; ++i)
        ahead_.note_size("other " + std::to_string(i), 1000);
    EXPECT_EQ(subject(0), "alone");
}

TEST_F(FetchesAhead, OneThatHasGoneHarmsNoOther) {
    exchange_.simulator.erase(anna, items_[1]);
    ahead_.expect(items_);
    EXPECT_EQ(subject(0), "Mail 0");
    EXPECT_EQ(subject(1), "alone");
    EXPECT_EQ(subject(2), "Mail 2");
    EXPECT_EQ(subject(10), "Mail 10");
    EXPECT_EQ(requests(), 2U);
}

TEST_F(FetchesAhead, AfterAnItemThatTheServerCannotGiveTheNextOnesGoAlone) {
    exchange_.simulator.inject("GetItem item-error ErrorMimeContentConversionFailed");
    ahead_.expect(items_);
    EXPECT_EQ(subject(0), "alone");
    EXPECT_EQ(subject(1), "Mail 1") << "it was read with the other";
    EXPECT_EQ(subject(10), "alone");
    EXPECT_EQ(requests(), 1U);
}

TEST_F(FetchesAhead, AServerThatDoesNotAnswerIsAskedOnce) {
    exchange_.simulator.inject("GetItem 503 retry-after 1");
    ahead_.expect(items_);
    EXPECT_EQ(take(0).error().code, agent::errc::unreachable);
    EXPECT_EQ(subject(0), "alone");
    EXPECT_EQ(requests(), 1U);
}

TEST_F(FetchesAhead, WhereTheRequestIsRefusedEachIsAskedByItself) {
    exchange_.simulator.inject("GetItem error ErrorInvalidRequest");
    ahead_.expect(items_);
    EXPECT_EQ(subject(0), "alone");
    EXPECT_EQ(subject(1), "alone");
    EXPECT_EQ(requests(), 1U);
}

}  // namespace
