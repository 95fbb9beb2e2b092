// The whole agent and a server that goes wrong as a script says (ews/simulator/README.md), for the
// tests of failures 16 to 30: mails are dropped, and what has become of them is read as text.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/agent/live.hpp"

namespace failures {

using live::anna;
using live::ben;
using live::customer;
using Subjects = std::vector<std::string>;

/// Texts of one line or more.
inline std::string sorted(const std::vector<std::string>& texts) {
    std::vector<std::string> lines;
    for (const std::string& text : texts)
        for (std::string& line : command_line::lines(text)) lines.push_back(std::move(line));
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

/// What Site::told() says where these were dropped and filed, each once, and nothing else has
/// happened.
inline std::string filed(const Subjects& subjects, const std::string& mailbox = anna) {
    std::vector<std::string> lines;
    for (const std::string& one : subjects) {
        lines.push_back(mailbox + " Inbox: " + one + " [Processing Complete]");
        lines.push_back("CRM: " + one);
        lines.push_back("done");
    }
    return sorted(lines);
}

/// "1", "2" …
inline Subjects numbered(const std::string& word, std::size_t count) {
    Subjects subjects;
    for (std::size_t i = 1; i <= count; ++i) subjects.push_back(word + std::to_string(i));
    return subjects;
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class Site : public world::World {
public:
    explicit Site(std::vector<std::string> mailboxes = {anna}, ews::simulator::Options options = {})
        : World(
              world::samples() / "policies" / "typical.xml",
              world::samples() / "people.csv",
              mailboxes,
              std::move(options)
          ),
          mailboxes_(std::move(mailboxes)) {
        set_up(exchange.url());
    }
    ~Site() { exchange.on_request({}); }

    /// Writes the configuration. A mail that fails is tried again each second, from the fourth time
    /// on seldom.
    void set_up(const std::string& url, const std::string& more = "") {
        configure(url, "settle-ms=\"0\" " + more);
        change_config("  <exchange ", "  <retry quick=\"1 1 1\" then=\"3600\"/>\n  <exchange ");
    }
    void change_config(const std::string& from, const std::string& to) const {
        world::write(config_file(), live::replaced(world::read(config_file()), from, to));
    }
    void begin() {
        start();
        listen();
    }

    /// Their user drags mails from a customer, of these subjects, into "- Create New Email".
    void drop(const Subjects& subjects, const std::string& mailbox = anna) {
        for (const std::string& one : subjects) drop_mail(live::mail(customer, one), mailbox);
    }
    void drop_mail(const std::string& mime, const std::string& mailbox = anna) {
        exchange.move(mailbox, exchange.deliver(mailbox, "inbox", mime), live::emails);
    }
    /// Until so many mails are filed or set aside, and nobody has anything to do.
    void work_until_finished(std::size_t mails) {
        pump([&] { return finished() >= mails; });
        settle();
    }
    void await_log(const std::string& start) {
        pump([&] { return logged(start) > 0; });
    }
    void work_for(std::chrono::milliseconds time) {
        const auto end = std::chrono::steady_clock::now() + time;
        pump([&] { return std::chrono::steady_clock::now() > end; });
    }

    /// Every mail in every mailbox, what the CRM has got, how the jobs stand; a line each, sorted.
    std::string told() const {
        std::vector<std::string> lines;
        for (const std::string& mailbox : mailboxes_)
            for (const auto& place : exchange.folders(mailbox))
                for (const auto& item : exchange.items(mailbox, place.id))
                    lines.push_back(line_of(mailbox + " " + place.display_name, item));
        for (const auto& mail : mails()) lines.push_back("CRM: " + mail.subject);
        for (const auto& job : jobs()) lines.emplace_back(agent::to_text(job.state));
        return sorted(lines);
    }
    /// The bytes that the CRM keeps of the mail of that subject.
    std::string original(const std::string& subject) const {
        const auto all = mails();
        const auto found = std::ranges::find(all, subject, &crm::embedded::MailView::subject);
        if (found == all.end()) throw std::runtime_error("not in the CRM: " + subject);
        return crm([&](crm::embedded::Database& db) {
            return crm::embedded::mail_original(db, found->id);
        });
    }
    /// The job that has set its mail aside, or waits; the first if there are several.
    agent::Job unfinished() const {
        for (agent::Job& job : jobs())
            if (job.state != agent::State::done) return std::move(job);
        throw std::runtime_error("every job is done");
    }
    /// Lines of the log with that in it.
    std::string lines_with(const std::string& part) const {
        std::string text;
        for (const std::string& line : log)
            if (contains(line, part)) text += line + "\n";
        return text;
    }
    command_line::Ran admin(std::vector<std::string> words) const {
        words.insert(words.end(), {"--config", config_file().string()});
        return command_line::run(words);
    }
    /// What `mailferry check --connect` says of the mailbox, or all of it where it says nothing.
    std::string checked(const std::string& mailbox = anna) const {
        const auto ran = command_line::run({"check", "--connect", config_file().string()});
        for (const std::string& line : command_line::lines(ran.out))
            if (line.starts_with("mailbox " + mailbox + ": ")) return line;
        return ran.out + ran.err;
    }

private:
    static std::string line_of(const std::string& place, const ews::simulator::ItemSnapshot& item) {
        std::string line = place + ": " + item.subject;
        for (const std::string& category : item.categories) line += " [" + category + "]";
        return line;
    }

    std::vector<std::string> mailboxes_;
};

/// Requests of all kinds that the server has had.
inline std::size_t total(const Site& site) {
    std::size_t sum = 0;
    for (const auto& [operation, count] : site.exchange.requests()) sum += count;
    return sum;
}

/// The agent starts, meets the error, and is quiet from then on. The line of its log.
inline std::string told_once(Site& site) {
    site.start();
    site.await_log("error unreachable");
    const auto asked = total(site);
    EXPECT_LE(asked, 2U) << "accounts are locked by less";
    site.work_for(std::chrono::milliseconds(3000));
    EXPECT_EQ(total(site), asked);
    EXPECT_EQ(site.logged("error unreachable"), 1U);
    return site.lines_with("error unreachable");
}

}  // namespace failures
