// Every bound of mime/: what a mail may cost. Beyond the bounds of `mimetic` a mail is read by our
// own splitter; beyond the others the rest is left out and Message::problems says so.
#pragma once

#include <cstddef>

namespace mime::limits {

inline constexpr std::size_t header_fields = 20'000;    ///< of one entity; the rest is left out
inline constexpr std::size_t header_bytes = 64U << 20;  ///< of all fields of a message
inline constexpr std::size_t addresses = 50'000;        ///< of one field
inline constexpr std::size_t message_ids = 1'000;       ///< of References
inline constexpr std::size_t parameters = 1'000;        ///< of one field
inline constexpr std::size_t depth = 100;        ///< of multiparts; a deeper one is not opened
inline constexpr std::size_t parts = 10'000;     ///< the rest is left out
inline constexpr std::size_t problems = 100;     ///< more say nothing new
inline constexpr std::size_t shown_label = 40;   ///< bytes of a charset's label in a problem
inline constexpr std::size_t html = 4U << 20;    ///< bytes of HTML that are turned into text
inline constexpr std::size_t slice = 64U << 10;  ///< bytes that decode() hands over at once

// mimetic 0.9.8 is quadratic in a header line, recurses by depth, and keeps every body as a string.
inline constexpr std::size_t mimetic_message = 16U << 20;
inline constexpr std::size_t mimetic_header_line = 64U << 10;
inline constexpr std::size_t mimetic_header_block = 256U << 10;
inline constexpr std::size_t mimetic_parts = 1'000;

}  // namespace mime::limits
