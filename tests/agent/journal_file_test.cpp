#include "agent/journal_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include "agent/journal.hpp"
#include "agent/limits.hpp"
#include "crm/embedded/schema.hpp"
#include "tests/agent/folder.hpp"
#include "tests/agent/story.hpp"

namespace {

using agent::Job;
using agent::Journal;
using agent::State;
using agent::Time;
using agent_test::anna;

const agent::WatchedFolder deals{"f1", "- Create New Opportunity", agent_test::opportunity()};

constexpr const char* first_version = R"(
    CREATE TABLE folder (mailbox TEXT NOT NULL, folder TEXT NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL,
        sync_state TEXT NOT NULL, PRIMARY KEY (mailbox, folder)) STRICT;
    CREATE TABLE job (id INTEGER PRIMARY KEY AUTOINCREMENT, mailbox TEXT NOT NULL, item TEXT NOT NULL,
        role TEXT NOT NULL, state TEXT NOT NULL, subject TEXT NOT NULL DEFAULT '',
        message_id TEXT NOT NULL DEFAULT '', decision TEXT NOT NULL DEFAULT '', record TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0,
        due INTEGER NOT NULL, queued INTEGER NOT NULL, changed INTEGER NOT NULL, UNIQUE (mailbox, item)) STRICT;
    CREATE INDEX waiting ON job (mailbox, due) WHERE state IN ('queued', 'planned', 'archived');
    INSERT INTO folder VALUES ('anna@us.example', 'f1', 'create-new/case', 'x', 's1');
    INSERT INTO job (mailbox, item, role, state, due, queued, changed)
        VALUES ('anna@us.example', 'i1', 'create-new/opportunity', 'done', 1, 1, 1);
    PRAGMA user_version = 1;
)";

constexpr const char* second_version = R"(
    CREATE TABLE folder (mailbox TEXT NOT NULL, folder TEXT NOT NULL, sync_state TEXT NOT NULL,
        since INTEGER NOT NULL, from_start INTEGER NOT NULL, PRIMARY KEY (mailbox, folder)) STRICT;
    CREATE TABLE job (id INTEGER PRIMARY KEY AUTOINCREMENT, mailbox TEXT NOT NULL, item TEXT NOT NULL,
        role TEXT NOT NULL, state TEXT NOT NULL, subject TEXT NOT NULL DEFAULT '',
        message_id TEXT NOT NULL DEFAULT '', decision TEXT NOT NULL DEFAULT '', record TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0,
        due INTEGER NOT NULL, queued INTEGER NOT NULL, changed INTEGER NOT NULL, UNIQUE (mailbox, item)) STRICT;
    CREATE INDEX waiting ON job (mailbox, due) WHERE state IN ('queued', 'planned', 'archived');
    INSERT INTO folder VALUES ('anna@us.example', 'f1', 's1', 7000, 0);
    INSERT INTO job VALUES
        (3, 'anna@us.example', 'new', 'create-new/case', 'queued', '', '', '', '', '', '', 0, 1, 1, 1),
        (4, 'anna@us.example', 'hiccup', 'create-new/case', 'planned', '', '', '{}', '', '', 'busy', 2, 1, 1, 1),
        (5, 'anna@us.example', 'trouble', 'create-new/case', 'planned', 'Offer', '<1@acme.example>', '{}', '', '',
            'no right', 3, 9000, 1000, 8000),
        (6, 'anna@us.example', 'half', 'assign-to/case/17', 'archived', '', '', '{}', '12', '{"a":1}', '', 4, 1, 1, 1),
        (7, 'anna@us.example', 'failed', 'create-new/case', 'failed', '', '', '', '', '', 'a bug', 1, 1, 1, 1),
        (8, 'anna@us.example', 'done', 'create-new/case', 'done', '', '', '{}', '13', '{}', '', 5, 1, 1, 1),
        (9, 'anna@us.example', 'given up', 'create-new/case', 'given-up', '', '', '', '', '', '', 50, 1, 1, 1),
        (10, 'anna@us.example', 'seen', 'inbox', 'queued', '', '', '', '', '', '', 0, 1, 1, 1),
        (11, 'anna@us.example', 'sent', 'sent-items', 'queued', '', '', '', '', '', '', 0, 1, 1, 1);
    PRAGMA user_version = 2;
)";

