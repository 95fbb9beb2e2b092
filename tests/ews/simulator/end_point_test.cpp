#include "ews/simulator/end_point.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/http/certificates.hpp"

namespace {

using ews::simulator::end_point_binding;

/// The hash of the whole certificate, as OpenSSL computes it.
std::string hash_of(const X509* certificate, const EVP_MD* digest) {
    std::vector<unsigned char> hash(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    X509_digest(certificate, digest, hash.data(), &size);
    return "tls-server-end-point:" + std::string(hash.begin(), hash.begin() + size);
}

/// @param signature  digest of it
std::string checked_binding(const EVP_MD* signature, const EVP_MD* digest) {
    const auto identity = testing_http::make_identity({"localhost"});
    X509_sign(identity.certificate.get(), identity.key.get(), signature);
    EXPECT_EQ(
        end_point_binding(identity.certificate.get()), hash_of(identity.certificate.get(), digest)
    );
    return end_point_binding(identity.certificate.get());
}

TEST(EndPoint, IsTheHashOfTheCertificateByTheHashOfItsSignature) {
    const std::string kind = "tls-server-end-point:";
    EXPECT_EQ(checked_binding(EVP_sha256(), EVP_sha256()).size(), kind.size() + 32);
    EXPECT_EQ(checked_binding(EVP_sha384(), EVP_sha384()).size(), kind.size() + 48);
    EXPECT_EQ(checked_binding(EVP_sha512(), EVP_sha512()).size(), kind.size() + 64);
}

TEST(EndPoint, UsesNoWeakHash) {
    EXPECT_EQ(checked_binding(EVP_sha1(), EVP_sha256()).size(), 21U + 32U);
}

}  // namespace
