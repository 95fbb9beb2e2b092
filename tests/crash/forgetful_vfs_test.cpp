#include "tests/crash/forgetful_vfs.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace crash;

struct Close {
    void operator()(sqlite3* open) const { sqlite3_close(open); }
};
using Connection = std::unique_ptr<sqlite3, Close>;

/// A file in a folder of its own; each life of it is a process, as a VFS is registered once.
class ForgetfulVfs : public testing::Test {
protected:
    ForgetfulVfs() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "forgetful-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder = pattern;
        file = (folder / "test.sqlite").string();
    }
    ~ForgetfulVfs() override { std::filesystem::remove_all(folder); }

    /// Runs `work` in a process with this VFS; how that ended, as waitpid tells.
    static int life(const VfsOptions& options, const std::function<int()>& work) {
        const pid_t child = ::fork();
        if (child == 0) {
            register_forgetful_vfs(options);
            ::_exit(work());
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return status;
    }

    Connection open() const {
        sqlite3* connection = nullptr;
        sqlite3_open(file.c_str(), &connection);
        return Connection(connection);
    }

    static int run(const Connection& connection, const std::string& sql) {
        sqlite3_extended_result_codes(connection.get(), 1);
        return sqlite3_exec(connection.get(), sql.c_str(), nullptr, nullptr, nullptr);
    }

    static std::string ask(const Connection& connection, const std::string& sql) {
        std::string answer;
        const auto take = [](void* to, int, char** values, char**) {
            *static_cast<std::string*>(to) += values[0] == nullptr ? "" : values[0];
            return 0;
        };
        sqlite3_exec(connection.get(), sql.c_str(), take, &answer, nullptr);
        return answer;
    }

    static constexpr const char* durable = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
    static constexpr const char* careless = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF";

    /// A table with one row, which every later life finds.
    void begin() const {
        run(open(), "PRAGMA journal_mode = WAL; CREATE TABLE t (n); INSERT INTO t VALUES (1)");
    }

    /// What is left, as the next process sees it.
    std::string rows() const {
        std::filesystem::remove(file + "-shm");
        const Connection connection = open();
        return ask(connection, "PRAGMA integrity_check") + ": " +
               ask(connection, "SELECT sum(n) FROM t");
    }

    static bool was_killed(int status) {
        return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    }

    std::filesystem::path folder;
    std::string file;
};

VfsOptions remembering(Memory memory, std::uint64_t seed = 0) {
    return {memory, seed, false, {}};
}

TEST_F(ForgetfulVfs, KeepsWhatWasCommittedAndSynced) {
    begin();
    const int status = life(remembering(Memory::forgetful), [&] {
        const Connection connection = open();
        run(connection, durable);
        run(connection, "INSERT INTO t VALUES (2)");
        cut_power();
        return 0;
    });
    EXPECT_TRUE(was_killed(status));
    EXPECT_EQ(rows(), "ok: 3");
}

TEST_F(ForgetfulVfs, ForgetsWhatWasCommittedButNotSynced) {
    begin();
    life(remembering(Memory::forgetful), [&] {
        const Connection connection = open();
        run(connection, careless);
        run(connection, "INSERT INTO t VALUES (2)");
        cut_power();
        return 0;
    });
    EXPECT_EQ(rows(), "ok: 1");
}

TEST_F(ForgetfulVfs, RemembersItWhereTheProcessAloneDies) {
    begin();
    life(remembering(Memory::plain), [&] {
        const Connection connection = open();
        run(connection, careless);
        run(connection, "INSERT INTO t VALUES (2)");
        cut_power();
        return 0;
    });
    EXPECT_EQ(rows(), "ok: 3");
}

TEST_F(ForgetfulVfs, ShowsTheProcessItselfWhatIsUnsynced) {
    begin();
    const int status = life(remembering(Memory::forgetful), [&] {
        const Connection connection = open(), other = open();
        run(connection, careless);
        run(connection, "INSERT INTO t VALUES (2)");
        return ask(other, "SELECT sum(n) FROM t") == "3" ? 0 : 1;
    });
    EXPECT_EQ(status, 0);
    EXPECT_EQ(rows(), "ok: 3") << "closed in good order";
}

TEST_F(ForgetfulVfs, TornWritesLoseTheOpenTransactionAndNothingElse) {
    constexpr const char* large =
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000) "
        "INSERT INTO t SELECT zeroblob(200) || n FROM c";
    int partly = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        std::filesystem::remove(file);
        std::filesystem::remove(file + "-wal");
        begin();
        int writes = 0;
        VfsOptions options = remembering(Memory::torn, seed);
        options.on_event = [&](const FileEvent& event) {
            if (event.operation == FileOperation::write) ++writes;
            if (event.operation == FileOperation::sync && writes > 20)
                cut_power();  // not that of the log's header
        };
        life(options, [&] {
            const Connection connection = open();
            run(connection, durable);
            run(connection, large);
            return 0;
        });
        std::error_code ec;
        if (std::filesystem::file_size(file + "-wal", ec) > 32 && !ec) ++partly;
        EXPECT_EQ(rows(), "ok: 1") << "seed " << seed;
    }
    EXPECT_GT(partly, 5) << "hardly ever a part was on the disk";
}

