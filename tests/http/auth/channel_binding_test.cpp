#include "http/auth/channel_binding.hpp"

#include <gtest/gtest.h>

#include "tests/http/certificates.hpp"

namespace {

using namespace testing_http;

Identity signed_with(const EVP_MD* digest) {
    Identity made = make_identity(Wanted{"server"});
    EXPECT_NE(X509_sign(made.certificate.get(), made.key.get(), digest), 0);
    return made;
}

std::vector<unsigned char> hash(const Identity& identity, const EVP_MD* digest) {
    std::vector<unsigned char> result(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    X509_digest(identity.certificate.get(), digest, result.data(), &size);
    result.resize(size);
    return result;
}

TEST(ChannelBinding, IsTheHashOfTheCertificateByTheHashOfItsSignature) {
    for (const EVP_MD* digest : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
        const Identity server = signed_with(digest);
        EXPECT_EQ(http::server_end_point(server.certificate.get()), hash(server, digest));
    }
}

TEST(ChannelBinding, Sha256StandsForWeakHashes) {
    const Identity server = signed_with(EVP_sha1());
    EXPECT_EQ(http::server_end_point(server.certificate.get()), hash(server, EVP_sha256()));
}

TEST(ChannelBinding, Sha256StandsForSignaturesWithoutAHash) {
    Identity server{Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")), Certificate(X509_new())};
    X509_set_pubkey(server.certificate.get(), server.key.get());
    ASSERT_NE(X509_sign(server.certificate.get(), server.key.get(), nullptr), 0);
    EXPECT_EQ(http::server_end_point(server.certificate.get()), hash(server, EVP_sha256()));
}

TEST(ChannelBinding, TheHashInsideRsaPssCounts) {
    Identity server{Key(EVP_RSA_gen(2048)), Certificate(X509_new())};
    X509_set_pubkey(server.certificate.get(), server.key.get());
    const std::unique_ptr<EVP_MD_CTX, FreedBy<EVP_MD_CTX_free>> signing(EVP_MD_CTX_new());
    EVP_PKEY_CTX* options = nullptr;
    ASSERT_EQ(
        EVP_DigestSignInit(signing.get(), &options, EVP_sha384(), nullptr, server.key.get()), 1
    );
    ASSERT_GT(EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING), 0);
    ASSERT_NE(X509_sign_ctx(server.certificate.get(), signing.get()), 0);
    EXPECT_EQ(http::server_end_point(server.certificate.get()), hash(server, EVP_sha384()));
}

TEST(ChannelBinding, WithoutACertificateThereIsNone) {
    const std::unique_ptr<SSL_CTX, FreedBy<SSL_CTX_free>> context(SSL_CTX_new(TLS_client_method()));
    const std::unique_ptr<SSL, FreedBy<SSL_free>> idle(SSL_new(context.get()));
    EXPECT_TRUE(http::server_end_point(static_cast<const SSL*>(idle.get())).empty());
}

}  // namespace
