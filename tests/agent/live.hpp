// A running agent and an admin beside it: what `mailferry policy` and `mailferry queue` do to an
// agent at work, in one process. Tests say how far a mail has come when the admin acts, by holding
// the simulator at a request.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/journal.hpp"
#include "agent/limits.hpp"
#include "tests/agent/commands/command_line.hpp"
#include "tests/scenarios/world.hpp"

namespace live {

constexpr const char* anna = "anna@us.example";
constexpr const char* ben = "ben@us.example";
constexpr const char* emails = "- Create New Email";
constexpr const char* customer = "ann@acme.example";  ///< one contact has this address …
constexpr const char* shared_address = "office@brightwater.example";  ///< … and two have this one

/// A mail whose subject is also its Message-ID.
inline std::string mail(const std::string& from, const std::string& subject) {
    return "From: <" + from + ">\r\nTo: <anna@us.example>\r\nSubject: " + subject +
           "\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <" + subject +
           "@test.example>\r\n\r\nHello\r\n";
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not there: " + from);
    return text.replace(at, from.size(), to);
}

/// Holds the server when a request comes, until it is opened. Meanwhile the simulator must not be
/// asked anything by the test either: it is locked.
class Gate {
public:
    explicit Gate(ews::simulator::Simulator& exchange) : exchange_(exchange) {
        exchange_.on_request([this](std::string_view operation, bool carried_out) {
            if (!carried_out) hold(operation);
            return true;
        });
    }
    ~Gate() {
        open();
        exchange_.on_request({});
    }
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    /// At the request of that operation that comes as the `count`th from now on.
    void close_at(std::string operation, std::size_t count = 1) {
        const std::lock_guard lock(mutex_);
        operation_ = std::move(operation);
        count_ = count;
    }
    bool is_reached() const {
        const std::lock_guard lock(mutex_);
        return held_;
    }
    void open() {
        const std::lock_guard lock(mutex_);
        operation_.clear();
        held_ = false;
        opened_.notify_all();
    }

private:
    void hold(std::string_view operation) {
        std::unique_lock lock(mutex_);
        if (operation != operation_ || --count_ > 0) return;
        held_ = true;
        opened_.wait(lock, [this] { return !held_; });
    }

    ews::simulator::Simulator& exchange_;
    mutable std::mutex mutex_;
    std::condition_variable opened_;
    std::string operation_;
    std::size_t count_ = 0;
    bool held_ = false;
};

/// The world with the policy samples/policies/typical.xml, "Sales".
class Live : public world::World {
public:
    explicit Live(std::vector<std::string> mailboxes = {anna})
        : World(
              world::samples() / "policies" / "typical.xml",
              world::samples() / "people.csv",
              std::move(mailboxes)
          ) {
        configure(exchange.url());
    }

    std::filesystem::path policy_file() const { return folder.path / "policy.xml"; }
    void change_policy(const std::string& from, const std::string& to) const {
        world::write(policy_file(), replaced(world::read(policy_file()), from, to));
    }
    /// Adds an element to the policy.
    void add_to_policy(const std::string& xml) const {
        change_policy("  <inbox ", "  " + xml + "\n  <inbox ");
    }
    void change_config(const std::string& from, const std::string& to) const {
        world::write(config_file(), replaced(world::read(config_file()), from, to));
    }

    /// Starts the agent on a clock of the test's.
    void start_at(const agent::Clock& time) {
        service = std::make_unique<agent::Service>(context, config_file(), time, [this] {
            running = false;
        });
        const agent::Result<void> started = service->start(config());
        if (!started) throw std::runtime_error(started.error().text);
        running = true;
    }

    std::size_t listening(const std::string& mailbox) const {
        return logged("info listening mailbox=" + mailbox);
    }
    void await_log(const std::string& start, std::size_t times = 1) {
        pump([&] { return logged(start) >= times; });
    }
    /// The last line that begins so.
    std::string line(const std::string& start) const {
        const auto found = std::find_if(log.rbegin(), log.rend(), [&](const std::string& one) {
            return one.starts_with(start);
        });
        return found == log.rend() ? "" : *found;
    }

    /// `mailferry WORDS --config …`, beside the agent.
    command_line::Ran admin(std::vector<std::string> words) const {
        words.insert(words.end(), {"--config", config_file().string()});
        return command_line::run(words);
    }
    agent::Journal& admins_journal() {
        if (!beside_) beside_ = agent::Journal::open_beside(journal()).value();
        return *beside_;
    }
    void ask(agent::Request request) { admins_journal().ask(request).value(); }
    /// Until the agent has seen what admins have asked so far.
    void answered() {
        pump([this] { return admins_journal().requests()->empty(); });
        turn();
    }
    /// The agent has looked twice for what admins ask, so more than a second has passed: whatever
    /// it does once a second has been done.
    void seconds_pass() {
        for (int looks = 0; looks < 3; ++looks) {
            agent::Request nothing;
            nothing.mailbox = "nobody@us.example";
            ask(nothing);
            answered();
        }
    }
    void turn() {
        context.restart();
        context.run_for(std::chrono::milliseconds(20));
    }
    /// Until Exchange is asked nothing more, also where mails wait that nobody may touch.
    void rest() {
        auto asked = exchange.requests();
        for (int quiet = 0; quiet < 5;) {
            turn();
            auto now = exchange.requests();
            quiet = now == asked ? quiet + 1 : 0;
            asked = std::move(now);
        }
    }

    /// A user drags a mail from the Inbox into a drop folder.
    std::string drop(
        const std::string& mime, const std::string& mailbox = anna, const std::string& into = emails
    ) {
        return exchange.move(mailbox, exchange.deliver(mailbox, "inbox", mime), into);
    }
    /// The agent is held while it is at work on one of so many dropped mails, and some of those
    /// that wait say so.
    void be_in_the_middle_of(std::size_t backlog, Gate& gate, const std::string& mailbox = anna) {
        for (std::size_t i = 0; i < backlog; ++i)
            drop(mail(customer, "offer-" + std::to_string(i)), mailbox);
        gate.close_at("GetItem", 3);
        pump([&] { return gate.is_reached(); });
        const agent::Time late = clock.now() + agent::limits::pending_after;
        pump([&] { return clock.now() > late; });
        gate.open();
        pump([&] { return carrying("Pending", emails, mailbox) > 0; });
        gate.close_at("GetItem");
        pump([&] { return gate.is_reached(); });
    }
    std::size_t count(agent::State state) const {
        const auto all = jobs();
        return static_cast<std::size_t>(std::ranges::count(all, state, &agent::Job::state));
    }
    std::size_t carrying(
        const std::string& category, const std::string& place, const std::string& mailbox = anna
    ) const {
        const auto items = exchange.items(mailbox, place);
        return static_cast<std::size_t>(std::ranges::count_if(items, [&](const auto& item) {
            return std::ranges::find(item.categories, category) != item.categories.end();
        }));
    }
    /// The CRM as text, so that it can be compared.
    std::string crm_text() const {
        std::string text;
        for (const auto& record : records())
            text += std::string(rules::to_text(record.kind)) + " " + record.id + " " + record.name +
                    "\n";
        for (const auto& one : mails()) {
            text += "mail " + one.id + " " + one.subject;
            for (const auto& link : one.links) text += " " + link.id;
            text += "\n";
        }
        return text;
    }

private:
    std::unique_ptr<agent::Journal> beside_;
};

}  // namespace live
