#include "agent/notice/smtp_failure.hpp"

#include <fmt/format.h>

#include <utility>

namespace agent {

namespace {

struct Verdict {
    errc code;
    std::string text;
};

/// 530 and 534 to 538 are about the login (RFC 4954 §6).
bool is_about_login(int code) {
    return code == 530 || code == 534 || code == 535 || code == 538;
}

Verdict refused_login(const SmtpConfig& config, const SmtpReply& reply) {
    if (config.user.empty()) {
        return {
            errc::denied,
            fmt::format(
                "it wants a login: {}. Give user and password of the SMTP server", reply.text
            )};
    }
    return {
        errc::denied,
        fmt::format(
            "the login as '{}' was refused{}{}. Correct user or password of the SMTP server",
            config.user,
            reply.text.empty() ? "" : ": ",
            reply.text
        )};
}

/// What the server answered, where that is what ended the dialogue.
Verdict refused(const SmtpConfig& config, const std::string& to, const SmtpReply& reply) {
    if (reply.is_greeting || reply.code == 421) {
        return {
            errc::unreachable,
            fmt::format("it takes no mail now: {}. Look at the log of that server", reply.text)};
    }
    if (is_about_login(reply.code)) return refused_login(config, reply);
    if (reply.code < 500) {
        return {
            errc::transient,
            fmt::format(
                "it does not take the mail to {} now: {}. It is tried again", to, reply.text
            )};
    }
    return {
        errc::permanent,
        fmt::format(
            "it refuses the mail from {} to {}: {}. Check both addresses, and whether the server "
            "lets this machine send",
            config.from,
            to,
            reply.text
        )};
}

Verdict broken(const std::string& detail, const SmtpReply& reply) {
    if (reply.after_data) {
        return {
            errc::unreachable,
            fmt::format(
                "the connection broke before it confirmed the mail ({}), which it may have taken. "
                "It is tried again "
                "under the same Message-ID",
                detail
            )};
    }
    return {
        errc::unreachable,
        fmt::format("the connection broke: {}. Look at the log of that server", detail)};
}

Verdict judge(
    const SmtpConfig& config,
    const std::string& to,
    CURLcode code,
    const std::string& detail,
    const SmtpReply& reply
) {
    switch (code) {
        case CURLE_ABORTED_BY_CALLBACK:
            return {errc::cancelled, "stopped"};
        case CURLE_COULDNT_RESOLVE_HOST:
            return {
                errc::unreachable,
                "the name is unknown. Check the host, and the name service of this machine"};
        case CURLE_COULDNT_CONNECT:
            return {
                errc::unreachable,
                fmt::format("nobody answers ({}). Check host and port, and the firewall", detail)};
        case CURLE_PEER_FAILED_VERIFICATION:
            return {
                errc::denied,
                fmt::format(
                    "the certificate is not trusted: {}. If you trust it, or its issuer, save that "
                    "as a PEM file and "
                    "name it by the ca-file option",
                    detail
                )};
        case CURLE_SSL_CACERT_BADFILE:
            return {
                errc::denied,
                fmt::format(
                    "the ca-file '{}' cannot be used. It must be a readable PEM file with "
                    "certificates",
                    config.ca_file
                )};
        case CURLE_USE_SSL_FAILED:
            return {
                errc::denied,
                "it offers no STARTTLS, and nothing is sent in the clear. Let it offer that, or "
                "use its TLS port "
                "(465) with security tls"};
        case CURLE_SSL_CONNECT_ERROR:
            return {
                errc::unreachable,
                fmt::format(
                    "the TLS handshake failed: {}. Is this the port for that security?", detail
                )};
        case CURLE_OPERATION_TIMEDOUT:
            if (reply.after_data) return broken(detail, reply);
            return {
                errc::unreachable,
                fmt::format("no answer in time ({}). Check host, port and security", detail)};
        default:
            break;
    }
    if (reply.code >= 400) return refused(config, to, reply);
    if (code == CURLE_LOGIN_DENIED) return refused_login(config, reply);
    return broken(detail, reply);
}

}  // namespace

std::string smtp_server(const SmtpConfig& config) {
    const bool is_ipv6 = config.host.find(':') != std::string::npos;
    return fmt::format(
        "{}{}{}:{}", is_ipv6 ? "[" : "", config.host, is_ipv6 ? "]" : "", config.port
    );
}

Error smtp_failure(
    const SmtpConfig& config,
    const std::string& to,
    CURLcode code,
    std::string detail,
    const SmtpReply& reply
) {
    if (detail.empty()) detail = curl_easy_strerror(code);
    Verdict verdict = judge(config, to, code, detail, reply);
    return {verdict.code, fmt::format("SMTP server {}: {}", smtp_server(config), verdict.text), {}};
}

}  // namespace agent
