#include "http/certificate_text.hpp"

#include <gtest/gtest.h>

#include "tests/http/certificates.hpp"

namespace {

using namespace testing_http;

TEST(CertificateText, NamesAreListedFiveAtMost) {
    const Identity two =
        make_identity(Wanted{.common_name = "x", .names = "DNS:a.example,IP:192.0.2.7"});
    EXPECT_EQ(http::names_text(two.certificate.get()), "a.example, 192.0.2.7");
    const Identity six = make_identity(Wanted{.common_name = "x", .names = "IP:2001:db8::1"});
    EXPECT_EQ(http::names_text(six.certificate.get()), "2001:db8::1");
    const Identity many = make_identity(Wanted{
        .common_name = "x", .names = "DNS:a,DNS:b,DNS:c,DNS:d,DNS:e,DNS:f,DNS:g"});
    EXPECT_EQ(http::names_text(many.certificate.get()), "a, b, c, d, e and 2 more");
    const Identity none = make_identity(Wanted{.common_name = "x", .is_ca = true});
    EXPECT_EQ(http::names_text(none.certificate.get()), "no name at all");
}

TEST(CertificateText, NothingInANameBreaksALine) {
    const Identity odd =
        make_identity(Wanted{.common_name = "Müller\r\nX, Y", .names = "DNS:a\tb"});
    EXPECT_EQ(
        http::name_text(X509_get_subject_name(odd.certificate.get())), "CN=Müller\\0D\\0AX\\, Y"
    );
    EXPECT_EQ(http::names_text(odd.certificate.get()), "a?b");
}

TEST(CertificateText, TimesAreUtc) {
    const std::unique_ptr<ASN1_TIME, FreedBy<ASN1_TIME_free>> time(ASN1_TIME_new());
    ASN1_TIME_set_string_X509(time.get(), "20260131120059Z");
    EXPECT_EQ(http::time_text(time.get()), "2026-01-31 12:00 UTC");
    EXPECT_EQ(http::time_text(nullptr), "(no date)");
}

TEST(CertificateText, TheFingerprintIsThatOfOpenssl) {
    // Made by openssl, as was the fingerprint.
    const std::string pem = R"(-----BEGIN CERTIFICATE-----
MIIBbDCCAROgAwIBAgIUQ5XanOz2U7uJeu7+MPXGnSseXJYwCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBeDAeFw0yNjExMjYyMzU1MjBaFw0yNjExMjcyMzU1MjBaMAwx
CjAIBgNVBAMMAXgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQOMZtUHgOa3Kv7
90bqK1150h+s1ED3ackajJf04KSMA64QyqtoiIBF1EfvzBAzCuJYbE71zxVBdaCz
vMXp7Qi7o1MwUTAdBgNVHQ4EFgQUmlVKb5iagpW8oNO0QqPLrCowcAAwHwYDVR0j
BBgwFoAUmlVKb5iagpW8oNO0QqPLrCowcAAwDwYDVR0TAQH/BAUwAwEB/zAKBggq
hkjOPQQDAgNHADBEAiAmO6c1btK6RK0t/OmD/mM1/i2jWt6c5OmLUaKQcPhMLAIg
Gzuci92YCwSHtw/g5M1nTsUETTR/Ai98Ev4Rl954IDw=
-----END CERTIFICATE-----)";
    const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const Certificate certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
    EXPECT_EQ(
        http::fingerprint_text(certificate.get()),
        "56:4B:0D:05:00:AD:19:38:3F:B5:0A:6F:46:CC:E7:73:"
        "EC:A6:64:4B:57:01:5C:AC:57:83:66:94:41:B1:65:0A"
    );
}

}  // namespace
