#include "ews/operations/unsubscribe.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void Unsubscribe::write(pugi::xml_node request) const {
    add_text(request, "m:SubscriptionId", subscription.id);
}

Result<void> Unsubscribe::read(pugi::xml_node response) const {
    return read_single(response);
}

}  // namespace ews
