#include "agent/archive_mail.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "agent/attachment_content.hpp"
#include "agent/missing_right.hpp"
#include "crm/limits.hpp"
#include "mime/body_text.hpp"
#include "mime/safe_html.hpp"
#include "rules/create/record.hpp"

namespace agent {

namespace {

/// Key of a Create -> CRM id; none where it was left out.
using Ids = std::map<std::string, std::optional<std::string>>;

Result<std::optional<std::string>> resolve(const rules::Reference& reference, const Ids& ids) {
    if (!reference.created) return std::optional(reference.id);
    const auto found = ids.find(reference.id);
    if (found != ids.end()) return found->second;
    return Error{
        errc::permanent, "the decision refers to '" + reference.id + "', which it does not create", {}
    };
}

Result<std::optional<std::string>> resolve(
    const std::optional<rules::Reference>& reference, const Ids& ids
) {
    if (!reference) return std::optional<std::string>{};
    return resolve(*reference, ids);
}

Result<crm::NewRecord> record_of(
    const rules::Create& create, const Ids& ids, const rules::Mail& mail
) {
    crm::NewRecord record;
    record.key = create.key;
    record.kind = create.kind;
    record.name = create.name;
    record.fields = create.fields;
    record.owner = mail.owner.addresses.empty() ? "" : mail.owner.addresses.front();
    Result<std::optional<std::string>> account = resolve(create.account, ids);
    if (!account) return account.error();
    Result<std::optional<std::string>> contact = resolve(create.contact, ids);
    if (!contact) return contact.error();
    record.account = *account;
    record.contact = *contact;
    return record;
}

/// What the CRM shows; the original keeps all of it.
std::string shortened(const std::string& text) {
    if (text.size() <= crm::limits::text) return text;
    std::size_t end = crm::limits::text - 3;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "…";
}

void add_addresses(crm::NewMail& mail, const mime::Message& message) {
    const auto add = [&mail](std::string_view position, const std::vector<mime::Mailbox>& people) {
        for (const mime::Mailbox& person : people) {
            if (mail.addresses.size() >= crm::limits::addresses) return;
            mail.addresses.push_back(
                {std::string(position), shortened(person.name), shortened(person.address)}
            );
        }
    };
    add("from", message.from);
    add("reply-to", message.reply_to);
    add("to", message.to);
    add("cc", message.cc);
    add("bcc", message.bcc);
}

void add_attachments(
    crm::NewMail& mail,
    const ReadMail& read,
    const rules::Decision& decision
) {
    const std::vector<mime::Attachment>& files = read.files;
    const std::size_t count = std::min(files.size(), decision.attachments.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (!decision.attachments[i].stored) continue;
        const mime::Attachment& attachment = files[i];
        mail.attachments.push_back(
            {attachment.filename.value_or(""),
             attachment.content_type,
             content_of(attachment, read.mail.attachments[i].size, read.bytes)}
        );
    }
}

Result<crm::NewMail> mail_of(const rules::Decision& decision, const ReadMail& read, const Ids& ids) {
    crm::NewMail mail;
    mail.key = rules::mail_key(read.mail);
    mail.message_id = shortened(read.mail.message_id);
    mail.subject = shortened(read.mail.subject);
    mail.text = read.mail.text + decision.body_suffix;
    mail.new_text = mime::new_text_of(read.message).text;
    if (read.mail.html) mail.html = mime::safe_html(*read.mail.html).html;
    mail.date = read.mail.date;
    mail.sent = read.mail.direction == rules::Direction::sent;
    mail.mailbox = read.mail.owner.addresses.empty() ? "" : read.mail.owner.addresses.front();
    mail.original = crm::Content(read.bytes.view(), read.bytes.owner());
    add_addresses(mail, read.message);
    add_attachments(mail, read, decision);
    std::set<crm::Link> links;
    for (const rules::Reference& reference : decision.links) {
        Result<std::optional<std::string>> id = resolve(reference, ids);
        if (!id) return id.error();
        if (*id) links.insert({reference.kind, **id});
    }
    mail.links.assign(links.begin(), links.end());
    return mail;
}

std::optional<std::string> key_of(const std::optional<rules::Reference>& reference) {
    if (!reference || !reference->created) return std::nullopt;
    return reference->id;
}

Result<crm::Bundle> bundle_of(const rules::Decision& decision, const ReadMail& read) {
    crm::Bundle bundle;
    Ids later;  // what is created in the same step has no id yet
    for (const rules::Create& create : decision.create) {
        Result<crm::NewRecord> record = record_of(create, later, read.mail);
        if (!record) return record.error();
        bundle.records.push_back({std::move(*record), key_of(create.account), key_of(create.contact)});
        later[create.key] = std::nullopt;
    }
    Result<crm::NewMail> mail = mail_of(decision, read, later);
    if (!mail) return mail.error();
    bundle.mail = std::move(*mail);
    for (const rules::Reference& link : decision.links) {
        if (link.created) bundle.links.push_back({link.kind, link.id});
    }
    return bundle;
}

Archived archived_of(const rules::Decision& decision, const crm::StoredBundle& stored) {
    Archived archived;
    for (std::size_t i = 0; i < std::min(stored.records.size(), decision.create.size()); ++i) {
        const rules::Create& create = decision.create[i];
        archived.created.push_back({create.kind, create.key, stored.records[i].id, stored.records[i].existed});
    }
    archived.record = stored.mail.id;
    archived.existed = stored.mail.existed;
    return archived;
}

bool is_person(rules::RecordKind kind) {
    return kind == rules::RecordKind::contact || kind == rules::RecordKind::lead;
}

/// Somebody is left whom the mail is linked to.
bool has_person(const rules::Decision& decision, const Ids& ids) {
    return std::ranges::any_of(decision.links, [&ids](const rules::Reference& link) {
        if (!is_person(link.kind)) return false;
        const auto found = link.created ? ids.find(link.id) : ids.end();
        return found == ids.end() || found->second.has_value();
    });
}

}  // namespace

boost::asio::awaitable<Result<Archived>> archive_mail(
    const rules::Decision& decision,
    const ReadMail& read,
    const rules::PermissionErrors& permission_errors,
    crm::Archive& archive
) {
    if (!decision.create.empty() && archive.has_bundles()) {
        Result<crm::Bundle> bundle = bundle_of(decision, read);
        if (!bundle) co_return bundle.error();
        crm::Result<crm::StoredBundle> stored = co_await archive.store_bundle(std::move(*bundle));
        if (stored) co_return archived_of(decision, *stored);
        // Where a right is missing, it matters for which of them.
        if (stored.error().code != crm::errc::forbidden) co_return from(stored.error());
    }
    Archived archived;
    Ids ids;
    for (const rules::Create& create : decision.create) {
        Result<crm::NewRecord> record = record_of(create, ids, read.mail);
        if (!record) co_return record.error();
        crm::Result<crm::Stored> stored = co_await archive.create(std::move(*record));
        if (!stored && stored.error().code == crm::errc::forbidden) {
            MissingRight right{create.kind, stored.error().text};
            ids[create.key] = std::nullopt;
            const bool is_needed = is_person(create.kind) && !has_person(decision, ids);
            if (!is_needed && reaction_to(right, permission_errors) == rules::OnForbidden::ignore) {
                archived.left_out.push_back({create.kind, create.key, std::move(right.text)});
                continue;
            }
            Error error = co_await stop(right, permission_errors, decision.create, archive);
            co_return error;
        }
        if (!stored) co_return from(stored.error());
        ids[create.key] = stored->id;
        archived.created.push_back({create.kind, create.key, stored->id, stored->existed});
    }
    Result<crm::NewMail> mail = mail_of(decision, read, ids);
    if (!mail) co_return mail.error();
    crm::Result<crm::Stored> stored = co_await archive.store(std::move(*mail));
    if (!stored && stored.error().code == crm::errc::forbidden) {
        const MissingRight right{rules::RecordKind::email, stored.error().text};
        Error error = co_await stop(right, permission_errors, decision.create, archive);
        co_return error;
    }
    if (!stored) co_return from(stored.error());
    archived.record = stored->id;
    archived.existed = stored->existed;
    co_return archived;
}

}  // namespace agent
