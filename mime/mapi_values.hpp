// The properties of a message or an attachment that are looked at, and their values decoded.
// Used by tnef and tnef_file.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "mime/charset.hpp"
#include "mime/mapi_property.hpp"

namespace mime {

/// Ids by MS-OXPROPS, PidTagSubject being `subject`.
namespace pid {
inline constexpr std::uint16_t subject = 0x0037;
inline constexpr std::uint16_t body = 0x1000;
inline constexpr std::uint16_t rtf_compressed = 0x1009;
inline constexpr std::uint16_t html = 0x1013;  ///< PidTagHtml: bytes; PidTagBodyHtml: a string
inline constexpr std::uint16_t display_name = 0x3001;
inline constexpr std::uint16_t attach_data = 0x3701;  ///< bytes, or an object
inline constexpr std::uint16_t attach_filename = 0x3704;
inline constexpr std::uint16_t attach_long_filename = 0x3707;
inline constexpr std::uint16_t attach_mime_tag = 0x370E;
inline constexpr std::uint16_t attach_content_id = 0x3712;
inline constexpr std::uint16_t attach_flags = 0x3714;
inline constexpr std::uint16_t internet_codepage = 0x3FDE;
inline constexpr std::uint16_t message_codepage = 0x3FFD;
inline constexpr std::uint16_t attachment_hidden = 0x7FFE;
}  // namespace pid

/// Views into the bytes that were added.
class MapiValues {
public:
    /// A list of properties; of several of an id the last counts. Returns where and why its reading
    /// ended early, "" where it did not.
    std::string add(std::string_view list);

    /// nullptr if there is none; a named one, or one with another id than those above, is not kept.
    const MapiProperty* find(std::uint16_t id) const;

    /// 0 if there is none.
    std::uint32_t number(std::uint16_t id) const;

    /// "" for one that is absent or no string. `code_page` is that of 8-bit strings.
    Decoded decoded(std::uint16_t id, unsigned code_page) const;
    std::string string(std::uint16_t id, unsigned code_page) const;

private:
    std::map<std::uint16_t, MapiProperty> properties_;
};

/// An 8-bit string, until its NUL.
Decoded decode_string8(std::string_view bytes, unsigned code_page);

}  // namespace mime
