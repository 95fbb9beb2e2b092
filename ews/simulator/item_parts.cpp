#include "ews/simulator/item_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ews/simulator/item_fields.hpp"
#include "ews/simulator/legacy_name.hpp"
#include "mime/attachment.hpp"

namespace ews::simulator {

namespace {

using ClassElement = std::pair<std::string_view, const char*>;

constexpr std::array<ClassElement, 9> class_elements{{
    {"IPM.Schedule.Meeting.Request", "t:MeetingRequest"},
    {"IPM.Schedule.Meeting.Resp", "t:MeetingResponse"},
    {"IPM.Schedule.Meeting.Canceled", "t:MeetingCancellation"},
    {"IPM.Note", "t:Message"},
    {"REPORT.", "t:Message"},
    {"IPM.Appointment", "t:CalendarItem"},
    {"IPM.Contact", "t:Contact"},
    {"IPM.Task", "t:Task"},
    {"IPM.Post", "t:PostItem"},
}};

void add_mailbox(pugi::xml_node parent, const mime::Mailbox& mailbox) {
    auto node = parent.append_child("t:Mailbox");
    add_text(node, "t:Name", mailbox.name.empty() ? mailbox.address : mailbox.name);
    if (mailbox.address.empty()) return;
    const auto legacy = unwrap_legacy_name(mailbox.address);
    add_text(node, "t:EmailAddress", legacy.empty() ? mailbox.address : legacy);
    add_text(node, "t:RoutingType", legacy.empty() ? "SMTP" : "EX");
    add_text(node, "t:MailboxType", "OneOff");
}

std::string wrap_in_html(std::string_view text) {
    std::string html = "<html><body><pre>";
    for (const auto letter : text) {
        if (letter == '<')
            html += "&lt;";
        else if (letter == '&')
            html += "&amp;";
        else
            html += letter;
    }
    return html + "</pre></body></html>";
}

bool strip_prefix(std::string_view& subject) {
    for (const std::string_view prefix : {"re:", "aw:", "fw:", "fwd:", "wg:"}) {
        if (!equal_ignoring_case(subject.substr(0, prefix.size()), prefix)) continue;
        subject.remove_prefix(prefix.size());
        subject.remove_prefix(std::min(subject.find_first_not_of(' '), subject.size()));
        return true;
    }
    return false;
}

/// In the order of the schema.
void write_attached_mail(pugi::xml_node node, const mime::Message& message) {
    add_text(node, "t:Subject", message.subject);
    write_body(node, "t:Body", message, "Best");
    if (message.date) add_text(node, "t:DateTimeSent", format_time(*message.date));
    write_mailboxes(node, "t:ToRecipients", message.to);
    write_mailboxes(node, "t:CcRecipients", message.cc);
    write_mailbox(node, "t:From", message.from);
    if (!message.message_id.empty()) add_text(node, "t:InternetMessageId", message.message_id);
}

}  // namespace

const char* element_of_class(std::string_view item_class) {
    for (const auto& [prefix, element] : class_elements)
        if (equal_ignoring_case(item_class.substr(0, prefix.size()), prefix)) return element;
    return "t:Item";
}

bool is_message_element(std::string_view element) {
    return element == "t:Message" || element.starts_with("t:Meeting");
}

void write_body(
    pugi::xml_node parent, const char* name, const mime::Message& message, std::string_view type
) {
    const auto as_html = type == "HTML" || (type == "Best" && message.html.has_value());
    auto body = message.text.value_or("");
    if (as_html) body = message.html ? *message.html : wrap_in_html(body);
    auto node = add_text(parent, name, body);
    node.append_attribute("BodyType").set_value(as_html ? "HTML" : "Text");
    node.append_attribute("IsTruncated").set_value("false");
}

void write_mailbox(
    pugi::xml_node parent, const char* name, const std::vector<mime::Mailbox>& mailboxes
) {
    if (!mailboxes.empty()) add_mailbox(parent.append_child(name), mailboxes.front());
}

void write_mailboxes(
    pugi::xml_node parent, const char* name, const std::vector<mime::Mailbox>& mailboxes
) {
    if (mailboxes.empty()) return;
    auto list = parent.append_child(name);
    for (const auto& mailbox : mailboxes) add_mailbox(list, mailbox);
}

void write_headers(
    pugi::xml_node parent, const mime::Message& message, const std::vector<std::string>& only
) {
    pugi::xml_node list;
    for (const auto& field : message.headers) {
        const auto asked = std::any_of(only.begin(), only.end(), [&field](const auto& name) {
            return equal_ignoring_case(name, field.name);
        });
        if (field.name.empty() || (!only.empty() && !asked)) continue;
        if (!list) list = parent.append_child("t:InternetMessageHeaders");
        add_attribute(
            add_text(list, "t:InternetMessageHeader", field.value), "HeaderName", field.name
        );
    }
}

std::string conversation_topic(const mime::Message& message) {
    std::string_view subject = message.subject;
    while (strip_prefix(subject)) {
    }
    return std::string(subject);
}

std::string conversation_id(const mime::Message& message) {
    auto first = message.message_id;
    if (!message.references.empty())
        first = message.references.front();
    else if (!message.in_reply_to.empty())
        first = message.in_reply_to.front();
    return encode_base64(guid_of(first.empty() ? conversation_topic(message) : first));
}

std::string attachment_id(const Item& item, std::size_t index) {
    return encode_base64(fmt::format("{}|{}", item.id, index));
}

void write_attachment(pugi::xml_node parent, const Item& item, std::size_t index, AttachedAs as) {
    const auto& attachment = item.content->message.attachments[index];
    const auto is_item = attachment.content_type == "message/rfc822";
    auto node = parent.append_child(is_item ? "t:ItemAttachment" : "t:FileAttachment");
    add_attribute(node.append_child("t:AttachmentId"), "Id", attachment_id(item, index));
    add_text(node, "t:Name", attachment.filename.value_or(is_item ? "attached mail" : ""));
    add_text(node, "t:ContentType", attachment.content_type);
    if (attachment.content_id) add_text(node, "t:ContentId", *attachment.content_id);
    const auto bytes = mime::decode(attachment);
    add_text(node, "t:Size", fmt::format("{}", bytes.size()));
    add_text(node, "t:LastModifiedTime", format_time(item.modified));
    add_text(node, "t:IsInline", bool_text(attachment.is_inline));
    if (as == AttachedAs::listed) return;
    if (!is_item) {
        node.append_child("t:Content").text().set(encode_base64(bytes).c_str());
        return;
    }
    auto message = node.append_child("t:Message");
    if (as == AttachedAs::properties) {
        write_attached_mail(message, read_content(bytes)->message);
        return;
    }
    auto mime = message.append_child("t:MimeContent");
    mime.append_attribute("CharacterSet").set_value("UTF-8");
    mime.text().set(encode_base64(bytes).c_str());
}

}  // namespace ews::simulator