constexpr const char* third_version = R"(
    CREATE TABLE folder (mailbox TEXT NOT NULL, folder TEXT NOT NULL, sync_state TEXT NOT NULL,
        since INTEGER NOT NULL, from_start INTEGER NOT NULL, PRIMARY KEY (mailbox, folder)) STRICT;
    CREATE TABLE job (id INTEGER PRIMARY KEY AUTOINCREMENT, mailbox TEXT NOT NULL, item TEXT NOT NULL,
        role TEXT NOT NULL, state TEXT NOT NULL, subject TEXT NOT NULL DEFAULT '',
        message_id TEXT NOT NULL DEFAULT '', decision TEXT NOT NULL DEFAULT '', record TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0,
        due INTEGER NOT NULL, queued INTEGER NOT NULL, changed INTEGER NOT NULL,
        automatic INTEGER NOT NULL DEFAULT 0, shown TEXT NOT NULL DEFAULT '', original TEXT NOT NULL DEFAULT '',
        UNIQUE (mailbox, item)) STRICT;
    CREATE INDEX waiting ON job (mailbox, automatic, due) WHERE state IN ('queued', 'planned', 'archived');
    CREATE INDEX finished ON job (changed) WHERE state = 'done';
    CREATE INDEX troubled ON job (mailbox) WHERE state = 'failed' OR shown = 'error';
    CREATE INDEX left_pending ON job (mailbox)
        WHERE shown = 'pending' AND state NOT IN ('queued', 'planned', 'archived');
    CREATE TABLE mailbox (mailbox TEXT PRIMARY KEY, category TEXT NOT NULL DEFAULT '',
        accepted TEXT NOT NULL DEFAULT '', frozen INTEGER NOT NULL DEFAULT 0, cycle INTEGER NOT NULL DEFAULT 0,
        alarmed INTEGER NOT NULL DEFAULT 0, alarmed_since INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
    CREATE TABLE request (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, mailbox TEXT NOT NULL,
        role TEXT NOT NULL, asked INTEGER NOT NULL) STRICT;
    CREATE TABLE notice (key TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL,
        made INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL,
        PRIMARY KEY (key, recipient)) STRICT, WITHOUT ROWID;
    INSERT INTO folder VALUES ('anna@us.example', 'f1', 's1', 7000, 0);
    INSERT INTO job (id, mailbox, item, role, state, due, queued, changed, automatic, shown, original) VALUES
        (3, 'anna@us.example', 'seen', 'inbox', 'planned', 9000, 1000, 8000, 1, 'pending', 'i0');
    INSERT INTO mailbox VALUES ('anna@us.example', 'CRM', '', 1000, 2000, 1, 3000);
    INSERT INTO request VALUES (2, 'sync-now', 'anna@us.example', '', 1000);
    INSERT INTO notice VALUES ('k1', 'admin@us.example', 'Errors', 'text', 1000, 2, 5000);
    PRAGMA user_version = 3;
)";

Time at(int seconds) {
    return Time(std::chrono::seconds(seconds));
}

/// Runs SQL on the file behind the journal's back; the rows, their columns joined by spaces.
std::string tamper(const std::string& path, const char* sql) {
    std::string rows;
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    const auto take = [](void* text, int columns, char** values, char**) {
        std::string row;
        for (int i = 0; i < columns; ++i) row += (i == 0 ? "" : " ") + std::string(values[i]);
        *static_cast<std::string*>(text) += row + "\n";
        return 0;
    };
    EXPECT_EQ(sqlite3_exec(database, sql, take, &rows, nullptr), SQLITE_OK);
    sqlite3_close(database);
    return rows;
}

class JournalFile : public testing::Test {
protected:
    std::unique_ptr<Journal> open() { return Journal::open(path_).value(); }

    /// Why it is not opened; the path of the folder is left out.
    std::string refused() const { return why(Journal::open(path_)); }
    std::string refused_beside() const { return why(Journal::open_beside(path_)); }

