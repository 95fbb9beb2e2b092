#include "agent/notice/smtp_failure.hpp"

#include <gtest/gtest.h>

namespace {

using agent::errc;
using agent::SmtpReply;

agent::SmtpConfig relay() {
    agent::SmtpConfig config;
    config.host = "mail.us.example";
    config.from = "mailferry@us.example";
    config.user = "ferry";
    config.ca_file = "/etc/ca.pem";
    return config;
}

agent::Error failure(
    CURLcode code, const SmtpReply& reply = {}, const agent::SmtpConfig& config = relay()
) {
    return agent::smtp_failure(config, "it@us.example", code, "detail", reply);
}

SmtpReply reply(int code, const char* text) {
    return {code, std::to_string(code) + " " + text, false, false};
}

TEST(SmtpFailure, NamesTheServer) {
    EXPECT_EQ(agent::smtp_server(relay()), "mail.us.example:587");
    auto config = relay();
    config.host = "::1";
    config.port = 25;
    EXPECT_EQ(agent::smtp_server(config), "[::1]:25");
    EXPECT_TRUE(failure(CURLE_COULDNT_CONNECT).text.starts_with("SMTP server mail.us.example:587: ")
    );
}

TEST(SmtpFailure, AServerThatIsNotThereIsUnreachable) {
    for (const CURLcode code :
         {CURLE_COULDNT_RESOLVE_HOST,
          CURLE_COULDNT_CONNECT,
          CURLE_OPERATION_TIMEDOUT,
          CURLE_SSL_CONNECT_ERROR,
          CURLE_RECV_ERROR,
          CURLE_GOT_NOTHING,
          CURLE_OUT_OF_MEMORY}) {
        EXPECT_EQ(failure(code).code, errc::unreachable) << failure(code).text;
    }
}

TEST(SmtpFailure, WhatOnlyAnAdminCanPutRightIsDenied) {
    for (const CURLcode code :
         {CURLE_PEER_FAILED_VERIFICATION,
          CURLE_SSL_CACERT_BADFILE,
          CURLE_USE_SSL_FAILED,
          CURLE_LOGIN_DENIED}) {
        EXPECT_EQ(failure(code).code, errc::denied) << failure(code).text;
    }
    EXPECT_NE(failure(CURLE_PEER_FAILED_VERIFICATION).text.find("ca-file"), std::string::npos);
    EXPECT_NE(failure(CURLE_SSL_CACERT_BADFILE).text.find("/etc/ca.pem"), std::string::npos);
}

TEST(SmtpFailure, ARefusedLoginSaysWhatTheServerSaid) {
    const auto refused = failure(CURLE_LOGIN_DENIED, reply(535, "5.7.8 wrong"));
    EXPECT_EQ(refused.code, errc::denied);
    EXPECT_EQ(
        refused.text,
        "SMTP server mail.us.example:587: the login as 'ferry' was refused: 535 5.7.8 wrong. "
        "Correct user or "
        "password of the SMTP server"
    );
    auto config = relay();
    config.user.clear();
    const auto wanted =
        failure(CURLE_SEND_ERROR, reply(530, "5.7.0 Authentication required"), config);
    EXPECT_EQ(wanted.code, errc::denied);
    EXPECT_NE(wanted.text.find("it wants a login: 530 5.7.0"), std::string::npos) << wanted.text;
}

TEST(SmtpFailure, ALoginThatTheServerCannotCheckNowIsTriedAgain) {
    EXPECT_EQ(failure(CURLE_LOGIN_DENIED, reply(454, "4.7.0 later")).code, errc::transient);
}

TEST(SmtpFailure, ARefusedMailIsPermanentOrTransientAsTheServerMeansIt) {
    const auto refused = failure(CURLE_SEND_ERROR, reply(550, "5.1.1 no such user"));
    EXPECT_EQ(refused.code, errc::permanent);
    EXPECT_EQ(
        refused.text,
        "SMTP server mail.us.example:587: it refuses the mail from mailferry@us.example to "
        "it@us.example: 550 "
        "5.1.1 no such user. Check both addresses, and whether the server lets this machine send"
    );
    EXPECT_EQ(failure(CURLE_SEND_ERROR, reply(450, "4.2.0 greylisted")).code, errc::transient);
    EXPECT_EQ(
        failure(CURLE_WEIRD_SERVER_REPLY, {554, "554 spam", false, true}).code, errc::permanent
    );
}

TEST(SmtpFailure, AServerThatClosesIsUnreachable) {
    EXPECT_EQ(
        failure(CURLE_WEIRD_SERVER_REPLY, {554, "554 no service", true, false}).code,
        errc::unreachable
    );
    EXPECT_EQ(failure(CURLE_SEND_ERROR, reply(421, "shutting down")).code, errc::unreachable);
}

TEST(SmtpFailure, ALostAnswerSaysThatTheMailMayHaveBeenTaken) {
    for (const CURLcode code : {CURLE_RECV_ERROR, CURLE_OPERATION_TIMEDOUT}) {
        const auto lost = failure(code, {354, "354 go ahead", false, true});
        EXPECT_EQ(lost.code, errc::unreachable);
        EXPECT_NE(lost.text.find("which it may have taken"), std::string::npos) << lost.text;
    }
}

TEST(SmtpFailure, OurOwnStopIsNoFailureOfTheServer) {
    EXPECT_EQ(failure(CURLE_ABORTED_BY_CALLBACK).code, errc::cancelled);
}

TEST(SmtpFailure, WithoutADetailThereIsAReasonAllTheSame) {
    const auto error = agent::smtp_failure(relay(), "it@us.example", CURLE_COULDNT_CONNECT, "", {});
    EXPECT_EQ(error.text.find("()"), std::string::npos) << error.text;
}

}  // namespace
