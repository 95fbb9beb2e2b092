#include "agent/connection.hpp"

#include <random>
#include <utility>

#include "http/auth/basic.hpp"
#include "http/auth/negotiate.hpp"
#include "http/auth/oauth.hpp"
#include "http/auth/sparing.hpp"

namespace agent {

namespace {

using Authenticator = std::shared_ptr<http::Authenticator>;

constexpr auto password = "password";
constexpr auto client_secret = "client secret";
constexpr auto proxy_password = "proxy password";

Error denied(const http::Error& error) {
    return {errc::denied, error.text, {}};
}

/// What is configured, read; "" where there is none.
using Secrets = std::map<std::string, std::string>;

Result<Secrets> read_secrets(const ExchangeConfig& exchange) {
    Secrets secrets;
    for (const auto& [use, source] : secrets_of(exchange)) {
        const Result<Secret> secret = read_secret(source);
        if (!secret) return secret.error();
        secrets[use] = secret->reveal();
    }
    return secrets;
}

http::Clocks clocks() {
    const auto dice = std::make_shared<std::mt19937>(std::random_device{}());
    return {
        [] { return std::chrono::steady_clock::now(); },
        [] { return std::chrono::system_clock::now(); },
        [dice] { return std::uniform_real_distribution<double>(0, 1)(*dice); }};
}

/// The way to any server, without a login.
Result<http::Options> way(const ExchangeConfig& exchange, Secrets& secrets) {
    http::Options options;
    options.ca_file = exchange.ca_file;
    if (!exchange.proxy) return options;
    options.proxy.url = exchange.proxy->url;
    options.proxy.no_proxy = exchange.proxy->except;
    if (exchange.proxy->user.empty()) return options;
    const auto field = http::basic_authorization(exchange.proxy->user, secrets[proxy_password]);
    if (!field) return denied(field.error());
    options.proxy.authorization = field->value;
    return options;
}

Result<Authenticator> application(
    const OAuthConfig& oauth, Secrets& secrets, http::Transport& transport
) {
    http::Application application;
    application.request = {oauth.token_url, oauth.client_id, oauth.scope};
    application.proof = http::ClientSecret{secrets[client_secret]};
    if (oauth.certificate) {
        const auto signing = oauth.rs256 ? http::Signing::rs256 : http::Signing::ps256;
        auto certificate = http::SigningCertificate::read(
            oauth.certificate->file, oauth.certificate->key, signing
        );
        if (!certificate) return denied(certificate.error());
        application.proof = std::move(*certificate);
    }
    auto made = http::OAuth::create(transport, std::move(application), clocks());
    if (!made) return denied(made.error());
    return Authenticator(std::move(*made));
}

Result<Authenticator> authenticator(
    const ExchangeConfig& exchange,
    Secrets& secrets,
    const std::unique_ptr<http::Client>& token_transport
) {
    using Login = ExchangeConfig::Login;
    if (exchange.login == Login::oauth)
        return application(*exchange.oauth, secrets, *token_transport);
    http::Result<Authenticator> made;
    if (exchange.login == Login::negotiate) {
        const Result<void> usable =
            exchange.keytab.empty() ? Result<void>() : check_keytab(exchange.keytab);
        if (!usable) return usable.error();
        made = http::negotiate_authenticator({exchange.user, secrets[password], exchange.keytab});
    } else {
        made = http::basic_authenticator(exchange.user, secrets[password]);
    }
    if (!made) return denied(made.error());
    return *made;
}

}  // namespace

std::map<std::string, SecretSource> secrets_of(const ExchangeConfig& exchange) {
    std::map<std::string, SecretSource> sources;
    if (exchange.password) sources[password] = *exchange.password;
    if (exchange.oauth && exchange.oauth->secret) sources[client_secret] = *exchange.oauth->secret;
    if (exchange.proxy && exchange.proxy->password)
        sources[proxy_password] = *exchange.proxy->password;
    return sources;
}

Result<Connection> open_connection(
    const boost::asio::any_io_executor& executor, const ExchangeConfig& exchange
) {
    Connection connection;
    Result<Secrets> secrets = read_secrets(exchange);
    if (!secrets) return secrets.error();
    Result<http::Options> options = way(exchange, *secrets);
    if (!options) return options.error();
    if (exchange.oauth) {
        http::Options for_tokens = *options;
        for_tokens.body_limit = http::max_token_answer;
        auto transport = http::Client::create(executor, std::move(for_tokens));
        if (!transport) return denied(transport.error());
        connection.token_transport = std::move(*transport);
    }
    if (exchange.certificate)
        options->client_certificate = {exchange.certificate->file, exchange.certificate->key};
    const Result<Authenticator> login =
        authenticator(exchange, *secrets, connection.token_transport);
    if (!login) return login.error();
    connection.account = (*login)->account();
    options->authenticator = http::sparing(*login);
    auto transport = http::Client::create(executor, std::move(*options));
    if (!transport) return denied(transport.error());
    connection.transport = std::move(*transport);
    connection.gate = std::make_unique<http::Gate>();
    return connection;
}

ews::ClientOptions client_options(
    const ExchangeConfig& exchange, const Connection& connection, const MailboxConfig& mailbox
) {
    ews::ClientOptions options;
    options.url = exchange.url;
    options.account = connection.account;
    options.anchor_mailbox = mailbox.addresses.front();
    options.gate = connection.gate.get();
    options.allowed_hosts = exchange.redirect_hosts;
    if (exchange.impersonate) options.impersonate = mailbox.addresses.front();
    return options;
}

ews::ClientOptions client_options(
    const ExchangeConfig& exchange,
    Connection& connection,
    const MailboxConfig& mailbox,
    const ews::Discovered& found
) {
    ews::ClientOptions options = client_options(exchange, connection, mailbox);
    std::unique_ptr<http::Gate>& gate = connection.found_gates[found.ews_url];
    if (!gate) gate = std::make_unique<http::Gate>();
    options.url = found.ews_url;
    options.gate = gate.get();
    return options;
}

void Connection::shorten_waits(std::chrono::milliseconds patience) const {
    gate->shorten_waits(patience);
    for (const auto& [url, found] : found_gates) found->shorten_waits(patience);
}

}  // namespace agent
