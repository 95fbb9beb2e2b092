#include "agent/set_enabled.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <pugixml.hpp>

#include "rules/xml_places.hpp"

namespace agent {

namespace {

constexpr std::string_view white = " \t\r\n";

/// The value of the attribute within its quotes: where it begins, and how long it is.
struct Place {
    std::size_t begin, length;
};

/// `xml` from the name of an element on. Quotes are looked at, so that no value is taken for a name.
std::optional<Place> attribute(std::string_view xml, std::size_t at, std::string_view name) {
    at = xml.find_first_of(" \t\r\n/>", at);
    while (at != std::string_view::npos) {
        at = xml.find_first_not_of(white, at);
        if (at == std::string_view::npos || xml[at] == '>' || xml[at] == '/') return std::nullopt;
        const std::size_t end = xml.find_first_of(" \t\r\n=", at);
        const std::size_t quote = xml.find_first_of("\"'", end);
        if (quote == std::string_view::npos) return std::nullopt;
        const std::size_t close = xml.find(xml[quote], quote + 1);
        if (close == std::string_view::npos) return std::nullopt;
        if (xml.substr(at, end - at) == name) return Place{quote + 1, close - quote - 1};
        at = close + 1;
    }
    return std::nullopt;
}

Error unwritable(const std::filesystem::path& file) {
    return {errc::transient, fmt::format("{}: cannot be written: {}", file.string(), std::strerror(errno)), {}};
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ::ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

std::string with_enabled(std::string_view xml, bool enabled) {
    const std::string_view value = enabled ? "true" : "false";
    const std::size_t mark = xml.size() - rules::without_bom(xml).size();
    pugi::xml_document document;
    document.load_buffer(xml.data() + mark, xml.size() - mark, pugi::parse_default, pugi::encoding_utf8);
    const pugi::xml_node root = document.document_element();
    const std::size_t begin = mark + static_cast<std::size_t>(root.offset_debug());
    std::string text(xml);
    if (const auto place = attribute(xml, begin, "enabled")) {
        text.replace(place->begin, place->length, value);
    } else {
        text.insert(begin + std::strlen(root.name()), fmt::format(" enabled=\"{}\"", value));
    }
    return text;
}

Result<void> replace_file(const std::filesystem::path& file, std::string_view text) {
    std::error_code ec;
    const std::filesystem::path target = std::filesystem::canonical(file, ec);
    struct stat before {};
    if (ec || ::stat(target.c_str(), &before) != 0) return unwritable(file);
    const std::string made = target.string() + ".new";
    const int descriptor = ::open(made.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return unwritable(file);
    const bool owned = ::fchown(descriptor, before.st_uid, before.st_gid) == 0 || ::geteuid() != 0;
    const bool written = owned && ::fchmod(descriptor, before.st_mode & 07777U) == 0 &&
                         write_all(descriptor, text) && ::fsync(descriptor) == 0;
    const int failure = errno;
    ::close(descriptor);
    if (written && std::rename(made.c_str(), target.c_str()) == 0) return {};
    if (!written) errno = failure;
    const Error error = unwritable(file);
    ::unlink(made.c_str());
    return error;
}

}  // namespace agent
