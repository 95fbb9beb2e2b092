// What the embedded CRM has said yes to survives a power cut, also where the disk has failed once
// before, or has lost what an earlier process has written.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "crm/embedded/embedded.hpp"
#include "tests/crash/forgetful_vfs.hpp"
#include "tests/crm/run.hpp"

namespace {

using crm::embedded::open_embedded;
using crm::embedded::Opening;
using crm_test::run;

/// The nth sync from now on fails, and what it was to write never reaches the disk.
void lose_at_sync(const std::string& file, std::uint64_t nth, bool lasting = false) {
    crash::inject({crash::FileOperation::sync, file, SQLITE_IOERR_FSYNC, nth, lasting, true});
}

/// Another connection to the same file, so that the log outlives that of the CRM.
class Bystander {
public:
    explicit Bystander(const std::string& path) {
        sqlite3_open(path.c_str(), &connection_);
        ask("SELECT count(*) FROM sqlite_schema");
    }
    Bystander(const Bystander&) = delete;
    Bystander& operator=(const Bystander&) = delete;
    ~Bystander() { sqlite3_close(connection_); }

    std::string ask(const char* sql) {
        std::string answer;
        const auto take = [](void* to, int, char** values, char**) {
            *static_cast<std::string*>(to) += values[0] == nullptr ? "" : values[0];
            return 0;
        };
        const int code = sqlite3_exec(connection_, sql, take, &answer, nullptr);
        return code == SQLITE_OK ? answer : sqlite3_errstr(code);
    }

private:
    sqlite3* connection_ = nullptr;
};

class Confirmed : public testing::Test {
protected:
    Confirmed() {
        boost::asio::io_context context;
        open_embedded(url(), Opening::create).value();
    }

    /// One process with this CRM, on a disk that forgets what was not synced; ends by a power cut.
    struct Life {
        explicit Life(const std::string& its_url) : url(its_url) { open(); }
        void open() { crm = open_embedded(url, Opening::write).value(); }
        bool store(const std::string& key, std::size_t bytes = 0) {
            crm::Bundle bundle;
            bundle.mail.key = key;
            bundle.mail.original = std::make_shared<const std::string>(
                "Subject: " + key + "\r\n\r\n" + std::string(bytes, 'x')
            );
            return run(context, crm->store_bundle(std::move(bundle))).has_value();
        }

        std::string url;
        boost::asio::io_context context;
        std::unique_ptr<crm::embedded::Embedded> crm;
    };

