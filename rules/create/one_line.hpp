// Text of a mail as one line fit for the name of a record. Used by person_name and record.
#pragma once

#include <string>
#include <string_view>

namespace rules {

/// White space (also no-break, ideographic and zero-width) collapsed to single spaces, control and
/// direction characters dropped, not longer than max_name_length characters. UTF-8 in, UTF-8 out.
std::string one_line(std::string_view text);

}  // namespace rules
