#include "http/certificate_alert.hpp"

#include <fmt/format.h>
#include <openssl/err.h>

#include <boost/asio/ssl/error.hpp>
#include <string_view>

namespace http {

namespace {

using boost::system::error_code;

std::string_view alert_text(int reason) {
    switch (reason) {
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
            return "it is bad";
        case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
            return "it is not of a supported kind, or not made for a client";
        case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
            return "it has been revoked";
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
            return "it has expired";
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
            return "no reason given";
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
            return "its issuer is unknown there";
        case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
            return "it is known there and has no access";
        default:
            return {};
    }
}

bool is_of_tls(const error_code& code) {
    return code.category() == boost::asio::error::get_ssl_category();
}

Error none_sent(const std::string& server) {
    return {
        errc::tls,
        server +
            ": it demands a client certificate and got none. Ask its administrator for one, and "
            "name certificate and key in the configuration"};
}

}  // namespace

std::optional<Error> refused_certificate(const error_code& code, const std::string& server) {
    if (!is_of_tls(code)) return std::nullopt;
    const int reason = ERR_GET_REASON(static_cast<unsigned long>(code.value()));
    if (reason == SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED) return none_sent(server);
    const std::string_view why = alert_text(reason);
    if (why.empty()) return std::nullopt;
    return Error{
        errc::tls,
        fmt::format(
            "{}: it does not accept our client certificate (or that none is configured): {}. Ask "
            "its "
            "administrator",
            server,
            why
        )};
}

std::optional<Error> handshake_refusal(
    const error_code& code, const std::string& server, SSL* handshake
) {
    if (!is_of_tls(code)) return std::nullopt;
    const unsigned char* kinds = nullptr;
    const bool was_asked = SSL_get0_certificate_types(handshake, &kinds) > 0;
    const bool has_one = SSL_get_certificate(handshake) != nullptr;
    if (was_asked && !has_one) return none_sent(server);
    if (!has_one) return std::nullopt;
    return refused_certificate(code, server);
}

}  // namespace http
