// A CRM archive in memory for tests: keeps the contract of idempotency, remembers every call, can
// refuse the n-th call or carry it out and lose the answer (what a broken connection looks like),
// and can lack rights.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "crm/archive.hpp"

namespace fakes {

class Archive final : public crm::Archive {
public:
    std::vector<crm::NewRecord> create_calls;  ///< every call, also those that failed
    std::vector<crm::NewMail> store_calls;
    std::vector<std::string> undo_calls;         ///< their keys
    std::size_t calls = 0;                       ///< of all kinds together
    std::map<std::size_t, crm::Error> failures;  ///< number of the call, from 1: nothing is done
    std::map<std::size_t, crm::Error> lost_answers;  ///< number of the call: done, then this error
    std::set<rules::RecordKind> forbidden;  ///< none of these is created; `email`: no mail is
                                            ///< stored. What is there is found

    /// What the CRM holds, by key. Ids are "1", "2" … and never given twice.
    std::map<std::string, crm::NewRecord> records;
    std::map<std::string, crm::NewMail> mails;
    std::map<std::string, std::string> ids;
    std::set<std::string> changed;  ///< keys of records that somebody has edited

    boost::asio::awaitable<crm::Result<crm::Stored>> create(crm::NewRecord record) override {
        create_calls.push_back(record);
        ++calls;
        if (const auto failure = failures.find(calls); failure != failures.end()) {
            co_return failure->second;
        }
        const bool existed = records.contains(record.key);
        if (!existed && forbidden.contains(record.kind)) co_return no_right(record.kind);
        records.try_emplace(record.key, record);
        co_return answer(record.key, existed);
    }

    boost::asio::awaitable<crm::Result<crm::Stored>> store(crm::NewMail mail) override {
        store_calls.push_back(mail);
        ++calls;
        if (const auto failure = failures.find(calls); failure != failures.end()) {
            co_return failure->second;
        }
        const bool existed = mails.contains(mail.key);
        if (!existed && forbidden.contains(rules::RecordKind::email)) {
            co_return no_right(rules::RecordKind::email);
        }
        auto& links = mails.try_emplace(mail.key, mail).first->second.links;
        for (const auto& link : mail.links) {
            if (std::ranges::find(links, link) == links.end()) links.push_back(link);
        }
        co_return answer(mail.key, existed);
    }

    boost::asio::awaitable<crm::Result<crm::Undone>> undo(std::string key) override {
        undo_calls.push_back(key);
        ++calls;
        if (const auto failure = failures.find(calls); failure != failures.end()) {
            co_return failure->second;
        }
        auto undone = ids.contains(key) ? crm::Undone::kept : crm::Undone::nothing;
        if (records.contains(key) && !changed.contains(key) && !is_needed(ids.at(key))) {
            records.erase(key);
            ids.erase(key);
            undone = crm::Undone::removed;
        }
        if (const auto lost = lost_answers.find(calls); lost != lost_answers.end()) {
            co_return lost->second;
        }
        co_return undone;
    }

private:
    static crm::Error no_right(rules::RecordKind kind) {
        const std::string text(rules::to_text(kind));
        return {crm::errc::forbidden, "no access to " + text, std::nullopt};
    }

    crm::Result<crm::Stored> answer(const std::string& key, bool existed) {
        const auto [id, added] = ids.try_emplace(key, std::to_string(ids_given_ + 1));
        if (added) ++ids_given_;
        if (const auto lost = lost_answers.find(calls); lost != lost_answers.end()) {
            return lost->second;
        }
        return crm::Stored{id->second, existed};
    }

    bool is_needed(const std::string& id) const {
        const auto links_to = [&id](const auto& mail) {
            return std::ranges::any_of(mail.second.links, [&](const auto& link) {
                return link.id == id;
            });
        };
        const auto refers_to = [&id](const auto& record) {
            return record.second.account == id || record.second.contact == id;
        };
        return std::ranges::any_of(mails, links_to) || std::ranges::any_of(records, refers_to);
    }

    std::size_t ids_given_ = 0;
};

}  // namespace fakes