    std::string checked() const {
        const agent::Result<void> checked = agent::check_journal(path_);
        return checked ? "" : folder_.without_path(checked.error().text);
    }
    std::string bytes() const {
        std::ifstream file(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    /// Of the journal's folder, in order, each with a blank behind it.
    std::string files() const {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
            names.insert(entry.path().filename().string());
        }
        std::string text;
        for (const std::string& name : names) text += name + " ";
        return text;
    }
    /// By the agent, by a command and by the check alike, which leave the file as it is.
    void expect_foreign(const std::string& text) const {
        const std::string before = bytes();
        EXPECT_EQ(refused(), text);
        EXPECT_EQ(refused_beside(), text);
        EXPECT_EQ(checked(), text);
        EXPECT_EQ(bytes(), before);
        EXPECT_FALSE(std::filesystem::exists(path_ + ".lock"));
    }

    std::string why(const agent::Result<std::unique_ptr<Journal>>& journal) const {
        if (journal) return "";
        EXPECT_EQ(journal.error().code, agent::errc::journal);
        return folder_.without_path(journal.error().text);
    }

    /// That many jobs with that decision, all done; the file is closed.
    void fill(int jobs, const std::string& decision) {
        const auto journal = open();
        std::vector<agent::NewItem> items;
        for (int i = 0; i < jobs; ++i) items.push_back({fmt::format("item-{}", i)});
        ASSERT_TRUE(journal->enqueue(anna, deals, items, {}, at(1)));
        const std::vector<Job> queued = journal->list(true).value();
        ASSERT_TRUE(journal->begin_group());
        for (Job job : queued) {
            job.state = State::done;
            job.decision = decision;
            ASSERT_TRUE(journal->save(job, job.changed).value());
        }
        ASSERT_TRUE(journal->end_group());
    }

    /// Writes that many bytes into the file.
    void overwrite(std::uintmax_t place, std::size_t bytes) const {
        std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(place));
        file << std::string(bytes, '\xA5');
    }

    std::uintmax_t size() const { return std::filesystem::file_size(path_); }

    agent_test::Folder folder_;
    std::string path_ = folder_.file("journal");
};

TEST_F(JournalFile, ASecondAgentOnTheSameJournalIsRefused) {
    auto journal = open();
    EXPECT_EQ(refused(), "journal journal: another agent is running on it; stop that one first");
    journal.reset();
    EXPECT_EQ(refused(), "");
}

TEST_F(JournalFile, TheLockGoesWithTheFileWhereverThatWasMoved) {
    auto opened = agent::open_journal(path_, agent::Opened::alone);
    ASSERT_TRUE(opened);
    auto moved = std::make_unique<agent::JournalFile>(std::move(*opened));
    EXPECT_NE(refused(), "");
    moved.reset();
    EXPECT_EQ(refused(), "");
}

TEST_F(JournalFile, AnAgentThatCouldNotOpenItHoldsNoLock) {
    open().reset();
    tamper(path_, "PRAGMA user_version = 99");
    EXPECT_NE(refused(), "");
    tamper(path_, "PRAGMA user_version = 4");
    EXPECT_EQ(refused(), "");
}

TEST_F(JournalFile, QueueLooksBesideARunningAgent) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {{"i1"}}, {}, at(1)));
    const auto beside = Journal::open_beside(path_).value();
    Job job = beside->next(anna, at(1)).value().value();
    job.note = "seen";
    ASSERT_TRUE(beside->save(job, job.changed).value());
    EXPECT_EQ(journal->find(job.id).value()->note, "seen");
}