    void live(
        const std::function<void(Life&)>& life,
        const crash::VfsOptions& options = {crash::Memory::forgetful, 1, false, {}}
    ) const {
        const pid_t child = ::fork();
        if (child == 0) {
            crash::register_forgetful_vfs(options);
            Life one(url());
            life(one);
            crash::cut_power();
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "something was not so";
        std::filesystem::remove(folder_.file("crm.db-shm"));
    }
    /// For use in a life: there no test framework is told anything.
    static void must(bool holds) {
        if (!holds) ::_exit(1);
    }

    /// Of the mails 1 … 9 those that are there.
    std::string left() const {
        boost::asio::io_context context;
        const auto crm = open_embedded(url(), Opening::read).value();
        std::string found;
        for (char n = '1'; n <= '9'; ++n) {
            const std::string key = std::string("email:") + n;
            if (!run(context, crm->known({key})).value().empty()) found += n;
        }
        return found;
    }

    /// Of these keys how many are there.
    std::size_t found(const std::set<std::string>& keys) const {
        boost::asio::io_context context;
        const auto crm = open_embedded(url(), Opening::read).value();
        return run(context, crm->known(keys)).value().size();
    }

    /// After a loss the power fails at the first operation on a file while this is done, in another
    /// life at the second …, until it comes to its end.
    void cut_everywhere_in(const std::function<void(Life&)>& what) const {
        bool is_over = false;
        std::uint64_t nth = 0;
        while (!is_over && nth < 1000) {
            ++nth;
            for (const auto* name : {"crm.db", "crm.db-wal", "over"}) {
                std::filesystem::remove(folder_.file(name));
            }
            open_embedded(url(), Opening::create).value();
            bool is_cutting = false;
            std::uint64_t events = 0;
            const auto count = [&](const crash::FileEvent&) {
                if (is_cutting && ++events == nth) crash::cut_power();
            };
            const auto memory = nth % 2 == 0 ? crash::Memory::forgetful : crash::Memory::torn;
            const auto life = [&](Life& one) {
                for (const auto* key : {"email:1", "email:2", "email:3"})
                    must(one.store(key, 20'000));
                lose_at_sync("crm.db-wal", 1);
                must(!one.store("email:4", 20'000));
                is_cutting = true;
                what(one);
                must(std::ofstream(folder_.file("over")).is_open());
            };
            live(life, {memory, nth, false, count});
            is_over = std::filesystem::exists(folder_.file("over"));
            ASSERT_EQ(state(), "ok") << "the power failed at " << nth;
            ASSERT_EQ(left().substr(0, 3), "123") << "the power failed at " << nth;
        }
        EXPECT_TRUE(is_over);
    }

    /// What SQLite thinks of the file: "ok".
    std::string state() const {
        return Bystander(folder_.file("crm.db")).ask("PRAGMA integrity_check");
    }

    std::string url() const { return "sqlite:" + folder_.file("crm.db"); }

    crm_test::Folder folder_;
};

TEST_F(Confirmed, WithTheAnswer) {
    live([](Life& life) { must(life.store("email:1")); });
    EXPECT_EQ(left(), "1");
}

TEST_F(Confirmed, NotWhereTheDiskFailsButAfterItWorksAgain) {
    live([](Life& life) {
        must(life.store("email:1"));
        crash::inject(
            {crash::FileOperation::sync, "crm.db-wal", SQLITE_IOERR_FSYNC, 1, false, false}
        );
        must(!life.store("email:2"));
        must(life.store("email:2"));
        must(life.store("email:3"));
    });
    EXPECT_EQ(left(), "123");
}

TEST_F(Confirmed, NotWhereTheDiskLosesWritesButAfterItWorksAgain) {
    live([](Life& life) {
        must(life.store("email:1"));
        lose_at_sync("crm.db-wal", 1);
        must(!life.store("email:2"));
        must(life.store("email:2"));
        must(life.store("email:3"));
    });
    EXPECT_EQ(left(), "123");
}

TEST_F(Confirmed, NotWhereTheDiskLosesWritesAgainAndAgain) {
    live([](Life& life) {
        must(life.store("email:1"));
        lose_at_sync("crm.db", 1, true);
        must(!life.store("email:2"));
        must(!life.store("email:3"));
        crash::lift_faults();
        must(life.store("email:2"));
    });
    EXPECT_EQ(left(), "12");
}

// Its last commit has failed, and the next process can read it nevertheless.
TEST_F(Confirmed, NotWhatAnEarlierOpeningHasLostUntilItIsOnTheDisk) {
    live([](Life& life) {
        must(life.store("email:1"));
        lose_at_sync("crm.db", 1, true);  // also while it is closed
        must(!life.store("email:2"));
        life.crm.reset();
        crash::lift_faults();
        life.open();
        must(life.store("email:2"));
        must(life.store("email:3"));
    });
    EXPECT_EQ(left(), "123");
}

TEST_F(Confirmed, NotWhatAnEarlierOpeningHasLostWhileAnotherKeepsTheLog) {
    live([&](Life& life) {
        const Bystander other(folder_.file("crm.db"));
        must(life.store("email:1"));
        lose_at_sync("crm.db-wal", 1);
        must(!life.store("email:2"));
        life.crm.reset();
        life.open();
        must(life.store("email:2"));
    });
    EXPECT_EQ(left(), "12");
}

TEST_F(Confirmed, AlsoWhereThePowerFailsWhileItIsClosedAfterALoss) {
    cut_everywhere_in([](Life& life) { life.crm.reset(); });
}

TEST_F(Confirmed, AlsoWhereThePowerFailsWhileItIsOpenedAgainAfterALoss) {
    cut_everywhere_in([](Life& life) {
        crash::inject({crash::FileOperation::write, "crm.db", SQLITE_FULL, 1, true, false});
        life.crm.reset();
        crash::lift_faults();
        life.open();
        must(life.store("email:4"));
    });
    EXPECT_EQ(left(), "1234");
}

TEST_F(Confirmed, NothingWhileTheDiskFails) {
    live([](Life& life) {
        must(life.store("email:1"));
        crash::inject({crash::FileOperation::sync, "crm.db", SQLITE_IOERR_FSYNC, 1, true, false});
        must(!life.store("email:2"));
        must(!life.store("email:3"));
    });
    EXPECT_EQ(left(), "1");
}

/// The disk loses writes while the log is so long that it is moved into the file: at the nth sync,
/// of the log or of either.
struct Loss {
    const char* file;
    std::uint64_t nth;
    bool goes_on;  ///< until long after it; else the power fails with the first yes that follows
};

class ConfirmedWithALongLog : public Confirmed, public testing::WithParamInterface<Loss> {
protected:
    /// Stores, and writes down what it got a yes for, for the process that looks for it.
    class Diary {
    public:
        Diary(Life& life, const std::string& path) : life_(life), yes_(path) {}
        bool store(const std::string& key, std::size_t bytes) {
            if (!life_.store(key, bytes)) return false;
            yes_ << key << std::endl;
            return true;
        }

    private:
        Life& life_;
        std::ofstream yes_;
    };

    std::set<std::string> promised() const {
        std::ifstream in(folder_.file("yes"));
        return {std::istream_iterator<std::string>(in), {}};
    }
};

TEST_P(ConfirmedWithALongLog, AllThatItHasSaidYesTo) {
    live([&](Life& life) {
        constexpr std::size_t large = 800'000;  // 25 of them are more than a log holds
        Diary diary(life, folder_.file("yes"));
        must(diary.store("email:first", 0));
        bool failed = false;
        for (int i = 0; i < 50; ++i) {
            if (i == 20) lose_at_sync(GetParam().file, GetParam().nth);
            const bool kept = diary.store("email:" + std::to_string(i), large);
            if (failed && !GetParam().goes_on) return;
            failed = failed || !kept;
        }
    });
    const auto keys = promised();
    EXPECT_GT(keys.size(), 20U);
    EXPECT_EQ(found(keys), keys.size());
    EXPECT_EQ(state(), "ok");
}

std::vector<Loss> losses() {
    std::vector<Loss> all;
    for (const auto* file : {"crm.db-wal", "crm.db"}) {
        for (std::uint64_t nth = 1; nth <= 6; ++nth) {
            for (const bool goes_on : {false, true}) all.push_back({file, nth, goes_on});
        }
    }
    return all;
}

std::string name_of(const testing::TestParamInfo<Loss>& info) {
    const std::string file = info.param.file;
    return (file == "crm.db" ? "Either" : "Log") + std::to_string(info.param.nth) +
           (info.param.goes_on ? "GoingOn" : "");
}

INSTANTIATE_TEST_SUITE_P(Syncs, ConfirmedWithALongLog, testing::ValuesIn(losses()), name_of);

}  // namespace
