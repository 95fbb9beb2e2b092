#include "agent/attachment_content.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "agent/limits.hpp"
#include "agent/read_mail.hpp"
#include "ews/base64.hpp"
#include "mime/attachment.hpp"

namespace {

/// A mail with one file of so many bytes.
agent::ReadMail mail_with(std::size_t bytes, const std::string& encoding) {
    std::string content;
    for (int i = 0; content.size() < bytes; ++i) content += std::to_string(i) + "=\xFC\r\n";
    std::string mail =
        "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf\r\n"
        "Content-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: " +
        encoding + "\r\n\r\n";
    mail += encoding == "base64" ? ews::encode_base64(content) : content;
    return agent::read_mail(std::move(mail), {});
}

TEST(AttachmentContent, IsWhatDecodingAtOnceGives) {
    for (const char* encoding : {"base64", "8bit", "quoted-printable"}) {
        for (const std::size_t bytes : {std::size_t{10}, 3 * agent::limits::big_mail}) {
            const auto read = mail_with(bytes, encoding);
            ASSERT_EQ(read.files.size(), 1U);
            const auto content =
                agent::content_of(read.files[0], read.mail.attachments.at(0).size, read.bytes);
            EXPECT_TRUE(content.whole() == mime::decode(read.files[0])) << encoding << " " << bytes;
            EXPECT_EQ(content.size(), content.whole().size());
        }
    }
}

TEST(AttachmentContent, OutlivesTheMail) {
    std::optional<agent::ReadMail> read = mail_with(2 * agent::limits::big_mail, "base64");
    const std::string expected = mime::decode(read->files[0]);
    const auto content =
        agent::content_of(read->files[0], read->mail.attachments.at(0).size, read->bytes);
    read.reset();
    EXPECT_TRUE(content.whole() == expected);
}

}  // namespace
