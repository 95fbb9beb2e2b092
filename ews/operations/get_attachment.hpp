// Fetches what is attached to an item: the bytes of a file, an attached item as MIME or as an item.
// Each succeeds or fails on its own; a call has one minute, so big ones are asked for alone.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/getattachment-operation
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/item.hpp"

namespace ews {

struct AttachedContent {
    Attachment about;
    std::optional<std::string> bytes;  ///< of a file
    std::optional<Item> item;  ///< what an ItemAttachment holds, with MIME if it was asked for
    bool operator==(const AttachedContent&) const = default;
};

struct GetAttachment {
    static constexpr std::string_view name = "GetAttachment";
    using Reply = std::vector<Result<AttachedContent>>;

    std::vector<AttachmentId> attachments;
    bool mime = true;  ///< of attached items; else all their properties

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
