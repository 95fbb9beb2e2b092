#include "agent/mail_spool.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "agent/limits.hpp"
#include "tests/agent/folder.hpp"

namespace {

using agent::errc;
using agent::MailSpool;

constexpr std::size_t most = 8 * agent::limits::big_mail;

std::string numbers(std::size_t bytes) {
    std::string text;
    for (int i = 0; text.size() < bytes; ++i) text += std::to_string(i) + " ";
    text.resize(bytes);
    return text;
}

/// Added in pieces of that size.
agent::Result<agent::MailBytes> spooled(
    MailSpool& spool, std::string_view bytes, std::size_t piece
) {
    for (std::size_t at = 0; at < bytes.size(); at += piece) spool.add(bytes.substr(at, piece));
    return spool.finish();
}

TEST(MailSpool, GivesBackWhatItWasGivenWhateverItsSize) {
    const agent_test::Folder folder;
    constexpr std::size_t edge = agent::limits::big_mail;
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, edge - 1, edge, edge + 1, 3 * edge}) {
        for (const std::size_t piece : {std::size_t{65'537}, edge, 3 * edge}) {
            MailSpool spool(folder.path(), most);
            const std::string bytes = numbers(size);
            const auto mail = spooled(spool, bytes, piece);
            ASSERT_TRUE(mail) << mail.error().text;
            EXPECT_EQ(mail->size(), size);
            EXPECT_TRUE(mail->view() == bytes) << size << " in pieces of " << piece;
        }
    }
}

TEST(MailSpool, TheFileHasNoNameAndTheBytesOutliveTheSpool) {
    const agent_test::Folder folder;
    agent::MailBytes kept;
    const std::string bytes = numbers(2 * agent::limits::big_mail);
    {
        MailSpool spool(folder.path(), most);
        spool.add(bytes);
        EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
        const agent::MailBytes mail = spool.finish().value();
        kept = mail;
    }
    EXPECT_TRUE(kept.view() == bytes);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(MailSpool, ALargerMailThanIsTakenIsPermanent) {
    const agent_test::Folder folder;
    MailSpool spool(folder.path(), 10);
    EXPECT_TRUE(spool.add("0123456789"));
    EXPECT_FALSE(spool.add("x"));
    EXPECT_FALSE(spool.add(""));
    ASSERT_TRUE(spool.error());
    EXPECT_EQ(spool.error()->code, errc::permanent);
    EXPECT_EQ(spool.error()->text, "the mail is larger than 200 MiB");
    EXPECT_FALSE(spool.finish());
}

TEST(MailSpool, AFileThatCannotBeMadeIsTriedLater) {
    const agent_test::Folder folder;
    MailSpool spool(folder.file("absent"), most);
    EXPECT_TRUE(spool.add(std::string(agent::limits::big_mail, 'x')));
    EXPECT_FALSE(spool.add("x"));
    const auto mail = spool.finish();
    ASSERT_FALSE(mail);
    EXPECT_EQ(mail.error().code, errc::transient);
    EXPECT_EQ(
        folder.without_path(mail.error().text),
        "a large mail cannot be kept in absent while it is read: No such file or directory; check "
        "that folder"
    );
}

TEST(TemporaryFolder, IsTmpWhereTheEnvironmentNamesNoFolder) {
    const char* set = std::getenv("TMPDIR");
    const std::optional<std::string> before = set ? std::optional<std::string>(set) : std::nullopt;
    ::setenv("TMPDIR", "/no/such/folder", 1);
    const std::filesystem::path folder = agent::temporary_folder();
    before ? ::setenv("TMPDIR", before->c_str(), 1) : ::unsetenv("TMPDIR");
    EXPECT_EQ(folder, "/tmp");
    EXPECT_TRUE(std::filesystem::is_directory(agent::temporary_folder()));
}

}  // namespace
