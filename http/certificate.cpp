#include "http/certificate.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <ctime>
#include <memory>
#include <vector>

#include "http/limits.hpp"

namespace http {

namespace {

std::string name_text(const X509_NAME* name) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    // UTF-8 as it is, control characters escaped: the text comes from a stranger.
    const unsigned long style = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    X509_NAME_print_ex(out.get(), name, 0, style);
    char* data = nullptr;
    const long length = BIO_get_mem_data(out.get(), &data);
    if (length <= 0) return "(no name)";
    return {data, static_cast<std::size_t>(length)};
}

std::string time_text(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return "(no date)";
    return fmt::format(
        "{:04}-{:02}-{:02} {:02}:{:02} UTC",
        parts.tm_year + 1900,
        parts.tm_mon + 1,
        parts.tm_mday,
        parts.tm_hour,
        parts.tm_min
    );
}

std::string_view bytes_of(const ASN1_STRING* text) {
    return {
        reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
        static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string address_text(std::string_view bytes) {
    using boost::asio::ip::address_v4;
    using boost::asio::ip::address_v6;
    if (bytes.size() == address_v4::bytes_type().size()) {
        address_v4::bytes_type raw;
        std::ranges::copy(bytes, reinterpret_cast<char*>(raw.data()));
        return address_v4(raw).to_string();
    }
    address_v6::bytes_type raw;
    if (bytes.size() != raw.size()) return "(no address)";
    std::ranges::copy(bytes, reinterpret_cast<char*>(raw.data()));
    return address_v6(raw).to_string();
}

std::string printable(std::string_view text) {
    std::string result(text);
    std::ranges::replace_if(
        result, [](char c) { return c < 0x20 || c > 0x7e; }, '?'
    );
    return result;
}

/// The names a certificate is for: subjectAltName only, as everybody does since RFC 6125.
std::string names_text(X509* certificate) {
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all(
        static_cast<GENERAL_NAMES*>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)
        ),
        &GENERAL_NAMES_free
    );
    std::vector<std::string> names;
    for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type == GEN_DNS) names.push_back(printable(bytes_of(name->d.dNSName)));
        if (name->type == GEN_IPADD) names.push_back(address_text(bytes_of(name->d.iPAddress)));
    }
    if (names.empty()) return "no name at all";
    const std::size_t more = names.size() - std::min(names.size(), max_names_shown);
    names.resize(names.size() - more);
    std::string text = fmt::format("{}", fmt::join(names, ", "));
    if (more > 0) text += fmt::format(" and {} more", more);
    return text;
}

void describe_reason(TrustFailure& failure, X509* certificate) {
    switch (failure.code) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            failure.reason = "it expired on " + time_text(X509_get0_notAfter(certificate));
            failure.remedy = "Renew it on the server, and check the clock of this machine";
            return;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            failure.reason = "it is valid only from " + time_text(X509_get0_notBefore(certificate));
            failure.remedy = "Check the clocks of the server and of this machine";
            return;
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            failure.reason = "it is for another name: " + names_text(certificate);
            failure.remedy =
                "Use a name of the certificate in the URL, or renew it with the right name";
            return;
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            failure.reason = "it is self-signed";
            failure.remedy =
                "If it is yours, save it as a PEM file and name that by the ca-file option";
            return;
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            failure.reason = "its issuer is unknown to this machine";
            failure.remedy =
                "If you trust the issuer, save its certificate as a PEM file and name that by the "
                "ca-file "
                "option; if it is a public one, let the server send its intermediate certificates "
                "too";
            return;
        default:
            failure.reason = X509_verify_cert_error_string(failure.code);
            failure.remedy = "Let the administrator of the server put this right";
    }
}

}  // namespace

TrustFailure describe_trust_failure(X509_STORE_CTX* context) {
    TrustFailure failure;
    failure.code = X509_STORE_CTX_get_error(context);
    X509* certificate = X509_STORE_CTX_get_current_cert(context);
    if (certificate == nullptr) certificate = X509_STORE_CTX_get0_cert(context);
    if (certificate == nullptr) {
        failure.reason = X509_verify_cert_error_string(failure.code);
        failure.remedy = "Let the administrator of the server put this right";
        return failure;
    }
    failure.subject = name_text(X509_get_subject_name(certificate));
    failure.issuer = name_text(X509_get_issuer_name(certificate));
    describe_reason(failure, certificate);
    return failure;
}

}  // namespace http
