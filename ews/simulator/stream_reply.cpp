#include "ews/simulator/stream_reply.hpp"

#include <fmt/format.h>

#include "ews/simulator/event_names.hpp"
#include "ews/simulator/identifier.hpp"
#include "ews/simulator/namespaces.hpp"
#include "ews/simulator/xml.hpp"

namespace ews::simulator {

namespace {

/// A new envelope; the result is its m:GetStreamingEventsResponseMessage.
pugi::xml_node add_envelope(pugi::xml_document& document, const char* response_class) {
    auto envelope = document.append_child("Envelope");
    envelope.append_attribute("xmlns").set_value(namespaces::soap);
    auto header = envelope.append_child("soap11:Header");
    header.append_attribute("xmlns:soap11").set_value(namespaces::soap);
    auto version = header.append_child("ServerVersionInfo");
    for (const auto& [name, value] : server_version)
        version.append_attribute(name).set_value(value);
    version.append_attribute("xmlns").set_value(namespaces::types);
    auto body = envelope.append_child("soap11:Body");
    body.append_attribute("xmlns:soap11").set_value(namespaces::soap);
    auto response = body.append_child("m:GetStreamingEventsResponse");
    response.append_attribute("xmlns:t").set_value(namespaces::types);
    response.append_attribute("xmlns:m").set_value(namespaces::messages);
    auto message = response.append_child("m:ResponseMessages")
                       .append_child("m:GetStreamingEventsResponseMessage");
    message.append_attribute("ResponseClass").set_value(response_class);
    return message;
}

void add_id(pugi::xml_node parent, const char* name, std::string_view id, bool folder) {
    auto node = parent.append_child(name);
    add_attribute(node, "Id", id);
    add_attribute(node, "ChangeKey", stub_change_key(folder));
}

void add_event(pugi::xml_node notification, const Event& event) {
    auto node = notification.append_child((std::string("t:") + event_name(event.kind)).c_str());
    add_text(node, "t:TimeStamp", format_time(event.time));
    add_id(node, event.is_folder ? "t:FolderId" : "t:ItemId", event.id, event.is_folder);
    add_id(node, "t:ParentFolderId", event.parent, true);
    if (!event.old_id.empty()) {
        const auto* const name = event.is_folder ? "t:OldFolderId" : "t:OldItemId";
        add_id(node, name, event.old_id, event.is_folder);
        add_id(node, "t:OldParentFolderId", event.old_parent, true);
    }
    if (event.unread) add_text(node, "t:UnreadCount", fmt::format("{}", *event.unread));
}

}  // namespace

std::string write_connection_status(std::string_view status) {
    pugi::xml_document document;
    auto message = add_envelope(document, "Success");
    add_text(message, "m:ResponseCode", "NoError");
    add_text(message, "m:ConnectionStatus", status);
    return to_text(document);
}

std::string write_notifications(const std::vector<EventBatch>& batches) {
    pugi::xml_document document;
    auto message = add_envelope(document, "Success");
    add_text(message, "m:ResponseCode", "NoError");
    auto notifications = message.append_child("m:Notifications");
    for (const auto& [subscription, events] : batches) {
        auto notification = notifications.append_child("m:Notification");
        add_text(notification, "t:SubscriptionId", subscription);
        for (const auto& event : events) add_event(notification, event);
    }
    return to_text(document);
}

std::string write_heartbeat(const std::vector<std::string>& subscriptions) {
    pugi::xml_document document;
    auto message = add_envelope(document, "Success");
    add_text(message, "m:ResponseCode", "NoError");
    auto notifications = message.append_child("m:Notifications");
    for (const auto& subscription : subscriptions) {
        auto notification = notifications.append_child("m:Notification");
        add_text(notification, "t:SubscriptionId", subscription);
        notification.append_child("t:StatusEvent");
    }
    return to_text(document);
}

std::string write_full_status(
    const std::vector<std::string>& heartbeat_of, std::string_view status
) {
    pugi::xml_document document;
    auto message = add_envelope(document, "Success");
    add_text(message, "m:ResponseCode", "NoError");
    auto notifications = message.append_child("m:Notifications");
    for (const auto& subscription : heartbeat_of) {
        auto notification = notifications.append_child("m:Notification");
        add_text(notification, "t:SubscriptionId", subscription);
        notification.append_child("t:StatusEvent");
    }
    message.append_child("m:ErrorSubscriptionIds");
    add_text(message, "m:ConnectionStatus", status);
    return to_text(document);
}

std::string write_stream_error(
    const Refusal& refusal, const std::vector<std::string>& subscriptions, std::string_view status
) {
    pugi::xml_document document;
    auto message = add_envelope(document, "Error");
    add_text(message, "m:MessageText", refusal.text);
    add_text(message, "m:ResponseCode", refusal.code);
    add_text(message, "m:DescriptiveLinkKey", "0");
    auto list = message.append_child("m:ErrorSubscriptionIds");
    for (const auto& id : subscriptions) add_text(list, "m:SubscriptionId", id);
    add_text(message, "m:ConnectionStatus", status);
    return to_text(document);
}

}  // namespace ews::simulator
