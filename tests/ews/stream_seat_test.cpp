#include "ews/stream_seat.hpp"

#include "tests/ews/streaming_server.hpp"

namespace {

using News = ews::StreamNews::Kind;

class StreamSeat : public wire::StreamingTest {
protected:
    ews::Client client_{server, acting_as("anna@us.example")};
    ews::StreamSeat seat_{context.get_executor(), client_};
};

TEST_F(StreamSeat, NewsComeInOrderAndTheEndComesLast) {
    seat_.tell({News::sync});
    seat_.end({ews::errc::subscription_lost, {}, {}, {}});
    seat_.tell({News::polling, {}, "why"});
    EXPECT_EQ(run(seat_.next())->kind, News::sync);
    EXPECT_EQ(run(seat_.next())->text, "why");
    EXPECT_EQ(run(seat_.next()).error().code, ews::errc::subscription_lost);
}

TEST_F(StreamSeat, ThatItLivesIsNoNewsBesideOthers) {
    seat_.tell({News::sync});
    seat_.tell({News::alive});
    seat_.tell({News::sync});
    EXPECT_EQ(run(seat_.next())->kind, News::sync);
    EXPECT_EQ(run(seat_.next())->kind, News::sync);
}

TEST_F(StreamSeat, WhatNobodyFetchesIsForgottenButNotThatThereWasSomething) {
    for (int i = 0; i < 1'001; ++i) seat_.tell({News::events});
    EXPECT_EQ(run(seat_.next())->kind, News::sync);
    EXPECT_EQ(run(seat_.next())->kind, News::events);
}

TEST_F(StreamSeat, CloseEndsTheOneWhoWaits) {
    auto waiting = boost::asio::co_spawn(context, seat_.next(), boost::asio::use_future);
    rest();
    seat_.close();
    rest();
    EXPECT_EQ(waiting.get().error().code, ews::errc::cancelled);
}

}  // namespace
