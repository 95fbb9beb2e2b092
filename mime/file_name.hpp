// Names of files that strangers chose, fit to be stored and shown. Used by contents, for the files
// of a mail; what a mail says literally stays in Attachment::filename.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// The last part of a path of any system, without control characters and without the marks that
/// turn the direction of text, which make "fdp.exe" look like "exe.pdf"; "" if nothing is left.
/// `name` is UTF-8.
std::string base_name(std::string_view name);

}  // namespace mime