TEST_F(JournalFile, QueueDoesNotMakeAJournal) {
    EXPECT_EQ(refused_beside(), "journal journal: there is none yet; the agent makes it");
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(JournalFile, OneInMemoryIsNobodyElses) {
    const auto one = Journal::open(":memory:").value(), other = Journal::open(":memory:").value();
    ASSERT_TRUE(one->enqueue(anna, deals, {{"i1"}}, {}, at(1)));
    EXPECT_EQ(one->list(true).value().size(), 1U);
    EXPECT_TRUE(other->list(true).value().empty());
    EXPECT_FALSE(std::filesystem::exists(":memory:"));
    EXPECT_FALSE(std::filesystem::exists(":memory:.lock"));
}

TEST_F(JournalFile, OfANewerVersionIsLeftAlone) {
    open().reset();
    tamper(path_, "PRAGMA user_version = 99");
    const char* const newer =
        "journal journal: written by a newer version of mailferry; use that one";
    EXPECT_EQ(refused(), newer);
    EXPECT_EQ(refused_beside(), newer);
    EXPECT_EQ(tamper(path_, "PRAGMA user_version"), "99\n");
}

TEST_F(JournalFile, OfAnOlderVersionIsLeftToTheAgent) {
    for (const char* const older : {first_version, second_version, third_version}) {
        folder_.write("journal", "");
        tamper(path_, older);
        EXPECT_EQ(
            refused_beside(),
            "journal journal: written by an older version of mailferry; start the agent of this one"
        ) << "an agent of that version may be working on it";
        EXPECT_EQ(
            tamper(path_, "SELECT count(*) FROM sqlite_master WHERE name = 'subscription'"), "0\n"
        );
    }
}

TEST_F(JournalFile, OfTheFirstVersionIsTakenOver) {
    tamper(path_, first_version);
    const auto journal = open();
    EXPECT_EQ(journal->progress(anna, "f1").value(), std::nullopt) << "read anew";
    EXPECT_EQ(journal->enqueue(anna, deals, {{"i1"}}, {}, at(1)).value(), 0)
        << "which doubles nothing";
    EXPECT_EQ(journal->list(true).value().front().state, State::done);
}

TEST_F(JournalFile, OfTheSecondVersionKeepsItsMailsAndFolders) {
    tamper(path_, second_version);
    const auto journal = open();
    EXPECT_EQ(journal->progress(anna, "f1").value(), (agent::FolderProgress{"s1", at(7), false}));
    const Job trouble = journal->find(5).value().value();
    Job expected;
    expected.id = 5;
    expected.mailbox = anna;
    expected.item = "trouble";
    expected.role = rules::role("create-new/case").value();
    expected.state = State::planned;
    expected.subject = "Offer";
    expected.message_id = "<1@acme.example>";
    expected.decision = "{}";
    expected.note = "no right";
    expected.shown = agent::Shown::error;
    expected.attempts = 3;
    expected.due = at(9);
    expected.queued = at(1);
    expected.changed = at(8);
    EXPECT_EQ(trouble, expected);
    ASSERT_TRUE(journal->enqueue(anna, deals, {{"next"}}, {}, at(1)));
    EXPECT_EQ(journal->list(true).value().back().id, 12) << "no number is given twice";
}

TEST_F(JournalFile, OfTheSecondVersionShowsAnErrorWhereThatVersionDid) {
    tamper(path_, second_version);
    open().reset();
    EXPECT_EQ(
        tamper(path_, "SELECT item, state, '(' || shown || ')' FROM job ORDER BY id"),
        "new queued ()\n"
        "hiccup planned ()\n"
        "trouble planned (error)\n"
        "half archived (error)\n"
        "failed failed (error)\n"
        "done done ()\n"
        "given up given-up ()\n"
        "seen queued ()\n"
        "sent queued ()\n"
    );
}

TEST_F(JournalFile, OfTheSecondVersionKnowsWhatCameThroughInboxAndSentItems) {
    tamper(path_, second_version);
    const auto journal = open();
    EXPECT_EQ(tamper(path_, "SELECT item FROM job WHERE automatic ORDER BY id"), "seen\nsent\n");
    for (bool more = true; more;) {
        std::optional<Job> job = journal->next(anna, at(10), agent::Which::dropped).value();
        more = job.has_value();
        if (!more) break;
        job->state = State::done;
        ASSERT_TRUE(journal->save(*job, job->changed).value());
    }
    EXPECT_EQ(journal->next(anna, at(10)).value()->item, "seen");
}

TEST_F(JournalFile, OfTheThirdVersionKeepsEverything) {
    tamper(path_, third_version);
    const auto journal = open();
    EXPECT_EQ(journal->progress(anna, "f1").value(), (agent::FolderProgress{"s1", at(7), false}));
    const Job job = journal->find(3).value().value();
    EXPECT_EQ(job.state, State::planned);
    EXPECT_EQ(job.shown, agent::Shown::pending);
    EXPECT_EQ(job.original, "i0");
    EXPECT_EQ(job.due, at(9));
    const agent::MailboxState state = journal->mailbox(anna).value();
    EXPECT_EQ(state.category, "CRM");
    EXPECT_EQ(state.alarm, agent::Alarm::errors);
    EXPECT_EQ(journal->requests().value().front().id, 2);
    EXPECT_EQ(journal->notices(at(5)).value().front().attempts, 2);
    EXPECT_TRUE(journal->subscriptions().value().empty());
    EXPECT_TRUE(journal->note_subscriptions(anna, {{"S1", "", ""}}, at(1)));
}

TEST_F(JournalFile, HasTheSameTablesWhateverItBeganAs) {
    const char* const shape =
        "SELECT m.type, m.name, coalesce("
        "(SELECT group_concat(name || ' ' || type) FROM pragma_table_info(m.name)), "
        "(SELECT group_concat(name) FROM pragma_index_info(m.name))) FROM sqlite_master m ORDER BY "
        "m.type, m.name";
    open().reset();
    const std::string expected = tamper(path_, shape);
    EXPECT_NE(expected.find("table notice"), std::string::npos);
    for (const char* const older : {first_version, second_version, third_version}) {
        std::filesystem::remove(path_);
        tamper(path_, older);
        open().reset();
        EXPECT_EQ(tamper(path_, shape), expected);
        EXPECT_EQ(tamper(path_, "PRAGMA user_version"), "4\n");
        EXPECT_EQ(tamper(path_, "PRAGMA application_id"), std::to_string(0x4d6c466a) + "\n");
    }
}

TEST_F(JournalFile, AnUpdateThatFailsLeavesTheOldVersionWhole) {
    tamper(path_, second_version);
    tamper(path_, "CREATE TABLE notice (a)");
    const std::string before = tamper(path_, "SELECT name, sql FROM sqlite_master WHERE sql <> ''");
    EXPECT_NE(refused(), "");
    EXPECT_EQ(tamper(path_, "SELECT name, sql FROM sqlite_master WHERE sql <> ''"), before);
    EXPECT_EQ(tamper(path_, "PRAGMA user_version"), "2\n");
    tamper(path_, "DROP TABLE notice");
    EXPECT_EQ(refused(), "");
}

TEST_F(JournalFile, WhatIsNoJournalIsRefused) {
    folder_.write("journal", std::string(4096, 'x'));
    EXPECT_TRUE(
        refused().starts_with("journal journal: this is not an SQLite database; check the path")
    );
}

TEST_F(JournalFile, AFolderThatIsMissingIsNamedWithTheRemedy) {
    path_ = folder_.file("missing/journal");
    EXPECT_EQ(
        refused(),
        "journal missing/journal.lock: cannot be made; check that the folder exists and may be "
        "written"
    );
    EXPECT_EQ(refused_beside(), "journal missing/journal: there is none yet; the agent makes it");
}

/// Whoever runs the tests is not root as long as it lives: root may enter every folder.
class NotRoot {
public:
    NotRoot() { EXPECT_EQ(was_root_ ? ::seteuid(65534) : 0, 0); }
    ~NotRoot() { EXPECT_EQ(was_root_ ? ::seteuid(0) : 0, 0); }
    NotRoot(const NotRoot&) = delete;
    NotRoot& operator=(const NotRoot&) = delete;

private:
    bool was_root_ = ::geteuid() == 0;
};

TEST_F(JournalFile, TheCheckFindsWhatThisUserMayNotWrite) {
    using std::filesystem::perms;
    open().reset();
    const auto as_user = [this](perms of_folder, perms of_file) {
        std::filesystem::permissions(path_, of_file);
        std::filesystem::permissions(folder_.path(), of_folder);
        std::string text;
        {
            const NotRoot user;
            text = checked();
        }
        std::filesystem::permissions(folder_.path(), perms::owner_all);
        return text;
    };
    const perms reading = perms::owner_read | perms::group_read | perms::others_read;
    const perms entering = perms::owner_exec | perms::group_exec | perms::others_exec;
    EXPECT_EQ(
        as_user(reading | entering, perms::all),
        "journal journal: its folder may not be written by this user; give it the right, or check "
        "as the agent's user"
    );
    EXPECT_EQ(
        as_user(perms::all, reading),
        "journal journal: may not be read and written by this user; give it the right, or check as "
        "the agent's user"
    );
    EXPECT_EQ(as_user(perms::all, perms::all), "");
}

TEST_F(JournalFile, AFolderThatMayNotBeEnteredIsNamedWithTheRemedy) {
    const auto everything = std::filesystem::perms::owner_all;
    open().reset();
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::none);
    std::string text;
    {
        const NotRoot user;
        text = refused();
    }
    std::filesystem::permissions(folder_.path(), everything);
    EXPECT_EQ(
        text,
        "journal journal.lock: cannot be made; check that the folder exists and may be written"
    );
}

