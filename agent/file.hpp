// Whole files, with a bound and with errors that name the file. The one way in which the commands read.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "agent/error.hpp"

namespace agent {

/// The bytes of a regular file, or of standard input for "-". Larger than `most` is errc::permanent, missing or
/// unreadable errc::transient; the text says which file and why.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t most);

}  // namespace agent
