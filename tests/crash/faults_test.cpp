// A disk that is full, read-only, broken or taken by another program, under the journal, the CRM or
// both: the agent says what to do, waits, and when it is over files every mail once, with a restart
// in between or without.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <ostream>
#include <stdexcept>
#include <string>

#include "tests/crash/scene.hpp"

namespace {

using crash::filed;
using crash::Scene;

struct DiskFault {
    enum class In { write, sync, read };
    const char* name;
    In in;
    const char* file;  ///< a part of the names of those concerned
    int code;
    const char* what;  ///< the log says that, and names the file
    /// It is tried again once a minute only: an admin who has repaired it does not wait but
    /// reloads.
    bool once_a_minute = false;
};

std::ostream& operator<<(std::ostream& out, const DiskFault& fault) {
    return out << fault.name;
}

constexpr auto full = "the disk is full; free some space";
constexpr auto read_only =
    "the database is read-only; give this user the right to write the file and its folder";
constexpr auto no_access =
    "cannot be opened; check that the file or its folder exists and may be accessed";
constexpr auto broken = "the file cannot be read or written; check the disk";
constexpr auto damaged = "the database is damaged";

using In = DiskFault::In;
const DiskFault faults_of_writing[] = {
    {"DiskFullUnderTheJournal", In::write, "journal.sqlite", SQLITE_FULL, full},
    {"DiskFullUnderTheCrm", In::write, "crm.sqlite", SQLITE_FULL, full},
    {"DiskFullUnderBoth", In::write, ".sqlite", SQLITE_FULL, full},
    {"ReadOnlyJournal", In::write, "journal.sqlite", SQLITE_READONLY, read_only},
    {"ReadOnlyCrm", In::write, "crm.sqlite", SQLITE_READONLY, read_only, true},
    {"InaccessibleJournal", In::write, "journal.sqlite", SQLITE_CANTOPEN, no_access},
    {"InaccessibleCrm", In::write, "crm.sqlite", SQLITE_CANTOPEN, no_access, true},
    {"UnsyncedJournal", In::sync, "journal.sqlite", SQLITE_IOERR_FSYNC, broken},
    {"UnsyncedCrm", In::sync, "crm.sqlite", SQLITE_IOERR_FSYNC, broken},
};
const DiskFault faults_of_reading[] = {
    {"UnreadableJournal", In::read, "journal.sqlite", SQLITE_IOERR_READ, broken},
    {"UnreadableCrm", In::read, "crm.sqlite", SQLITE_IOERR_READ, broken},
    {"DamagedJournal", In::read, "journal.sqlite", SQLITE_CORRUPT, damaged},
    {"DamagedCrm", In::read, "crm.sqlite", SQLITE_CORRUPT, damaged, true},
};

class DiskFaults : public testing::TestWithParam<DiskFault> {
protected:
    static const DiskFault& fault() { return GetParam(); }

    /// What is cached is not read: another program writes first, so that the agent has to read
    /// anew.
    static void stir(const Scene& scene) {
        crash::OtherProgram(scene.journal()).run("CREATE TABLE stirred (n); DROP TABLE stirred");
        crash::OtherProgram(scene.crm_file()).run("CREATE TABLE stirred (n); DROP TABLE stirred");
    }

    static void inject() {
        using crash::FileOperation;
        if (fault().in == In::read) return crash::ReadFaults::inject(fault().file, fault().code);
        const auto operation = fault().in == In::sync ? FileOperation::sync : FileOperation::write;
        crash::inject({operation, fault().file, fault().code, 1, true});
    }

    static std::size_t said(const Scene& scene) { return scene.said(fault().file, fault().what); }
    static void wait_until_said(Scene& scene) {
        scene.pump([&] { return said(scene) > 0; });
    }

    static void mend(Scene& scene) {
        crash::mend_disk();
        if (!fault().once_a_minute) return;
        scene.settle_in(2);
        scene.service->reload();
        scene.pump([&] { return scene.logged("info reloaded") > 0; });
    }