TEST_F(JournalFile, AFolderThatIsNoneIsNamedWithTheRemedy) {
    folder_.write("plain", "a file");
    path_ = folder_.file("plain/journal");
    EXPECT_EQ(
        refused(),
        "journal plain/journal.lock: cannot be made; check that the folder exists and may be "
        "written"
    );
    EXPECT_EQ(refused_beside(), "journal plain/journal: there is none yet; the agent makes it");
}

TEST_F(JournalFile, AFolderAtItsPlaceIsRefused) {
    std::filesystem::create_directory(path_);
    const char* const text = "journal journal: is a folder; name a file in <journal file>";
    EXPECT_EQ(refused(), text);
    EXPECT_EQ(refused_beside(), text);
    EXPECT_EQ(checked(), text);
    EXPECT_EQ(files(), "journal ");
}

TEST_F(JournalFile, TheDatabaseOfTheCrmIsRefusedAndStaysAsItIs) {
    ASSERT_TRUE(crm::embedded::open_database(path_, crm::embedded::Opening::create));
    const char* const text =
        "journal journal: this is the database of the embedded CRM; name another file in <journal "
        "file>";
    expect_foreign(text);
    tamper(path_, "PRAGMA user_version = 9");
    expect_foreign(text);
    tamper(path_, "PRAGMA user_version = 3");
    EXPECT_TRUE(crm::embedded::open_database(path_, crm::embedded::Opening::read));
}

