// Every bound of what rules/ takes in or gives out.
#pragma once

#include <cstddef>

namespace rules {

inline constexpr std::size_t max_xml_bytes = std::size_t{1}
                                             << 20;    ///< of a policy or configuration file
inline constexpr std::size_t max_problems = 100;       ///< reported of one file
inline constexpr std::size_t max_name_length = 255;    ///< characters of a record's name
inline constexpr std::size_t max_address_length = 320;  ///< RFC 5321 §4.5.3.1: 64 + 1 + 255
inline constexpr std::size_t max_domain_length = 253;  ///< RFC 1035 §2.3.4
inline constexpr std::size_t max_label_length = 63;    ///< RFC 1035 §2.3.4

}  // namespace rules
