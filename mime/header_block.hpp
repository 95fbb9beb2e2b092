// What stands above a quotation instead of "… wrote:": the block "From: … Sent: … To: … Subject: …"
// of Outlook, "-----Original Message-----", and the lines that introduce a forwarded mail. Separate
// from mime/attribution because these begin what reaches to the end. Used by mime/new_text and
// mime/mark_html_quotes.
#pragma once

#include <cstddef>

#include "mime/reply_line.hpp"

namespace mime {

struct HeaderBlock {
    std::size_t lines = 0;   ///< that it takes, the line "Original Message" included; 0: none
    bool forwarded = false;  ///< it says so: "Forwarded message"
};

/// The block that begins in line `at`, with or without a line above its fields that names it.
HeaderBlock find_header_block(Lines lines, std::size_t at);

/// "---------- Forwarded message ---------", "Anfang der weitergeleiteten Nachricht:".
bool is_forward_line(std::string_view line);

}  // namespace mime
