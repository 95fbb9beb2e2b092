// The whole agent, Exchange and CRM in one process, on a disk that can fail: mails with numbers are
// dropped into
// "- Create New Opportunity", and what has become of them is read as text. Used by the tests of
// faults.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/crash/forgetful_vfs.hpp"
#include "tests/crash/read_faults.hpp"
#include "tests/scenarios/world.hpp"

namespace crash {

inline const char* const anna = "anna@us.example";
inline const char* const deals = "- Create New Opportunity";

/// From a contact of a known account.
inline std::string offer(int number) {
    const std::string n = std::to_string(number);
    return "Date: Mon, 23 Nov 2026 08:05:00 +0100\r\n"
           "From: Maria Lopez <maria.lopez@acme.example>\r\n"
           "To: Anna Berg <anna@us.example>\r\n"
           "Subject: Offer " +
           n +
           "\r\n"
           "Message-ID: <offer." +
           n +
           "@acme.example>\r\n"
           "MIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset=utf-8\r\n"
           "\r\n"
           "Number " +
           n + " please.\r\n";
}

inline std::string sorted(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

/// What Scene::told() says where these were filed, each once, and nothing else has happened.
inline std::string filed(const std::vector<int>& numbers) {
    std::vector<std::string> lines;
    for (const int number : numbers) {
        const std::string name = "Offer " + std::to_string(number);
        lines.push_back("Inbox: " + name + " [Processing Complete]");
        lines.push_back("CRM: email " + name);
        lines.push_back("CRM: opportunity " + name);
        lines.push_back("job done");
    }
    return sorted(std::move(lines));
}

/// A connection of another program.
class OtherProgram {
public:
    explicit OtherProgram(const std::string& file) {
        sqlite3* connection = nullptr;
        sqlite3_open(file.c_str(), &connection);
        connection_.reset(connection);
    }
    void run(const char* sql) const {
        if (sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(connection_.get()));
        }
    }

private:
    struct Close {
        void operator()(sqlite3* connection) const { sqlite3_close(connection); }
    };
    std::unique_ptr<sqlite3, Close> connection_;
};

inline void mend_disk() {
    lift_faults();
    ReadFaults::lift();
}

/// Before any database is opened.
struct Disk {
    Disk() {
        static const bool registered = [] {
            register_forgetful_vfs({Memory::plain, 0, false, {}});
            ReadFaults::register_vfs();
            return true;
        }();
        if (registered) mend_disk();
    }
};

class Scene : private Disk, public world::World {
public:
    /// `next` stands in the policy instead of `old`.
    Scene(const std::string& old, const std::string& next)
        : World(
              world::samples() / "policies" / "typical.xml", world::samples() / "people.csv", {anna}
          ) {
        const auto policy = folder.path / "policy.xml";
        std::string xml = world::read(policy);
        xml.replace(xml.find(old), old.size(), next);
        world::write(policy, xml);
        settle_in(1);
    }
    Scene() : Scene("", "") {}
    ~Scene() {
        mend_disk();
        exchange.on_request({});
    }
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    std::string crm_file() const { return (folder.path / "crm.sqlite").string(); }

    /// Writes the configuration; a mail that failed is tried again each second, or less often.
    void settle_in(int seconds) {
        configure(exchange.url());
        std::string xml = world::read(config_file());
        const std::string before = "  <exchange ", wait = std::to_string(seconds);
        xml.replace(
            xml.find(before), 0, "  <retry quick=\"" + wait + "\" then=\"" + wait + "\"/>\n"
        );
        world::write(config_file(), xml);
    }

    void begin() {
        start();
        listen();
    }

    void drop(const std::vector<int>& numbers) {
        for (const int number : numbers) {
            exchange.move(anna, exchange.deliver(anna, "inbox", offer(number)), deals);
        }
    }

    /// Until so many mails are filed, set aside or given back, and nobody has anything to do.
    void work_until_finished(std::size_t mails) {
        pump([&] { return finished() >= mails; });
        settle();
    }

    /// Lets the agent work for so long at most; whether it was done before.
    bool pump_for(std::chrono::milliseconds longest, const std::function<bool()>& done) {
        const auto end = std::chrono::steady_clock::now() + longest;
        pump([&] { return done() || std::chrono::steady_clock::now() > end; });
        return done();
    }

    /// Calls `happen`, on the thread of the server, when that has carried out the second request of
    /// the operation and has not answered yet.
    void on_second(const std::string& operation, std::function<void()> happen) {
        exchange.on_request([operation,
                             happen = std::move(happen),
                             seen = 0](std::string_view one, bool carried_out) mutable {
            if (carried_out && one == operation && ++seen == 2) happen();
            return true;
        });
    }

    /// How many lines say that.
    std::size_t said(const std::string& file, const std::string& what) const {
        return static_cast<std::size_t>(std::count_if(
            log.begin(),
            log.end(),
            [&](const std::string& line) {
                return line.find(file) != std::string::npos && line.find(what) != std::string::npos;
            }
        ));
    }
    std::string log_text() const {
        std::string text;
        for (const std::string& line : log) text += line + "\n";
        return text;
    }

    /// Where every mail is, what the CRM has got since the beginning, how the jobs stand; a line
    /// each, sorted.
    std::string told() const {
        std::vector<std::string> lines;
        for (const auto& place : exchange.folders(anna)) {
            for (const auto& item : exchange.items(anna, place.id)) {
                std::string line = place.display_name + ": " + item.subject;
                for (const std::string& category : item.categories) line += " [" + category + "]";
                lines.push_back(std::move(line));
            }
        }
        for (const auto& mail : mails()) lines.push_back("CRM: email " + mail.subject);
        for (const auto& record : records()) {
            const std::string kind(rules::to_text(record.kind));
            if (record.name.starts_with("Offer "))
                lines.push_back("CRM: " + kind + " " + record.name);
        }
        for (const agent::Job& job : jobs())
            lines.push_back("job " + std::string(agent::to_text(job.state)));
        return sorted(std::move(lines));
    }
};

}  // namespace crash
