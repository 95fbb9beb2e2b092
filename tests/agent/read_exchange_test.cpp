// The element <exchange>, read in a whole configuration so that the schema has its say too.
#include "agent/read_exchange.hpp"

#include <gtest/gtest.h>

#include "agent/limits.hpp"
#include "tests/agent/folder.hpp"

namespace {

using Kind = agent::SecretSource::Kind;
using Login = agent::ExchangeConfig::Login;

class ReadExchange : public testing::Test {
protected:
    ReadExchange() {
        folder_.write(
            "policy.xml",
            R"(<policy xmlns="urn:mailferry:policy:1" name="Sales" enabled="true"><category name="CRM"/></policy>)"
        );
    }

    std::string write(const std::string& attributes, const std::string& inside) const {
        return folder_.write(
            "config.xml",
            R"(<mailferry xmlns="urn:mailferry:config:1"><journal file="journal.sqlite"/>
<exchange name="office")" +
                url_ + attributes + ">" + inside + R"(</exchange>
<crm name="embedded" url="sqlite:crm.sqlite"/>
<policy file="policy.xml" exchange="office" crm="embedded"><mailbox address="anna@us.example"/></policy>
</mailferry>)"
        );
    }
    agent::ExchangeConfig read(const std::string& attributes, const std::string& inside) {
        const agent::Config config = agent::load_config(write(attributes, inside)).value();
        return config.exchanges.at(0);
    }
    std::string complaints(const std::string& attributes, const std::string& inside) {
        const auto loaded = agent::load_config(write(attributes, inside));
        std::string told;
        if (loaded) return told;
        const agent::FileProblems problems = loaded.error();
        for (const auto& problem : problems) told += problem.problem.text + "\n";
        return told;
    }

    agent_test::Folder folder_;
    std::string url_ = R"( url="https://mail.us.example/EWS/Exchange.asmx")";
};

TEST_F(ReadExchange, BasicUnlessToldOtherwise) {
    const auto exchange = read(R"( user="US\ferry")", R"(<password environment="PASSWORD"/>)");
    EXPECT_EQ(exchange.login, Login::basic);
    EXPECT_EQ(exchange.user, "US\\ferry");
    EXPECT_EQ(exchange.password, (agent::SecretSource{Kind::environment, "PASSWORD"}));
    EXPECT_EQ(exchange.proxy, std::nullopt);
    EXPECT_EQ(exchange.certificate, std::nullopt);
    EXPECT_TRUE(exchange.redirect_hosts.empty());
}

TEST_F(ReadExchange, NegotiateTakesAPasswordAKeytabOrTheTicketsOfTheProcess) {
    const auto password = read(R"( login="negotiate" user="US\ferry")", R"(<password file="p"/>)");
    EXPECT_EQ(password.login, Login::negotiate);
    EXPECT_EQ(password.password, (agent::SecretSource{Kind::file, folder_.file("p")}));
    const auto keytab =
        read(R"( login="negotiate" user="ferry@US.EXAMPLE" keytab="ferry.keytab")", "");
    EXPECT_EQ(keytab.keytab, folder_.file("ferry.keytab"));
    EXPECT_EQ(keytab.password, std::nullopt);
    const auto tickets = read(R"( login="negotiate")", "");
    EXPECT_EQ(tickets.user, "");
    EXPECT_EQ(tickets.keytab, "");
}

TEST_F(ReadExchange, AnApplicationHasASecretOrACertificate) {
    const auto secret = read(
        R"( login="oauth")",
        R"(<oauth client-id="1234" token-url="https://login.example/t/token"><secret credential="app"/></oauth>)"
    );
    ASSERT_TRUE(secret.oauth);
    EXPECT_EQ(secret.oauth->client_id, "1234");
    EXPECT_EQ(secret.oauth->token_url, "https://login.example/t/token");
    EXPECT_EQ(secret.oauth->scope, "https://outlook.office365.com/.default");
    EXPECT_EQ(secret.oauth->secret, (agent::SecretSource{Kind::credential, "app"}));
    const auto certificate = read(
        R"( login="oauth")",
        R"(<oauth client-id="1234" token-url="https://login.example/t/token" scope="https://mail.us.example/.default">)"
        R"(<certificate file="app.pem" key="app.key"/></oauth>)"
    );
    EXPECT_EQ(certificate.oauth->scope, "https://mail.us.example/.default");
    EXPECT_EQ(
        certificate.oauth->certificate,
        (agent::CertificateConfig{folder_.file("app.pem"), folder_.file("app.key")})
    );
}

