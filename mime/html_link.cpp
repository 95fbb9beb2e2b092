#include "mime/html_link.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include <fmt/format.h>

#include "mime/ascii.hpp"

namespace mime {
namespace {

std::string cleaned(std::string_view url) {
    std::string result;
    for (const char c : trim(url)) {
        if (c == '\t' || c == '\n' || c == '\r') continue;
        if (std::string_view(" \"<>`").find(c) != std::string_view::npos)
            result += fmt::format("%{:02X}", c);
        else
            result += c;
    }
    return result;
}

bool begins(std::string_view url, std::initializer_list<std::string_view> schemes) {
    return std::ranges::any_of(schemes, [&](std::string_view scheme) {
        return url.size() > scheme.size() && equal(url.substr(0, scheme.size()), scheme);
    });
}

bool is_raster_data(std::string_view url) {
    constexpr std::array<std::string_view, 5> types{
        "data:image/png;base64,",
        "data:image/gif;base64,",
        "data:image/jpeg;base64,",
        "data:image/jpg;base64,",
        "data:image/webp;base64,"};
    const auto* type = std::ranges::find_if(types, [&](std::string_view begin) {
        return url.size() > begin.size() && equal(url.substr(0, begin.size()), begin);
    });
    if (type == types.end()) return false;
    return std::ranges::all_of(url.substr(type->size()), [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '/' || c == '=';
    });
}

/// What of an address is not said when it is said: the scheme, www., the query of a mailto, a
/// slash.
std::string_view spoken(std::string_view text) {
    for (const std::string_view begin : {"http://", "https://", "mailto:", "tel:", "www."})
        if (equal(text.substr(0, begin.size()), begin)) {
            text.remove_prefix(begin.size());
            if (begin == "mailto:") text = text.substr(0, text.find('?'));
        }
    return text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

std::string clean_link(std::string_view url) {
    auto result = cleaned(url);
    if (!begins(result, {"http://", "https://", "mailto:", "tel:"})) result.clear();
    return result;
}

std::string clean_picture(std::string_view url, bool external) {
    auto result = cleaned(url);
    const bool kept = begins(result, {"cid:"}) || is_raster_data(result) ||
                      (external && begins(result, {"http://", "https://"}));
    if (!kept) result.clear();
    return result;
}

bool names_link(std::string_view text, std::string_view url) {
    return equal(spoken(trim(text)), spoken(url));
}

}  // namespace mime
