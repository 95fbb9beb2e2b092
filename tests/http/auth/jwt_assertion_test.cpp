#include "http/auth/jwt_assertion.hpp"

#include <gtest/gtest.h>
#include <openssl/rsa.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <vector>

#include "tests/http/auth/rsa_identity.hpp"

namespace {

using http::Signing;
using http::SigningCertificate;
using std::chrono::system_clock;
using namespace testing_http;

const std::string audience = "https://login.example/tenant/oauth2/v2.0/token";
const std::string application = "11111111-2222-3333-4444-555555555555";

system_clock::time_point now() {
    return std::chrono::floor<std::chrono::seconds>(system_clock::now());
}

std::string from_base64url(std::string text) {
    EXPECT_EQ(text.find_first_of("+/="), std::string::npos);
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    const std::size_t padding = (4 - text.size() % 4) % 4;
    text.append(padding, '=');
    std::string bytes(text.size() / 4 * 3, '\0');
    EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(bytes.data()),
        reinterpret_cast<const unsigned char*>(text.data()),
        static_cast<int>(text.size())
    );
    bytes.resize(bytes.size() - padding);
    return bytes;
}

struct Parts {
    std::string header, claims, signature, signed_text;
};

Parts take_apart(const std::string& assertion) {
    const auto first = assertion.find('.');
    const auto second = assertion.rfind('.');
    return {
        from_base64url(assertion.substr(0, first)),
        from_base64url(assertion.substr(first + 1, second - first - 1)),
        from_base64url(assertion.substr(second + 1)),
        assertion.substr(0, second)};
}

/// With the public key of the certificate, as the endpoint does it.
bool is_signed(const Parts& parts, int padding) {
    EVP_PKEY* key = X509_get0_pubkey(rsa_identity().certificate.get());
    const std::unique_ptr<EVP_MD_CTX, FreedBy<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    EVP_DigestVerifyInit(context.get(), &parameters, EVP_sha256(), nullptr, key);
    EVP_PKEY_CTX_set_rsa_padding(parameters, padding);
    if (padding == RSA_PKCS1_PSS_PADDING) EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, 32);
    return EVP_DigestVerify(
               context.get(),
               reinterpret_cast<const unsigned char*>(parts.signature.data()),
               parts.signature.size(),
               reinterpret_cast<const unsigned char*>(parts.signed_text.data()),
               parts.signed_text.size()
           ) == 1;
}

std::string thumbprint(const EVP_MD* hash) {
    std::string bytes(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    X509_digest(
        rsa_identity().certificate.get(),
        hash,
        reinterpret_cast<unsigned char*>(bytes.data()),
        &size
    );
    bytes.resize(size);
    return bytes;
}

class JwtAssertion : public testing::Test {
protected:
    http::Result<SigningCertificate> read(Signing signing) const {
        return SigningCertificate::read(certificate_, key_, signing);
    }
    std::string error_of(const std::string& certificate, const std::string& key) const {
        const auto read = SigningCertificate::read(certificate, key, Signing::ps256);
        if (read) return "";
        EXPECT_EQ(read.error().code, http::errc::bad_url);
        return read.error().text;
    }

    Files files_;
    std::string certificate_ = files_.write("app.pem", certificate_pem(rsa_identity()));
    std::string key_ = files_.write("app.key", key_pem(rsa_identity()));
};

TEST_F(JwtAssertion, IsSignedByPssAndNamesTheCertificateBySha256AsEntraAsks) {
    const auto certificate = read(Signing::ps256);
    ASSERT_TRUE(certificate);
    const auto assertion = certificate->assertion(audience, application, now());
    ASSERT_TRUE(assertion);
    const Parts parts = take_apart(*assertion);
    boost::json::object header = boost::json::parse(parts.header).as_object();
    EXPECT_EQ(from_base64url(header["x5t#S256"].as_string().c_str()), thumbprint(EVP_sha256()));
    header.erase("x5t#S256");
    EXPECT_EQ(boost::json::serialize(header), R"({"alg":"PS256","typ":"JWT"})");
    EXPECT_TRUE(is_signed(parts, RSA_PKCS1_PSS_PADDING));
    EXPECT_FALSE(is_signed(parts, RSA_PKCS1_PADDING));
}

TEST_F(JwtAssertion, IsSignedInTheOldWayWithSha1OfTheCertificateAsAdFsAsks) {
    const auto certificate = read(Signing::rs256);
    ASSERT_TRUE(certificate);
    const auto assertion = certificate->assertion(audience, application, now());
    ASSERT_TRUE(assertion);
    const Parts parts = take_apart(*assertion);
    boost::json::object header = boost::json::parse(parts.header).as_object();
    EXPECT_EQ(from_base64url(header["x5t"].as_string().c_str()), thumbprint(EVP_sha1()));
    header.erase("x5t");
    EXPECT_EQ(boost::json::serialize(header), R"({"alg":"RS256","typ":"JWT"})");
    EXPECT_TRUE(is_signed(parts, RSA_PKCS1_PADDING));
}

TEST_F(JwtAssertion, SaysWhoAsksWhomAndLivesTenMinutes) {
    const auto certificate = read(Signing::ps256);
    const auto time = now();
    const auto assertion = certificate->assertion(audience, application, time);
    boost::json::object claims = boost::json::parse(take_apart(*assertion).claims).as_object();
    EXPECT_EQ(claims["jti"].as_string().size(), 36U);
    claims.erase("jti");
    const auto seconds = system_clock::to_time_t(time);
    const boost::json::object expected = {
        {"aud", audience},
        {"iss", application},
        {"sub", application},
        {"iat", seconds},
        {"nbf", seconds},
        {"exp", seconds + 600}};
    EXPECT_EQ(claims, expected);
}

TEST_F(JwtAssertion, NoTwoHaveTheSameId) {
    const auto certificate = read(Signing::rs256);
    const auto time = now();
    EXPECT_NE(
        *certificate->assertion(audience, application, time),
        *certificate->assertion(audience, application, time)
    );
}

TEST_F(JwtAssertion, AChangedClaimBreaksTheSignature) {
    const auto certificate = read(Signing::ps256);
    Parts parts = take_apart(*certificate->assertion(audience, application, now()));
    parts.signed_text.back() = parts.signed_text.back() == 'A' ? 'B' : 'A';
    EXPECT_FALSE(is_signed(parts, RSA_PKCS1_PSS_PADDING));
}

TEST_F(JwtAssertion, CertificateAndKeyMayBeOneFile) {
    const std::string both =
        files_.write("both.pem", key_pem(rsa_identity()) + certificate_pem(rsa_identity()));
    EXPECT_EQ(error_of(both, both), "");
}

TEST_F(JwtAssertion, AnExpiredCertificateIsSaidBeforeTheEndpointIsAsked) {
    const auto certificate = read(Signing::ps256);
    const auto late = certificate->assertion(
        audience, application, system_clock::time_point(std::chrono::seconds(4102444800))
    );
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, http::errc::bad_url);
    EXPECT_TRUE(
        late.error().text.starts_with("the certificate in " + certificate_ + " expired on 20")
    ) << late.error().text;
    EXPECT_TRUE(late.error().text.ends_with("; make a new one, and register it with the application"
    ));
    const auto early = certificate->assertion(
        audience, application, system_clock::time_point(std::chrono::seconds(0))
    );
    ASSERT_FALSE(early);
    EXPECT_TRUE(early.error().text.ends_with("; check the clock of this machine"));
}

