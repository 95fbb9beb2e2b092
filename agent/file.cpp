#include "agent/file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace agent {

Result<std::string> read_file(const std::filesystem::path& path, std::size_t most) {
    std::error_code ec;
    if (std::filesystem::is_directory(path, ec)) {
        return Error{errc::transient, fmt::format("{}: is a folder, not a file", path.string()), {}};
    }
    const bool standard_input = path == "-";
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(
        standard_input ? nullptr : std::fopen(path.c_str(), "rb"), &std::fclose
    );
    std::FILE* file = standard_input ? stdin : opened.get();
    if (file == nullptr) {
        return Error{
            errc::transient, fmt::format("{}: {}", path.string(), std::strerror(errno)), {}
        };
    }
    std::string text;
    char buffer[65536];
    while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file)) {
        text.append(buffer, n);
        if (text.size() > most) {
            return Error{
                errc::permanent, fmt::format("{}: larger than {} bytes", path.string(), most), {}
            };
        }
    }
    if (std::ferror(file) != 0) {
        return Error{errc::transient, fmt::format("{}: cannot be read", path.string()), {}};
    }
    return text;
}

}  // namespace agent
