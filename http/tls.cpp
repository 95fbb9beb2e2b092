#include "http/tls.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/ssl/verify_context.hpp>
#include <boost/asio/ssl/verify_mode.hpp>
#include <utility>

#include "http/client_certificate.hpp"

namespace http {

namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

Error unusable(const std::string& what, const std::string& why) {
    return {errc::untrusted, fmt::format("{}: {}", what, why)};
}

bool set_expected_name(TlsStream& stream, const Target& target) {
    SSL* handle = stream.native_handle();
    X509_VERIFY_PARAM* expected = SSL_get0_param(handle);
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (target.is_address) return X509_VERIFY_PARAM_set1_ip_asc(expected, target.host.c_str()) == 1;
    return X509_VERIFY_PARAM_set1_host(expected, target.host.c_str(), target.host.size()) == 1 &&
           SSL_set_tlsext_host_name(handle, target.host.c_str()) == 1;
}

}  // namespace

Result<ssl::context> make_tls_context(const std::string& ca_file, const ClientCertificate& own) {
    ssl::context context(ssl::context::tls_client);
    SSL_CTX* handle = context.native_handle();
    if (SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION) != 1) {
        return unusable("OpenSSL", "it cannot do TLS 1.2");
    }
    SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    // A server's own certificate, or an intermediate one, in the ca-file is enough.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(handle), X509_V_FLAG_PARTIAL_CHAIN);
    error_code ec;
    context.set_verify_mode(ssl::verify_peer, ec);
    if (ec) return unusable("OpenSSL", ec.message());
    context.set_default_verify_paths(ec);
    if (ec) return unusable("the certificates of the system cannot be read", ec.message());
    const auto error = use_client_certificate(context, own);
    if (error) return *error;
    if (ca_file.empty()) return context;
    context.load_verify_file(ca_file, ec);
    if (ec) {
        return unusable(
            fmt::format("the ca-file '{}' cannot be used", ca_file),
            fmt::format("{}. It must be a readable PEM file with certificates", ec.message())
        );
    }
    return context;
}

Result<std::shared_ptr<const TrustFailure>> expect_server(TlsStream& stream, const Target& target) {
    if (!set_expected_name(stream, target)) {
        return Error{
            errc::tls, target.origin() + ": OpenSSL cannot check a certificate for this name"};
    }
    auto failure = std::make_shared<TrustFailure>();
    error_code ec;
    stream.set_verify_callback(
        [failure](bool trusted, ssl::verify_context& context) {
            if (!trusted && failure->code == X509_V_OK) {
                *failure = describe_trust_failure(context.native_handle());
            }
            return trusted;
        },
        ec
    );
    if (ec) return Error{errc::tls, fmt::format("{}: {}", target.origin(), ec.message())};
    return std::shared_ptr<const TrustFailure>(std::move(failure));
}

Error untrusted(const std::string& server, const TrustFailure& failure) {
    return {
        errc::untrusted,
        fmt::format(
            "{}: the certificate is not trusted: {}. {}. Certificate: {}; issuer: {}; valid from "
            "{} "
            "to {}; SHA-256 {}",
            server,
            failure.reason,
            failure.remedy,
            failure.subject,
            failure.issuer,
            failure.valid_from,
            failure.valid_to,
            failure.fingerprint
        )};
}

}  // namespace http
