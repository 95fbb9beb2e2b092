// What crm/contract.md says about taking back, as tests: run against every Archive of the project
// and against the fake that tests of agent/ rely on.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "crm/embedded/embedded.hpp"
#include "crm/overlay/overlay.hpp"
#include "tests/crm/run.hpp"
#include "tests/fakes/archive.hpp"
#include "tests/fakes/directory.hpp"

namespace {

using crm::Stored;
using crm::Undone;
using rules::RecordKind;

const std::string acme = "account:acme.example";
const std::string ann = "contact:ann@acme.example";

crm::NewRecord record(RecordKind kind, const std::string& key) {
    crm::NewRecord record;
    record.key = key;
    record.kind = kind;
    record.name = key;
    return record;
}

class UndoContract : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        const std::string subject = GetParam();
        if (subject == "embedded") {
            archive_ =
                crm::embedded::open_embedded("sqlite::memory:", crm::embedded::Opening::create)
                    .value();
        } else if (subject == "overlay") {
            const auto now = [] { return std::chrono::sys_seconds(); };
            archive_ = std::make_unique<crm::overlay::Overlay>(base_, now);
        } else {
            archive_ = std::make_unique<fakes::Archive>();
        }
    }

    Stored create(crm::NewRecord record) {
        return crm_test::run(context_, archive_->create(std::move(record))).value();
    }
    Stored store(const std::string& key, std::vector<crm::Link> links) {
        crm::NewMail mail;
        mail.key = key;
        mail.links = std::move(links);
        return crm_test::run(context_, archive_->store(std::move(mail))).value();
    }
    Undone undo(const std::string& key) {
        return crm_test::run(context_, archive_->undo(key)).value();
    }

    boost::asio::io_context context_;
    fakes::Directory base_;
    std::unique_ptr<crm::Archive> archive_;
};

INSTANTIATE_TEST_SUITE_P(
    Every,
    UndoContract,
    testing::Values("embedded", "overlay", "fake"),
    [](const auto& i) { return std::string(i.param); }
);

TEST_P(UndoContract, WhatNobodyNeedsIsRemovedAndItsKeyIsFree) {
    const auto first = create(record(RecordKind::contact, ann));
    const auto other = create(record(RecordKind::contact, "contact:raj@acme.example"));
    EXPECT_EQ(undo(ann), Undone::removed);
    const auto again = create(record(RecordKind::contact, ann));
    EXPECT_FALSE(again.existed);
    EXPECT_NE(again.id, first.id) << "an id is never given twice";
    EXPECT_NE(again.id, other.id);
    EXPECT_EQ(
        create(record(RecordKind::contact, "contact:raj@acme.example")), (Stored{other.id, true})
    );
}

TEST_P(UndoContract, AKeyThatIsUnknownIsNothingAndSoIsTheSecondTime) {
    EXPECT_EQ(undo(ann), Undone::nothing);
    create(record(RecordKind::contact, ann));
    EXPECT_EQ(undo("Contact:ann@acme.example"), Undone::nothing);
    EXPECT_EQ(undo("contact:%"), Undone::nothing);
    EXPECT_EQ(undo(""), Undone::nothing);
    EXPECT_EQ(undo(ann), Undone::removed);
    EXPECT_EQ(undo(ann), Undone::nothing);
}

TEST_P(UndoContract, ARecordThatAMailIsLinkedToStays) {
    const auto person = create(record(RecordKind::contact, ann));
    store("email:1", {{RecordKind::contact, person.id}});
    EXPECT_EQ(undo(ann), Undone::kept);
    EXPECT_EQ(create(record(RecordKind::contact, ann)), (Stored{person.id, true}));
}

TEST_P(UndoContract, ARecordThatAnotherOneRefersToStaysUntilThatIsGone) {
    const auto company = create(record(RecordKind::account, acme));
    auto person = record(RecordKind::contact, ann);
    person.account = company.id;
    auto deal = record(RecordKind::opportunity, "opportunity:1");
    deal.contact = create(person).id;
    create(deal);
    EXPECT_EQ(undo(acme), Undone::kept);
    EXPECT_EQ(undo(ann), Undone::kept);
    EXPECT_EQ(undo("opportunity:1"), Undone::removed);
    EXPECT_EQ(undo(ann), Undone::removed);
    EXPECT_EQ(undo(acme), Undone::removed);
    EXPECT_FALSE(create(record(RecordKind::account, acme)).existed);
}

TEST_P(UndoContract, AnArchivedMailStays) {
    const auto mail = store("email:1", {});
    EXPECT_EQ(undo("email:1"), Undone::kept);
    EXPECT_EQ(store("email:1", {}), (Stored{mail.id, true}));
}

}  // namespace
