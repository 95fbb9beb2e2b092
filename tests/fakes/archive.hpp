// A CRM archive in memory for tests: keeps the contract of idempotency, remembers every call, can
// refuse the n-th call or carry it out and lose the answer (what a broken connection looks like).
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "crm/archive.hpp"

namespace fakes {

class Archive final : public crm::Archive {
public:
    std::vector<crm::NewRecord> create_calls;  ///< every call, also those that failed
    std::vector<crm::NewMail> store_calls;
    std::size_t calls = 0;                       ///< of both kinds together
    std::map<std::size_t, crm::Error> failures;  ///< number of the call, from 1: nothing is done
    std::map<std::size_t, crm::Error> lost_answers;  ///< number of the call: done, then this error

    /// What the CRM holds, by key. Ids are "1", "2" …
    std::map<std::string, crm::NewRecord> records;
    std::map<std::string, crm::NewMail> mails;
    std::map<std::string, std::string> ids;

    boost::asio::awaitable<crm::Result<crm::Stored>> create(crm::NewRecord record) override {
        create_calls.push_back(record);
        ++calls;
        if (const auto failure = failures.find(calls); failure != failures.end()) {
            co_return failure->second;
        }
        const bool existed = !records.try_emplace(record.key, record).second;
        co_return answer(record.key, existed);
    }

    boost::asio::awaitable<crm::Result<crm::Stored>> store(crm::NewMail mail) override {
        store_calls.push_back(mail);
        ++calls;
        if (const auto failure = failures.find(calls); failure != failures.end()) {
            co_return failure->second;
        }
        const auto [known, added] = mails.try_emplace(mail.key, mail);
        auto& links = known->second.links;
        for (const auto& link : mail.links) {
            if (std::ranges::find(links, link) == links.end()) links.push_back(link);
        }
        co_return answer(mail.key, !added);
    }

private:
    crm::Result<crm::Stored> answer(const std::string& key, bool existed) {
        const auto id = ids.try_emplace(key, std::to_string(ids.size() + 1)).first->second;
        if (const auto lost = lost_answers.find(calls); lost != lost_answers.end()) {
            return lost->second;
        }
        return crm::Stored{id, existed};
    }
};

}  // namespace fakes
