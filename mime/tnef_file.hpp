// What the attributes of one TNEF attachment make of it: its name, type, and bytes. Used by tnef,
// which collects them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mime/mapi_values.hpp"
#include "mime/tnef.hpp"

namespace mime {

/// The type of a message that is attached, and of winmail.dat itself.
inline constexpr std::string_view tnef_type = "application/ms-tnef";

/// attAttachTitle, attAttachTransportFilename, attAttachData, and the list in attAttachment.
struct TnefDraft {
    std::string_view title, transport_filename;
    std::optional<std::string_view> data;
    MapiValues properties;
};

/// Nothing where it holds no data, as a link does. `code_page` is that of 8-bit strings.
std::optional<TnefFile> tnef_file(const TnefDraft& draft, unsigned code_page);

/// Those that the HTML shows by cid: (RFC 2392) are inline.
void mark_shown(std::vector<TnefFile>& files, std::string_view html);

}  // namespace mime
