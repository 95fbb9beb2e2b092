// Mails made from MIME: put into a folder as if they had been received, saved, not sent, and no
// drafts; or sent, with a copy in Sent Items. One operation to Exchange, two to us, since their
// replies differ.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/createitem-operation-email-message
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/ids.hpp"

namespace ews {

struct NewItem {
    std::string mime;
    std::vector<std::string> categories = {};
    std::optional<std::string> state = std::nullopt;  ///< our mark
    bool is_read = false;
};

struct CreateItem {
    static constexpr std::string_view name = "CreateItem";
    using Reply = std::vector<Result<ItemId>>;

    FolderRef folder;
    std::vector<NewItem> items;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

/// To the recipients of the fields To and Cc. `state` marks the copy, by which one whose answer was
/// lost is found; `is_read` counts for nothing.
struct SendNewItem {
    static constexpr std::string_view name = "CreateItem";
    using Reply = std::vector<Result<void>>;

    std::vector<NewItem> items;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
