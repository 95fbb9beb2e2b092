#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "agent/journal.hpp"
#include "crm/embedded/browse.hpp"
#include "crm/embedded/schema.hpp"
#include "tests/crash/expectation.hpp"

namespace crash {

namespace {

using crm::embedded::MailView;
using crm::embedded::RecordView;

crm::embedded::Database opened(const std::filesystem::path& path) {
    auto database = crm::embedded::open_database(path.string(), crm::embedded::Opening::read);
    if (!database) throw std::runtime_error(database.error().text);
    return std::move(*database);
}

std::unique_ptr<agent::Journal> opened_journal(const Office& office) {
    auto journal = agent::Journal::open_beside(office.journal().string());
    if (!journal) throw std::runtime_error(journal.error().text);
    return std::move(*journal);
}

void count(Findings& findings, std::size_t times, const std::string& what) {
    if (times == 0) findings.add(&Findings::lost, what + " is not in the CRM");
    if (times > 1)
        findings.add(&Findings::doubled, fmt::format("{} is {} times in the CRM", what, times));
}

/// "contact person1@company1.example", "account company1.example", "opportunity Enquiry 7"
std::string name_of(const RecordView& record) {
    const std::string kind(rules::to_text(record.kind));
    using rules::RecordKind;
    if (record.kind == RecordKind::contact && !record.addresses.empty())
        return kind + " " + record.addresses.front();
    if (record.kind == RecordKind::account && !record.domains.empty())
        return kind + " " + record.domains.front();
    return kind + " " + record.name;
}

/// The records by both of their names.
struct Records {
    std::map<std::string, std::string> names;  ///< by id
    std::map<std::string, std::vector<const RecordView*>> named;

    std::string name(const std::optional<crm::embedded::Mention>& mention) const {
        if (!mention) return "nothing";
        const auto found = names.find(mention->id);
        return found == names.end() ? "a record that is not there" : found->second;
    }
};

Records by_name(const std::vector<RecordView>& all) {
    Records records;
    for (const RecordView& record : all) {
        records.names[record.id] = name_of(record);
        records.named[name_of(record)].push_back(&record);
    }
    return records;
}

/// It is there once, and of that account and contact.
void check_record(
    const Records& records,
    const std::string& name,
    const std::string& account,
    const std::string& contact,
    Findings& findings
) {
    const auto found = records.named.find(name);
    const std::size_t times = found == records.named.end() ? 0 : found->second.size();
    count(findings, times, name);
    if (times != 1) return;
    const std::string with = records.name(found->second.front()->contact);
    const std::string of = records.name(found->second.front()->account);
    if (of == account && with == contact) return;
    findings.add(
        &Findings::wrong,
        fmt::format("{} is of {}, with {}; not of {}, with {}", name, of, with, account, contact)
    );
}

/// The people and companies that all mails together ask for.
void check_people(const Records& records, const std::vector<Mail>& mails, Findings& findings) {
    std::set<std::string> people, domains;
    for (const Mail& mail : mails) people.insert(mail.people.begin(), mail.people.end());
    for (const std::string& person : people) domains.insert(domain_of(person));
    for (const std::string& person : people)
        check_record(
            records, "contact " + person, "account " + domain_of(person), "nothing", findings
        );
    for (const std::string& domain : domains)
        check_record(records, "account " + domain, "nothing", "nothing", findings);
}

void check_mail(
    const Mail& mail,
    const std::vector<const MailView*>& stored,
    const Records& records,
    Findings& findings
) {
    const std::string what = fmt::format("mail {} ({})", mail.number, to_text(mail.fate));
    if (!mail.is_archived()) {
        if (!stored.empty())
            findings.add(&Findings::wrong, what + " is in the CRM, and should not be");
        return;
    }
    count(findings, stored.size(), what);
    if (stored.size() != 1) return;
    std::set<std::string> wanted, linked;
    for (const std::string& person : mail.people) wanted.insert("contact " + person);
    if (mail.makes_record()) wanted.insert(mail.kind + " " + mail.subject);
    for (const auto& link : stored.front()->links) linked.insert(records.name(link));
    if (linked != wanted) {
        findings.add(
            &Findings::wrong, fmt::format("{} is linked to {}, not to {}", what, linked, wanted)
        );
    }
}

}  // namespace

Findings check_crm(const Office& office, const std::vector<Mail>& mails) {
    Findings findings;
    crm::embedded::Database database = opened(office.crm());
    const auto all = crm::embedded::list_records(database, std::nullopt);
    const auto stored = crm::embedded::list_mails(database);
    if (!all) throw std::runtime_error(all.error().text);
    if (!stored) throw std::runtime_error(stored.error().text);
    std::map<std::string, std::vector<const MailView*>> by_message_id;
    for (const MailView& mail : *stored) by_message_id[mail.message_id].push_back(&mail);
    const Records records = by_name(*all);
    check_people(records, mails, findings);
    std::set<std::string> wanted;
    std::size_t archived = 0;
    for (const Mail& mail : mails) {
        check_mail(mail, by_message_id[mail.message_id], records, findings);
        archived += mail.is_archived();
        for (const std::string& person : mail.people) {
            wanted.insert("contact " + person);
            wanted.insert("account " + domain_of(person));
        }
        if (!mail.makes_record()) continue;
        const std::string contact = "contact " + mail.people.front();
        const std::string account = "account " + domain_of(mail.people.front());
        wanted.insert(mail.kind + " " + mail.subject);
        check_record(records, mail.kind + " " + mail.subject, account, contact, findings);
    }
    for (const auto& [name, list] : records.named)
        if (!wanted.contains(name)) findings.add(&Findings::wrong, name + " was not asked for");
    if (stored->size() > archived)
        findings.add(&Findings::wrong, "the CRM has mails that nobody asked for, or some twice");
    return findings;
}

Findings check_integrity(const Office& office) {
    Findings findings;
    for (const auto& path : {office.journal(), office.crm()}) {
        auto database = crm::embedded::Database::open(path.string(), crm::embedded::Opening::write);
        if (!database) throw std::runtime_error(database.error().text);
        auto row = database->query("PRAGMA integrity_check");
        const std::string answer = row.next() ? row.text(0) : "no answer";
        if (answer != "ok")
            findings.add(&Findings::wrong, path.filename().string() + ": " + answer);
    }
    return findings;
}

std::vector<std::string> open_jobs(const Office& office) {
    const auto journal = opened_journal(office);
    const auto all = journal->list(true);
    if (!all) throw std::runtime_error(all.error().text);
    std::vector<std::string> open;
    for (const agent::Job& job : *all) {
        if (job.state == agent::State::done) continue;
        open.push_back(fmt::format(
            "job {} of {}, \"{}\": {}, {}",
            job.id,
            job.mailbox,
            job.subject,
            to_text(job.state),
            job.note
        ));
    }
    return open;
}

bool has_read_folders(const Office& office) {
    const auto journal = opened_journal(office);
    for (const std::string& user : office.users()) {
        if (user == purging_user) continue;
        for (const auto& folder : office.exchange().folders(user)) {
            if (folder.distinguished != "inbox" && folder.distinguished != "sentitems") continue;
            const auto progress = journal->progress(user, folder.id);
            if (!progress) throw std::runtime_error(progress.error().text);
            if (!*progress || (*progress)->from_start) return false;
        }
    }
    return true;
}

}  // namespace crash