TEST_F(ForgetfulVfs, TellsOfEveryOperationBeforeAndAfter) {
    begin();
    std::string seen;
    VfsOptions options = remembering(Memory::forgetful);
    options.on_event = [&](const FileEvent& event) {
        if (event.operation == FileOperation::sync) seen += to_text(event) + "\n";
    };
    const int status = life(options, [&] {
        const Connection connection = open();
        run(connection, durable);
        seen.clear();
        run(connection, "INSERT INTO t VALUES (2)");
        const std::string wal = "sync test.sqlite-wal before\nsync test.sqlite-wal after\n";
        return seen == wal || seen == wal + wal ? 0 : 1;  // a new log has its header synced apart
    });
    EXPECT_EQ(status, 0);
}

TEST_F(ForgetfulVfs, LetsTheNthOperationFailOnce) {
    begin();
    const int status = life(remembering(Memory::plain), [&] {
        const Connection connection = open();
        run(connection, durable);
        run(connection, "INSERT INTO t VALUES (2)");
        inject({FileOperation::sync, "test.sqlite", SQLITE_IOERR_FSYNC, 2, false});
        const int first = run(connection, "INSERT INTO t VALUES (4)");
        const int second = run(connection, "INSERT INTO t VALUES (8)");
        const int third = run(connection, "INSERT INTO t VALUES (16)");
        return first == SQLITE_OK && second == SQLITE_IOERR_FSYNC && third == SQLITE_OK ? 0 : 1;
    });
    EXPECT_EQ(status, 0);
    EXPECT_EQ(rows(), "ok: 23");
}

TEST_F(ForgetfulVfs, LetsEveryWriteFailUntilTheFaultIsLifted) {
    begin();
    const int status = life(remembering(Memory::forgetful), [&] {
        const Connection connection = open();
        run(connection, durable);
        inject({FileOperation::write, "other.sqlite", SQLITE_READONLY, 1, true});
        inject({FileOperation::write, "test.sqlite-wal", SQLITE_FULL, 1, true});
        for (int i = 0; i < 3; ++i) {
            if (run(connection, "INSERT INTO t VALUES (2)") != SQLITE_FULL) return 1;
        }
        lift_faults();
        return run(connection, "INSERT INTO t VALUES (4)");
    });
    EXPECT_EQ(status, 0);
    EXPECT_EQ(rows(), "ok: 5");
}

/// A file as SQLite holds it, without a database in it.
class Raw {
public:
    explicit Raw(const std::string& path) : path_(path + '\0') {
        const auto bytes = static_cast<std::size_t>(sqlite3_vfs_find(nullptr)->szOsFile);
        memory_.resize(bytes / sizeof(std::max_align_t) + 1);
        open();
    }
    Raw(const Raw&) = delete;
    Raw& operator=(const Raw&) = delete;
    ~Raw() { file()->pMethods->xClose(file()); }
    void open_anew() {
        file()->pMethods->xClose(file());
        open();
    }

    void write(sqlite3_int64 offset, const std::string& bytes) {
        const int amount = static_cast<int>(bytes.size());
        file()->pMethods->xWrite(file(), bytes.data(), amount, offset);
    }
    void truncate(sqlite3_int64 size) { file()->pMethods->xTruncate(file(), size); }
    bool sync() { return file()->pMethods->xSync(file(), SQLITE_SYNC_NORMAL) == SQLITE_OK; }
    bool sync_that_loses() {
        inject({FileOperation::sync, "", SQLITE_IOERR_FSYNC, 1, false, true});
        return sync();
    }
    std::string all() {
        sqlite3_int64 size = 0;
        file()->pMethods->xFileSize(file(), &size);
        std::string bytes(static_cast<std::size_t>(size), '?');
        file()->pMethods->xRead(file(), bytes.data(), static_cast<int>(size), 0);
        return bytes;
    }

private:
    sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory_.data()); }
    void open() {
        sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
        constexpr int flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        if (vfs->xOpen(vfs, path_.c_str(), file(), flags, nullptr) != SQLITE_OK) ::_exit(2);
    }

    std::string path_;
    std::vector<std::max_align_t> memory_;
};

/// What a sync loses. The file has three sectors of a, all synced.
class LosingSync : public ForgetfulVfs {
protected:
    /// Whether the life came to its end: the work says whether it went as expected.
    bool lived(const std::function<bool(Raw&)>& work, Memory memory = Memory::forgetful) const {
        return was_killed(life(remembering(memory), [&] {
            Raw raw(file);
            raw.write(0, of('a') + of('a') + of('a'));
            raw.sync();
            if (work(raw)) cut_power();
            return 1;
        }));
    }
    static std::string of(char c, std::size_t amount = 512) { return std::string(amount, c); }

