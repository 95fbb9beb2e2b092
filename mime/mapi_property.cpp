#include "mime/mapi_property.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "mime/byte_reader.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

constexpr std::uint16_t multi_valued = 0x1000;
constexpr std::uint16_t first_named = 0x8000;
constexpr std::size_t guid_size = 16;

/// In a list every value takes a multiple of four bytes; 0 for a type of any length.
std::size_t fixed_size(std::uint16_t type) {
    switch (type) {
        case 0x0002:  // Integer16
        case 0x0003:  // Integer32
        case 0x0004:  // Floating32
        case 0x000A:  // ErrorCode
        case 0x000B:  // Boolean
            return 4;
        case 0x0005:  // Floating64
        case 0x0006:  // Currency
        case 0x0007:  // FloatingTime
        case 0x0014:  // Integer64
        case 0x0040:  // Time
            return 8;
        case 0x0048:
            return guid_size;
        default:
            return 0;
    }
}

bool is_variable(std::uint16_t type) {
    return type == mapi_type::object || type == mapi_type::string8 || type == mapi_type::unicode ||
           type == mapi_type::binary;
}

std::string_view padded(ByteReader& reader, std::size_t size) {
    const auto value = reader.take(size);
    if (!reader.is_cut()) reader.take(std::min((4 - size % 4) % 4, reader.left()));
    return value;
}

void skip_name(ByteReader& reader) {
    reader.take(guid_size);
    const bool is_string = reader.u32() != 0;
    const auto id_or_size = reader.u32();
    if (is_string) padded(reader, id_or_size);
}

/// The values of a property, of which the first is kept.
void read_values(ByteReader& reader, std::uint32_t count, MapiProperty& property) {
    const auto fixed = fixed_size(property.type);
    for (std::uint32_t i = 0; i < count && !reader.is_cut(); ++i) {
        const auto value = fixed > 0 ? reader.take(fixed) : padded(reader, reader.u32());
        if (i == 0) property.value = value;
    }
    if (property.type != mapi_type::object) return;
    property.interface = property.value.substr(0, guid_size);
    property.value.remove_prefix(property.interface.size());
}

}  // namespace

std::uint32_t MapiProperty::number() const {
    return ByteReader(value).u32();
}

MapiProperties read_mapi_properties(std::string_view bytes) {
    MapiProperties result;
    ByteReader reader(bytes);
    const auto count = reader.u32();
    for (std::uint32_t i = 0; i < count; ++i) {
        MapiProperty property;
        const auto type = reader.u16();
        property.type = static_cast<std::uint16_t>(type & ~unsigned{multi_valued});
        property.id = reader.u16();
        const auto give_up = [&](std::string_view why) {
            result.problem =
                fmt::format("property {} of {} (0x{:04X}): {}", i + 1, count, property.id, why);
        };
        if (i == limits::mapi_properties) {
            give_up("more properties than are read");
            return result;
        }
        if (!reader.is_cut() && fixed_size(property.type) == 0 && !is_variable(property.type)) {
            give_up(fmt::format("unknown type 0x{:04X}", type));
            return result;
        }
        if (property.id >= first_named) skip_name(reader);
        const bool counted = (type & multi_valued) != 0 || is_variable(property.type);
        const auto values = counted ? reader.u32() : 1;
        read_values(reader, values, property);
        if (!reader.is_cut() || !property.value.empty()) result.list.push_back(property);
        if (reader.is_cut()) {
            give_up("is cut off");
            return result;
        }
    }
    if (reader.is_cut()) result.problem = "no list of properties";
    return result;
}

}  // namespace mime