TEST_F(JournalFile, ADatabaseOfAnotherProgramIsRefusedAndStaysAsItIs) {
    for (const char* const other :
         {"CREATE TABLE x (a)",
          "CREATE TABLE x (a); PRAGMA user_version = 1",
          "CREATE TABLE x (a); PRAGMA user_version = 4",
          "CREATE TABLE x (a); PRAGMA user_version = 99",
          "CREATE TABLE job (id); CREATE TABLE folder (id); PRAGMA user_version = 2",
          "PRAGMA user_version = 3",
          "PRAGMA application_id = 1"}) {
        std::filesystem::remove(path_);
        tamper(path_, other);
        SCOPED_TRACE(other);
        expect_foreign(
            "journal journal: this is a database of another program; name another file in <journal "
            "file>"
        );
    }
}

TEST_F(JournalFile, IsMarkedAsOursAndSoAreItsCopies) {
    const char* const mark = "PRAGMA application_id";
    const std::string ours = std::to_string(0x4d6c466a) + "\n";
    ASSERT_TRUE(open()->back_up(folder_.file("copy")));
    EXPECT_EQ(tamper(path_, mark), ours);
    EXPECT_EQ(tamper(folder_.file("copy"), mark), ours);
}

TEST_F(JournalFile, OneWithoutAMarkGetsItFromTheAgentAlone) {
    fill(1, "{}");
    tamper(path_, "PRAGMA application_id = 0");
    EXPECT_EQ(refused_beside(), "");
    EXPECT_EQ(checked(), "");
    EXPECT_EQ(tamper(path_, "PRAGMA application_id"), "0\n");
    EXPECT_EQ(open()->list(true).value().size(), 1U);
    EXPECT_EQ(tamper(path_, "PRAGMA application_id"), std::to_string(0x4d6c466a) + "\n");
}

TEST_F(JournalFile, AnEmptyFileIsFilledByTheAgentAlone) {
    folder_.write("journal", "");
    EXPECT_EQ(refused_beside(), "journal journal: there is none yet; the agent makes it");
    EXPECT_EQ(checked(), "");
    EXPECT_EQ(size(), 0U);
    EXPECT_EQ(refused(), "");
}

TEST_F(JournalFile, TheCheckFindsNothingWrongWhereTheAgentCanStartOrRuns) {
    EXPECT_EQ(checked(), "");
    EXPECT_EQ(files(), "");
    for (const char* const older : {first_version, second_version, third_version}) {
        std::filesystem::remove(path_);
        tamper(path_, older);
        const std::string before = bytes();
        EXPECT_EQ(checked(), "");
        EXPECT_EQ(bytes(), before);
    }
    const auto journal = open();
    EXPECT_EQ(checked(), "");
}

