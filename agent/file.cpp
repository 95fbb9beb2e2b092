#include "agent/file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

namespace agent {

Result<std::string> read_file(const std::filesystem::path& path, std::size_t most) {
    std::error_code ec;
    if (std::filesystem::is_directory(path, ec)) {
        return Error{errc::transient, fmt::format("{}: is a folder, not a file", path.string()), {}};
    }
    std::ifstream opened;
    const bool standard_input = path == "-";
    if (!standard_input) opened.open(path, std::ios::binary);
    std::istream& file = standard_input ? std::cin : opened;
    if (!file) {
        return Error{
            errc::transient, fmt::format("{}: {}", path.string(), std::strerror(errno)), {}
        };
    }
    std::string text;
    const auto size = std::filesystem::file_size(path, ec);
    if (!ec && size <= most) text.reserve(size);  // growing would hold a large mail twice
    char buffer[65536];
    while (file.read(buffer, sizeof buffer) || file.gcount() > 0) {
        text.append(buffer, static_cast<std::size_t>(file.gcount()));
        if (text.size() > most) {
            return Error{
                errc::permanent, fmt::format("{}: larger than {} bytes", path.string(), most), {}
            };
        }
    }
    if (file.bad()) {
        return Error{errc::transient, fmt::format("{}: cannot be read", path.string()), {}};
    }
    return text;
}

}  // namespace agent
