// What the embedded CRM has confirmed survives a power cut, whether with the answer or by
// confirm(); also where the disk has failed once in between.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

#include "crm/embedded/embedded.hpp"
#include "tests/crash/forgetful_vfs.hpp"
#include "tests/crm/run.hpp"

namespace {

using crm::Confirm;
using crm::embedded::open_embedded;
using crm::embedded::Opening;
using crm_test::run;

class Confirmed : public testing::Test {
protected:
    Confirmed() {
        boost::asio::io_context context;
        open_embedded(url(), Opening::create).value();
    }

    /// One process with this CRM, on a disk that forgets what was not synced; ends by a power cut.
    struct Life {
        explicit Life(const std::string& url) : crm(open_embedded(url, Opening::write).value()) {}
        bool store(const std::string& key, Confirm when) {
            crm::Bundle bundle;
            bundle.mail.key = key;
            bundle.mail.original = std::make_shared<const std::string>("Subject: " + key + "\r\n");
            return run(context, crm->store_bundle(std::move(bundle), when)).has_value();
        }
        bool confirm() { return run(context, crm->confirm()).has_value(); }

        boost::asio::io_context context;
        std::unique_ptr<crm::embedded::Embedded> crm;
    };

    void live(const std::function<void(Life&)>& life) const {
        const pid_t child = ::fork();
        if (child == 0) {
            crash::register_forgetful_vfs({crash::Memory::forgetful, 1, false, {}});
            Life one(url());
            life(one);
            crash::cut_power();
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "something was not so";
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

    std::string url() const { return "sqlite:" + folder_.file("crm.db"); }

    crm_test::Folder folder_;
};

TEST_F(Confirmed, WithTheAnswer) {
    live([](Life& life) { must(life.store("email:1", Confirm::now)); });
    EXPECT_EQ(left(), "1");
}

TEST_F(Confirmed, LaterAllAtOnceAndNotBefore) {
    live([](Life& life) {
        for (const auto* key : {"email:1", "email:2", "email:3"})
            must(life.store(key, Confirm::later));
        must(life.confirm());
        must(life.store("email:4", Confirm::later));
    });
    EXPECT_EQ(left(), "123");
}

TEST_F(Confirmed, WithTheAnswerOfAnotherToo) {
    live([](Life& life) {
        must(life.store("email:1", Confirm::later));
        must(life.store("email:2", Confirm::now));
    });
    EXPECT_EQ(left(), "12");
}

TEST_F(Confirmed, WhereItWasThereAlready) {
    live([](Life& life) {
        must(life.store("email:1", Confirm::later));
        must(life.store("email:1", Confirm::now));
    });
    EXPECT_EQ(left(), "1");
}

TEST_F(Confirmed, NotWhereTheDiskFailsButAfterItWorksAgain) {
    live([](Life& life) {
        must(life.store("email:1", Confirm::now));  // the first one also looks after the past
        must(life.store("email:2", Confirm::later));
        crash::inject({crash::FileOperation::sync, "crm.db-wal", SQLITE_IOERR_FSYNC, 1, false});
        must(!life.confirm());
        must(life.confirm());
        must(life.store("email:3", Confirm::now));
    });
    EXPECT_EQ(left(), "123");
}

TEST_F(Confirmed, NothingWhileTheDiskFails) {
    live([](Life& life) {
        must(life.store("email:1", Confirm::now));
        must(life.store("email:2", Confirm::later));
        crash::inject({crash::FileOperation::sync, "crm.db", SQLITE_IOERR_FSYNC, 1, true});
        must(!life.store("email:3", Confirm::now));
        must(!life.confirm());
        must(!life.confirm());
    });
    EXPECT_EQ(left(), "1");
}

}  // namespace
