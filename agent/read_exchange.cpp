#include "agent/read_exchange.hpp"

#include <optional>
#include <string>
#include <utility>

#include "agent/limits.hpp"
#include "http/url.hpp"
#include "rules/xml_value.hpp"

namespace agent {

namespace {

using Login = ExchangeConfig::Login;

std::optional<SecretSource> password_of(const pugi::xml_node& node, ConfigNodes& nodes) {
    const pugi::xml_node password = node.child("password");
    if (!password) return std::nullopt;
    return nodes.secret(password);
}

CertificateConfig read_certificate(const pugi::xml_node& node, const ConfigNodes& nodes) {
    return {nodes.resolve(nodes.text(node, "file")), nodes.resolve(nodes.text(node, "key"))};
}

OAuthConfig read_oauth(const pugi::xml_node& node, ConfigNodes& nodes) {
    OAuthConfig oauth;
    oauth.client_id = nodes.text(node, "client-id");
    oauth.token_url = nodes.text(node, "token-url");
    oauth.scope = limits::default_scope;
    oauth.rs256 = nodes.text(node, "signing") == "rs256";
    if (node.attribute("scope")) oauth.scope = nodes.text(node, "scope");
    if (const auto target = http::read_url(oauth.token_url); !target) {
        nodes.problem(node, "token-url: " + target.error().text);
    }
    if (const pugi::xml_node secret = node.child("secret")) oauth.secret = nodes.secret(secret);
    if (const pugi::xml_node certificate = node.child("certificate")) {
        oauth.certificate = read_certificate(certificate, nodes);
    }
    return oauth;
}

ProxyConfig read_proxy(const pugi::xml_node& node, ConfigNodes& nodes) {
    ProxyConfig proxy;
    proxy.url = nodes.text(node, "url");
    proxy.user = nodes.text(node, "user");
    proxy.password = password_of(node, nodes);
    proxy.except = nodes.words(node, "except");
    if (proxy.user.empty() == proxy.password.has_value()) {
        nodes.problem(node, "proxy: give user and <password> together, or neither");
    }
    return proxy;
}

Login login_of(const std::string& written) {
    if (written == "negotiate") return Login::negotiate;
    if (written == "oauth") return Login::oauth;
    return Login::basic;
}

/// What is given does not fit the way of logging in; "" where it does.
std::string misfit(const ExchangeConfig& exchange) {
    const bool has_user = !exchange.user.empty();
    const bool has_keytab = !exchange.keytab.empty();
    const bool has_password = exchange.password.has_value();
    const bool has_oauth = exchange.oauth.has_value();
    if (exchange.login == Login::oauth) {
        const bool alone = !has_user && !has_keytab && !has_password;
        return has_oauth && alone
                   ? ""
                   : R"(login="oauth" takes <oauth>, and no user, keytab or <password>)";
    }
    if (has_oauth) return R"(<oauth> takes login="oauth")";
    if (exchange.login == Login::basic) {
        const bool fits = has_user && has_password && !has_keytab;
        return fits ? "" : R"(login="basic" takes user and <password>, and no keytab)";
    }
    const bool both = has_password && has_keytab;
    const bool fits = !both && has_user == (has_password || has_keytab);
    return fits
               ? ""
               : R"(login="negotiate" takes user and <password>, or user and keytab, or none of them, for the tickets )"
                 "of the process";
}

}  // namespace

ExchangeConfig read_exchange(const pugi::xml_node& node, ConfigNodes& nodes) {
    ExchangeConfig exchange;
    exchange.name = nodes.text(node, "name");
    exchange.url = nodes.text(node, "url");
    const bool is_looked_for = rules::xml_switch(node, "autodiscover", false);
    if (is_looked_for == !exchange.url.empty()) {
        nodes.problem(
            node,
            R"(exchange: give url="https://HOST/EWS/Exchange.asmx", or autodiscover="true" to have it found for each )"
            "mailbox"
        );
    } else if (const auto target = http::read_url(exchange.url); !is_looked_for && !target) {
        nodes.problem(
            node, "url: " + target.error().text + "; write https://HOST/EWS/Exchange.asmx"
        );
    }
    exchange.login = login_of(nodes.text(node, "login"));
    exchange.user = nodes.text(node, "user");
    exchange.password = password_of(node, nodes);
    exchange.redirect_hosts = nodes.words(node, "redirect-hosts");
    exchange.impersonate = rules::xml_switch(node, "impersonate", true);
    if (node.attribute("keytab")) exchange.keytab = nodes.resolve(nodes.text(node, "keytab"));
    if (node.attribute("ca-file")) exchange.ca_file = nodes.resolve(nodes.text(node, "ca-file"));
    if (const pugi::xml_node oauth = node.child("oauth")) exchange.oauth = read_oauth(oauth, nodes);
    if (const pugi::xml_node proxy = node.child("proxy")) exchange.proxy = read_proxy(proxy, nodes);
    if (const pugi::xml_node certificate = node.child("client-certificate")) {
        exchange.certificate = read_certificate(certificate, nodes);
    }
    exchange.settle =
        std::chrono::milliseconds(node.attribute("settle-ms").as_llong(exchange.settle.count()));
    if (const std::string wrong = misfit(exchange); !wrong.empty()) {
        nodes.problem(node, "exchange: " + wrong);
    }
    return exchange;
}

}  // namespace agent
