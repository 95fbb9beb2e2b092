#include "ews/simulator/end_point.hpp"

#include <openssl/evp.h>
#include <openssl/objects.h>

#include <array>

namespace ews::simulator {

namespace {

/// The hash of the signature, but none that is weaker than SHA-256.
const EVP_MD* hash_of_signature(const X509* certificate) {
    int hash = NID_undef;
    X509_get_signature_info(const_cast<X509*>(certificate), &hash, nullptr, nullptr, nullptr);
    if (hash == NID_sha384) return EVP_sha384();
    if (hash == NID_sha512) return EVP_sha512();
    return EVP_sha256();
}

}  // namespace

std::string end_point_binding(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned int size = 0;
    X509_digest(certificate, hash_of_signature(certificate), hash.data(), &size);
    return "tls-server-end-point:" + std::string(hash.begin(), hash.begin() + size);
}

}  // namespace ews::simulator