    std::string left() const {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

TEST_F(LosingSync, LeavesAllReadableAndForgetsItThoughTheNextOneSucceeds) {
    EXPECT_TRUE(lived([](Raw& raw) {
        raw.write(512, of('b'));
        return !raw.sync_that_loses() && raw.sync() && raw.all() == of('a') + of('b') + of('a');
    }));
    EXPECT_EQ(left(), of('a') + of('a') + of('a'));
}

TEST_F(LosingSync, DoesNotConcernWhatIsWrittenAgain) {
    EXPECT_TRUE(lived([](Raw& raw) {
        raw.write(0, of('b') + of('b') + of('b'));
        if (raw.sync_that_loses()) return false;
        raw.write(600, "c");
        return raw.sync() && raw.all() == of('b') + of('b', 88) + "c" + of('b', 423) + of('b');
    }));
    EXPECT_EQ(left(), of('a') + of('b', 88) + "c" + of('b', 423) + of('a')) << "the whole sector";
}

TEST_F(LosingSync, ForgetsWhatIsWrittenAgainButNotSyncedAgain) {
    EXPECT_TRUE(lived([](Raw& raw) {
        raw.write(0, of('b') + of('b'));
        if (raw.sync_that_loses()) return false;
        raw.write(0, of('c'));
        return raw.all() == of('c') + of('b') + of('a');
    }));
    EXPECT_EQ(left(), of('a') + of('a') + of('a'));
}

TEST_F(LosingSync, LeavesZerosWhereTheFileHasGrown) {
    EXPECT_TRUE(lived([](Raw& raw) {
        raw.write(1536, of('b') + "b");
        if (raw.sync_that_loses() || raw.all().size() != 2049) return false;
        return raw.sync() && raw.all() == of('a') + of('a') + of('a') + of('b') + "b";
    }));
    EXPECT_EQ(left(), of('a') + of('a') + of('a') + of('\0', 513));
}

TEST_F(LosingSync, LeavesTheFileShortWhileNoOtherFollows) {
    EXPECT_TRUE(lived([](Raw& raw) {
        raw.write(1536, of('b'));
        return !raw.sync_that_loses();
    }));
    EXPECT_EQ(left(), of('a') + of('a') + of('a'));
}

TEST_F(LosingSync, ShowsNothingOfWhatWasCutOffLater) {
    EXPECT_TRUE(lived([](Raw& raw) {
        raw.write(512, of('b') + of('b'));
        if (raw.sync_that_loses()) return false;
        raw.truncate(520);
        raw.truncate(1536);
        const std::string now = of('a') + of('b', 8) + of('\0', 504) + of('\0');
        return raw.all() == now && raw.sync() && raw.all() == now;
    }));
    EXPECT_EQ(left(), of('a') + of('b', 8) + of('\0', 504) + of('\0')) << "the cut is a write";
}

TEST_F(LosingSync, CutsOffWhatTheNextOneIsToCutOff) {
    EXPECT_TRUE(lived([](Raw& raw) {
        raw.write(0, of('b'));
        raw.truncate(1024);
        return !raw.sync_that_loses() && raw.sync() && raw.all() == of('b') + of('a');
    }));
    EXPECT_EQ(left(), of('a') + of('a'));
}

TEST_F(LosingSync, TearsNothingOfIt) {
    EXPECT_TRUE(lived(
        [](Raw& raw) {
            raw.write(0, of('b') + of('b') + of('b'));
            return !raw.sync_that_loses();
        },
        Memory::torn
    ));
    EXPECT_EQ(left(), of('a') + of('a') + of('a'));
}

TEST_F(LosingSync, HoldsForWhoeverOpensTheFileAnew) {
    EXPECT_TRUE(lived([](Raw& raw) {
        raw.write(0, of('b'));
        if (raw.sync_that_loses()) return false;
        raw.open_anew();
        return raw.sync() && raw.all() == of('b') + of('a') + of('a');
    }));
    EXPECT_EQ(left(), of('a') + of('a') + of('a'));
}

TEST_F(LosingSync, LosesWhatADatabaseHasCommittedBefore) {
    for (const bool loses : {false, true}) {
        std::filesystem::remove(file);
        std::filesystem::remove(file + "-wal");
        begin();
        const int status = life(remembering(Memory::forgetful), [&] {
            const Connection connection = open(), other = open();
            run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
            run(connection, "INSERT INTO t VALUES (2)");
            const auto sync_log = [&] {
                sqlite3_file* log = nullptr;
                sqlite3_file_control(connection.get(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
                return log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
            };
            if (sync_log() != SQLITE_OK) return 1;
            run(connection, "INSERT INTO t VALUES (4)");
            inject({FileOperation::sync, "test.sqlite-wal", SQLITE_IOERR_FSYNC, 1, false, loses});
            if (sync_log() != SQLITE_IOERR_FSYNC || sync_log() != SQLITE_OK) return 1;
            if (ask(other, "SELECT sum(n) FROM t") == "7") cut_power();
            return 1;
        });
        EXPECT_TRUE(was_killed(status));
        EXPECT_EQ(rows(), loses ? "ok: 3" : "ok: 7");
    }
}

}  // namespace
