// A journal whose pages have been overwritten, or whose folder may not be written: the start is
// refused with the way out, and who takes that finds every mail in its place once.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/crash/scene.hpp"

namespace {

using crash::filed;
using crash::Scene;

std::string refusal_of(Scene& scene) {
    try {
        scene.start();
    } catch (const std::runtime_error& failure) {
        return failure.what();
    }
    return "";
}

/// Every page but the first gets another beginning.
void damage(const std::string& file) {
    constexpr std::size_t page = 4096;
    const auto size = std::filesystem::file_size(file);
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    for (std::size_t at = page; at + page <= size; at += page) {
        stream.seekp(static_cast<std::streamoff>(at));
        stream << std::string(page / 2, '\x5a');
    }
}

void move_away(const std::string& file) {
    std::filesystem::rename(file, file + ".damaged");
}

/// 1 is filed; 2 is in the CRM, but the server did not get the request to move it; 3 was dropped
/// while the agent stood.
void begin(Scene& scene) {
    scene.begin();
    scene.drop({1});
    scene.work_until_finished(1);
    scene.exchange.on_request([](std::string_view operation, bool) {
        return operation != "MoveItem";
    });
    scene.drop({2});
    scene.pump([&] { return scene.mails().size() == 2 && scene.logged("error unreachable") > 0; });
    scene.stop();
    scene.exchange.on_request({});
    scene.drop({3});
}

std::string filed_with_one_forgotten() {
    std::string text = filed({1, 2, 3});
    text.erase(text.find("job done\n"), 9);  // 1 was done before the new journal began
    return text;
}

TEST(DamagedJournal, IsRefusedWithTheWayOutWhichLosesAndDoublesNothing) {
    Scene scene;
    begin(scene);
    damage(scene.journal());
    const std::string refusal = refusal_of(scene);
    ASSERT_NE(refusal.find(scene.journal() + ": the database is damaged"), std::string::npos)
        << refusal;
    EXPECT_NE(refusal.find("move the file away"), std::string::npos) << refusal;
    EXPECT_NE(refusal.find("mailferry queue backup"), std::string::npos) << refusal;
    EXPECT_EQ(scene.exchange.items(crash::anna, crash::deals).size(), 2U);
    move_away(scene.journal());
    scene.start();
    scene.work_until_finished(2);
    EXPECT_EQ(scene.told(), filed_with_one_forgotten()) << scene.log_text();
}

TEST(DamagedJournal, MayLeaveItsLogBesideTheNewOne) {
    Scene scene;
    scene.begin();
    scene.drop({1});
    scene.work_until_finished(1);
    const std::string log = world::read(scene.journal() + "-wal");
    EXPECT_NE(log, "");
    scene.stop();
    move_away(scene.journal());
    world::write(scene.journal() + "-wal", log);
    scene.drop({2, 3});
    scene.start();
    scene.work_until_finished(2);
    EXPECT_EQ(scene.told(), filed_with_one_forgotten()) << scene.log_text();
}

TEST(DamagedJournal, IsHeldAndToldWhereItIsNoticedAtWork) {
    Scene scene;
    scene.begin();
    scene.drop({1});
    scene.work_until_finished(1);
    {
        const crash::OtherProgram other(scene.journal());
        other.run("PRAGMA wal_checkpoint(TRUNCATE); CREATE TABLE stirred (n)");
    }
    damage(scene.journal());
    scene.drop({2, 3});
    scene.pump([&] { return scene.said(scene.journal(), "the database is damaged") > 0; });
    EXPECT_EQ(scene.exchange.items(crash::anna, crash::deals).size(), 2U);
    scene.stop();
    ASSERT_NE(refusal_of(scene).find("move the file away"), std::string::npos);
    move_away(scene.journal());
    scene.start();
    scene.work_until_finished(2);
    EXPECT_EQ(scene.told(), filed_with_one_forgotten()) << scene.log_text();
}

TEST(DamagedJournal, SaysTheSameWayOutAtWorkAsAtTheStart) {
    Scene scene;
    scene.begin();
    crash::OtherProgram(scene.journal()).run("CREATE TABLE stirred (n)");
    crash::ReadFaults::inject("journal.sqlite", SQLITE_CORRUPT);
    scene.drop({1});
    scene.pump([&] { return scene.said(scene.journal(), "the database is damaged") > 0; });
    EXPECT_GT(scene.said(scene.journal(), "mailferry queue backup"), 0U) << scene.log_text();
}

/// A mail in the Inbox that its user wants in the CRM; its id.
std::string ask_for(Scene& scene, int number) {
    const std::string item = scene.exchange.deliver(crash::anna, "inbox", crash::offer(number));
    scene.exchange.categorise(crash::anna, item, {"Company CRM"});
    return item;
}

TEST(DamagedJournal, KnewWhatWasAskedForInTheInboxWhichIsTakenWhenItIsAskedForAnew) {
    Scene scene;
    scene.begin();
    scene.stop();
    const std::string item = ask_for(scene, 1);
    move_away(scene.journal());
    scene.begin();
    EXPECT_EQ(scene.told(), "Inbox: Offer 1 [Company CRM]\n")
        << "the first reading of an Inbox takes nothing";
    scene.exchange.categorise(crash::anna, item, {"Company CRM"});
    scene.work_until_finished(1);
    EXPECT_EQ(
        scene.told(),
        "CRM: email Offer 1\nInbox: Offer 1 [Company CRM] [Processing Complete]\njob done\n"
    ) << scene.log_text();
}

TEST(DamagedJournal, IsRefusedInOneLine) {
    Scene scene;
    begin(scene);
    damage(scene.journal());
    const std::string refusal = refusal_of(scene);
    EXPECT_EQ(refusal.find('\n'), std::string::npos) << refusal;
}

TEST(DamagedJournal, TellsThatWhatWaitsInTheInboxHasToBeAskedForAnew) {
    Scene scene;
    begin(scene);
    damage(scene.journal());
    const std::string refusal = refusal_of(scene);
    EXPECT_NE(refusal.find("Inbox"), std::string::npos) << refusal;
}

/// Whoever runs the tests is not root as long as it lives: root may write everything.
class NotRoot {
public:
    NotRoot() { EXPECT_EQ(was_root_ ? ::seteuid(65534) : 0, 0); }
    ~NotRoot() { EXPECT_EQ(was_root_ ? ::seteuid(0) : 0, 0); }
    NotRoot(const NotRoot&) = delete;
    NotRoot& operator=(const NotRoot&) = delete;

private:
    bool was_root_ = ::geteuid() == 0;
};

/// What is in the folder and the folder itself can be read and not written, or both.
void make_writable(const Scene& scene, bool writable) {
    for (const auto& entry : std::filesystem::directory_iterator(scene.folder.path)) {
        if (entry.path().filename() == "password") {  // its user's alone, whoever that is
            const bool may_give = ::geteuid() == 0;
            EXPECT_EQ(may_give ? ::chown(entry.path().c_str(), 65534, 65534) : 0, 0);
            continue;
        }
        ::chmod(entry.path().c_str(), writable ? 0666 : 0444);
    }
    ::chmod(scene.folder.path.c_str(), writable ? 0777 : 0555);
}

TEST(ReadOnlyFolder, OfTheJournalIsToldByTheStart) {
    Scene scene;
    begin(scene);
    make_writable(scene, false);
    std::string refusal;
    {
        const NotRoot user;
        refusal = refusal_of(scene);
    }
    make_writable(scene, true);
    EXPECT_NE(refusal.find(scene.journal()), std::string::npos) << refusal;
    ASSERT_NE(refusal.find("give this user the right to write the file and its folder"), std::string::npos)
        << refusal;
    scene.start();
    scene.work_until_finished(3);
    EXPECT_EQ(scene.told(), filed({1, 2, 3})) << scene.log_text();
}

TEST(ReadOnlyFile, OfTheJournalIsToldByTheStartAndNotTakenForDamage) {
    Scene scene;
    begin(scene);
    make_writable(scene, true);
    ::chmod(scene.journal().c_str(), 0444);
    std::string refusal;
    {
        const NotRoot user;
        refusal = refusal_of(scene);
    }
    ::chmod(scene.journal().c_str(), 0644);
    ASSERT_NE(refusal.find("give this user the right to write"), std::string::npos) << refusal;
    EXPECT_EQ(refusal.find("damaged"), std::string::npos) << refusal;
    scene.start();
    scene.work_until_finished(3);
    EXPECT_EQ(scene.told(), filed({1, 2, 3})) << scene.log_text();
}

TEST(ForbiddenLog, OfTheJournalIsNotTakenForDamage) {
    Scene scene;
    begin(scene);
    make_writable(scene, true);
    world::write(scene.journal() + "-wal", "");
    ::chmod((scene.journal() + "-wal").c_str(), 0400);
    std::string refusal;
    {
        const NotRoot user;
        refusal = refusal_of(scene);
    }
    EXPECT_NE(refusal.find("may be accessed"), std::string::npos) << refusal;
    EXPECT_EQ(refusal.find("damaged"), std::string::npos) << refusal;
    std::filesystem::remove(scene.journal() + "-wal");
}

TEST(FullDisk, AtTheVeryFirstStartIsTold) {
    Scene scene;
    crash::inject({crash::FileOperation::write, "journal.sqlite", SQLITE_FULL, 1, true});
    const std::string refusal = refusal_of(scene);
    ASSERT_NE(
        refusal.find(scene.journal() + ": the disk is full; free some space"), std::string::npos
    ) << refusal;
    crash::mend_disk();
    scene.begin();
    scene.drop({1});
    scene.work_until_finished(1);
    EXPECT_EQ(scene.told(), filed({1})) << scene.log_text();
}

TEST(ReadOnlyDisk, AtTheVeryFirstStartIsTold) {
    Scene scene;
    crash::inject({crash::FileOperation::write, "journal.sqlite", SQLITE_READONLY, 1, true});
    const std::string refusal = refusal_of(scene);
    EXPECT_NE(refusal.find(scene.journal() + ": the database is read-only"), std::string::npos)
        << refusal;
    EXPECT_EQ(refusal.find("damaged"), std::string::npos) << refusal;
}

TEST(FullDisk, WhereMailsWaitIsToldByTheStart) {
    Scene scene;
    begin(scene);
    crash::inject({crash::FileOperation::write, "journal.sqlite", SQLITE_FULL, 1, true});
    scene.clock.ahead =
        -std::chrono::hours(1);  // so that what waits is not due, and has to be woken
    const std::string refusal = refusal_of(scene);
    ASSERT_NE(
        refusal.find(scene.journal() + ": the disk is full; free some space"), std::string::npos
    ) << refusal;
    crash::mend_disk();
    scene.clock.ahead = {};
    scene.start();
    scene.work_until_finished(3);
    EXPECT_EQ(scene.told(), filed({1, 2, 3})) << scene.log_text();
}

}  // namespace
