// A TNEF stream cut into its attributes (MS-OXTNEF 2.1.3), in the order in which they stand.
// Used by tnef, which says what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mime {

enum class TnefLevel : std::uint8_t { message = 1, attachment = 2 };

/// Those that are looked at (MS-OXTNEF 2.1.3.2); the others are known to exist.
enum class TnefTag : std::uint32_t {
    subject = 0x00018004,
    body = 0x0002800C,
    attach_data = 0x0006800F,
    attach_title = 0x00018010,
    attach_transport_filename = 0x00069001,
    attach_rend_data = 0x00069002,
    msg_props = 0x00069003,
    attachment = 0x00069005,
    oem_codepage = 0x00069007,
};

/// `data` is a view into the stream; of one that is cut off what is there.
struct TnefAttribute {
    TnefLevel level = TnefLevel::message;
    TnefTag tag{};
    std::string_view data;
};

struct TnefAttributes {
    std::vector<TnefAttribute> list;
    std::vector<std::string> problems;  ///< "attribute 0x00018004 at byte 57: …"
};

TnefAttributes read_tnef_attributes(std::string_view stream);

}  // namespace mime
