#include "http/certificate_text.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <ctime>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "http/limits.hpp"

namespace http {

namespace {

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

}  // namespace

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

std::string fingerprint_text(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    if (X509_digest(certificate, EVP_sha256(), hash.data(), &size) != 1) return "(no fingerprint)";
    const std::span<const unsigned char> bytes(hash.data(), size);
    return fmt::format("{:02X}", fmt::join(bytes, ":"));
}

}  // namespace http
