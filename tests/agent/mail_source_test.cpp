#include "agent/mail_source.hpp"

#include <gtest/gtest.h>

#include "tests/agent/folder.hpp"

namespace {

/// "NAME: BYTES" for each mail, "NAME! ERROR" for what could not be read.
std::vector<std::string> mails(const agent_test::Folder& folder, std::vector<std::string> names) {
    for (std::string& name : names) name = folder.file(name);
    agent::MailSource source(names);
    std::vector<std::string> found;
    while (const auto mail = source.next()) {
        const auto what = mail->bytes ? ": " + *mail->bytes : "! " + mail->bytes.error().text;
        found.push_back(folder.without_path(mail->name + what));
    }
    EXPECT_EQ(source.files_left(), 0U);
    return found;
}

using Mails = std::vector<std::string>;

TEST(MailSource, FilesComeInTheOrderOfTheCommandLine) {
    const agent_test::Folder folder;
    folder.write("b.eml", "B");
    folder.write("a.txt", "A");
    EXPECT_EQ(mails(folder, {"b.eml", "a.txt"}), (Mails{"b.eml: B", "a.txt: A"}));
}

TEST(MailSource, AFolderGivesItsMailsSortedAndTheFoldersInItToo) {
    const agent_test::Folder folder;
    folder.write("in/c.eml", "C");
    folder.write("in/b/z.eml", "Z");
    folder.write("in/a.eml", "A");
    folder.write("in/README", "no mail");
    EXPECT_EQ(mails(folder, {"in"}), (Mails{"in/a.eml: A", "in/b/z.eml: Z", "in/c.eml: C"}));
}

TEST(MailSource, AnMboxGivesItsMailsOneByOne) {
    const agent_test::Folder folder;
    folder.write(
        "box",
        "From ann Mon Nov 23 09:00:00 2026\nSubject: 1\n\none\n"
        "From bob Mon Nov 23 09:00:00 2026\nSubject: 2\n\ntwo\n"
    );
    folder.write("c.eml", "C");
    EXPECT_EQ(
        mails(folder, {"box", "c.eml"}),
        (Mails{"box:1: Subject: 1\n\none\n", "box:2: Subject: 2\n\ntwo\n", "c.eml: C"})
    );
}

TEST(MailSource, QuotedFromLinesOfAnMboxAreUnquotedOnce) {
    const agent_test::Folder folder;
    folder.write("box", "From ann\nS: 1\n\n>From here\n>>From there\n> From\nFro\n>Frome\n");
    EXPECT_EQ(
        mails(folder, {"box"}),
        (Mails{"box:1: S: 1\n\nFrom here\n>From there\n> From\nFro\n>Frome\n"})
    );
}

TEST(MailSource, AMailThatBeginsLikeAnMboxStaysOneMailWhereItsNameSaysSo) {
    const agent_test::Folder folder;
    folder.write("a.eml", "From ann\nSubject: 1\n\nFrom here on\n");
    EXPECT_EQ(mails(folder, {"a.eml"}), (Mails{"a.eml: From ann\nSubject: 1\n\nFrom here on\n"}));
}

TEST(MailSource, AMissingFileDoesNotHideTheOthers) {
    const agent_test::Folder folder;
    folder.write("a.eml", "A");
    EXPECT_EQ(
        mails(folder, {"missing", "a.eml"}),
        (Mails{"missing! missing: No such file or directory", "a.eml: A"})
    );
}

TEST(MailSource, TellsHowManyFilesAreLeft) {
    const agent_test::Folder folder;
    agent::MailSource source({folder.write("box", "From a\nS: 1\n\n"), folder.write("b.eml", "B")});
    EXPECT_EQ(source.files_left(), 2U);
    EXPECT_EQ(folder.without_path(source.next()->name), "box:1");
    EXPECT_EQ(source.files_left(), 2U);
    EXPECT_EQ(folder.without_path(source.next()->name), "b.eml");
    EXPECT_EQ(source.files_left(), 0U);
}

}  // namespace
