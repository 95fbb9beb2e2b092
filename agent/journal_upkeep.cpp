// What the journal holds beside mails and folders: requests of admins, what is known of a mailbox, notices that have
// to go out, subscriptions; and its own upkeep.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "agent/journal_impl.hpp"
#include "agent/limits.hpp"

namespace agent {

namespace {

using crm::embedded::Database;
using crm::embedded::Statement;
using Kind = Request::Kind;

constexpr std::array<std::pair<Kind, std::string_view>, 5> kinds{{
    {Kind::sync_now, "sync-now"},
    {Kind::reload, "reload"},
    {Kind::repoll, "repoll"},
    {Kind::resync, "resync"},
    {Kind::clear, "clear"},
}};

MailboxState read_state(const Statement& row, int first) {
    MailboxState state;
    state.category = row.text(first);
    state.accepted = row.text(first + 1);
    state.frozen = time(row.integer(first + 2));
    state.cycle = time(row.integer(first + 3));
    state.alarm = static_cast<Alarm>(std::clamp<std::int64_t>(row.integer(first + 4), 0, 2));
    state.alarmed = time(row.integer(first + 5));
    return state;
}

std::int64_t changes(Database& db) {
    auto row = db.query("SELECT changes()");
    return row.next() ? row.integer(0) : 0;
}

/// What failed or was given up is tried again, what waits is due.
int queue_again(Database& db, const Request& request, const std::string& mailbox, Time now) {
    db.run(
        "UPDATE job SET state = 'queued', attempts = 0, due = ?, changed = max(?, changed + 1) "
        "WHERE mailbox = ? AND (? = '' OR role = ?) AND state IN ('failed', 'given-up')",
        milliseconds(now),
        milliseconds(now),
        mailbox,
        request.role,
        request.role
    );
    const std::int64_t again = changes(db);
    db.run(
        "UPDATE job SET due = ? WHERE mailbox = ? AND (? = '' OR role = ?) AND due > ? "
        "AND state IN ('queued', 'planned', 'archived')",
        milliseconds(now),
        mailbox,
        request.role,
        request.role,
        milliseconds(now)
    );
    return static_cast<int>(again);
}

/// What is half done stays, for its effects must come to an end; so does what its user sees as pending or failed, which
/// is tried again.
int forget(Database& db, const Request& request, const std::string& mailbox, Time now) {
    db.run(
        "DELETE FROM job WHERE mailbox = ? AND (? = '' OR role = ?) AND state NOT IN ('planned', 'archived') "
        "AND shown = ''",
        mailbox,
        request.role,
        request.role
    );
    const std::int64_t forgotten = changes(db);
    return static_cast<int>(forgotten) + queue_again(db, request, mailbox, now);
}

void add(Database& db, const std::vector<PendingNotice>& notices) {
    for (const PendingNotice& notice : notices) {
        db.run(
            "INSERT INTO notice (key, recipient, subject, text, made, due) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            notice.key,
            notice.recipient,
            notice.subject,
            notice.text,
            milliseconds(notice.made),
            milliseconds(notice.due)
        );
    }
}

std::vector<std::string> noted_ids(Database& db, const std::string& mailbox) {
    std::vector<std::string> ids;
    auto row = db.query("SELECT id FROM subscription WHERE mailbox = ?", mailbox);
    while (row.next()) ids.push_back(row.text(0));
    return ids;
}

}  // namespace

std::string_view to_text(Kind kind) {
    return std::ranges::find(kinds, kind, &std::pair<Kind, std::string_view>::first)->second;
}

std::optional<Kind> request_kind(std::string_view text) {
    const auto found = std::ranges::find(kinds, text, &std::pair<Kind, std::string_view>::second);
    return found == kinds.end() ? std::nullopt : std::optional(found->first);
}

Result<std::size_t> Journal::prune(Time before) {
    return impl_->write([&](Database& db) -> crm::Result<std::size_t> {
        db.run(
            "DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'done' AND changed < ? LIMIT ?)",
            milliseconds(before),
            std::int64_t{limits::pruned_at_once}
        );
        return static_cast<std::size_t>(changes(db));
    });
}

Result<void> Journal::back_up(const std::string& file) {
    std::error_code ec;
    const bool there = std::filesystem::exists(file, ec);
    if (there || ec) {
        const std::string why = ec ? ec.message() : "exists already; name a new file";
        return Error{errc::journal, fmt::format("{}: {}", file, why), {}};
    }
    impl_->database().run("VACUUM INTO ?", std::string_view(file));
    if (const auto failure = impl_->database().take_failure()) return journal_error(*failure);
    return {};
}

// https://www.sqlite.org/pragma.html#pragma_data_version: changes with what other connections commit.
Result<bool> Journal::written_by_others() {
    const auto version = impl_->read([](Database& db) -> crm::Result<std::int64_t> {
        auto row = db.query("PRAGMA data_version");
        return row.next() ? row.integer(0) : 0;
    });
    if (!version) return version.error();
    return std::exchange(impl_->data_version, *version) != *version;
}

Result<void> Journal::ask(const Request& request) {
    return impl_->change([&](Database& db) {
        db.run(
            "INSERT INTO request (kind, mailbox, role, asked) VALUES (?, ?, ?, ?)",
            to_text(request.kind),
            request.mailbox,
            request.role,
            milliseconds(request.asked)
        );
    });
}

Result<std::vector<Request>> Journal::requests() {
    return impl_->read([&](Database& db) -> crm::Result<std::vector<Request>> {
        std::vector<Request> requests;
        auto row = db.query("SELECT id, kind, mailbox, role, asked FROM request ORDER BY id");
        while (row.next()) {
            const auto kind = request_kind(row.text(1));
            if (!kind) continue;
            requests.push_back({row.integer(0), *kind, row.text(2), row.text(3), time(row.integer(4))});
        }
        return requests;
    });
}

Result<int> Journal::carry_out(
    const Request& request, const std::string& mailbox, const std::vector<std::string>& folders, Time now
) {
    if (request.kind == Kind::sync_now || request.kind == Kind::reload) return 0;
    return impl_->write([&](Database& db) -> crm::Result<int> {
        for (const std::string& folder : folders) {
            if (request.kind == Kind::clear) {
                db.run("DELETE FROM folder WHERE mailbox = ? AND folder = ?", mailbox, folder);
            } else {
                db.run(
                    "UPDATE folder SET sync_state = '', from_start = 1 WHERE mailbox = ? AND folder = ?",
                    mailbox,
                    folder
                );
            }
        }
        if (request.kind == Kind::resync) return queue_again(db, request, mailbox, now);
        if (request.kind == Kind::clear) return forget(db, request, mailbox, now);
        return 0;
    });
}

Result<void> Journal::answered(std::int64_t request) {
    return impl_->change([&](Database& db) { db.run("DELETE FROM request WHERE id = ?", request); });
}

Result<MailboxState> Journal::mailbox(const std::string& mailbox) {
    return impl_->read([&](Database& db) -> crm::Result<MailboxState> {
        auto row = db.query("SELECT category, accepted, frozen, cycle, alarmed, alarmed_since FROM mailbox WHERE mailbox = ?", mailbox);
        return row.next() ? read_state(row, 0) : MailboxState{};
    });
}

Result<std::map<std::string, MailboxState>> Journal::mailboxes() {
    return impl_->read([&](Database& db) -> crm::Result<std::map<std::string, MailboxState>> {
        std::map<std::string, MailboxState> states;
        auto row = db.query("SELECT mailbox, category, accepted, frozen, cycle, alarmed, alarmed_since FROM mailbox");
        while (row.next()) states[row.text(0)] = read_state(row, 1);
        return states;
    });
}

Result<void> Journal::freeze(const std::string& mailbox, const std::string& category, Time now) {
    return impl_->change([&](Database& db) {
        db.run(
            "INSERT INTO mailbox (mailbox, category, frozen) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
            "SET category = excluded.category, accepted = '', frozen = excluded.frozen",
            mailbox,
            category,
            milliseconds(now)
        );
    });
}

Result<void> Journal::accept(const std::string& mailbox, const std::string& category) {
    return impl_->change([&](Database& db) {
        db.run("UPDATE mailbox SET accepted = ? WHERE mailbox = ?", category, mailbox);
    });
}

Result<void> Journal::note_cycle(const std::string& mailbox, Time begun) {
    return impl_->change([&](Database& db) {
        db.run(
            "INSERT INTO mailbox (mailbox, cycle) VALUES (?, ?) ON CONFLICT DO UPDATE SET cycle = excluded.cycle",
            mailbox,
            milliseconds(begun)
        );
    });
}

Result<void> Journal::tell(const std::vector<PendingNotice>& notices) {
    return impl_->change([&](Database& db) { add(db, notices); });
}

Result<void> Journal::tell(
    const std::string& mailbox, Alarm alarm, Time since, const std::vector<PendingNotice>& notices
) {
    return impl_->change([&](Database& db) {
        db.run(
            "INSERT INTO mailbox (mailbox, alarmed, alarmed_since) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
            "SET alarmed = excluded.alarmed, alarmed_since = excluded.alarmed_since",
            mailbox,
            static_cast<int>(alarm),
            milliseconds(since)
        );
        add(db, notices);
    });
}

Result<std::vector<PendingNotice>> Journal::notices(Time now) {
    return impl_->read([&](Database& db) -> crm::Result<std::vector<PendingNotice>> {
        std::vector<PendingNotice> notices;
        auto row = db.query(
            "SELECT key, recipient, subject, text, made, attempts, due FROM notice WHERE due <= ? ORDER BY due, key, recipient",
            milliseconds(now)
        );
        while (row.next()) {
            notices.push_back(
                {row.text(0),
                 row.text(1),
                 row.text(2),
                 row.text(3),
                 time(row.integer(4)),
                 static_cast<int>(row.integer(5)),
                 time(row.integer(6))}
            );
        }
        return notices;
    });
}

Result<void> Journal::put_off(const PendingNotice& notice) {
    return impl_->change([&](Database& db) {
        db.run(
            "UPDATE notice SET attempts = ?, due = ? WHERE key = ? AND recipient = ?",
            notice.attempts,
            milliseconds(notice.due),
            notice.key,
            notice.recipient
        );
    });
}

Result<void> Journal::told(const PendingNotice& notice) {
    return impl_->change([&](Database& db) {
        db.run("DELETE FROM notice WHERE key = ? AND recipient = ?", notice.key, notice.recipient);
    });
}

Result<void> Journal::note_subscriptions(
    const std::string& mailbox, const std::vector<Subscription>& subscriptions, Time now
) {
    return impl_->change([&](Database& db) {
        for (const std::string& id : noted_ids(db, mailbox)) {
            if (std::ranges::find(subscriptions, id, &Subscription::id) != subscriptions.end()) continue;
            db.run("DELETE FROM subscription WHERE mailbox = ? AND id = ?", mailbox, id);
        }
        for (const Subscription& one : subscriptions) {
            db.run(
                "INSERT INTO subscription (mailbox, id, anchor, server, noted) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                mailbox,
                one.id,
                one.anchor,
                one.server,
                milliseconds(now)
            );
        }
    });
}

Result<std::map<std::string, std::vector<Subscription>>> Journal::subscriptions() {
    return impl_->read([](Database& db) -> crm::Result<std::map<std::string, std::vector<Subscription>>> {
        std::map<std::string, std::vector<Subscription>> found;
        auto row = db.query("SELECT mailbox, id, anchor, server FROM subscription ORDER BY mailbox, noted, id");
        while (row.next()) found[row.text(0)].push_back({row.text(1), row.text(2), row.text(3)});
        return found;
    });
}

Result<void> Journal::keep_subscriptions(const std::vector<std::string>& mailboxes) {
    const auto noted = subscriptions();
    if (!noted) return noted.error();
    return impl_->change([&](Database& db) {
        for (const auto& [mailbox, list] : *noted) {
            if (std::ranges::find(mailboxes, mailbox) != mailboxes.end()) continue;
            db.run("DELETE FROM subscription WHERE mailbox = ?", mailbox);
        }
    });
}

}  // namespace agent
