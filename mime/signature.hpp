// Where a signature begins: "-- ", what mail programs of telephones add, and a closing line with
// the address block below it. Cuts only what is certain: "Best regards, John" alone stays, he wrote
// it. Used by mime/new_text for each stretch of text between quotations.
#pragma once

#include <cstddef>

#include "mime/reply_line.hpp"

namespace mime {

/// The number of `lines` that are not signature; lines.size() where there is none.
std::size_t lines_before_signature(Lines lines);

}  // namespace mime