TEST_F(ReadExchange, TheWayToTheServerIsRead) {
    const auto exchange = read(
        R"( user="ferry" redirect-hosts="mail2.us.example outlook.office365.com")",
        R"(<password file="p"/><client-certificate file="gate.pem" key="/etc/ssl/gate.key"/>)"
        R"(<proxy url="http://proxy.us.example:3128" user="ferry" except=".us.example crm.example">)"
        R"(<password file="q"/></proxy>)"
    );
    EXPECT_EQ(
        exchange.redirect_hosts,
        (std::vector<std::string>{"mail2.us.example", "outlook.office365.com"})
    );
    EXPECT_EQ(
        exchange.certificate,
        (agent::CertificateConfig{folder_.file("gate.pem"), "/etc/ssl/gate.key"})
    );
    ASSERT_TRUE(exchange.proxy);
    EXPECT_EQ(exchange.proxy->url, "http://proxy.us.example:3128");
    EXPECT_EQ(exchange.proxy->user, "ferry");
    EXPECT_EQ(exchange.proxy->password, (agent::SecretSource{Kind::file, folder_.file("q")}));
    EXPECT_EQ(exchange.proxy->except, (std::vector<std::string>{".us.example", "crm.example"}));
}

TEST_F(ReadExchange, WhatDoesNotFitTheWayOfLoggingInIsRefused) {
    constexpr auto basic = "exchange: login=\"basic\" takes user and <password>, and no keytab\n";
    EXPECT_EQ(complaints("", ""), basic);
    EXPECT_EQ(complaints(R"( user="ferry")", ""), basic);
    EXPECT_EQ(complaints("", R"(<password file="p"/>)"), basic);
    EXPECT_EQ(complaints(R"( user="ferry" keytab="k")", R"(<password file="p"/>)"), basic);
    constexpr auto negotiate =
        "exchange: login=\"negotiate\" takes user and <password>, or user and keytab, or none of "
        "them, for the tickets "
        "of the process\n";
    EXPECT_EQ(complaints(R"( login="negotiate" user="ferry")", ""), negotiate);
    EXPECT_EQ(complaints(R"( login="negotiate" keytab="k")", ""), negotiate);
    EXPECT_EQ(
        complaints(R"( login="negotiate" user="ferry" keytab="k")", R"(<password file="p"/>)"),
        negotiate
    );
    constexpr auto oauth =
        "exchange: login=\"oauth\" takes <oauth>, and no user, keytab or <password>\n";
    constexpr auto application =
        R"(<oauth client-id="1" token-url="https://login.example/token"><secret file="s"/></oauth>)";
    EXPECT_EQ(complaints(R"( login="oauth")", ""), oauth);
    EXPECT_EQ(complaints(R"( login="oauth" user="ferry")", application), oauth);
    EXPECT_EQ(
        complaints(R"( user="ferry")", std::string(R"(<password file="p"/>)") + application),
        "exchange: <oauth> takes login=\"oauth\"\n"
    );
}

TEST_F(ReadExchange, AProxyHasAUserWithAPasswordOrNeither) {
    EXPECT_EQ(
        complaints(
            R"( user="ferry")",
            R"(<password file="p"/><proxy url="http://proxy.example:3128" user="ferry"/>)"
        ),
        "proxy: give user and <password> together, or neither\n"
    );
}

TEST_F(ReadExchange, ATokenIsAskedOfHttpsAlone) {
    const std::string told = complaints(
        R"( login="oauth")",
        R"(<oauth client-id="1" token-url="http://login.example/token"><secret file="s"/></oauth>)"
    );
    EXPECT_TRUE(told.starts_with("token-url: ")) << told;
}

TEST_F(ReadExchange, AutodiscoverStandsInTheUrlsStead) {
    const std::string login = R"( user="ferry")",
                      password = R"(<password environment="PASSWORD"/>)";
    const std::string which =
        "exchange: give url=\"https://HOST/EWS/Exchange.asmx\", or autodiscover=\"true\" to have "
        "it found for each "
        "mailbox\n";
    EXPECT_EQ(complaints(login + R"( autodiscover="true")", password), which);
    url_.clear();
    EXPECT_EQ(complaints(login, password), which);
    EXPECT_EQ(complaints(login + R"( autodiscover="false")", password), which);
    const auto exchange =
        read(login + R"( autodiscover="true" redirect-hosts="hosted.example")", password);
    EXPECT_EQ(exchange.url, "");
    EXPECT_EQ(exchange.redirect_hosts, std::vector<std::string>{"hosted.example"});
}

}  // namespace
