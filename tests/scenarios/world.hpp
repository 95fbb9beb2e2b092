// A small world in one process: the Exchange simulator, the agent on an embedded CRM in a folder of its own, and
// users who drop mails. Used by the scenarios and by the tests of agent/ferry.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "agent/config.hpp"
#include "agent/connection.hpp"
#include "agent/ews_mailbox.hpp"
#include "agent/log.hpp"
#include "agent/service.hpp"
#include "crm/embedded/browse.hpp"
#include "crm/embedded/embedded.hpp"
#include "crm/embedded/import.hpp"
#include "crm/embedded/schema.hpp"
#include "ews/simulator/simulator.hpp"

namespace world {

inline std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

inline std::filesystem::path samples() { return std::filesystem::path(MAILFERRY_SOURCE) / "samples"; }

/// A new empty folder that goes with this object.
class Folder {
public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "mailferry-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path = pattern;
    }
    ~Folder() {
        std::error_code ec;
        std::filesystem::remove_all(path, ec);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path path;
};

/// The real time, or as far before or behind it as a test sets it.
class Clock final : public agent::SystemClock {
public:
    agent::Time now() const override { return SystemClock::now() + ahead; }
    std::chrono::milliseconds ahead{0};
};

class World {
public:
    /// `policy` and `people` are files; the simulator has the mailboxes, all with the password "secret".
    World(
        const std::filesystem::path& policy,
        const std::filesystem::path& people,
        std::vector<std::string> mailboxes,
        ews::simulator::Options options = {}
    )
        : exchange(std::move(options)), mailboxes_(std::move(mailboxes)) {
        agent::log::start([this](std::string line) {
            note_watched(line);
            log.push_back(std::move(line));
        });
        for (const std::string& mailbox : mailboxes_) exchange.add_mailbox(mailbox);
        exchange.add_service_account("ferry@us.example");
        exchange.start();
        write(folder.path / "password", "secret\n");
        std::filesystem::permissions(folder.path / "password", std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        std::filesystem::copy_file(policy, folder.path / "policy.xml");
        import(people);
    }

    std::string crm_url() const { return "sqlite:" + (folder.path / "crm.sqlite").string(); }
    std::string journal() const { return (folder.path / "journal.sqlite").string(); }
    std::filesystem::path config_file() const { return folder.path / "mailferry.xml"; }

    /// Writes mailferry.xml; `more` are further attributes of <exchange>.
    void configure(const std::string& url, const std::string& more = "settle-ms=\"0\"") {
        std::string xml =
            "<mailferry xmlns=\"urn:mailferry:config:1\">\n"
            "  <journal file=\"journal.sqlite\"/>\n"
            "  <exchange name=\"simulator\" url=\"" + url + "\" user=\"ferry@us.example\" " + more +
            ">\n    <password file=\"password\"/>\n  </exchange>\n"
            "  <crm name=\"embedded\" url=\"sqlite:crm.sqlite\"/>\n"
            "  <policy file=\"policy.xml\" exchange=\"simulator\" crm=\"embedded\">\n";
        for (const std::string& mailbox : mailboxes_) {
            xml += "    <mailbox address=\"" + mailbox + "\"/>\n";
        }
        write(config_file(), xml + "  </policy>\n</mailferry>\n");
    }

    agent::Config config() const {
        auto loaded = agent::load_config(config_file());
        if (!loaded) throw std::runtime_error(agent::to_text(loaded.error().front()));
        return *loaded;
    }

    void start(agent::Mode mode = agent::Mode::act) {
        service = std::make_unique<agent::Service>(
            context, config_file(), clock, [this] { running = false; }, mode
        );
        const agent::Result<void> started = service->start(config());
        if (!started) throw std::runtime_error(started.error().text);
        running = true;
    }

    void stop() {
        if (!service) return;
        service->stop();
        pump([this] { return !running; });
        service.reset();
        watched_.clear();
    }

    ~World() {
        stop();
        agent::log::start([](const std::string&) {});
    }

    /// How many lines of the log begin so.
    std::size_t logged(const std::string& start) const {
        return static_cast<std::size_t>(
            std::count_if(log.begin(), log.end(), [&start](const std::string& line) {
                return line.starts_with(start);
            })
        );
    }

    /// Lets the agent work until `done`; throws after a minute, which no healthy run comes near.
    void pump(const std::function<bool()>& done) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (!done()) {
            if (std::chrono::steady_clock::now() > end) throw std::runtime_error("nothing happened:" + last_lines());
            context.restart();
            context.run_for(std::chrono::milliseconds(5));
        }
    }

