#include "agent/notice/smtp_call.hpp"

#include <gtest/gtest.h>

#include "ews/base64.hpp"
#include "tests/agent/folder.hpp"
#include "tests/fakes/smtp_server.hpp"
#include "tests/http/certificates.hpp"

namespace {

using agent::errc;
using agent::SmtpConfig;
using Security = SmtpConfig::Security;
using namespace std::chrono_literals;
constexpr auto admin = "it@us.example";

class SmtpCall : public testing::Test {
protected:
    fakes::SmtpServer& serve(fakes::SmtpBehaviour behaviour) {
        server_ = std::make_unique<fakes::SmtpServer>(std::move(behaviour));
        config_.host = "127.0.0.1";
        config_.port = server_->port();
        config_.from = "mailferry@us.example";
        return *server_;
    }
    /// With a certificate that the ca-file vouches for.
    fakes::SmtpServer& serve_tls(fakes::SmtpBehaviour behaviour = {}) {
        const auto identity = testing_http::make_identity({"relay", names_});
        behaviour.certificate = testing_http::certificate_pem(identity);
        behaviour.key = testing_http::key_pem(identity);
        config_.ca_file = folder_.write("ca.pem", behaviour.certificate);
        return serve(std::move(behaviour));
    }
    fakes::SmtpServer& serve_plain(fakes::SmtpBehaviour behaviour = {}) {
        config_.security = Security::none;
        return serve(std::move(behaviour));
    }
    agent::Result<void> call(const std::string& to = admin) {
        return agent::smtp_call(
            config_, agent::Secret(password_), times_, {config_.from, to, mime_}, stop_
        );
    }
    void log_in() {
        config_.user = "ferry";
        password_ = "hunter2";
    }

    agent_test::Folder folder_;
    SmtpConfig config_;
    std::string password_;
    std::string names_ = "IP:127.0.0.1";
    std::string mime_ = "Subject: hi\r\n\r\none\r\n.\r\n..two\r\n";
    agent::SmtpTimes times_;
    std::atomic<bool> stop_ = false;
    std::unique_ptr<fakes::SmtpServer> server_;
};

/// "\0ferry\0hunter2"
std::string plain_login() {
    return ews::encode_base64(std::string("\0ferry\0hunter2", 14));
}

void expect_denied(const agent::Result<void>& result, const std::string& part) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, errc::denied);
    EXPECT_NE(result.error().text.find(part), std::string::npos) << result.error().text;
}

TEST_F(SmtpCall, SendsTheMailAsItIsByStarttls) {
    auto& server = serve_tls();
    const auto sent = call();
    ASSERT_TRUE(sent) << sent.error().text;
    ASSERT_EQ(server.mails().size(), 1U);
    const auto mail = server.mails().at(0);
    EXPECT_EQ(mail.from, "mailferry@us.example");
    EXPECT_EQ(mail.to, std::vector<std::string>{admin});
    EXPECT_EQ(mail.data, mime_);
    EXPECT_TRUE(mail.tls);
    EXPECT_FALSE(mail.logged_in);
}

TEST_F(SmtpCall, SendsByTlsFromTheFirstByte) {
    config_.security = Security::tls;
    fakes::SmtpBehaviour behaviour;
    behaviour.tls_at_once = true;
    auto& server = serve_tls(behaviour);
    const auto sent = call();
    ASSERT_TRUE(sent) << sent.error().text;
    EXPECT_TRUE(server.mails().at(0).tls);
}

TEST_F(SmtpCall, SendsInTheClearOnThisMachineAlone) {
    auto& server = serve_plain();
    const auto sent = call();
    ASSERT_TRUE(sent) << sent.error().text;
    EXPECT_FALSE(server.mails().at(0).tls);
    config_.host = "mail.us.example";
    expect_denied(call(), "without TLS mail is sent to this machine only");
}

TEST_F(SmtpCall, LogsInAsTheServerOffers) {
    log_in();
    fakes::SmtpBehaviour behaviour;
    behaviour.login = plain_login();
    auto& plain = serve_tls(behaviour);
    const auto sent = call();
    ASSERT_TRUE(sent) << sent.error().text;
    EXPECT_TRUE(plain.mails().at(0).logged_in);
    behaviour.login = ews::encode_base64("ferry") + " " + ews::encode_base64("hunter2");
    behaviour.login_only = true;
    auto& login = serve_tls(behaviour);
    const auto again = call();
    ASSERT_TRUE(again) << again.error().text;
    EXPECT_TRUE(login.mails().at(0).logged_in);
}

TEST_F(SmtpCall, ARefusedLoginIsDeniedAndTheSecretIsNotTold) {
    log_in();
    fakes::SmtpBehaviour behaviour;
    behaviour.login = "another";
    serve_tls(behaviour);
    expect_denied(call(), "the login as 'ferry' was refused: 535 5.7.8 Authentication failed");
    behaviour.login_refused = "501 cannot read " + plain_login();
    serve_tls(behaviour);
    const auto told = call();
    ASSERT_FALSE(told);
    EXPECT_EQ(told.error().text.find(plain_login()), std::string::npos) << told.error().text;
    EXPECT_EQ(told.error().text.find("hunter2"), std::string::npos);
}

