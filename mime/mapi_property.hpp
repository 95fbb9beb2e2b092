// A counted list of MAPI properties as TNEF writes it (MS-OXTNEF 2.1.3.4): tags and bytes, not yet
// decoded. Used by mapi_values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mime {

/// Property types that have text or bytes for values (MS-OXCDATA 2.11.1).
namespace mapi_type {
inline constexpr std::uint16_t object = 0x000D;
inline constexpr std::uint16_t string8 = 0x001E;  ///< in some code page
inline constexpr std::uint16_t unicode = 0x001F;  ///< UTF-16LE
inline constexpr std::uint16_t binary = 0x0102;
}  // namespace mapi_type

/// A view into the bytes that were read.
struct MapiProperty {
    std::uint16_t id = 0;  ///< 0x8000 and more is a named one, whose name is not kept
    std::uint16_t type = 0;
    std::string_view value;      ///< of several values the first; of an object what follows its id
    std::string_view interface;  ///< of an object: the 16 bytes of its IID

    /// The value of a type of up to four bytes.
    std::uint32_t number() const;
};

struct MapiProperties {
    std::vector<MapiProperty> list;
    std::string problem;  ///< where and why reading ended early; "" where it did not
};

MapiProperties read_mapi_properties(std::string_view bytes);

}  // namespace mime
