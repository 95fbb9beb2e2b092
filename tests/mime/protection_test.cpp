#include "mime/protection.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mime/parse.hpp"

namespace {

/// "signed: …" or "encrypted: …", one after the other.
std::string seen(const std::string& mail) {
    const auto [is_signed, encrypted] = mime::protection_of(mime::parse(mail));
    return (is_signed.empty() ? "" : "signed: " + is_signed) +
           (encrypted.empty() ? "" : "encrypted: " + encrypted);
}

std::string with_part(const std::string& fields, const std::string& body = "x") {
    return seen(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\n" + fields + "\n\n" +
        body + "\n--b--\n"
    );
}

std::string root(const std::string& fields, const std::string& body = "x") {
    return seen("Content-Type: " + fields + "\n\n" + body + "\n");
}

/// The beginning of a ContentInfo, in base64: signedData, envelopedData, authEnvelopedData,
/// compressedData.
constexpr const char* signed_data = "MIAGCSqGSIb3DQEHAqCA";
constexpr const char* enveloped_data = "MIAGCSqGSIb3DQEHA6CA";
constexpr const char* auth_enveloped_data = "MIAGCyqGSIb3DQEJEAEXoIA=";
constexpr const char* compressed_data = "MIAGCyqGSIb3DQEJEAEJoIA=";

}  // namespace

TEST(Protection, OfAnOrdinaryMailIsNone) {
    EXPECT_EQ(root("text/plain"), "");
    EXPECT_EQ(with_part("Content-Type: application/pdf; name=signature.pdf"), "");
}

TEST(Protection, MultipartsOfRfc1847) {
    EXPECT_EQ(root("multipart/signed; boundary=b"), "signed: multipart/signed");
    EXPECT_EQ(root("Multipart/Encrypted; boundary=b"), "encrypted: multipart/encrypted");
}

TEST(Protection, SmimeTypeTellsWhichOfTheTwo) {
    const std::string type = "application/pkcs7-mime; smime-type=";
    EXPECT_EQ(root(type + "Signed-Data"), "signed: smime-type=signed-data");
    EXPECT_EQ(root(type + "enveloped-data"), "encrypted: smime-type=enveloped-data");
    EXPECT_EQ(root(type + "authEnveloped-data"), "encrypted: smime-type=enveloped-data");
    EXPECT_EQ(root(type + "compressed-data"), "");
    EXPECT_EQ(root(type + "certs-only"), "");
}

TEST(Protection, WithoutSmimeTypeTheBytesTell) {
    const std::string type =
        "application/x-pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64";
    const std::string part = "part 1: application/x-pkcs7-mime, ";
    EXPECT_EQ(root(type, signed_data), "signed: " + part + "signed-data");
    EXPECT_EQ(root(type, enveloped_data), "encrypted: " + part + "enveloped-data");
    EXPECT_EQ(root(type, auth_enveloped_data), "encrypted: " + part + "enveloped-data");
    EXPECT_EQ(root(type, compressed_data), "");
    EXPECT_EQ(root(type, "YWJj"), "encrypted: " + part + "enveloped-data") << "as most are";
    EXPECT_EQ(
        root(
            "application/x-pkcs7-mime; smime-type=\"\"\nContent-Transfer-Encoding: base64",
            signed_data
        ),
        "signed: " + part + "signed-data"
    );
}

TEST(Protection, OfAMailThatAListWrapped) {
    const std::string base64 = "\nContent-Transfer-Encoding: base64";
    EXPECT_EQ(
        with_part("Content-Type: application/pkcs7-mime; name=smime.p7m" + base64, signed_data),
        "signed: part 2: application/pkcs7-mime, signed-data"
    );
    EXPECT_EQ(
        with_part("Content-Type: application/pkcs7-signature; name=smime.p7s"),
        "signed: part 2: application/pkcs7-signature"
    );
    EXPECT_EQ(
        with_part("Content-Type: application/pgp-signature"),
        "signed: part 2: application/pgp-signature"
    );
    EXPECT_EQ(
        with_part("Content-Type: application/pgp-encrypted"),
        "encrypted: part 2: application/pgp-encrypted"
    );
}

TEST(Protection, SignedFilesSayNothingOfTheMail) {
    const std::string base64 = "\nContent-Transfer-Encoding: base64";
    EXPECT_EQ(
        with_part(
            "Content-Type: application/pkcs7-mime; name=invoice.xml.p7m" + base64, signed_data
        ),
        ""
    );
    EXPECT_EQ(with_part("Content-Type: application/pkcs7-signature; name=contract.p7s"), "");
    EXPECT_EQ(with_part("Content-Type: application/pgp-signature; name=tool-1.0.tar.gz.sig"), "");
}

TEST(Protection, RightsManagement) {
    EXPECT_EQ(
        with_part("Content-Type: application/x-microsoft-rpmsg-message; name=message.rpmsg"),
        "encrypted: part 2: application/x-microsoft-rpmsg-message"
    );
}

TEST(Protection, OpenPgpWithinTheText) {
    const std::string encrypted = "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n";
    EXPECT_EQ(seen("\n" + encrypted), "encrypted: text: -----BEGIN PGP MESSAGE-----");
    EXPECT_EQ(
        seen("\nHi\n-----BEGIN PGP SIGNED MESSAGE-----\n\nabc\n-----BEGIN PGP SIGNATURE-----\nx\n"
             "-----END PGP SIGNATURE-----\n"),
        "signed: text: -----BEGIN PGP SIGNED MESSAGE-----"
    );
    EXPECT_EQ(seen("\n> -----BEGIN PGP MESSAGE-----\n> abc\n> -----END PGP MESSAGE-----\n"), "");
    EXPECT_EQ(seen("\nIt begins with\n-----BEGIN PGP MESSAGE-----\n"), "") << "it never ends";
}
