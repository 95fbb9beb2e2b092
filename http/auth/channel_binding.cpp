#include "http/auth/channel_binding.hpp"

#include <openssl/evp.h>
#include <openssl/objects.h>

#include <memory>

namespace http {

namespace {

const EVP_MD* digest_for(const X509* certificate) {
    int digest = NID_undef;
    // Tells the hash of RSA-PSS too, which the name of the signature does not.
    X509_get_signature_info(const_cast<X509*>(certificate), &digest, nullptr, nullptr, nullptr);
    const EVP_MD* own = EVP_get_digestbynid(digest);
    const bool too_weak = digest == NID_md5 || digest == NID_sha1 || digest == NID_undef;
    return too_weak || own == nullptr ? EVP_sha256() : own;
}

}  // namespace

std::vector<unsigned char> server_end_point(const X509* certificate) {
    std::vector<unsigned char> hash(EVP_MAX_MD_SIZE);
    unsigned int length = 0;
    if (X509_digest(certificate, digest_for(certificate), hash.data(), &length) != 1) length = 0;
    hash.resize(length);
    return hash;
}

std::vector<unsigned char> server_end_point(const SSL* connection) {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        SSL_get1_peer_certificate(connection), &X509_free
    );
    if (!certificate) return {};
    return server_end_point(certificate.get());
}

}  // namespace http
