// "Sent from my iPhone", "Outlook für iOS beziehen": the line that mail programs of telephones put
// below a text unless told not to. Separate from mime/signature because its words come from the
// programs and grow with them.
#pragma once

#include <string_view>

namespace mime {

/// Whether all of `line` is such a line; "Sent from my office to yours, as agreed, on Monday …" is
/// too long to be one.
bool is_mobile_signature(std::string_view line);

}  // namespace mime
