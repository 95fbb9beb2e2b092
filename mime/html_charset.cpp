#include "mime/html_charset.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "mime/ascii.hpp"
#include "mime/html_markup.hpp"
#include "mime/html_token.hpp"

namespace mime {
namespace {

constexpr std::size_t head = 1024;
constexpr std::string_view blanks = " \t\r\n\f";

/// Two or four bytes a character: who could read the declaration knows that it is wrong.
constexpr std::array<std::string_view, 7> wide{
    "utf-16", "utf16", "utf-32", "utf32", "ucs-", "unicode", "iso-10646"};

std::string_view without_blanks(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// Of two attributes with one name the first counts.
std::optional<std::string_view> value_of(const HtmlToken& token, std::string_view name) {
    for (const auto& attribute : token.attributes)
        if (equal(attribute.name, name)) return without_blanks(attribute.value);
    return {};
}

/// "text/html; charset=utf-8" to "utf-8", which may have quotes around it.
std::string_view charset_in(std::string_view content) {
    constexpr std::string_view name = "charset";
    const auto small = lower(content);
    for (auto at = small.find(name); at != small.npos; at = small.find(name, at + 1)) {
        auto rest = without_blanks(content.substr(at + name.size()));
        if (!rest.starts_with('=')) continue;
        rest = without_blanks(rest.substr(1));
        if (!rest.starts_with('"') && !rest.starts_with('\''))
            return rest.substr(0, rest.find_first_of(" \t\r\n\f;"));
        const auto end = rest.find(rest[0], 1);
        return end == rest.npos ? std::string_view{} : without_blanks(rest.substr(1, end - 1));
    }
    return {};
}

std::string declared(const HtmlToken& meta) {
    auto charset = lower(value_of(meta, "charset").value_or(""));
    if (charset.empty() && equal(value_of(meta, "http-equiv").value_or(""), "content-type"))
        charset = lower(charset_in(value_of(meta, "content").value_or("")));
    const auto begins = [&](std::string_view beginning) { return charset.starts_with(beginning); };
    return std::ranges::any_of(wide, begins) ? "" : charset;
}

}  // namespace

std::string html_charset(std::string_view bytes) {
    HtmlTokens tokens(bytes.substr(0, head));
    for (HtmlToken token; tokens.next(token);) {
        if (token.kind != HtmlToken::Kind::start) continue;
        const auto name = lower(token.text);
        if (name == "meta")
            if (auto charset = declared(token); !charset.empty()) return charset;
        const auto* element = find_html_element(name);
        if (name == "plaintext") return {};
        if (element != nullptr && element->role >= HtmlRole::raw) tokens.raw_text(name);
    }
    return {};
}

}  // namespace mime
