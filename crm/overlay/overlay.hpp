// A CRM for dry runs: what is created and stored stays in memory above a real CRM, which is only
// asked. So the second mail of a replay meets the contact that the first one would have created.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "crm/archive.hpp"
#include "crm/directory.hpp"

namespace crm::overlay {

struct CreatedRecord {
    std::string id;  ///< "new:1", "new:2" …: no CRM gives such ids
    NewRecord record;
    std::string owner_id;  ///< CRM id of the owner, "" if the base knows none
    std::chrono::sys_seconds created{};
};

struct StoredMail {
    std::string id;  ///< "new:…" as above
    NewMail mail;    ///< with the links of all calls
};

/// May be called from several threads. `base` must outlive it. A record of the base that a call
/// refers to is taken to exist; one of the overlay is looked up.
class Overlay final : public Directory, public Archive {
public:
    using Now = std::function<std::chrono::sys_seconds()>;

    Overlay(Directory& base, Now now) : base_(base), now_(std::move(now)) {}

    boost::asio::awaitable<Result<rules::Facts>> answer(rules::Need need) override;
    boost::asio::awaitable<Result<Stored>> create(NewRecord record) override;
    boost::asio::awaitable<Result<Stored>> store(NewMail mail) override;

    std::vector<CreatedRecord> created() const;  ///< in order of creation
    std::vector<StoredMail> stored() const;

private:
    void add_created(const rules::Need& need, rules::Facts& facts) const;
    Result<Stored> create_now(NewRecord record, std::string owner_id);
    Result<Stored> store_now(NewMail mail);
    std::optional<Error> missing(rules::RecordKind kind, const std::string& id) const;
    std::string next_id();

    Directory& base_;
    Now now_;
    mutable std::mutex mutex_;  ///< guards all below; never held across a suspension
    std::vector<CreatedRecord> created_;
    std::vector<StoredMail> stored_;
    std::map<std::string, std::string> ids_;  ///< by key
};

}  // namespace crm::overlay
