#include "ews/operations/subscribe.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void Subscribe::write(pugi::xml_node request) const {
    auto node = add(request, "m:StreamingSubscriptionRequest");
    if (folders.empty()) {
        add_attribute(node, "SubscribeToAllFolders", "true");
    } else {
        auto ids = add(node, "t:FolderIds");
        for (const auto& folder : folders) write_id(ids, folder);
    }
    auto types = add(node, "t:EventTypes");
    for (const auto event : events) add_text(types, "t:EventType", to_text(event));
}

Result<SubscriptionId> Subscribe::read(pugi::xml_node response) const {
    return read_single<SubscriptionId>(
        response,
        [](pugi::xml_node message) -> Result<SubscriptionId> {
            SubscriptionId subscription{trimmed_text(child(message, "SubscriptionId"))};
            if (subscription.id.empty()) return protocol_error("Subscribe answers without an id");
            return subscription;
        }
    );
}

}  // namespace ews
