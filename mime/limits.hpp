// Every bound of mime/: what a mail may cost. Beyond those of `mimetic` there is no second opinion
// on how a mail is split; beyond the others the rest is left out and Message::problems says so.
#pragma once

#include <cstddef>

namespace mime::limits {

inline constexpr std::size_t header_fields = 50'000;    ///< of a mail and its parts together
inline constexpr std::size_t header_bytes = 64U << 20;  ///< of them
inline constexpr std::size_t addresses = 50'000;        ///< of one field
inline constexpr std::size_t message_ids = 1'000;       ///< of References
inline constexpr std::size_t parameters = 1'000;        ///< of one field
inline constexpr std::size_t depth = 256;            ///< of multiparts; a deeper one is not opened
inline constexpr std::size_t parts = 10'000;         ///< the rest is left out
inline constexpr std::size_t problems = 100;         ///< more say nothing new
inline constexpr std::size_t shown_value = 60;       ///< bytes of a field in a problem
inline constexpr std::size_t shown_label = 40;       ///< bytes of a charset's label in a problem
inline constexpr std::size_t text = 32U << 20;       ///< bytes of decoded text, and of HTML as well
inline constexpr std::size_t html = 4U << 20;        ///< bytes that become text or safe HTML
inline constexpr std::size_t html_depth = 200;       ///< of elements; deeper ones leave their text
inline constexpr std::size_t html_nodes = 300'000;   ///< elements and attributes that are kept
inline constexpr std::size_t html_attributes = 200;  ///< of one element that are looked at
inline constexpr std::size_t shown_link = 200;  ///< bytes; a longer address is not put into text
inline constexpr std::size_t shown_quotes = 8;  ///< "> " and list indents of one line
inline constexpr std::size_t fingerprinted = 1U << 20;  ///< bytes of one file that a print covers
inline constexpr std::size_t slice = 64U << 10;         ///< bytes that decode() hands over at once
inline constexpr std::size_t domain = 253;        ///< bytes of a name that has a registrable domain
inline constexpr std::size_t domain_label = 252;  ///< bytes; 63 characters in the DNS at most
inline constexpr std::size_t shown_reason = 120;  ///< bytes of a header field behind a trait
inline constexpr std::size_t method = 64U << 10;  ///< bytes of a calendar that are read
inline constexpr std::size_t cms_head = 256;      ///< bytes of a smime.p7m that tell its kind
inline constexpr std::size_t new_text = 1U << 20;   ///< bytes of text that quotes are sought in
inline constexpr std::size_t attribution = 400;     ///< bytes of "On …, … wrote:"
inline constexpr std::size_t signature_lines = 40;  ///< what is longer is no signature
inline constexpr std::size_t looks_at_html = 20;    ///< quotations whose first words are read

// winmail.dat. An attached message is read again at each level: depth bounds time as well as stack.
inline constexpr std::size_t tnef_attributes = 100'000;  ///< of one message
inline constexpr std::size_t tnef_depth = 8;             ///< of messages attached to messages
inline constexpr std::size_t mapi_properties = 10'000;   ///< of one list
inline constexpr std::size_t rtf = 16U << 20;            ///< bytes decompressed for one winmail.dat
inline constexpr std::size_t rtf_depth = 1'000;          ///< of groups; deeper ones are left out
inline constexpr std::size_t rtf_fonts = 1'000;          ///< the rest has the default code page

// mimetic 0.9.8 is quadratic in a header line and recurses by depth; it is shown a skeleton.
inline constexpr std::size_t mimetic_skeleton = 256U << 10;
inline constexpr std::size_t mimetic_parts = 1'000;

}  // namespace mime::limits
