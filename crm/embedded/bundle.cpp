#include "crm/embedded/bundle.hpp"

#include <map>
#include <utility>

#include "crm/embedded/create_record.hpp"
#include "crm/embedded/mails.hpp"

namespace crm::embedded {
namespace {

/// Key of a record of the bundle -> its id.
using BundleIds = std::map<std::string, std::string>;

Result<std::string> id_in(const BundleIds& ids, const std::string& key) {
    if (const auto found = ids.find(key); found != ids.end()) return found->second;
    return Error{errc::refused, "nothing before it has the key " + key, std::nullopt};
}

Result<void> refer(
    const std::optional<std::string>& key, const BundleIds& ids, std::optional<std::string>& id
) {
    if (!key) return {};
    auto found = id_in(ids, *key);
    if (!found) return found.error();
    id = std::move(*found);
    return {};
}

}  // namespace

Result<StoredBundle> store_bundle(
    Database& database, const Bundle& bundle, const Uploads& uploads, std::chrono::sys_seconds now
) {
    StoredBundle stored;
    BundleIds ids;
    for (const auto& [source, account_key, contact_key] : bundle.records) {
        NewRecord record = source;
        if (const auto done = refer(account_key, ids, record.account); !done) return done.error();
        if (const auto done = refer(contact_key, ids, record.contact); !done) return done.error();
        auto created = create_record(database, record, now);
        if (!created) return created.error();
        ids[record.key] = created->id;
        stored.records.push_back(std::move(*created));
    }
    std::vector<Link> links;
    for (const auto& link : bundle.links) {
        auto id = id_in(ids, link.id);
        if (!id) return id.error();
        links.push_back({link.kind, std::move(*id)});
    }
    auto mail = store_mail(database, bundle.mail, links, uploads, now);
    if (!mail) return mail.error();
    stored.mail = std::move(*mail);
    return stored;
}

}  // namespace crm::embedded
