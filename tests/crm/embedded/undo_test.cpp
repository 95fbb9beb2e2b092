#include "crm/embedded/undo.hpp"

#include <gtest/gtest.h>

#include "crm/embedded/create_record.hpp"
#include "crm/embedded/records.hpp"
#include "crm/embedded/schema.hpp"

namespace {

using crm::Undone;
using crm::embedded::Database;

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'790'000'000)};
constexpr const char* key = "contact:ann@acme.example";

class Undo : public testing::Test {
protected:
    crm::embedded::RowId create() {
        crm::NewRecord record;
        record.key = key;
        record.name = "Ann Bo";
        record.fields = {{"email", "ann@acme.example"}, {"phone", "+44 1"}};
        const auto stored = create_record(database_, record, now).value();
        return crm::embedded::row_id(stored.id).value();
    }

    std::int64_t count(const std::string& table) {
        auto row = database_.query("SELECT count(*) FROM " + table);
        return row.next() ? row.integer(0) : -1;
    }

    Database database_ =
        crm::embedded::open_database(":memory:", crm::embedded::Opening::create).value();
};

TEST_F(Undo, AllThatBelongsToTheRecordGoesWithIt) {
    create();
    EXPECT_EQ(undo_creation(database_, key).value(), Undone::removed);
    for (const auto* table : {"records", "fields", "addresses", "keys"}) {
        EXPECT_EQ(count(table), 0) << table;
    }
    EXPECT_EQ(database_.failure(), std::nullopt);
}

TEST_F(Undo, ARecordThatWasChangedStaysAlsoIfThatWasInTheSameSecond) {
    const auto id = create();
    auto record = crm::embedded::read_record(database_, id).value();
    record.name = "Ann Bo-Smith";
    crm::embedded::update_record(database_, id, record, now);
    EXPECT_EQ(undo_creation(database_, key).value(), Undone::kept);
    EXPECT_EQ(crm::embedded::read_record(database_, id), record);
}

TEST_F(Undo, AUserWhoOwnsSomethingStays) {
    crm::NewRecord user;
    user.key = "user:anna";
    user.kind = rules::RecordKind::user;
    user.fields = {{"email", "anna@us.example"}};
    create_record(database_, user, now).value();
    crm::NewRecord deal;
    deal.key = "opportunity:1";
    deal.kind = rules::RecordKind::opportunity;
    deal.owner = "anna@us.example";
    create_record(database_, deal, now).value();
    EXPECT_EQ(undo_creation(database_, user.key).value(), Undone::kept);
    EXPECT_EQ(undo_creation(database_, deal.key).value(), Undone::removed);
    EXPECT_EQ(undo_creation(database_, user.key).value(), Undone::removed);
}

}  // namespace
