#include "mime/file_name.hpp"

#include <array>

#include "mime/ascii.hpp"

namespace mime {
namespace {

/// Unicode's Bidi_Control.
constexpr std::array<std::string_view, 12> turning_marks{
    "\u061C",
    "\u200E",
    "\u200F",
    "\u202A",
    "\u202B",
    "\u202C",
    "\u202D",
    "\u202E",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069"};

/// Bytes of such a mark that `text` begins with, or 0.
std::size_t turning_mark(std::string_view text) {
    for (const auto mark : turning_marks)
        if (text.starts_with(mark)) return mark.size();
    return 0;
}

}  // namespace

std::string base_name(std::string_view name) {
    name = trim(name);
    if (const auto slash = name.find_last_of("/\\"); slash != name.npos)
        name.remove_prefix(slash + 1);
    std::string result;
    for (std::size_t at = 0; at < name.size();) {
        const auto mark = turning_mark(name.substr(at));
        if (mark > 0) {
            at += mark;
            continue;
        }
        const auto c = static_cast<unsigned char>(name[at++]);
        if (c >= 0x20 && c != 0x7F) result += static_cast<char>(c);
    }
    const std::string_view bare = trim(result);
    return bare == "." || bare == ".." ? std::string() : std::string(bare);
}

}  // namespace mime
