// Everything a worker or a listener works with, in memory but for the journal, which lies on disk
// and outlives a crash. Tests tell what shall go wrong and read, as text, what has become of the
// mail.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "agent/journal_thread.hpp"
#include "agent/worker.hpp"
#include "tests/agent/folder.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/archive.hpp"
#include "tests/fakes/clock.hpp"
#include "tests/fakes/directory.hpp"
#include "tests/fakes/mailbox.hpp"

namespace agent_test {

/// The CRM as the worker sees it; `before` and `after` are told of every call, as those of the
/// mailbox.
class Crm final : public crm::Directory, public crm::Archive {
public:
    fakes::Directory directory;
    fakes::Archive archive;
    fakes::Mailbox::Hook before, after;
    std::function<boost::asio::awaitable<void>()> delay;  ///< before each answer

    boost::asio::awaitable<crm::Result<rules::Facts>> answer(rules::Need need) override {
        if (const auto error = ask(before, "answer")) co_return *error;
        if (delay) co_await delay();
        crm::Result<rules::Facts> answer = co_await directory.answer(std::move(need));
        if (const auto error = ask(after, "answer")) co_return *error;
        co_return answer;
    }
    boost::asio::awaitable<crm::Result<crm::Known>> known(std::set<std::string> keys) override {
        if (const auto error = ask(before, "known")) co_return *error;
        crm::Known known;
        for (const auto& [key, id] : archive.ids) {
            if (keys.contains(key)) known[key] = id;
        }
        if (const auto error = ask(after, "known")) co_return *error;
        co_return known;
    }
    boost::asio::awaitable<crm::Result<crm::Stored>> create(crm::NewRecord record) override {
        if (const auto error = ask(before, "create")) co_return *error;
        crm::Result<crm::Stored> stored = co_await archive.create(std::move(record));
        if (const auto error = ask(after, "create")) co_return *error;
        co_return stored;
    }
    boost::asio::awaitable<crm::Result<crm::Stored>> store(crm::NewMail mail) override {
        if (const auto error = ask(before, "store")) co_return *error;
        crm::Result<crm::Stored> stored = co_await archive.store(std::move(mail));
        if (const auto error = ask(after, "store")) co_return *error;
        co_return stored;
    }

    boost::asio::awaitable<crm::Result<crm::Undone>> undo(std::string key) override {
        if (const auto error = ask(before, "undo")) co_return *error;
        crm::Result<crm::Undone> undone = co_await archive.undo(std::move(key));
        if (const auto error = ask(after, "undo")) co_return *error;
        co_return undone;
    }

private:
    static std::optional<crm::Error> ask(const fakes::Mailbox::Hook& hook, const char* operation) {
        if (!hook) return std::nullopt;
        const auto error = hook(operation);
        if (!error) return std::nullopt;
        return crm::Error{crm::errc::unreachable, error->text, error->back_off};
    }
};

struct World {
    LogCapture log;
    Folder folder;
    fakes::Clock clock;
    fakes::Mailbox mailbox;
    agent::Arrivals arrivals;
    Crm crm;
    rules::Policy policy = agent_test::policy();
    agent::RetryConfig retry;
    agent::WatchedFolder deals{"deals", "- Create New Opportunity", opportunity()};

    std::function<void(const agent::LoopFacts&)> on_brake = [](const agent::LoopFacts&) {};

    std::string journal_file() const { return folder.file("journal"); }

    /// A job for a mail that was dropped into `deals`; the id of its item. `moved`: an event said that it was no copy.
    std::string drop(std::string mime, std::vector<std::string> categories = {}, bool moved = true) {
        std::string item = mailbox.deliver("deals", std::move(mime), std::move(categories));
        auto journal = agent::Journal::open(journal_file()).value();
        journal->enqueue(anna, deals, {{item}}, {}, clock.now()).value();
        if (moved) arrivals.add({{item, ""}});
        return item;
    }

    /// Starts the agent and lets its worker do what is due, or until it meets an outage; what is thrown is a crash.
    void work() {
        boost::asio::io_context context;
        agent::JournalThread journal(agent::Journal::open(journal_file()).value());
        agent::BigMails big_mails("");
        agent::Worker worker(
            {mailbox, crm, crm, journal, clock, arrivals, retry, false, on_brake, &big_mails}, policy, {{anna}}
        );
        for (bool more = true; more;) {
            const agent::Result<bool> step = run(context, worker.step());
            more = step.has_value() && *step;
        }
    }

    /// The same with restarts and patience, until nothing waits any more.
    void work_to_the_end() {
        for (int i = 0; i < 200; ++i) {
            work();
            const auto due = agent::Journal::open(journal_file()).value()->next_due(anna).value();
            if (!due) return;
            clock.time = *due;
        }
        ADD_FAILURE() << "there is no end to it";
    }

    agent::Job job(std::size_t index = 0) const {
        return agent::Journal::open_beside(journal_file()).value()->list(true).value().at(index);
    }

    /// Where every mail is, what the CRM holds, how the jobs stand.
    std::string told() const {
        std::string text;
        for (const auto& [id, item] : mailbox.items) {
            text += "mail in " + item.folder + ":";
            for (const std::string& category : item.categories) text += " [" + category + "]";
            text += "\n";
        }
        for (const auto& [key, record] : crm.archive.records) {
            text += std::string(to_text(record.kind)) + " " + record.name + "\n";
        }
        for (const auto& [key, mail] : crm.archive.mails) {
            text += "email " + mail.subject + " ->";
            for (const auto& link : mail.links) text += " " + std::string(to_text(link.kind));
            text += "\n";
        }
        for (const auto& one :
             agent::Journal::open_beside(journal_file()).value()->list(true).value()) {
            text += "job " + std::string(to_text(one.state)) + "\n";
        }
        return text;
    }
};

}  // namespace agent_test