TEST_F(JwtAssertion, FilesThatCannotBeUsedAreNamedWithWhatIsWrong) {
    const std::string missing = files_.path("missing");
    EXPECT_EQ(error_of(missing, key_), "the certificate file " + missing + " cannot be read");
    EXPECT_EQ(error_of(certificate_, missing), "the key file " + missing + " cannot be read");
    EXPECT_EQ(error_of(key_, key_), key_ + " holds no certificate in PEM form (BEGIN CERTIFICATE)");
    EXPECT_EQ(
        error_of(certificate_, certificate_),
        certificate_ +
            " holds no private key in PEM form (BEGIN PRIVATE KEY), or one with a passphrase; "
            "store "
            "it without one, readable for this program alone"
    );
}

TEST_F(JwtAssertion, AKeyWithAPassphraseIsRefusedWithoutAskingForIt) {
    const Memory memory(BIO_new(BIO_s_mem()));
    std::string passphrase = "hunter2";
    PEM_write_bio_PrivateKey(
        memory.get(),
        rsa_identity().key.get(),
        EVP_aes_256_cbc(),
        reinterpret_cast<unsigned char*>(passphrase.data()),
        static_cast<int>(passphrase.size()),
        nullptr,
        nullptr
    );
    const std::string locked = files_.write("locked.key", contents(memory.get()));
    EXPECT_NE(error_of(certificate_, locked).find("with a passphrase"), std::string::npos);
}

TEST_F(JwtAssertion, AKeyThatNoEndpointTakesIsRefused) {
    const Identity curve = make_identity({"mailferry", "DNS:localhost", -1, 30, false});
    const std::string curve_key = files_.write("curve.key", key_pem(curve));
    const std::string sentence = " is not RSA of at least 2048 bits, which token endpoints ask for";
    EXPECT_EQ(error_of(certificate_, curve_key), "the key in " + curve_key + sentence);
    const Identity small = make_rsa_identity({"small", "DNS:localhost", -1, 30, false}, 1024);
    const std::string small_key = files_.write("small.key", key_pem(small));
    EXPECT_EQ(error_of(certificate_, small_key), "the key in " + small_key + sentence);
}

TEST_F(JwtAssertion, AKeyOfAnotherCertificateIsRefused) {
    const Identity other = make_rsa_identity({"other", "DNS:localhost", -1, 30, false});
    const std::string other_key = files_.write("other.key", key_pem(other));
    EXPECT_EQ(
        error_of(certificate_, other_key),
        "the key in " + other_key + " does not belong to the certificate in " + certificate_
    );
}

}  // namespace
