// Asks for events of folders, to be read by GetStreamingEvents. Does not cover subfolders. Belongs
// to the account that logs in; a lost one loses its events.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/subscribe-operation
#pragma once

#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/notification.hpp"

namespace ews {

struct Subscribe {
    static constexpr std::string_view name = "Subscribe";
    using Reply = SubscriptionId;

    std::vector<FolderRef> folders;  ///< none means all folders of the mailbox
    std::vector<EventKind> events = {
        EventKind::new_mail,
        EventKind::created,
        EventKind::moved,
        EventKind::copied,
        EventKind::modified,
        EventKind::deleted};

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
