#include "mime/html_style.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "mime/ascii.hpp"
#include "mime/html_style_value.hpp"

namespace mime {
namespace {

// Sorted. A prefix as "border-" stands for all that begin with it.
// clang-format off
constexpr auto properties = std::to_array<std::string_view>({
    "background", "background-color", "border", "border-collapse", "border-spacing", "box-sizing",
    "caption-side", "clear", "color", "direction", "display", "empty-cells", "float", "font",
    "height", "letter-spacing", "line-height", "list-style", "list-style-type", "margin",
    "max-height", "max-width", "min-height", "min-width", "overflow", "overflow-wrap", "padding",
    "table-layout", "text-align", "text-decoration", "text-decoration-line", "text-indent",
    "text-transform", "vertical-align", "visibility", "white-space", "width", "word-break",
    "word-spacing", "word-wrap"});
// clang-format on
static_assert(std::ranges::is_sorted(properties));
constexpr std::array<std::string_view, 4> families{"border-", "font-", "margin-", "padding-"};

bool is_name(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return is_letter(c) || c == '-'; });
}

bool is_known(std::string_view property) {
    return std::ranges::binary_search(properties, property) ||
           (is_name(property) && property != "border-image" &&
            !property.starts_with("border-image-") &&
            std::ranges::any_of(families, [&](std::string_view family) {
                return property.starts_with(family);
            }));
}

std::string without_comments(std::string_view style) {
    std::string result;
    for (std::size_t at = 0; at < style.size();) {
        const auto begin = std::min(style.find("/*", at), style.size());
        result += style.substr(at, begin - at);
        if (begin == style.size()) break;
        result += ' ';
        const auto end = style.find("*/", begin + 2);
        at = end == style.npos ? style.size() : end + 2;
    }
    return result;
}

/// Calls `use` with each property, in lower case, and its value.
template <class Use>
void each_declaration(std::string_view style, Use use) {
    const auto plain = without_comments(style);
    std::string_view rest = plain;
    while (!rest.empty()) {
        const auto declaration = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(declaration.size() + 1, rest.size()));
        const auto colon = declaration.find(':');
        if (colon == declaration.npos) continue;
        auto value = trim(declaration.substr(colon + 1));
        if (const auto mark = value.rfind('!');
            mark != value.npos && equal(trim(value.substr(mark + 1)), "important"))
            value = trim_right(value.substr(0, mark));
        use(lower(trim(declaration.substr(0, colon))), value);
    }
}

/// Whether a margin is there to be seen; Word writes .0001pt for none.
bool shows(std::string_view margin, bool otherwise) {
    double value = 0;
    const auto read = std::from_chars(margin.data(), margin.data() + margin.size(), value);
    return read.ec == std::errc() ? value > 0.01 : otherwise;
}

/// Of "0cm auto 12pt" the first and, below, the third where there is one.
Room room_of(std::string_view margins, Room otherwise) {
    std::array<std::string_view, 3> parts{};
    std::size_t count = 0;
    for (; count < parts.size() && !margins.empty(); ++count) {
        const auto end = std::min(margins.find_first_of(" \t\r\n"), margins.size());
        parts[count] = margins.substr(0, end);
        margins = trim(margins.substr(end));
    }
    return {shows(parts[0], otherwise.above), shows(parts[count == 3 ? 2 : 0], otherwise.below)};
}

}  // namespace

std::string safe_style(std::string_view style) {
    std::string result;
    each_declaration(style, [&](const std::string& property, std::string_view source) {
        if (!is_known(property)) return;
        const auto value = plain_style_value(source);
        if (value.empty()) return;
        if (!result.empty()) result += ';';
        result += property;
        result += ':';
        result += value;
    });
    return result;
}

bool hides(std::string_view style) {
    bool hidden = false;
    each_declaration(style, [&](const std::string& property, std::string_view value) {
        if (property == "display")
            hidden = equal(value, "none");
        else if (property == "mso-hide")
            hidden = hidden || equal(value, "all");
        else if (property == "visibility")
            hidden = hidden || equal(value, "hidden");
        else if (property == "max-height")
            hidden = hidden || value == "0" || equal(value, "0px");
    });
    return hidden;
}

bool keeps_white_space(std::string_view style) {
    bool keeps = false;
    each_declaration(style, [&](const std::string& property, std::string_view value) {
        if (property == "white-space") keeps = equal(value.substr(0, 3), "pre");
    });
    return keeps;
}

Room room_around(std::string_view style, Room otherwise) {
    auto room = otherwise;
    each_declaration(style, [&](const std::string& property, std::string_view value) {
        if (property == "margin")
            room = room_of(value, room);
        else if (property == "margin-top")
            room.above = shows(value, room.above);
        else if (property == "margin-bottom")
            room.below = shows(value, room.below);
    });
    return room;
}

}  // namespace mime
