#include <boost/json.hpp>

#include "agent/commands/crm_view.hpp"
#include "agent/terminal_text.hpp"
#include "agent/utc_text.hpp"

namespace agent {
namespace {

using crm::embedded::MailView;
using crm::embedded::Mention;
using crm::embedded::RecordView;
namespace json = boost::json;

json::value mention_json(const std::optional<Mention>& mention) {
    if (!mention) return nullptr;
    return {
        {"kind", std::string(rules::to_text(mention->kind))},
        {"id", mention->id},
        {"name", mention->name}};
}

json::array mentions_json(const std::vector<Mention>& mentions) {
    json::array array;
    for (const auto& mention : mentions) array.push_back(mention_json(mention));
    return array;
}

json::array strings_json(const std::vector<std::string>& strings) {
    return json::array(strings.begin(), strings.end());
}

template <class T>
json::value or_null(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

json::object to_json(const RecordView& record) {
    json::object fields;
    for (const auto& [name, value] : record.fields) fields[name] = value;
    return {
        {"kind", std::string(rules::to_text(record.kind))},
        {"id", record.id},
        {"name", record.name},
        {"status", record.status},
        {"account", mention_json(record.account)},
        {"contact", mention_json(record.contact)},
        {"owner", mention_json(record.owner)},
        {"addresses", strings_json(record.addresses)},
        {"domains", strings_json(record.domains)},
        {"fields", fields},
        {"created", utc_text(record.created)},
        {"modified", utc_text(record.modified)},
        {"mails", mentions_json(record.mails)}};
}

json::object to_json(const MailView& mail) {
    json::array addresses;
    for (const auto& [position, name, address] : mail.addresses) {
        addresses.push_back({{"position", position}, {"name", name}, {"address", address}});
    }
    json::array attachments;
    for (const auto& attachment : mail.attachments) {
        attachments.push_back(
            {{"filename", attachment.filename},
             {"content_type", attachment.content_type},
             {"size", attachment.size},
             {"sha256", attachment.sha256}}
        );
    }
    const auto date = mail.date ? json::value(utc_text(*mail.date)) : json::value(nullptr);
    return {
        {"kind", "email"},
        {"id", mail.id},
        {"subject", mail.subject},
        {"message_id", mail.message_id},
        {"date", date},
        {"direction", mail.sent ? "sent" : "received"},
        {"mailbox", mail.mailbox},
        {"addresses", addresses},
        {"text", mail.text},
        {"new_text", mail.new_text},
        {"html", or_null(mail.html)},
        {"attachments", attachments},
        {"links", mentions_json(mail.links)},
        {"original_sha256", or_null(mail.original_sha256)},
        {"archived", utc_text(mail.created)}};
}

template <class Views>
std::string lines_of(const Views& views) {
    std::string lines;
    for (const auto& view : views) lines += json::serialize(to_json(view)) + "\n";
    return lines;
}

}  // namespace

std::string json_lines(const std::vector<RecordView>& records) {
    return lines_of(records);
}
std::string json_lines(const std::vector<MailView>& mails) {
    return lines_of(mails);
}

}  // namespace agent
