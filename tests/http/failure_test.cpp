#include "http/failure.hpp"

#include <gtest/gtest.h>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>

namespace {

using http::describe;
using http::errc;
using http::Error;
using http::Phase;
using namespace std::chrono_literals;

const std::string server = "https://a.example:443";

Error error(const boost::system::error_code& code, Phase phase) {
    return describe(code, phase, server, http::deadline_after(100s));
}

TEST(Failure, ATimeoutSaysHowLongAndDuringWhat) {
    const boost::system::error_code timeout = boost::beast::error::timeout;
    EXPECT_EQ(
        error(timeout, Phase::waiting),
        (Error{errc::timeout, server + ": gave up after 100 s while waiting for the answer"})
    );
    EXPECT_EQ(
        describe(timeout, Phase::handshake, server, http::deadline_after(1500ms)).text,
        server + ": gave up after 1.5 s while agreeing on TLS"
    );
    EXPECT_EQ(
        describe(timeout, Phase::looking_up, server, http::deadline_after(50ms)).text,
        server + ": gave up after 50 ms while looking up its address"
    );
}

TEST(Failure, TheSameCodeMeansDifferentThingsInDifferentPhases) {
    const boost::system::error_code refused = boost::asio::error::connection_refused;
    const boost::system::error_code reset = boost::asio::error::connection_reset;
    EXPECT_EQ(error(refused, Phase::connecting).code, errc::connect);
    EXPECT_EQ(error(reset, Phase::connecting).code, errc::connect);
    EXPECT_EQ(error(reset, Phase::handshake).code, errc::closed);
    EXPECT_EQ(error(reset, Phase::sending).code, errc::closed);
    EXPECT_EQ(error(boost::asio::error::host_unreachable, Phase::reading).code, errc::closed);
    EXPECT_EQ(error(boost::asio::error::host_not_found, Phase::looking_up).code, errc::resolve);
}

TEST(Failure, EveryWayToEndEarlyIsACut) {
    for (const boost::system::error_code& code : std::initializer_list<boost::system::error_code>{
             boost::asio::error::eof,
             boost::asio::error::broken_pipe,
             boost::asio::ssl::error::stream_truncated,
             boost::beast::http::error::end_of_stream,
             boost::beast::http::error::partial_message}) {
        EXPECT_EQ(error(code, Phase::reading).code, errc::closed) << code.message();
    }
}

TEST(Failure, ParserErrorsAreAboutTheProtocolOrALimit) {
    EXPECT_EQ(error(boost::beast::http::error::bad_version, Phase::waiting).code, errc::protocol);
    EXPECT_EQ(error(boost::beast::http::error::bad_chunk, Phase::reading).code, errc::protocol);
    EXPECT_EQ(error(boost::beast::http::error::header_limit, Phase::waiting).code, errc::too_large);
}

TEST(Failure, OurOwnStopIsCancelled) {
    EXPECT_EQ(
        error(boost::asio::error::operation_aborted, Phase::connecting).code, errc::cancelled
    );
}

}  // namespace
