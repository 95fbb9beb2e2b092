#include "mime/cms.hpp"

#include <gtest/gtest.h>

using mime::cms_kind;
using mime::CmsKind;
using mime::signed_content;

namespace {

/// An element of DER; longer than 127 bytes in the long form.
std::string der(char tag, const std::string& content) {
    std::string head(1, tag);
    if (content.size() > 127)
        head += "\x82" + std::string(1, static_cast<char>(content.size() >> 8U));
    return head + static_cast<char>(content.size() & 0xFFU) + content;
}

/// The same with indefinite length (X.690 §8.1.3.6).
std::string ber(char tag, const std::string& content) {
    return tag + std::string("\x80") + content + std::string(2, '\0');
}

const std::string signed_data("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 11);
const std::string data("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01", 11);
const std::string version("\x02\x01\x01", 3), digests("\x31\x00", 2);

std::string file(const std::string& content) {
    const auto inner = der('\x30', data + der('\xA0', content));
    return der('\x30', signed_data + der('\xA0', der('\x30', version + digests + inner)));
}

/// A ContentInfo of the type with these octets, cut behind it as long files are.
std::string content_info(const std::string& type) {
    return ("\x30\x80" + der('\x06', type) + "\xA0\x80").substr(0, 20);
}

const std::string pkcs7 = "\x2A\x86\x48\x86\xF7\x0D\x01\x07";
const std::string smime_types = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01";

}  // namespace

TEST(Cms, IsToldByItsType) {
    EXPECT_TRUE(mime::is_cms("application/pkcs7-mime"));
    EXPECT_TRUE(mime::is_cms("application/x-pkcs7-mime"));
    EXPECT_FALSE(mime::is_cms("application/pkcs7-signature"));
    EXPECT_FALSE(mime::is_cms("text/x-pkcs7-mime"));
}

TEST(CmsKind, TheParameterCountsMoreThanTheBytes) {
    const auto head = content_info(pkcs7 + "\x02");
    EXPECT_EQ(cms_kind("Signed-Data", ""), CmsKind::signed_data);
    EXPECT_EQ(cms_kind("enveloped-data", head), CmsKind::enveloped_data);
    EXPECT_EQ(cms_kind("authenveloped-data", head), CmsKind::enveloped_data);
    EXPECT_EQ(cms_kind("compressed-data", head), CmsKind::other);
    EXPECT_EQ(cms_kind("certs-only", head), CmsKind::other);
    EXPECT_EQ(cms_kind("pkcs7", head), CmsKind::signed_data) << "which says nothing";
}

TEST(CmsKind, WithoutTheParameterTheBytesTell) {
    EXPECT_EQ(cms_kind("", content_info(pkcs7 + "\x02")), CmsKind::signed_data);
    EXPECT_EQ(cms_kind("", content_info(pkcs7 + "\x03")), CmsKind::enveloped_data);
    EXPECT_EQ(cms_kind("", content_info(smime_types + "\x17")), CmsKind::enveloped_data);
    EXPECT_EQ(cms_kind("", content_info(smime_types + "\x09")), CmsKind::other);
}

TEST(CmsKind, OnlyTheTypeOfTheWholeIsLookedAt) {
    EXPECT_EQ(cms_kind("", content_info(pkcs7 + "\x06")), CmsKind::unknown);
    EXPECT_EQ(
        cms_kind("", der('\x30', der('\x04', der('\x06', pkcs7 + "\x02")))), CmsKind::unknown
    );
    EXPECT_EQ(cms_kind("", der('\x06', pkcs7 + "\x02")), CmsKind::unknown);
    EXPECT_EQ(cms_kind("", ""), CmsKind::unknown);
}

TEST(CmsKind, WhatIsUnknownCountsAsEncrypted) {
    EXPECT_TRUE(mime::is_encrypted(CmsKind::unknown));
    EXPECT_TRUE(mime::is_encrypted(CmsKind::enveloped_data));
    EXPECT_FALSE(mime::is_encrypted(CmsKind::signed_data));
    EXPECT_FALSE(mime::is_encrypted(CmsKind::other));
}

TEST(SignedContent, IsTakenOutOfDer) {
    EXPECT_EQ(
        signed_content(file(der('\x04', "Subject: x\r\n\r\ntext"))), "Subject: x\r\n\r\ntext"
    );
    const std::string large(40'000, 'x');
    EXPECT_EQ(signed_content(file(der('\x04', large))), large);
}

TEST(SignedContent, IsPutTogetherFromThePiecesOfBer) {
    const auto octets = ber('\x24', der('\x04', "first ") + der('\x04', "second"));
    const auto inner = ber('\x30', data + ber('\xA0', octets));
    const auto bytes =
        ber('\x30', signed_data + ber('\xA0', ber('\x30', version + digests + inner)));
    EXPECT_EQ(signed_content(bytes), "first second");
}

TEST(SignedContent, IsNotThereWithADetachedSignature) {
    const auto detached = der('\x30', version + digests + der('\x30', data));
    EXPECT_EQ(signed_content(der('\x30', signed_data + der('\xA0', detached))), std::nullopt);
}

TEST(SignedContent, OtherFilesHaveNone) {
    EXPECT_EQ(signed_content(""), std::nullopt);
    EXPECT_EQ(signed_content("no DER at all"), std::nullopt);
    EXPECT_EQ(signed_content(der('\x30', data + der('\xA0', der('\x04', "x")))), std::nullopt);
}

TEST(SignedContent, CutFilesGiveWhatTheyHave) {
    const auto whole = file(der('\x04', "twelve bytes"));
    EXPECT_EQ(signed_content(whole.substr(0, whole.size() - 6)), "twelve");
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_LE(signed_content(whole.substr(0, size)).value_or("").size(), 12U);
}