    static void begin_with_a_mail_in_trouble(Scene& scene) {
        scene.begin();
        scene.drop({1});
        scene.work_until_finished(1);
        stir(scene);
        inject();
        scene.drop({2});
        wait_until_said(scene);
    }

    /// It begins when the server has carried out the second request of that operation, for mail 2; each by itself,
    /// since what waits together is moved together.
    static void begin_with_the_second(Scene& scene, const std::string& operation) {
        scene.begin();
        scene.on_second(operation, inject);
        scene.drop({1});
        scene.work_until_finished(1);
        scene.drop({2});
        const auto asked = [&] { return scene.exchange.requests(operation) >= 2; };
        scene.pump_for(std::chrono::seconds(10), asked);
    }

    static void in_the_middle(const std::string& operation) {
        Scene scene;
        begin_with_the_second(scene, operation);
        scene.drop({3, 4});
        wait_until_said(scene);
        EXPECT_LT(scene.exchange.items(crash::anna, "inbox").size(), 4U);
        mend(scene);
        scene.work_until_finished(4);
        EXPECT_EQ(scene.told(), filed({1, 2, 3, 4})) << scene.log_text();
    }
};

/// Those that begin while mails are under way. What was read a moment ago is cached, so no reading
/// fails then.
class DiskFaultsAtWork : public DiskFaults {};

TEST_P(DiskFaults, HoldWhatIsDroppedUntilTheyAreOver) {
    Scene scene;
    scene.begin();
    scene.drop({1});
    scene.work_until_finished(1);
    stir(scene);
    inject();
    scene.drop({2, 3});
    wait_until_said(scene);
    EXPECT_EQ(scene.exchange.items(crash::anna, crash::deals).size(), 2U);
    EXPECT_EQ(said(scene), 1U) << scene.log_text();
    mend(scene);
    scene.work_until_finished(3);
    EXPECT_EQ(scene.told(), filed({1, 2, 3})) << scene.log_text();
}

TEST_P(DiskFaultsAtWork, AfterAMailWasFetchedLoseAndDoubleNothing) {
    in_the_middle("GetItem");
}

TEST_P(DiskFaultsAtWork, AfterAMailWasMovedLoseAndDoubleNothing) {
    in_the_middle("MoveItem");
}

/// Starts in the midst of it: why it was refused, "" if it was not.
std::string refusal_of_start(Scene& scene) {
    try {
        scene.start();
    } catch (const std::runtime_error& failure) {
        return failure.what();
    }
    return "";
}

TEST_P(DiskFaults, LoseNothingWhereTheAgentIsStoppedAndStartedInTheirMidst) {
    Scene scene;
    begin_with_a_mail_in_trouble(scene);
    scene.stop();
    const std::string refusal = refusal_of_start(scene);
    if (refusal.empty()) {
        mend(scene);
    } else {
        EXPECT_NE(refusal.find(fault().file), std::string::npos) << refusal;
        EXPECT_NE(refusal.find(fault().what), std::string::npos) << refusal;
        crash::mend_disk();
        scene.start();
    }
    scene.work_until_finished(2);
    EXPECT_EQ(scene.told(), filed({1, 2})) << scene.log_text();
}

TEST_P(DiskFaults, AreToldAgainByAStartInTheirMidst) {
    Scene scene;
    begin_with_a_mail_in_trouble(scene);
    scene.stop();
    scene.log.clear();
    const std::string refusal = refusal_of_start(scene);
    if (refusal.empty()) scene.pump_for(std::chrono::seconds(3), [&] { return said(scene) > 0; });
    EXPECT_TRUE(said(scene) > 0 || refusal.find(fault().what) != std::string::npos)
        << refusal << scene.log_text();
}

TEST_P(DiskFaultsAtWork, AreToldOnceHoweverLongTheyLastAndSoIsTheirEnd) {
    Scene scene;
    begin_with_the_second(scene, "MoveItem");
    scene.drop({3, 4, 5, 6});
    wait_until_said(scene);
    scene.pump_for(std::chrono::milliseconds(1500), [] {
        return false;
    });  // in which it tries again
    EXPECT_EQ(said(scene), 1U) << scene.log_text();
    mend(scene);
    scene.work_until_finished(6);
    EXPECT_EQ(said(scene), 1U) << scene.log_text();
    const char* over = fault().once_a_minute ? "info reloaded" : "info recovered";
    scene.pump_for(std::chrono::seconds(20), [&] { return scene.logged(over) > 0; });  // with the next try of each place
    EXPECT_EQ(scene.logged(over), 1U) << scene.log_text();
}

std::string name_of(const testing::TestParamInfo<DiskFault>& fault) {
    return fault.param.name;
}
INSTANTIATE_TEST_SUITE_P(Writing, DiskFaults, testing::ValuesIn(faults_of_writing), name_of);
INSTANTIATE_TEST_SUITE_P(Reading, DiskFaults, testing::ValuesIn(faults_of_reading), name_of);
INSTANTIATE_TEST_SUITE_P(Writing, DiskFaultsAtWork, testing::ValuesIn(faults_of_writing), name_of);

TEST(DamagedJournal, IsToldOnceWhereAdminsGetNoticesToo) {
    Scene scene(
        "  <modules>", "  <error-notices><to>it@us.example</to></error-notices>\n  <modules>"
    );
    std::string xml = world::read(scene.config_file());
    const std::string smtp =
        "  <notices><smtp host=\"127.0.0.1\" port=\"9\" security=\"none\" "
        "from=\"ferry@us.example\"/></notices>\n";
    xml.replace(xml.find("  <policy "), 0, smtp);
    world::write(scene.config_file(), xml);
    scene.begin();
    crash::OtherProgram(scene.journal()).run("CREATE TABLE stirred (n)");
    crash::ReadFaults::inject("journal.sqlite", SQLITE_CORRUPT);
    scene.drop({1});
    scene.pump_for(std::chrono::milliseconds(2500), [] { return false; });
    EXPECT_EQ(scene.said("journal.sqlite", damaged), 1U) << scene.log_text();
}

// Long ones: SQLite waits five seconds for a lock.
TEST(OtherPrograms, ThatLockTheJournalAreToldAndWaitedFor) {
    Scene scene;
    scene.begin();
    const crash::OtherProgram other(scene.journal());
    other.run("BEGIN IMMEDIATE");
    scene.drop({1, 2});
    const auto said = [&] {
        return scene.said(
            "journal.sqlite", "the database is locked; end the program that holds it"
        );
    };
    scene.pump([&] { return said() > 0; });
    EXPECT_EQ(said(), 1U) << scene.log_text();
    EXPECT_EQ(scene.exchange.items(crash::anna, crash::deals).size(), 2U);
    other.run("ROLLBACK");
    scene.work_until_finished(2);
    EXPECT_EQ(scene.told(), filed({1, 2})) << scene.log_text();
}

TEST(OtherPrograms, ThatLockTheCrmAreToldAndWaitedFor) {
    Scene scene;
    scene.begin();
    const crash::OtherProgram other(scene.crm_file());
    other.run("BEGIN IMMEDIATE");
    scene.drop({1, 2});
    const auto said = [&] {
        return scene.said("crm.sqlite", "the database is locked; end the program that holds it");
    };
    scene.pump([&] { return said() > 0; });
    EXPECT_EQ(said(), 1U) << scene.log_text();
    EXPECT_EQ(scene.exchange.items(crash::anna, crash::deals).size(), 2U);
    other.run("ROLLBACK");
    scene.work_until_finished(2);
    EXPECT_EQ(scene.told(), filed({1, 2})) << scene.log_text();
}

}  // namespace
