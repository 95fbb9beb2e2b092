// What a dry run has made so far: the records and mails that lie above the real CRM. Apart from
// the overlay because nothing here waits or asks. One thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "crm/archive.hpp"
#include "crm/directory.hpp"

namespace crm::overlay {

struct CreatedRecord {
    std::string id;        ///< "new:00000001" …: no CRM gives such; text that sorts as numbers do
    NewRecord record;      ///< of its fields only the addresses and the domain
    std::string owner_id;  ///< CRM id of the owner, "" if there is none
    std::chrono::sys_seconds created{};
};

struct StoredMail {
    std::string id;  ///< as above; the CRM's where the CRM held the mail already
    std::string key;
    std::set<Link> links;  ///< of all calls, without those that a mail of the CRM had before
};

/// By what a record is found, comparable.
struct FoundBy {
    std::vector<std::string> addresses;  ///< of a person; the place is the field order
    std::string domain;                  ///< of an account, "" for none
};
FoundBy found_by(const NewRecord& record);

/// May live for weeks: of mails and records it keeps what finds them again, and no contents.
class Layer {
public:
    void add_to(rules::Facts& facts, const rules::Need& need) const;
    Known known(const std::set<std::string>& keys) const;

    /// The record under that key, as long as it is found by all that the new one is found by.
    std::optional<Stored> same(const NewRecord& record) const;
    Result<Stored> create(NewRecord record, std::string owner_id, std::chrono::sys_seconds now);
    /// `held`: its id in the CRM, if that has the mail already.
    Result<Stored> store(const NewMail& mail, const std::optional<std::string>& held);

    /// Nobody edits what lies here, so that only links and references can hold a record.
    Undone undo(const std::string& key);

    /// Both for whoever compares a dry run with a real one.
    const std::vector<CreatedRecord>& created() const { return created_; }
    const std::vector<StoredMail>& stored() const { return stored_; }

private:
    struct Place {
        std::size_t record;  ///< in created_
        int field_order;
    };

    const CreatedRecord* find(const std::string& id) const;
    std::optional<Error> missing(rules::RecordKind kind, const std::string& id) const;
    bool is_needed(const std::string& id) const;
    void keep(CreatedRecord created);
    void list(std::size_t place);
    std::string next_id();

    std::uint64_t ids_given_ = 0;
    std::vector<CreatedRecord> created_;
    std::vector<StoredMail> stored_;
    std::map<std::string, std::string> ids_;                    ///< given here, by key
    std::map<std::string, std::size_t> mails_;                  ///< in stored_, by key
    std::map<std::string, std::vector<Place>> people_;          ///< by address
    std::map<std::string, std::vector<std::size_t>> accounts_;  ///< in created_, by domain
};

}  // namespace crm::overlay
