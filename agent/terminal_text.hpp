// Text for a terminal: aligned tables, and nothing that could command the terminal (mails are
// written by strangers). Used by every command that shows what stands in a mail.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace agent {

using Cells = std::vector<std::string>;

/// Control characters other than line ends and tabs become U+FFFD.
std::string printable_lines(const std::string& text);

/// The same, line ends too.
std::string one_line(const std::string& text);

/// At most `columns` wide, with "…" where something was cut.
std::string shortened(const std::string& text, std::size_t columns);

/// Rows as lines whose columns stand under each other; the first row says how many columns there
/// are. Wide characters count double, cells that are too wide end in "…".
std::string aligned(const std::vector<Cells>& rows);

}  // namespace agent