TEST_F(SmtpCall, AServerThatWantsALoginWhereThereIsNoneSaysSo) {
    fakes::SmtpBehaviour behaviour;
    behaviour.login = plain_login();
    serve_tls(behaviour);
    expect_denied(call(), "it wants a login: 530 5.7.0 Authentication required");
}

TEST_F(SmtpCall, ACertificateThatNobodyVouchesForEndsItBeforeAnythingIsSent) {
    log_in();
    auto& server = serve_tls();
    config_.ca_file.clear();
    expect_denied(call(), "the certificate is not trusted");
    EXPECT_TRUE(server.mails().empty());
    EXPECT_EQ(server.lines().back(), "STARTTLS");
}

TEST_F(SmtpCall, ACertificateForAnotherNameIsNotTrusted) {
    names_ = "DNS:other.example";
    auto& server = serve_tls();
    expect_denied(call(), "the certificate is not trusted");
    EXPECT_TRUE(server.mails().empty());
}

TEST_F(SmtpCall, AnUnusableCaFileIsNamed) {
    serve_tls();
    config_.ca_file = folder_.write("wrong.pem", "no certificate");
    expect_denied(call(), "wrong.pem");
}

TEST_F(SmtpCall, AServerWithoutStarttlsGetsNothing) {
    log_in();
    fakes::SmtpBehaviour behaviour;
    behaviour.login = plain_login();
    auto& server = serve(behaviour);
    expect_denied(call(), "it offers no STARTTLS");
    EXPECT_EQ(server.lines().size(), 1U);
    EXPECT_TRUE(server.mails().empty());
}

TEST_F(SmtpCall, ARecipientThatIsRefusedIsNamedWithTheReply) {
    fakes::SmtpBehaviour behaviour;
    behaviour.unknown = {"gone@us.example"};
    behaviour.busy = {"grey@us.example"};
    serve_plain(behaviour);
    const auto refused = call("gone@us.example");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::permanent);
    EXPECT_NE(
        refused.error().text.find("to gone@us.example: 550 5.1.1 no such user"), std::string::npos
    ) << refused.error().text;
    EXPECT_EQ(call("grey@us.example").error().code, errc::transient);
    EXPECT_TRUE(call());
}

TEST_F(SmtpCall, AMailThatIsRefusedAfterItWasReadIsPermanent) {
    fakes::SmtpBehaviour behaviour;
    behaviour.accepted = "554 5.7.1 looks like spam";
    serve_plain(behaviour);
    const auto refused = call();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::permanent);
    EXPECT_NE(refused.error().text.find("554 5.7.1 looks like spam"), std::string::npos)
        << refused.error().text;
}

TEST_F(SmtpCall, AServerThatTakesNoMailNowIsUnreachable) {
    fakes::SmtpBehaviour behaviour;
    behaviour.greeting = "554-go away\r\n554 no service here";
    serve_plain(behaviour);
    const auto refused = call();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::unreachable);
    EXPECT_NE(refused.error().text.find("554-go away 554 no service here"), std::string::npos)
        << refused.error().text;
}

TEST_F(SmtpCall, ALostAnswerSaysThatTheMailMayHaveBeenTaken) {
    fakes::SmtpBehaviour behaviour;
    behaviour.drops_after_data = true;
    auto& server = serve_plain(behaviour);
    const auto lost = call();
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, errc::unreachable);
    EXPECT_NE(lost.error().text.find("which it may have taken"), std::string::npos)
        << lost.error().text;
    EXPECT_EQ(server.mails().size(), 1U);
}

TEST_F(SmtpCall, ASilentServerIsLeftAfterItsTime) {
    fakes::SmtpBehaviour behaviour;
    behaviour.silent = true;
    serve_plain(behaviour);
    times_.whole = 100ms;
    const auto late = call();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::unreachable);
    EXPECT_NE(late.error().text.find("no answer in time"), std::string::npos) << late.error().text;
}

TEST_F(SmtpCall, WhereNobodyListensTheServerIsNamed) {
    serve_plain();
    server_.reset();
    const auto failed = call();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, errc::unreachable);
    const std::string server = "127.0.0.1:" + std::to_string(config_.port);
    EXPECT_TRUE(failed.error().text.starts_with("SMTP server " + server + ": nobody answers"))
        << failed.error().text;
}

TEST_F(SmtpCall, WhatIsNoHostIsRefusedBeforeAnythingElse) {
    for (const char* host :
         {"", "mail.us.example/x", "user@mail.us.example", "a b", "file:///etc/passwd"}) {
        config_.host = host;
        const auto refused = call();
        ASSERT_FALSE(refused) << host;
        EXPECT_EQ(refused.error().code, errc::denied) << host << ": " << refused.error().text;
    }
}

TEST_F(SmtpCall, OnceStoppedItEnds) {
    fakes::SmtpBehaviour behaviour;
    behaviour.silent = true;
    serve_plain(behaviour);
    stop_ = true;
    EXPECT_EQ(call().error().code, errc::cancelled);
}

TEST_F(SmtpCall, NoProxyOfTheEnvironmentComesBetween) {
    auto& server = serve_plain();
    ::setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    ::setenv("smtp_proxy", "http://127.0.0.1:1", 1);
    const auto sent = call();
    ::unsetenv("ALL_PROXY");
    ::unsetenv("smtp_proxy");
    ASSERT_TRUE(sent) << sent.error().text;
    EXPECT_EQ(server.mails().size(), 1U);
}

}  // namespace
