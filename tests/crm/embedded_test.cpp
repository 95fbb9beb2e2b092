#include "crm/embedded/embedded.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "crm/embedded/browse.hpp"
#include "crm/embedded/schema.hpp"
#include "crm/sha256.hpp"
#include "crm/limits.hpp"
#include "tests/crm/run.hpp"

namespace {

using crm::embedded::Database;
using crm::embedded::open_database;
using crm::embedded::open_embedded;
using crm::embedded::Opening;

crm::NewRecord contact(const std::string& address) {
    crm::NewRecord record;
    record.key = "contact:" + address;
    record.name = address;
    record.fields = {{"email", address}, {"phone", "+44 1"}};
    return record;
}

crm::NewMail mail(const std::string& key) {
    crm::NewMail mail;
    mail.key = key;
    mail.message_id = "<" + key + ">";
    mail.subject = "Überraschung \U0001F381";
    mail.text = "text";
    mail.html = "<p>text</p>";
    mail.date = std::chrono::sys_seconds(std::chrono::seconds(1'790'000'000));
    mail.sent = true;
    mail.addresses = {
        {"from", "Anna", "anna@us.example"}, {"to", "Ann \"A\" Bo", "ann@acme.example"}};
    mail.attachments = {{"a.bin", "application/octet-stream", std::string("\0\x01\xff\r\n", 5)}};
    mail.mailbox = "anna@us.example";
    mail.original = std::make_shared<const std::string>(std::string("From: a\r\n\r\n\0\xff", 13));
    return mail;
}

/// Its original and its two attachments, which are equal, are brought in ahead of it.
crm::NewMail large_mail(const std::string& key) {
    auto large = mail(key);
    std::string bytes;
    for (int i = 0; bytes.size() < 2 * crm::limits::chunked; ++i) bytes += std::to_string(i) + " ";
    large.original = std::make_shared<const std::string>("Subject: large\r\n\r\n" + bytes);
    large.attachments = {{"a.txt", "text/plain", bytes}, {"b.txt", "text/plain", bytes}};
    return large;
}

std::int64_t count(Database& database, const std::string& table) {
    auto row = database.query("SELECT count(*) FROM " + table);
    return row.next() ? row.integer(0) : -1;
}

/// Gives the record of a contact another address, as a user of the CRM would.
void readdress(Database& database, const std::string& address) {
    database.run("UPDATE addresses SET address = ?, comparable = ?", address, address);
}

boost::asio::awaitable<bool> is_removed(crm::Archive& crm, std::string key) {
    const crm::Result<crm::Undone> undone = co_await crm.undo(std::move(key));
    co_return undone.value() == crm::Undone::removed;
}

boost::asio::awaitable<bool> is_stored(crm::Archive& crm, crm::NewMail mail) {
    const crm::Result<crm::Stored> stored = co_await crm.store(std::move(mail));
    co_return stored.has_value();
}

class Embedded : public testing::Test {
protected:
    std::unique_ptr<crm::embedded::Embedded> open() {
        return open_embedded(url_, Opening::create).value();
    }
    template <class T>
    T run(boost::asio::awaitable<T> coroutine) {
        return crm_test::run(context_, std::move(coroutine));
    }
    Database database() { return open_database(path_, Opening::write).value(); }

    crm_test::Folder folder_;
    std::string path_ = folder_.file("crm.db");
    std::string url_ = "sqlite:" + path_;
    boost::asio::io_context context_;
};

TEST_F(Embedded, AKeyWhoseRecordGotAnotherAddressBelongsToTheNextOne) {
    const auto crm = open();
    const auto first = run(crm->create(contact("info@acme.example")));
    ASSERT_TRUE(first);
    auto edited = database();
    readdress(edited, "claire@acme.example");
    const auto second = run(crm->create(contact("info@acme.example")));
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->existed);
    EXPECT_NE(second->id, first->id);
    EXPECT_EQ(run(crm->create(contact("info@acme.example")))->id, second->id);
}

TEST_F(Embedded, AMailIsReadBackAsItWasStored) {
    const auto crm = open();
    const auto ann = run(crm->create(contact("ann@acme.example"))).value();
    auto letter = mail("1");
    letter.links = {{rules::RecordKind::contact, ann.id}};
    const auto stored = run(crm->store(letter)).value();

    auto open = database();
    const auto view = crm::embedded::show_mail(open, stored.id).value();
    EXPECT_EQ(view.subject, letter.subject);
    EXPECT_EQ(view.message_id, letter.message_id);
    EXPECT_EQ(view.text, letter.text);
    EXPECT_EQ(view.html, letter.html);
    EXPECT_EQ(view.date, letter.date);
    EXPECT_TRUE(view.sent);
    EXPECT_EQ(view.addresses, letter.addresses);
    EXPECT_EQ(view.mailbox, letter.mailbox);
    const std::vector<crm::embedded::Mention> links{
        {rules::RecordKind::contact, ann.id, "ann@acme.example"}};
    EXPECT_EQ(view.links, links);
    EXPECT_EQ(crm::embedded::mail_original(open, stored.id).value(), *letter.original);
    EXPECT_EQ(
        crm::embedded::mail_attachment(open, stored.id, 1).value(), letter.attachments[0].content
    );
    EXPECT_FALSE(crm::embedded::mail_attachment(open, stored.id, 2));
    ASSERT_EQ(view.attachments.size(), 1U);
    EXPECT_EQ(view.attachments[0].size, 5U);
    const auto person = show_record(open, rules::RecordKind::contact, ann.id).value();
    ASSERT_EQ(person.mails.size(), 1U);
    EXPECT_EQ(person.mails[0].id, stored.id);
    EXPECT_EQ(person.fields.at("phone"), "+44 1");
}

TEST_F(Embedded, AddingALinkChangesNothingElseOfTheMail) {
    const auto crm = open();
    const auto ann = run(crm->create(contact("ann@acme.example"))).value();
    const auto stored = run(crm->store(mail("1"))).value();
    auto other = mail("1");
    other.subject = "changed";
    other.attachments.clear();
    other.links = {{rules::RecordKind::contact, ann.id}};
    run(crm->store(other)).value();
    auto open = database();
    const auto view = crm::embedded::show_mail(open, stored.id).value();
    EXPECT_EQ(view.subject, mail("1").subject);
    EXPECT_EQ(view.attachments.size(), 1U);
    EXPECT_EQ(view.links.size(), 1U);
}

TEST_F(Embedded, EqualBytesAreKeptOnce) {
    const auto crm = open();
    for (int i = 0; i < 100; ++i) {
        auto letter = mail(std::to_string(i));
        letter.original = std::make_shared<const std::string>(std::to_string(i));
        run(crm->store(letter)).value();
    }
    auto open = database();
    EXPECT_EQ(count(open, "blobs"), 101);
}

TEST_F(Embedded, BytesGoWithTheLastMailThatHoldsThem) {
    const auto crm = open();
    const auto first = run(crm->store(mail("1"))).value();
    const auto second = run(crm->store(mail("2"))).value();
    auto open = database();
    EXPECT_EQ(count(open, "blobs"), 2);
    open.run("DELETE FROM records WHERE id = ?", std::stoll(first.id));
    EXPECT_EQ(count(open, "blobs"), 2);
    open.run("DELETE FROM records WHERE id = ?", std::stoll(second.id));
    EXPECT_EQ(count(open, "blobs"), 0);
    EXPECT_EQ(open.failure(), std::nullopt);
}

TEST_F(Embedded, TheKeyOfARemovedRecordIsForgotten) {
    const auto crm = open();
    const auto first = run(crm->create(contact("ann@acme.example"))).value();
    {
        auto open = database();
        open.run("DELETE FROM records WHERE id = ?", std::stoll(first.id));
    }
    const auto again = run(crm->create(contact("ann@acme.example"))).value();
    EXPECT_FALSE(again.existed);
    EXPECT_NE(again.id, first.id) << "ids are never given twice";
}

TEST_F(Embedded, WhatWasCommittedIsThereInAFileThatWasNeverClosed) {
    const auto crm = open();
    run(crm->create(contact("ann@acme.example"))).value();
    // What a crash leaves: the file and its write-ahead log, without checkpoint.
    const auto copy = folder_.file("copy.db");
    std::filesystem::copy_file(path_, copy);
    std::filesystem::copy_file(path_ + "-wal", copy + "-wal");
    const auto survivor = open_embedded("sqlite:" + copy, Opening::write).value();
    const auto again = run(survivor->create(contact("ann@acme.example"))).value();
    EXPECT_TRUE(again.existed);
}

TEST_F(Embedded, ManyWritersAtOnceAreAllAnswered) {
    const auto crm = open();
    std::vector<boost::asio::awaitable<crm::Result<crm::Stored>>> calls;
    for (int i = 0; i < 300; ++i) {
        auto record = contact(std::to_string(i) + "@acme.example");
        if (i % 3 == 0) record.account = "4711";  // refused, without harm to its neighbours
        calls.push_back(crm->create(record));
    }
    const auto results = crm_test::run_all(context_, std::move(calls));
    int refused = 0;
    for (const auto& result : results) refused += result.has_error() ? 1 : 0;
    EXPECT_EQ(refused, 100);
    auto open = database();
    EXPECT_EQ(count(open, "records"), 200);
}

TEST_F(Embedded, TakingBackAndLinkingAtTheSameTimeLeaveNoHalfOfEither) {
    const auto crm = open();
    for (int i = 0; i < 20; ++i) {
        const auto person = contact(std::to_string(i) + "@acme.example");
        auto letter = mail(std::to_string(i));
        letter.links = {{rules::RecordKind::contact, run(crm->create(person)).value().id}};
        std::vector<boost::asio::awaitable<bool>> calls;
        calls.push_back(is_removed(*crm, i % 2 == 0 ? person.key : "nobody"));
        calls.push_back(is_stored(*crm, letter));
        calls.push_back(is_removed(*crm, person.key));
        const auto done = crm_test::run_all(context_, std::move(calls));
        EXPECT_NE(done[0], done[1]) << "removed, or stored with its link";
        EXPECT_FALSE(done[2]);
    }
}

TEST_F(Embedded, ALockHeldByAnotherProgramIsATransientError) {
    auto impatient = open_database(path_, Opening::create).value();
    impatient.script("PRAGMA busy_timeout = 1");
    crm::embedded::Embedded crm(std::move(impatient));
    auto other = database();
    other.script("BEGIN IMMEDIATE");
    const auto result = run(crm.create(contact("ann@acme.example")));
    ASSERT_TRUE(result.has_error());
    EXPECT_TRUE(crm::is_transient(result.error().code));
    EXPECT_NE(result.error().text.find("locked"), std::string::npos) << result.error().text;
    other.script("ROLLBACK");
    EXPECT_FALSE(run(crm.create(contact("ann@acme.example"))).value().existed);
}

TEST_F(Embedded, AFullDiskIsATransientErrorAndLeavesNothingHalfDone) {
    auto database = open_database(path_, Opening::create).value();
    database.script("PRAGMA max_page_count = 60");
    crm::embedded::Embedded crm(std::move(database));
    auto letter = mail("1");
    letter.original = std::make_shared<const std::string>(std::string(1'000'000, 'x'));
    const auto result = run(crm.store(letter));
    ASSERT_TRUE(result.has_error());
    EXPECT_TRUE(crm::is_transient(result.error().code));
    EXPECT_NE(result.error().text.find("full"), std::string::npos) << result.error().text;
    EXPECT_FALSE(run(crm.store(mail("1"))).value().existed);
}

TEST_F(Embedded, TooLongASubjectIsRefusedWithTheReason) {
    const auto crm = open();
    auto letter = mail("1");
    letter.subject = std::string(100'000, 'x');
    const auto result = run(crm->store(letter));
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().code, crm::errc::refused);
    EXPECT_NE(result.error().text.find("subject is too long"), std::string::npos);
}

TEST_F(Embedded, ADatabaseOfANewerVersionIsLeftAlone) {
    open();
    database().script("PRAGMA user_version = 4");
    const auto refused = open_embedded(url_, Opening::create);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, crm::errc::misconfigured);
    EXPECT_NE(refused.error().text.find("newer Mailferry"), std::string::npos);
}

TEST_F(Embedded, ADatabaseOfVersion1IsBroughtUpToDateAndKeepsItsMails) {
    const auto id = run(open()->store(mail("1"))).value().id;
    database().script(
        "DROP TABLE chunks; ALTER TABLE mails DROP COLUMN new_text; PRAGMA user_version = 1"
    );
    {
        auto reader = open_database(path_, Opening::read).value();
        EXPECT_EQ(crm::embedded::show_mail(reader, id).value().new_text, "");
    }
    auto later = mail("2");
    later.new_text = "Forty belts";
    const auto second = run(open()->store(later)).value().id;
    auto database = this->database();
    EXPECT_EQ(crm::embedded::show_mail(database, id).value().message_id, mail("1").message_id);
    EXPECT_EQ(crm::embedded::show_mail(database, second).value().new_text, "Forty belts");
}

TEST_F(Embedded, ADatabaseOfVersion2IsReadAndBroughtUpToDate) {
    const auto id = run(open()->store(mail("1"))).value().id;
    database().script("DROP TABLE chunks; PRAGMA user_version = 2");
    {
        auto reader = open_database(path_, Opening::read).value();
        EXPECT_EQ(crm::embedded::mail_original(reader, id).value(), *mail("1").original);
        EXPECT_EQ(crm::embedded::show_mail(reader, id).value().attachments.at(0).size, 5U);
    }
    const auto large = run(open()->store(large_mail("2"))).value().id;
    auto database = this->database();
    EXPECT_EQ(crm::embedded::mail_original(database, large).value(), *large_mail("2").original);
}

TEST_F(Embedded, LargeBytesAreKeptAndShownAsOthersAre) {
    const auto letter = large_mail("1");
    const auto crm = open();
    const auto stored = run(crm->store(letter)).value();
    EXPECT_FALSE(stored.existed);
    EXPECT_TRUE(run(crm->store(letter)).value().existed);
    auto open = database();
    EXPECT_EQ(count(open, "blobs"), 2) << "of two equal attachments one is kept";
    EXPECT_EQ(crm::embedded::mail_original(open, stored.id).value(), *letter.original);
    EXPECT_EQ(
        crm::embedded::mail_attachment(open, stored.id, 1).value(), letter.attachments[0].content
    );
    EXPECT_EQ(
        crm::embedded::mail_attachment(open, stored.id, 2).value(), letter.attachments[0].content
    );
    const auto view = crm::embedded::show_mail(open, stored.id).value();
    EXPECT_EQ(view.attachments.at(0).size, letter.attachments[0].content.size());
    EXPECT_EQ(view.original_sha256, crm::sha256(letter.original->whole()));
    open.run("DELETE FROM records WHERE id = ?", std::stoll(stored.id));
    EXPECT_EQ(count(open, "blobs"), 0);
    EXPECT_EQ(count(open, "chunks"), 0);
}

TEST_F(Embedded, ALargeMailThatTwoMailboxesBringAtOnceIsThereOnce) {
    const auto crm = open();
    std::vector<boost::asio::awaitable<crm::Result<crm::Stored>>> calls;
    for (int i = 0; i < 3; ++i) calls.push_back(crm->store(large_mail("1")));
    const auto results = crm_test::run_all(context_, std::move(calls));
    for (const auto& result : results) EXPECT_EQ(result.value().id, results[0].value().id);
    auto open = database();
    EXPECT_EQ(count(open, "mails"), 1);
    EXPECT_EQ(count(open, "blobs"), 2);
    EXPECT_EQ(
        crm::embedded::mail_original(open, results[0].value().id).value(), *large_mail("1").original
    );
}

TEST_F(Embedded, OfALargeMailThatIsRefusedNothingStays) {
    const auto crm = open();
    auto letter = large_mail("1");
    letter.links = {{rules::RecordKind::contact, "4711"}};
    EXPECT_FALSE(run(crm->store(letter)));
    auto open = database();
    EXPECT_EQ(count(open, "blobs"), 0);
    EXPECT_EQ(count(open, "chunks"), 0);
}

TEST_F(Embedded, ADiskThatIsFullAmidALargeMailLeavesNothingOfIt) {
    auto small = open_database(path_, Opening::create).value();
    small.script("PRAGMA max_page_count = 300");
    crm::embedded::Embedded crm(std::move(small));
    const auto result = run(crm.store(large_mail("1")));
    ASSERT_TRUE(result.has_error());
    EXPECT_TRUE(crm::is_transient(result.error().code));
    EXPECT_FALSE(run(crm.store(mail("2"))).value().existed);
    auto open = database();
    EXPECT_EQ(count(open, "chunks"), 0);
}

TEST_F(Embedded, WhatACrashHasLeftOfALargeMailIsForgottenAtTheNextStart) {
    open();
    database().script(
        "INSERT INTO blobs VALUES (7, 'upload:1', x''); INSERT INTO chunks VALUES (7, 0, x'00')"
    );
    open();
    auto open = database();
    EXPECT_EQ(count(open, "blobs"), 0);
    EXPECT_EQ(count(open, "chunks"), 0);
}

TEST_F(Embedded, ADatabaseOfAnotherProgramIsLeftAlone) {
    {
        auto other = Database::open(path_, Opening::create).value();
        other.script("CREATE TABLE bookmarks (url TEXT)");
    }
    const auto refused = open_embedded(url_, Opening::create);
    ASSERT_TRUE(refused.has_error());
    EXPECT_NE(refused.error().text.find("another program"), std::string::npos);
}

TEST_F(Embedded, AFileThatIsNoDatabaseIsNamed) {
    std::ofstream(path_) << "kind,name,email\nuser,Anna,anna@us.example\nand a little more text";
    const auto refused = open_embedded(url_, Opening::create);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, crm::errc::misconfigured);
    EXPECT_NE(refused.error().text.find(path_), std::string::npos) << refused.error().text;
}

TEST_F(Embedded, AMissingDatabaseIsNotCreatedByLooking) {
    const auto refused = open_embedded(url_, Opening::read);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, crm::errc::misconfigured);
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(Embedded, ADatabaseOpenedForReadingIsNotWritten) {
    open();
    const auto crm = open_embedded(url_, Opening::read).value();
    const auto refused = run(crm->create(contact("ann@acme.example")));
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, crm::errc::misconfigured) << "it is no right of one kind";
}

TEST(DatabasePath, NamesTheFormsOfAUrlThatItKnows) {
    EXPECT_EQ(crm::embedded::database_path("sqlite:a/b.db").value(), "a/b.db");
    EXPECT_EQ(crm::embedded::database_path("sqlite::memory:").value(), ":memory:");
    for (const auto* wrong : {"", "sqlite:", "postgres://x", "crm.db"}) {
        const auto refused = crm::embedded::database_path(wrong);
        ASSERT_TRUE(refused.has_error()) << wrong;
        EXPECT_NE(refused.error().text.find("sqlite:PATH"), std::string::npos);
    }
}

}  // namespace
