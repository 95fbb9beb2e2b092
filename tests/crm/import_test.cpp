#include "crm/embedded/import.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "crm/embedded/browse.hpp"
#include "crm/embedded/create_record.hpp"
#include "crm/embedded/people.hpp"
#include "crm/embedded/schema.hpp"

namespace {

using crm::embedded::Database;
using crm::embedded::FileProblem;
using crm::embedded::ImportReport;
using crm::embedded::RecordView;
using rules::RecordKind;

std::chrono::sys_seconds at(int seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

class Import : public testing::Test {
protected:
    ImportReport import(const std::string& text, int now = 1) {
        return crm::embedded::import_files(database_, {{"people.csv", text}}, at(now)).value();
    }
    std::vector<RecordView> list(RecordKind kind) {
        return crm::embedded::list_records(database_, kind).value();
    }
    std::size_t size() { return crm::embedded::list_records(database_, std::nullopt)->size(); }

    /// "line: text" of each problem.
    static std::string text(const ImportReport& report) {
        std::string text;
        for (const auto& [file, problem] : report.problems) {
            text += file + ":" + std::to_string(problem.line) + ": " + problem.text + "\n";
        }
        return text;
    }

    Database database_ =
        crm::embedded::open_database(":memory:", crm::embedded::Opening::create).value();
};

std::string sample() {
    std::ifstream file(MAILFERRY_SOURCE "/samples/people.csv", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(Import, TheSampleFileIsImportedOnceHoweverOftenItIsRead) {
    const auto first = import(sample(), 1);
    EXPECT_EQ(text(first), "");
    EXPECT_EQ(first.created, 46U);
    const auto second = import(sample(), 2);
    EXPECT_EQ(second.created + second.changed, 0U);
    EXPECT_EQ(second.unchanged, 46U);
    for (const auto& record : crm::embedded::list_records(database_, std::nullopt).value()) {
        EXPECT_EQ(record.modified, at(1)) << record.name;
    }
}

TEST_F(Import, PeopleOfTheSampleAnswerTheRules) {
    import(sample());
    const auto facts = crm::embedded::answer(
                           database_,
                           {{"anna.berg@us.example",
                             "ann.bo@acme-group.example",
                             "office@brightwater.example",
                             "ann.bo@fair.example"},
                            {"acme-group.example", "brightwater.example"}}
    ).value();
    EXPECT_EQ(facts.people.at("anna.berg@us.example").users.at(0).name, "Anna Berg");
    const auto& ann = facts.people.at("ann.bo@acme-group.example").contacts.at(0);
    EXPECT_EQ(ann.field_order, 1);
    EXPECT_EQ(ann.account, facts.accounts.at("acme-group.example").at(0).id);
    EXPECT_EQ(facts.people.at("office@brightwater.example").contacts.size(), 2U);
    EXPECT_EQ(facts.people.at("ann.bo@fair.example").leads.at(0).converted_to, ann.id);
    EXPECT_EQ(facts.accounts.at("brightwater.example").size(), 2U);
}

TEST_F(Import, ReferencesMayPointFurtherDown) {
    const auto report = import(
        "kind,name,email,account,owner\n"
        "contact,Ann Bo,ann@acme.example,Acme Ltd,anna@us.example\n"
        "account,Acme Ltd,,,\n"
        "user,Anna,anna@us.example,,\n"
    );
    EXPECT_EQ(text(report), "");
    const auto ann = list(RecordKind::contact).at(0);
    EXPECT_EQ(ann.account->name, "Acme Ltd");
    EXPECT_EQ(ann.owner->name, "Anna");
}

TEST_F(Import, FilledCellsReplaceAndEmptyCellsKeepWhatIsThere) {
    import(
        "kind,name,email,email2,email3,phone,status\n"
        "lead,Ann Bo,ann@acme.example,ann@home.example,bo@home.example,1,new\n",
        1
    );
    const auto report = import(
        "kind,name,email,email2,phone,status\n"
        "lead,Ann Bo,Ann@Acme.Example,,,qualified\n",
        2
    );
    EXPECT_EQ(report.changed, 1U);
    const auto ann = list(RecordKind::lead).at(0);
    EXPECT_EQ(
        ann.addresses,
        (std::vector<std::string>{"Ann@Acme.Example", "ann@home.example", "bo@home.example"})
    );
    EXPECT_EQ(ann.status, "qualified");
    EXPECT_EQ(ann.fields.at("phone"), "1");
    EXPECT_EQ(ann.modified, at(2));
    EXPECT_EQ(ann.created, at(1));
}

TEST_F(Import, AContactWithoutAFirstAddressIsFoundByItsSecond) {
    const std::string file = "kind,name,email,email2\ncontact,Ann Bo,,ann@acme.example\n";
    EXPECT_EQ(import(file).created, 1U);
    EXPECT_EQ(import(file).unchanged, 1U);
}

TEST_F(Import, AContactThatAMailCreatedIsFoundAgain) {
    crm::NewRecord created;
    created.key = "contact:ann@acme.example";
    created.name = "Ann Bo";
    created.fields["email"] = "ann@acme.example";
    create_record(database_, created, at(1)).value();
    import("kind,name,email,title\ncontact,Ann Bo,ann@acme.example,Buyer\n");
    ASSERT_EQ(list(RecordKind::contact).size(), 1U);
    EXPECT_EQ(list(RecordKind::contact)[0].fields.at("title"), "Buyer");
    EXPECT_TRUE(create_record(database_, created, at(1))->existed);
}

TEST_F(Import, AllProblemsAreReportedAndNothingIsImported) {
    const auto report = import(
        "kind,name,email,owner,domain\n"
        "user,Anna,anna@us.example,,\n"
        "person,Ann,ann@acme.example,,\n"
        "contact,,,,\n"
        "contact,Raj,raj,,\n"
        "contact,Mia,mia@acme.example,,acme.example\n"
        "user,Ben,,,\n"
        "contact,Tom\n"
        "contact,\xE9ric,eric@acme.example,,\n"
    );
    EXPECT_EQ(
        text(report),
        "people.csv:3: unknown kind \"person\"; write user, contact, lead, account, opportunity, "
        "case, project or quote\n"
        "people.csv:4: this contact has no name\n"
        "people.csv:5: column \"email\": \"raj\" is no e-mail address\n"
        "people.csv:6: only accounts have a domain; clear it, or name the account\n"
        "people.csv:7: a user without an e-mail address; fill the column \"email\"\n"
        "people.csv:8: 2 cells where the first line names 5 columns; quote cells that hold commas\n"
        "people.csv:9: not UTF-8; save the file as \"CSV UTF-8\"\n"
    );
    EXPECT_EQ(size(), 0U);
}

TEST_F(Import, AUserHasATimeZone) {
    const auto report = import(
        "kind,name,email,time_zone\n"
        "user,Anna,anna@us.example,Europe/Berlin\n"
        "user,Ben,ben@us.example,\n"
    );
    EXPECT_EQ(text(report), "");
    const auto facts =
        crm::embedded::answer(database_, {{"anna@us.example", "ben@us.example"}, {}}).value();
    EXPECT_EQ(facts.people.at("anna@us.example").users.at(0).time_zone, "Europe/Berlin");
    EXPECT_EQ(facts.people.at("ben@us.example").users.at(0).time_zone, "");
}

TEST_F(Import, ATimeZoneThatIsNoneIsReportedWithTheOneThatWasMeant) {
    const auto report = import(
        "kind,name,email,time_zone\n"
        "user,Anna,anna@us.example,W. Europe Standard Time\n"
        "user,Ben,ben@us.example,EST\n"
        "contact,Ann,ann@acme.example,Europe/Berlin\n"
    );
    EXPECT_EQ(
        text(report),
        "people.csv:2: column \"time_zone\": \"W. Europe Standard Time\" is unknown; did you mean "
        "\"Europe/Berlin\"?\n"
        "people.csv:3: column \"time_zone\": \"EST\" is unknown; write the name of a zone, as "
        "\"Europe/Berlin\" or \"UTC\"\n"
        "people.csv:4: only users have a time zone; clear the column \"time_zone\"\n"
    );
    EXPECT_EQ(size(), 0U);
}

TEST_F(Import, ReferencesToNobodyAreReportedAndNothingIsImported) {
    const auto report = import(
        "kind,name,email,account,owner,contact\n"
        "account,Twin,,,,\n"
        "contact,Ann,ann@acme.example,Acme Ltd,anna@us.example,\n"
        "case,Broken,,,,raj@acme.example\n"
        "account,Twin,,,,\n"
    );
    EXPECT_EQ(
        text(report),
        "people.csv:5: the same account stands in people.csv:2; keep one of the two lines\n"
        "people.csv:3: no account \"Acme Ltd\"; add a line for this account, or correct it\n"
        "people.csv:3: no user \"anna@us.example\"; add a line for this user, or correct it\n"
        "people.csv:4: no contact \"raj@acme.example\"; add a line for this contact, or correct "
        "it\n"
    );
    EXPECT_EQ(report.created, 0U);
    EXPECT_EQ(size(), 0U);
}

TEST_F(Import, TheHeaderIsChecked) {
    EXPECT_EQ(
        text(import("")), "people.csv:1: the file is empty; the first line names the columns\n"
    );
    const auto report = import("Kind,name,name\nuser,a,b\n");
    ASSERT_EQ(report.problems.size(), 3U);
    EXPECT_NE(text(report).find("unknown column \"Kind\""), std::string::npos);
    EXPECT_NE(text(report).find("column \"name\" stands here twice"), std::string::npos);
    EXPECT_NE(text(report).find("no column \"kind\""), std::string::npos);
}

TEST_F(Import, ALineMayReferToAnotherFile) {
    const auto report = crm::embedded::import_files(
        database_,
        {{"contacts.csv", "kind,name,email,account\ncontact,Ann,ann@acme.example,Acme Ltd\n"},
         {"accounts.csv", "kind,name\naccount,Acme Ltd\n"}},
        at(1)
    );
    EXPECT_EQ(report.value().created, 2U);
}

TEST_F(Import, HostileNamesAreJustNames) {
    const auto report = import("kind,name\naccount,\"'; DROP TABLE records; --\"\naccount,100%_\n");
    EXPECT_EQ(report.created, 2U);
    EXPECT_EQ(list(RecordKind::account).at(0).name, "'; DROP TABLE records; --");
}

}  // namespace
