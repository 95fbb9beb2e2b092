#include "ews/simulator/item_table.hpp"

#include <fmt/format.h>

#include <array>

#include "ews/simulator/identifier.hpp"
#include "ews/simulator/item_fields.hpp"
#include "ews/simulator/item_parts.hpp"

namespace ews::simulator {

namespace {

using C = ItemContext;
using N = pugi::xml_node;
using Values = std::vector<std::string>;

const mime::Message& mail(const C& c) {
    return c.item.content->message;
}

Values text(std::string value) {
    if (value.empty()) return {};
    return {std::move(value)};
}

Values number(std::size_t value) {
    return {fmt::format("{}", value)};
}
Values flag(bool value) {
    return {bool_text(value)};
}

Values first(const std::vector<mime::Mailbox>& mailboxes) {
    return mailboxes.empty() ? Values{} : text(mailboxes.front().address);
}

Values each(const std::vector<mime::Mailbox>& mailboxes) {
    Values result;
    for (const auto& mailbox : mailboxes) result.push_back(mailbox.name + " " + mailbox.address);
    return result;
}

Values display(const std::vector<mime::Mailbox>& mailboxes) {
    std::string names;
    for (const auto& mailbox : mailboxes) {
        if (!names.empty()) names += "; ";
        names += mailbox.name.empty() ? mailbox.address : mailbox.name;
    }
    return {names};
}

const std::vector<mime::Mailbox>& sender(const C& c) {
    return mail(c).sender.empty() ? mail(c).from : mail(c).sender;
}

bool is_from_me(const C& c) {
    const auto& from = mail(c).from;
    return !from.empty() && equal_ignoring_case(from.front().address, c.mailbox.address());
}

Values in_reply_to(const C& c) {
    const auto& ids = mail(c).in_reply_to;
    return ids.empty() ? Values{} : text(ids.front());
}

Values references(const C& c) {
    return text(fmt::format("{}", fmt::join(mail(c).references, " ")));
}

Values sent(const C& c) {
    return {format_time(mail(c).date.value_or(c.item.created))};
}

void write_folder(N node, const C& c) {
    const auto* const parent = c.mailbox.folder_of(c.item.folder);
    auto id = node.append_child("t:ParentFolderId");
    add_attribute(id, "Id", parent->id);
    add_attribute(id, "ChangeKey", write_change_key('F', parent->version));
}

void write_categories(N node, const C& c) {
    if (c.item.categories.empty()) return;
    auto list = node.append_child("t:Categories");
    for (const auto& category : c.item.categories) add_text(list, "t:String", category);
}

void write_attachments(N node, const C& c) {
    const auto count = mail(c).attachments.size();
    if (count == 0) return;
    auto list = node.append_child("t:Attachments");
    for (std::size_t index = 0; index < count; ++index)
        write_attachment(list, c.item, index, AttachedAs::listed);
}

void write_extended(N node, const C& c) {
    for (const auto& field : c.shape.extended)
        write_extended_property(node, field, extended_values(c.item, field.key));
}

void write_conversation(N node, const C& c) {
    add_attribute(node.append_child("t:ConversationId"), "Id", conversation_id(mail(c)));
}

// One field a line reads better here.
// clang-format off
constexpr std::array item_fields{
    ItemField{"item:ParentFolderId", "", all, true,
        [](const C& c) { return text(c.mailbox.folder_id(c.item.folder)); }, write_folder},
    ItemField{"item:ItemClass", "t:ItemClass", all, true,
        [](const C& c) { return text(c.item.item_class); }, nullptr},
    ItemField{"item:Subject", "t:Subject", both, true,
        [](const C& c) { return text(mail(c).subject); }, nullptr},
    ItemField{"item:Sensitivity", "t:Sensitivity", both, true,
        [](const C& c) { return text(c.item.sensitivity); }, nullptr},
    ItemField{"item:Body", "", both, false,
        [](const C& c) { return text(mail(c).text.value_or("")); },
        [](N n, const C& c) { write_body(n, "t:Body", mail(c), c.shape.body_type); }},
    ItemField{"item:Attachments", "", both, false, nullptr, write_attachments},
    ItemField{"item:DateTimeReceived", "t:DateTimeReceived", both, true,
        [](const C& c) { return text(format_time(c.item.received)); }, nullptr},
    ItemField{"item:Size", "t:Size", both, true,
        [](const C& c) { return number(c.item.content->mime.size()); }, nullptr},
    ItemField{"item:Categories", "", all, true,
        [](const C& c) { return c.item.categories; }, write_categories},
    ItemField{"item:Importance", "t:Importance", all, true,
        [](const C& c) { return text(c.item.importance); }, nullptr},
    ItemField{"item:InReplyTo", "t:InReplyTo", all, true, in_reply_to, nullptr},
    ItemField{"item:IsSubmitted", "t:IsSubmitted", all, true,
        [](const C&) { return flag(false); }, nullptr},
    ItemField{"item:IsDraft", "t:IsDraft", all, true,
        [](const C& c) { return flag(c.item.is_draft); }, nullptr},
    ItemField{"item:IsFromMe", "t:IsFromMe", all, true,
        [](const C& c) { return flag(is_from_me(c)); }, nullptr},
    ItemField{"item:IsResend", "t:IsResend", all, true,
        [](const C&) { return flag(false); }, nullptr},
    ItemField{"item:IsUnmodified", "t:IsUnmodified", all, true,
        [](const C& c) { return flag(c.item.changed.empty()); }, nullptr},
    ItemField{"item:InternetMessageHeaders", "", all, false,
        nullptr, [](N n, const C& c) { write_headers(n, mail(c), {}); }},
    ItemField{"item:InternetMessageHeader", "", asked, false,
        nullptr, [](N n, const C& c) { write_headers(n, mail(c), c.shape.headers); }},
    ItemField{"item:DateTimeSent", "t:DateTimeSent", both, true, sent, nullptr},
    ItemField{"item:DateTimeCreated", "t:DateTimeCreated", both, true,
        [](const C& c) { return text(format_time(c.item.created)); }, nullptr},
    ItemField{"item:DisplayCc", "t:DisplayCc", all, true,
        [](const C& c) { return display(mail(c).cc); }, nullptr},
    ItemField{"item:DisplayTo", "t:DisplayTo", all, true,
        [](const C& c) { return display(mail(c).to); }, nullptr},
    ItemField{"item:HasAttachments", "t:HasAttachments", both, true,
        [](const C& c) { return flag(!mail(c).attachments.empty()); }, nullptr},
    ItemField{"", "", both, true, nullptr, write_extended},
    ItemField{"item:LastModifiedTime", "t:LastModifiedTime", all, true,
        [](const C& c) { return text(format_time(c.item.modified)); }, nullptr},
    ItemField{"item:IsAssociated", "t:IsAssociated", all, true,
        [](const C&) { return flag(false); }, nullptr},
    ItemField{"item:ConversationId", "", all, true,
        [](const C& c) { return text(conversation_id(mail(c))); }, write_conversation},
    ItemField{"item:TextBody", "", asked, false,
        nullptr, [](N n, const C& c) { write_body(n, "t:TextBody", mail(c), "Text"); }},
};

constexpr std::array message_fields{
    ItemField{"message:Sender", "", both, true,
        [](const C& c) { return first(sender(c)); },
        [](N n, const C& c) { write_mailbox(n, "t:Sender", sender(c)); }},
    ItemField{"message:ToRecipients", "", both, false,
        [](const C& c) { return each(mail(c).to); },
        [](N n, const C& c) { write_mailboxes(n, "t:ToRecipients", mail(c).to); }},
    ItemField{"message:CcRecipients", "", both, false,
        [](const C& c) { return each(mail(c).cc); },
        [](N n, const C& c) { write_mailboxes(n, "t:CcRecipients", mail(c).cc); }},
    ItemField{"message:BccRecipients", "", both, false,
        [](const C& c) { return each(mail(c).bcc); },
        [](N n, const C& c) { write_mailboxes(n, "t:BccRecipients", mail(c).bcc); }},
    ItemField{"message:ConversationTopic", "t:ConversationTopic", all, true,
        [](const C& c) { return text(conversation_topic(mail(c))); }, nullptr},
    ItemField{"message:From", "", both, true,
        [](const C& c) { return first(mail(c).from); },
        [](N n, const C& c) { write_mailbox(n, "t:From", mail(c).from); }},
    ItemField{"message:InternetMessageId", "t:InternetMessageId", both, true,
        [](const C& c) { return text(mail(c).message_id); }, nullptr},
    ItemField{"message:IsRead", "t:IsRead", both, true,
        [](const C& c) { return flag(c.item.is_read); }, nullptr},
    ItemField{"message:References", "t:References", all, true, references, nullptr},
    ItemField{"message:ReplyTo", "", all, false,
        [](const C& c) { return each(mail(c).reply_to); },
        [](N n, const C& c) { write_mailboxes(n, "t:ReplyTo", mail(c).reply_to); }},
};
// clang-format on

}  // namespace

std::span<const ItemField> item_table() {
    return item_fields;
}
std::span<const ItemField> message_table() {
    return message_fields;
}

}  // namespace ews::simulator
