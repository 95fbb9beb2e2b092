#include "ews/operations/get_streaming_events.hpp"

#include <fmt/format.h>

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

using Connection = StreamedEvents::Connection;

void read_message(pugi::xml_node message, StreamedEvents& streamed) {
    const std::string status = trimmed_text(child(message, "ConnectionStatus"));
    if (status == "Closed") streamed.connection = Connection::closed;
    if (status == "OK" && streamed.connection == Connection::unsaid)
        streamed.connection = Connection::ok;
    for (auto node : elements(child(message, "Notifications"), "Notification"))
        streamed.notifications.push_back(read_notification(node));
    if (!streamed.error) streamed.error = error_of(message);
}

}  // namespace

void GetStreamingEvents::write(pugi::xml_node request) const {
    auto ids = add(request, "m:SubscriptionIds");
    for (const auto& subscription : subscriptions)
        add_text(ids, "t:SubscriptionId", subscription.id);
    add_text(request, "m:ConnectionTimeout", fmt::to_string(connection.count()));
}

Result<StreamedEvents> GetStreamingEvents::read(pugi::xml_node response) const {
    const auto found = elements(child(response, "ResponseMessages"));
    if (found.empty()) return protocol_error("GetStreamingEvents answers without a message");
    StreamedEvents streamed;
    for (auto message : found) read_message(message, streamed);
    return streamed;
}

}  // namespace ews
