// Converts ids between the forms that Exchange knows; cheap enough to see whether server and login
// work.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/convertid-operation
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"

namespace ews {

struct AlternateId {
    std::string format;  ///< EwsId, EntryId, HexEntryId, StoreId, OwaId, EwsLegacyId
    std::string id;
    std::string mailbox;  ///< SMTP address
    bool operator==(const AlternateId&) const = default;
};

struct ConvertId {
    static constexpr std::string_view name = "ConvertId";
    using Reply = std::vector<Result<AlternateId>>;

    std::vector<AlternateId> ids;
    std::string format = "EwsId";

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
