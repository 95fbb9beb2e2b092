#include "tests/crash/finish.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <string>
#include <thread>
#include <utility>

namespace crash {

namespace {

constexpr int most_stops = 20;

/// False if the agent ended before, or patience did.
bool await(Office& office, const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!done()) {
        if (!office.is_alive() || std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

Findings failed(Office& office, const std::string& what) {
    Findings findings;
    const bool alive = office.is_alive();
    if (alive) office.kill();
    const std::string how = alive ? "runs, but nothing happens" : "has ended: " + office.ending();
    findings.add(&Findings::wrong, what + "; the agent " + how);
    return findings;
}

}  // namespace

bool await_mailboxes(Office& office, const std::vector<Mail>& mails) {
    return await(office, [&] {
        return !office.has_open_drops() && check_mailboxes(office, mails).is_empty();
    });
}

bool await_listening(Office& office) {
    return await(office, [&] { return office.listens(); });
}

namespace {

Findings try_to_finish(Office& office, const std::vector<Mail>& mails, const Life& life) {
    std::vector<std::string> open;
    for (int stops = 0; stops < most_stops; ++stops) {
        if (!office.is_alive()) office.start(life);
        if (!await_mailboxes(office, mails)) {
            Findings findings = check_mailboxes(office, mails);
            findings.add(failed(office, "the mailboxes are not as expected"));
            return findings;
        }
        // The journal may be a step behind the mailbox, and a stop leaves it so: then once more,
        // and longer.
        if (!await_listening(office)) return failed(office, "the agent does not listen");
        std::this_thread::sleep_for(std::chrono::milliseconds(5 * stops));
        if (!office.stop()) return failed(office, "the agent did not stop");
        open = open_jobs(office);
        if (open.empty()) break;
    }
    Findings findings = check_mailboxes(office, mails);
    for (std::string& job : open) findings.add(&Findings::wrong, std::move(job));
    findings.add(check_integrity(office));
    findings.add(check_crm(office, mails));
    return findings;
}

}  // namespace

/// A database that cannot be read is a finding like others.
Findings finish(Office& office, const std::vector<Mail>& mails, const Life& life) {
    try {
        return try_to_finish(office, mails, life);
    } catch (const std::exception& error) {
        Findings findings;
        findings.add(&Findings::wrong, error.what());
        return findings;
    }
}

/// What lay there at the first reading of a folder is not taken, so that none may be dropped
/// before.
Findings open_office(Office& office) {
    for (int starts = 0; starts < most_stops; ++starts) {
        office.start(Life{});
        if (!await_listening(office)) return failed(office, "the agent does not listen");
        std::this_thread::sleep_for(std::chrono::milliseconds(10 * (starts + 1)));
        if (!office.stop()) return failed(office, "the agent did not stop");
        if (has_read_folders(office)) return finish(office, {}, Life{});
    }
    return failed(office, "the agent does not read Inbox and Sent Items");
}

}  // namespace crash