TEST_F(JournalFile, TheCheckChangesNothing) {
    fill(10, "{}");
    const std::string before = bytes();
    EXPECT_EQ(checked(), "");
    EXPECT_EQ(bytes(), before);
    EXPECT_EQ(files(), "journal journal.lock ");
}

TEST_F(JournalFile, TheCheckFindsWhatIsNoJournal) {
    folder_.write("journal", std::string(4096, 'x'));
    EXPECT_TRUE(
        checked().starts_with("journal journal: this is not an SQLite database; check the path")
    ) << checked();
    std::filesystem::remove(path_);
    open().reset();
    tamper(path_, "PRAGMA user_version = 99");
    EXPECT_EQ(checked(), "journal journal: written by a newer version of mailferry; use that one");
    path_ = folder_.file("missing/journal");
    EXPECT_EQ(
        checked(),
        "journal missing/journal: its folder is not there, or may not be entered; make it"
    );
}

TEST_F(JournalFile, ADamagedPageIsToldWithTheWayOut) {
    fill(400, "{}");
    overwrite(size() / 4096 / 2 * 4096 + 1500, 2000);
    const std::string text = refused();
    EXPECT_TRUE(text.starts_with("journal journal: the database is damaged (")) << text;
    EXPECT_TRUE(
        text.ends_with("); put back a copy made by mailferry queue backup, or move the file away: "
                       "a new one is begun, the drop "
                       "folders are read from the start, what is in the CRM is not made twice, and what waits in "
                       "Inbox and Sent Items has to be given its category anew")
    ) << text;
    std::filesystem::remove(path_);
    EXPECT_EQ(refused(), "") << "the lock was given back, and the way out is one";
}

TEST_F(JournalFile, AFileThatWasCutOffIsDamaged) {
    fill(400, "{}");
    std::filesystem::resize_file(path_, size() / 2);
    EXPECT_NE(refused().find("the database is damaged"), std::string::npos) << refused();
}

TEST_F(JournalFile, ItsFirstPageIsNoExceptionFromThat) {
    fill(400, "{}");
    overwrite(100, 3000);
    EXPECT_NE(refused().find("damaged"), std::string::npos) << refused();
}

TEST_F(JournalFile, GivesBackTheSpaceOfWhatWasForgotten) {
    fill(1000, std::string(16'000, 'x'));
    const std::uintmax_t full = size();
    EXPECT_GT(full, 4096U * agent::limits::free_pages);
    {
        const auto journal = open();
        ASSERT_TRUE(journal->enqueue(anna, deals, {{"waits"}}, {"s9", at(1), false}, at(1)));
        EXPECT_EQ(journal->prune(at(2)).value(), 1000U);
    }
    EXPECT_GE(size(), full) << "not while an agent works";
    open().reset();
    EXPECT_LT(size(), 200'000U);
    const auto journal = open();
    EXPECT_EQ(journal->list(true).value().front().item, "waits");
    EXPECT_EQ(journal->progress(anna, "f1").value()->sync_state, "s9");
}

TEST_F(JournalFile, LeavesALittleUnusedSpaceAlone) {
    fill(100, std::string(4000, 'x'));
    ASSERT_EQ(open()->prune(at(2)).value(), 100U);
    const std::string unused = tamper(path_, "PRAGMA freelist_count");
    EXPECT_NE(unused, "0\n");
    open().reset();
    EXPECT_EQ(tamper(path_, "PRAGMA freelist_count"), unused);
}

TEST_F(JournalFile, AFolderThatMayNotBeEnteredIsAnErrorForACommandToo) {
    open().reset();
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::none);
    std::string text;
    {
        const NotRoot user;
        EXPECT_NO_THROW(text = refused_beside());
    }
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all);
    EXPECT_NE(text, "");
}

TEST_F(JournalFile, IsLookedAtWhileTheAgentWrites) {
    const auto journal = open();
    ASSERT_TRUE(journal->begin_group());
    EXPECT_EQ(refused_beside(), "");
    ASSERT_TRUE(journal->end_group());
}

TEST_F(JournalFile, ADamagedFirstPageIsToldWithTheWayOut) {
    fill(400, "{}");
    overwrite(100, 3000);
    EXPECT_NE(refused().find("mailferry queue backup"), std::string::npos) << refused();
}

}  // namespace
