#include <fmt/format.h>

#include <map>
#include <set>
#include <stdexcept>

#include "agent/journal.hpp"
#include "crm/embedded/database.hpp"
#include "tests/soak/findings.hpp"

namespace soak {

namespace {

using crm::embedded::Database;
using Counts = std::map<std::string, std::int64_t>;

Database opened(const std::filesystem::path& path) {
    auto database = Database::open(path.string(), crm::embedded::Opening::write);
    if (!database) throw std::runtime_error(database.error().text);
    return std::move(*database);
}

void check_file(Database& database, const std::string& name, Findings& findings) {
    auto row = database.query("PRAGMA integrity_check");
    const std::string answer = row.next() ? row.text(0) : "no answer";
    if (answer != "ok") findings.push_back(name + ": " + answer);
}

/// Names, and how often each is there.
Counts counted(Database& database, const char* sql) {
    Counts counts;
    auto rows = database.query(sql);
    while (rows.next()) counts[rows.text(0)] += rows.integer(1);
    return counts;
}

/// Each of them once, and nothing else.
void compare(
    const char* what, const Counts& found, const std::set<std::string>& wanted, Findings& findings
) {
    for (const std::string& name : wanted) {
        const auto known = found.find(name);
        if (known == found.end()) findings.push_back(fmt::format("{} {} is lost", what, name));
    }
    for (const auto& [name, times] : found) {
        if (!wanted.contains(name)) {
            findings.push_back(fmt::format("{} {} was not asked for", what, name));
        } else if (times != 1) {
            findings.push_back(fmt::format("{} {} is there {} times", what, name, times));
        }
    }
}

}  // namespace

Findings check_crm(const Site& site, const std::vector<crash::Mail>& mails) {
    std::set<std::string> archived, records, people, companies, links;
    for (const crash::Mail& mail : mails) {
        if (!mail.is_archived()) continue;
        archived.insert(mail.message_id);
        for (const std::string& person : mail.people) {
            people.insert(person);
            companies.insert(crash::domain_of(person));
            links.insert(mail.message_id + " to " + person);
        }
        if (!mail.makes_record()) continue;
        records.insert(mail.kind + " " + mail.subject);
        links.insert(mail.message_id + " to " + mail.kind + " " + mail.subject);
    }
    Findings findings;
    Database crm = opened(site.crm());
    check_file(crm, "the CRM", findings);
    const auto look = [&](const char* what, const char* sql, const std::set<std::string>& wanted) {
        compare(what, counted(crm, sql), wanted, findings);
    };
    look("the mail", "SELECT message_id, count(*) FROM mails GROUP BY message_id", archived);
    look(
        "the record",
        "SELECT kind || ' ' || name AS title, count(*) FROM records "
        "WHERE kind NOT IN ('contact', 'account', 'email') GROUP BY title",
        records
    );
    look("the contact", "SELECT comparable, count(*) FROM addresses GROUP BY comparable", people);
    look("the account", "SELECT domain, count(*) FROM domains GROUP BY domain", companies);
    look(
        "the link",
        "SELECT mails.message_id || ' to ' || coalesce(addresses.comparable, records.kind || ' ' "
        "|| records.name) AS title, count(*) FROM links JOIN mails ON mails.record = links.mail "
        "JOIN records ON records.id = links.record "
        "LEFT JOIN addresses ON addresses.record = records.id GROUP BY title",
        links
    );
    return findings;
}

Findings check_journal(const Site& site) {
    Findings findings;
    {
        Database file = opened(site.journal());
        check_file(file, "the journal", findings);
    }
    const auto journal = agent::Journal::open_beside(site.journal().string());
    if (!journal) throw std::runtime_error(journal.error().text);
    const auto jobs = (*journal)->list(true);
    if (!jobs) throw std::runtime_error(jobs.error().text);
    for (const agent::Job& job : *jobs) {
        if (job.state == agent::State::done) continue;
        findings.push_back(fmt::format(
            "job {} of {}, \"{}\": {}, {}",
            job.id,
            job.mailbox,
            job.subject,
            to_text(job.state),
            job.note
        ));
    }
    return findings;
}

}  // namespace soak
