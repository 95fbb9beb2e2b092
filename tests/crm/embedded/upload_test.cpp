#include "crm/embedded/upload.hpp"

#include <gtest/gtest.h>

#include "crm/embedded/schema.hpp"
#include "crm/limits.hpp"

namespace {

using crm::embedded::blob_bytes;
using crm::embedded::Database;
using crm::embedded::Upload;
using crm::embedded::Uploads;

std::string numbers(std::size_t bytes) {
    std::string text;
    for (int i = 0; text.size() < bytes; ++i) text += std::to_string(i) + " ";
    text.resize(bytes);
    return text;
}

class UploadTest : public testing::Test {
protected:
    void bring_up(Upload& upload) {
        while (!upload.is_complete()) {
            upload.step(database_);
            upload.taken();
        }
    }

    std::int64_t count(const std::string& table) {
        auto row = database_.query("SELECT count(*) FROM " + table);
        return row.next() ? row.integer(0) : -1;
    }

    const std::string bytes_ = numbers(crm::limits::chunked * 2);
    const crm::Content content_{bytes_};
    Database database_ =
        crm::embedded::open_database(":memory:", crm::embedded::Opening::create).value();
};

TEST_F(UploadTest, EachStepBringsAPieceAndSettlingGivesItItsName) {
    Upload upload(content_);
    bring_up(upload);
    EXPECT_GT(count("chunks"), 4);
    const auto row = upload.settle(database_);
    ASSERT_TRUE(row);
    EXPECT_TRUE(blob_bytes(database_, *row) == bytes_);
    auto named = database_.query("SELECT sha256 FROM blobs WHERE id = ?", *row);
    ASSERT_TRUE(named.next());
    EXPECT_EQ(named.text(0), crm::sha256(bytes_));
    EXPECT_EQ(database_.failure(), std::nullopt);
}

TEST_F(UploadTest, AStepThatWasUndoneIsDoneAgain) {
    Upload upload(content_);
    for (int i = 0; !upload.is_complete(); ++i) {
        database_.script("SAVEPOINT undone");
        upload.step(database_);
        database_.script("ROLLBACK TO undone; RELEASE undone");
        if (i % 2 == 0) continue;
        upload.step(database_);
        upload.taken();
    }
    const auto row = upload.settle(database_);
    ASSERT_TRUE(row);
    EXPECT_TRUE(blob_bytes(database_, *row) == bytes_);
}

TEST_F(UploadTest, WhatIsThereAlreadyIsKeptOnce) {
    Upload first(content_), second(content_);
    bring_up(first);
    bring_up(second);
    const auto row = first.settle(database_);
    const std::int64_t chunks = count("chunks") / 2;
    EXPECT_EQ(second.settle(database_), row);
    EXPECT_EQ(count("blobs"), 1);
    EXPECT_EQ(count("chunks"), chunks);
}

TEST_F(UploadTest, WhatSomebodyHasRemovedIsNotTakenForComplete) {
    Upload upload(content_);
    upload.step(database_);
    upload.taken();
    crm::embedded::forget_uploads(database_);
    EXPECT_EQ(count("blobs"), 0);
    EXPECT_EQ(count("chunks"), 0);
    bring_up(upload);
    EXPECT_EQ(count("chunks"), 0);
    EXPECT_EQ(upload.settle(database_), std::nullopt);
    EXPECT_EQ(database_.failure(), std::nullopt);
}

TEST_F(UploadTest, WhatHasGotTheIdOfARemovedOneIsLeftAlone) {
    const std::string other_bytes = "of another mail" + bytes_;
    const crm::Content other_content(other_bytes);
    Upload first(content_), second(other_content);
    first.step(database_);
    first.taken();
    crm::embedded::forget_uploads(database_);
    second.step(database_);
    second.taken();
    ASSERT_EQ(count("blobs"), 1);
    bring_up(first);
    EXPECT_EQ(count("chunks"), 1) << "its bytes would stand among those of the other";
    EXPECT_EQ(first.settle(database_), std::nullopt);
    first.discard(database_);
    bring_up(second);
    const auto row = second.settle(database_);
    ASSERT_TRUE(row);
    first.discard(database_);
    EXPECT_TRUE(blob_bytes(database_, *row) == other_bytes);
    EXPECT_EQ(database_.failure(), std::nullopt);
}

TEST_F(UploadTest, WhatIsDiscardedLeavesNothing) {
    Upload upload(content_);
    bring_up(upload);
    upload.discard(database_);
    EXPECT_EQ(count("blobs"), 0);
    EXPECT_EQ(count("chunks"), 0);
}

TEST_F(UploadTest, ForgettingLeavesWhatMailsHave) {
    Upload kept(content_), left(content_);
    bring_up(kept);
    const auto row = kept.settle(database_);
    left.step(database_);
    left.taken();
    database_.run("INSERT INTO blobs (sha256, bytes) VALUES ('aa', x'01')");
    crm::embedded::forget_uploads(database_);
    EXPECT_EQ(count("blobs"), 2);
    EXPECT_TRUE(blob_bytes(database_, *row) == bytes_);
}

TEST_F(UploadTest, OnlyWhatIsLargeIsBroughtUpAhead) {
    crm::NewMail mail;
    mail.original = content_;
    mail.attachments = {
        {"small.txt", "text/plain", std::string(crm::limits::chunked, 'x')},
        {"large.txt", "text/plain", std::string(crm::limits::chunked + 1, 'x')}};
    Uploads uploads(mail);
    EXPECT_NE(uploads.find(*mail.original), nullptr);
    EXPECT_EQ(uploads.find(mail.attachments[0].content), nullptr);
    EXPECT_NE(uploads.find(mail.attachments[1].content), nullptr);
    while (Upload* upload = uploads.next()) {
        upload->step(database_);
        upload->taken();
    }
    uploads.discard(database_);
    EXPECT_EQ(count("blobs"), 0);
}

}  // namespace
