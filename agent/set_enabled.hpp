// Switches a policy on or off in the text of its file, as an admin with an editor would: nothing else in it changes, no
// comment is lost. Used by `mailferry policy enable|disable`.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "agent/error.hpp"

namespace agent {

/// `xml` is a valid policy. The attribute `enabled` of its root gets the value, or is added.
std::string with_enabled(std::string_view xml, bool enabled);

/// Replaces the file by one with this text: all or nothing, with the rights that it had; a symbolic link stays one.
Result<void> replace_file(const std::filesystem::path& file, std::string_view text);

}  // namespace agent
