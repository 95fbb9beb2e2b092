#include "crm/embedded/bundle.hpp"

#include <gtest/gtest.h>

#include "crm/embedded/embedded.hpp"
#include "crm/embedded/schema.hpp"
#include "tests/crm/run.hpp"

namespace {

using crm::embedded::open_embedded;
using crm::embedded::Opening;
using rules::RecordKind;

crm::NewRecord record(RecordKind kind, const std::string& key) {
    crm::NewRecord record;
    record.kind = kind;
    record.key = key;
    record.name = key;
    return record;
}

/// An account, its contact, and a mail that is linked to the contact.
crm::Bundle offer() {
    crm::Bundle bundle;
    bundle.records.push_back(
        {record(RecordKind::account, "account:acme.example"), std::nullopt, std::nullopt}
    );
    bundle.records.push_back(
        {record(RecordKind::contact, "contact:ann"), "account:acme.example", std::nullopt}
    );
    bundle.mail.key = "email:1";
    bundle.mail.subject = "Offer";
    bundle.mail.original = std::make_shared<const std::string>("Subject: Offer\r\n\r\nHello");
    bundle.links = {{RecordKind::contact, "contact:ann"}};
    return bundle;
}

class BundleTest : public testing::Test {
protected:
    crm::Result<crm::StoredBundle> store(crm::Bundle bundle) {
        return crm_test::run(context_, crm_->store_bundle(std::move(bundle)));
    }
    std::size_t known(std::set<std::string> keys) {
        return crm_test::run(context_, crm_->known(std::move(keys))).value().size();
    }
    std::string asked(const std::string& sql) {
        auto database = crm::embedded::open_database(path_, Opening::read).value();
        auto row = database.query(sql);
        return row.next() ? row.text(0) : "";
    }

    crm_test::Folder folder_;
    std::string path_ = folder_.file("crm.db");
    boost::asio::io_context context_;
    std::unique_ptr<crm::embedded::Embedded> crm_ =
        open_embedded("sqlite:" + path_, Opening::create).value();
};

TEST_F(BundleTest, RecordsReferToEachOtherAndTheMailIsLinked) {
    const auto stored = store(offer()).value();
    ASSERT_EQ(stored.records.size(), 2U);
    EXPECT_FALSE(stored.records[1].existed);
    EXPECT_FALSE(stored.mail.existed);
    EXPECT_EQ(asked("SELECT account FROM records WHERE kind = 'contact'"), stored.records[0].id);
    EXPECT_EQ(
        asked("SELECT record FROM links WHERE mail = " + stored.mail.id), stored.records[1].id
    );
}

TEST_F(BundleTest, TheSameAgainChangesNothingAndReturnsWhatIsThere) {
    const auto first = store(offer()).value();
    const auto second = store(offer()).value();
    ASSERT_EQ(second.records.size(), 2U);
    EXPECT_EQ(second.records[0], (crm::Stored{first.records[0].id, true}));
    EXPECT_EQ(second.records[1], (crm::Stored{first.records[1].id, true}));
    EXPECT_EQ(second.mail, (crm::Stored{first.mail.id, true}));
    EXPECT_EQ(asked("SELECT count(*) FROM records"), "3");
}

TEST_F(BundleTest, OneThatFailsLeavesNothingBehind) {
    auto bundle = offer();
    bundle.links.push_back({RecordKind::contact, "contact:nobody"});
    EXPECT_EQ(store(bundle).error().code, crm::errc::refused);
    EXPECT_EQ(known({"account:acme.example", "contact:ann", "email:1"}), 0U);
    EXPECT_EQ(asked("SELECT count(*) FROM records"), "0");
    EXPECT_TRUE(store(offer()));
}

TEST_F(BundleTest, ARecordCannotReferToOneBehindIt) {
    auto bundle = offer();
    std::swap(bundle.records[0], bundle.records[1]);
    EXPECT_EQ(store(bundle).error().code, crm::errc::refused);
}

}  // namespace