    /// Of the log.
    std::string last_lines() const {
        std::string text;
        for (std::size_t i = log.size() - std::min<std::size_t>(log.size(), 10); i < log.size(); ++i) text += "\n" + log[i];
        return text;
    }

    bool has_folder(const std::string& mailbox, const std::string& name) const {
        for (const auto& present : exchange.folders(mailbox)) {
            if (present.display_name == name) return true;
        }
        return false;
    }

    std::vector<agent::Job> jobs() const {
        auto opened = agent::Journal::open_beside(journal());
        if (!opened) return {};
        auto list = (*opened)->list(true);
        return list ? *list : std::vector<agent::Job>{};
    }

    std::size_t finished() const {
        std::size_t count = 0;
        for (const agent::Job& job : jobs()) {
            if (job.state == agent::State::done || job.state == agent::State::failed) ++count;
        }
        return count;
    }

    template <class Read>
    auto crm(Read read_from) const {
        auto database = crm::embedded::open_database(
            (folder.path / "crm.sqlite").string(), crm::embedded::Opening::read
        );
        if (!database) throw std::runtime_error(database.error().text);
        auto result = read_from(*database);
        if (!result) throw std::runtime_error(result.error().text);
        return *result;
    }

    std::vector<crm::embedded::MailView> mails() const {
        return crm([](crm::embedded::Database& db) { return crm::embedded::list_mails(db); });
    }

    std::vector<crm::embedded::RecordView> records() const {
        return crm([](crm::embedded::Database& db) {
            return crm::embedded::list_records(db, std::nullopt);
        });
    }

    /// Until every mailbox listens, where the policy lets the agent listen at all.
    void listen() {
        const auto policy = agent::load_policy(folder.path / "policy.xml");
        const bool drops = policy && policy->smart_convert.enabled;
        const bool listens =
            policy && policy->enabled && (drops || policy->inbox.enabled || policy->sent_items.enabled);
        if (listens) pump([this] { return watched_.size() == mailboxes_.size(); });
        settle();
    }

    /// The server forgets who listens, as if it were started again: the agent listens anew, and reads
    /// all folders.
    void forget_listeners() {
        watched_.clear();
        exchange.drop_subscriptions();
        listen();
    }

    /// Lets the agent work until it rests: no mail is due, and it has asked Exchange nothing for a while.
    void settle() {
        auto asked = exchange.requests();
        for (int quiet = 0; quiet < 12 || has_work();) {
            context.restart();
            context.run_for(std::chrono::milliseconds(5));
            auto now = exchange.requests();
            quiet = now == asked ? quiet + 1 : 0;
            asked = std::move(now);
        }
    }

    /// The same after something has happened in a folder: if it is watched, it is read first. Call with what
    /// `readings()` was before.
    void settle_after(const std::string& mailbox, const std::string& place, std::size_t before) {
        const std::string name = place == "inbox" ? "Inbox" : place == "sentitems" ? "Sent Items" : place;
        const auto folders = watched_.find(mailbox);
        if (folders != watched_.end() && folders->second.find(name) != std::string::npos) {
            pump([&] { return readings() > before; });
        }
        settle();
    }
    std::size_t readings() const { return exchange.requests("SyncFolderItems"); }

    /// A mail is waiting, and not for a time to come.
    bool has_work() const {
        return std::ranges::any_of(jobs(), [this](const agent::Job& job) {
            return agent::is_open(job) && job.due <= clock.now();
        });
    }

    Folder folder;
    ews::simulator::Simulator exchange;
    Clock clock;
    boost::asio::io_context context;
    std::unique_ptr<agent::Service> service;
    std::vector<std::string> log;  ///< "info filed mailbox=…"
    bool running = false;

    void import(const std::filesystem::path& people) const {
        auto database = crm::embedded::open_database(
            (folder.path / "crm.sqlite").string(), crm::embedded::Opening::create
        );
        if (!database) throw std::runtime_error(database.error().text);
        const auto now =
            std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
        if (people.empty()) return;
        const auto report =
            crm::embedded::import_files(*database, {{people.string(), read(people)}}, now);
        if (!report || !report->problems.empty()) throw std::runtime_error("people not imported");
    }

private:
    /// "info listening mailbox=anna@us.example folders=…"
    void note_watched(const std::string& line) {
        if (line.starts_with("info reloaded")) watched_.clear();
        const std::string start = "info listening mailbox=";
        if (!line.starts_with(start)) return;
        const auto end = line.find(' ', start.size());
        watched_[line.substr(start.size(), end - start.size())] = line.substr(end);
    }

    std::map<std::string, std::string> watched_;  ///< names of the watched folders, by mailbox
    std::vector<std::string> mailboxes_;
};

}  // namespace world
