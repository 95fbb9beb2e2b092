// TLS end to end: the simulator with a certificate that nobody vouches for, then with the CA file that does.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>

#include "tests/scenarios/world.hpp"

namespace {

/// Writes a self-signed certificate for 127.0.0.1 and its key.
void make_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> pair(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, void (*)(X509*)> x509(X509_new(), X509_free);
    X509_set_version(x509.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), 86400);
    X509_set_pubkey(x509.get(), pair.get());
    X509_NAME* name = X509_get_subject_name(x509.get());
    const auto* text = reinterpret_cast<const unsigned char*>("Mailferry test");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
    X509_set_issuer_name(x509.get(), name);
    X509_EXTENSION* san =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(x509.get(), san, -1);
    X509_EXTENSION_free(san);
    X509_sign(x509.get(), pair.get(), EVP_sha256());
    std::FILE* file = std::fopen(certificate.c_str(), "wb");
    PEM_write_X509(file, x509.get());
    std::fclose(file);
    file = std::fopen(key.c_str(), "wb");
    PEM_write_PrivateKey(file, pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
}

class Untrusted : public testing::Test {
protected:
    Untrusted() {
        make_certificate(keys.path / "server.pem", keys.path / "server.key");
        ews::simulator::Options options;
        options.certificate = keys.path / "server.pem";
        options.private_key = keys.path / "server.key";
        world = std::make_unique<world::World>(
            world::samples() / "policies" / "typical.xml",
            world::samples() / "people.csv",
            std::vector<std::string>{"anna@us.example"},
            options
        );
    }

    world::Folder keys;
    std::unique_ptr<world::World> world;
};

TEST_F(Untrusted, ACertificateThatNobodyVouchesForIsOneClearLineAndNothingIsSent) {
    world->configure(world->exchange.url());
    world->start();
    world->pump([&] { return world->logged("error unreachable") > 0; });
    EXPECT_NE(world->log.back().find("ca-file"), std::string::npos) << world->log.back();
    EXPECT_TRUE(world->exchange.requests().empty());
}

TEST_F(Untrusted, WithTheCaFileTheMailIsFiled) {
    world->configure(
        world->exchange.url(),
        "settle-ms=\"0\" ca-file=\"" + (keys.path / "server.pem").string() + "\""
    );
    world->start();
    world->pump([&] { return world->logged("info listening") == 1; });
    const std::string mime = world::read(world::samples() / "mail" / "plain-old-mail.eml");
    const std::string item = world->exchange.deliver("anna@us.example", "inbox", mime);
    world->exchange.move("anna@us.example", item, "- Create New Email");
    world->pump([&] { return world->finished() == 1; });
    EXPECT_EQ(world->mails().size(), 1U);
}

}  // namespace
