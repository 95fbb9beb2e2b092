// Certificates made at run time by OpenSSL: a CA of our own, and good and bad ones below it or
// beside it. Separate from the test server because trust tests need the variants and nothing else
// does.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

namespace testing_http {

template <auto free_it>
struct FreedBy {
    template <class T>
    void operator()(T* pointer) const {
        free_it(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreedBy<X509_free>>;
using Memory = std::unique_ptr<BIO, FreedBy<BIO_free>>;

struct Identity {
    Key key;
    Certificate certificate;
};

struct Wanted {
    std::string common_name;
    std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";  ///< subjectAltName
    long from_days = -1, to_days = 30;                        ///< relative to now
    bool is_ca = false;
};

inline void add_extension(X509* certificate, int nid, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
    if (extension == nullptr) throw std::logic_error("bad extension " + value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// Signed by `issuer`, or by itself if that is null.
inline Identity make_identity(const Wanted& wanted, const Identity* issuer = nullptr) {
    static long serial = 1;
    constexpr long day = 24L * 60 * 60;
    Identity made{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
    X509* certificate = made.certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wanted.from_days * day);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wanted.to_days * day);
    X509_set_pubkey(certificate, made.key.get());
    X509_NAME_add_entry_by_txt(
        X509_get_subject_name(certificate),
        "CN",
        MBSTRING_UTF8,
        reinterpret_cast<const unsigned char*>(wanted.common_name.c_str()),
        -1,
        -1,
        0
    );
    const Identity& signer = issuer == nullptr ? made : *issuer;
    X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
    if (wanted.is_ca) {
        add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
        add_extension(certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    } else {
        add_extension(certificate, NID_subject_alt_name, wanted.names);
    }
    if (X509_sign(certificate, signer.key.get(), EVP_sha256()) == 0) {
        throw std::logic_error("cannot sign a certificate");
    }
    return made;
}

inline std::string contents(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

inline std::string certificate_pem(const Identity& identity) {
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), identity.certificate.get());
    return contents(memory.get());
}

inline std::string key_pem(const Identity& identity) {
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(
        memory.get(), identity.key.get(), nullptr, nullptr, 0, nullptr, nullptr
    );
    return contents(memory.get());
}

inline void write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace testing_http
