#include "http/auth/jwt_assertion.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ctime>
#include <stdexcept>

#include "http/auth/base64.hpp"
#include "http/certificate_text.hpp"

namespace http {

namespace {

constexpr std::chrono::minutes life{10};
constexpr int least_key_bits = 2048;

using File = std::unique_ptr<BIO, decltype(&BIO_free)>;

Error unusable(std::string text) {
    return {errc::bad_url, std::move(text)};
}

/// RFC 4648 section 5, without padding.
std::string base64url(std::string_view bytes) {
    std::string result = to_base64(bytes);
    result.resize(result.find_last_not_of('=') + 1);
    for (char& c : result) {
        if (c == '+') c = '-';
        if (c == '/') c = '_';
    }
    return result;
}

/// OpenSSL would ask on the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

std::string thumbprint(const X509* certificate, const EVP_MD* hash) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    if (X509_digest(certificate, hash, bytes.data(), &size) != 1) {
        throw std::runtime_error("OpenSSL cannot hash a certificate");
    }
    return base64url({reinterpret_cast<const char*>(bytes.data()), size});
}

/// A random UUID, RFC 9562 section 5.4.
std::string new_id() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("OpenSSL has no random numbers");
    }
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
    std::string text = fmt::format("{:02x}", fmt::join(bytes, ""));
    for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
    return text;
}

std::string signature(EVP_PKEY* key, Signing signing, std::string_view text) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), &EVP_MD_CTX_free
    );
    const int padding = signing == Signing::ps256 ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    EVP_PKEY_CTX* parameters = nullptr;
    std::size_t size = 0;
    bool ok = EVP_DigestSignInit(context.get(), &parameters, EVP_sha256(), nullptr, key) == 1 &&
              EVP_PKEY_CTX_set_rsa_padding(parameters, padding) == 1;
    if (ok && signing == Signing::ps256) {  // RFC 7518 section 3.5: the salt is as long as the hash
        ok = EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1;
    }
    ok = ok && EVP_DigestSign(context.get(), nullptr, &size, data, text.size()) == 1;
    std::string bytes(size, '\0');
    auto* out = reinterpret_cast<unsigned char*>(bytes.data());
    ok = ok && EVP_DigestSign(context.get(), out, &size, data, text.size()) == 1;
    if (!ok) throw std::runtime_error("OpenSSL cannot sign an assertion");
    return base64url(bytes);
}

}  // namespace

Result<SigningCertificate> SigningCertificate::read(
    const std::string& certificate_file, const std::string& key_file, Signing signing
) {
    const File certificate_text(BIO_new_file(certificate_file.c_str(), "rb"), &BIO_free);
    if (!certificate_text) {
        return unusable(fmt::format("the certificate file {} cannot be read", certificate_file));
    }
    const File key_text(BIO_new_file(key_file.c_str(), "rb"), &BIO_free);
    if (!key_text) return unusable(fmt::format("the key file {} cannot be read", key_file));
    SigningCertificate read;
    read.file_ = certificate_file;
    read.signing_ = signing;
    read.certificate_.reset(
        PEM_read_bio_X509(certificate_text.get(), nullptr, no_passphrase, nullptr), X509_free
    );
    if (!read.certificate_) {
        return unusable(
            fmt::format("{} holds no certificate in PEM form (BEGIN CERTIFICATE)", certificate_file)
        );
    }
    read.key_.reset(
        PEM_read_bio_PrivateKey(key_text.get(), nullptr, no_passphrase, nullptr), EVP_PKEY_free
    );
    if (!read.key_) {
        return unusable(fmt::format(
            "{} holds no private key in PEM form (BEGIN PRIVATE KEY), or one with a passphrase; "
            "store it without one, readable for this program alone",
            key_file
        ));
    }
    const EVP_PKEY* key = read.key_.get();
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA || EVP_PKEY_get_bits(key) < least_key_bits) {
        return unusable(fmt::format(
            "the key in {} is not RSA of at least {} bits, which token endpoints ask for",
            key_file,
            least_key_bits
        ));
    }
    if (X509_check_private_key(read.certificate_.get(), key) != 1) {
        return unusable(fmt::format(
            "the key in {} does not belong to the certificate in {}", key_file, certificate_file
        ));
    }
    return read;
}

Result<std::string> SigningCertificate::assertion(
    std::string_view audience, std::string_view client_id, std::chrono::system_clock::time_point now
) const {
    const X509* certificate = certificate_.get();
    std::time_t time = std::chrono::system_clock::to_time_t(now);
    if (X509_cmp_time(X509_get0_notAfter(certificate), &time) < 0) {
        return unusable(fmt::format(
            "the certificate in {} expired on {}; make a new one, and register it with the "
            "application",
            file_,
            time_text(X509_get0_notAfter(certificate))
        ));
    }
    if (X509_cmp_time(X509_get0_notBefore(certificate), &time) > 0) {
        return unusable(fmt::format(
            "the certificate in {} is valid only from {}; check the clock of this machine",
            file_,
            time_text(X509_get0_notBefore(certificate))
        ));
    }
    const bool is_new = signing_ == Signing::ps256;
    boost::json::object header;
    header["alg"] = is_new ? "PS256" : "RS256";
    header["typ"] = "JWT";
    header[is_new ? "x5t#S256" : "x5t"] =
        thumbprint(certificate, is_new ? EVP_sha256() : EVP_sha1());
    boost::json::object claims;
    claims["aud"] = audience;
    claims["iss"] = client_id;
    claims["sub"] = client_id;
    claims["jti"] = new_id();
    claims["iat"] = time;
    claims["nbf"] = time;
    claims["exp"] = time + std::chrono::seconds(life).count();
    const std::string text =
        base64url(boost::json::serialize(header)) + "." + base64url(boost::json::serialize(claims));
    return text + "." + signature(key_.get(), signing_, text);
}

}  // namespace http
