#include "mime/charset_label.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mime/ascii.hpp"

namespace mime {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 60> aliases{{
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"cp-1252", "windows-1252"},
    {"cp-850", "cp850"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"dos-874", "windows-874"},
    {"koi", "koi8-r"},
    {"koi8", "koi8-r"},
    {"koi8-ru", "koi8-u"},
    {"latin7", "iso-8859-13"},
    {"l7", "iso-8859-13"},
    {"logical", "iso-8859-8"},
    {"visual", "iso-8859-8"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-8-e", "iso-8859-8"},
    {"iso-8859-6-i", "iso-8859-6"},
    {"iso8859-16", "iso-8859-16"},
    {"iso_8859-16", "iso-8859-16"},
    {"iso-ir-226", "iso-8859-16"},
    {"latin10", "iso-8859-16"},
    {"l10", "iso-8859-16"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"cn-gb", "gb18030"},
    {"gb2312-80", "gb18030"},
    {"chinese", "gb18030"},
    {"csiso58gb231280", "gb18030"},
    {"iso-ir-58", "gb18030"},
    {"big5", "big5-hkscs"},
    {"cn-big5", "big5-hkscs"},
    {"csbig5", "big5-hkscs"},
    {"x-x-big5", "big5-hkscs"},
    {"uhc", "windows-949"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"ksc5601", "windows-949"},
    {"x-windows-949", "windows-949"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"csunicode11utf7", "utf-7"},
    {"utf8", "utf-8"},
    {"ascii", "us-ascii"},
    {"ansi_x3.4-1968", "us-ascii"},
    {"iso646-us", "us-ascii"},
    {"646", "us-ascii"},
    {"unknown-8bit", ""},
    {"x-unknown", ""},
    {"unknown", ""},
    {"default", ""},
    {"8bit", ""},
}};

/// "1251" of "win-1251", "cp1251", "ms1251" and what else the code pages of Windows are called.
std::string_view windows_page(std::string_view label) {
    for (const std::string_view prefix : {"windows", "win", "x-cp", "cp", "ms"}) {
        if (!label.starts_with(prefix)) continue;
        auto page = label.substr(prefix.size());
        page.remove_prefix(std::min(page.find_first_not_of("-_"), page.size()));
        if (page.size() == 4 && page.starts_with("125") && is_digit(page[3])) return page;
    }
    return {};
}

}  // namespace

std::string bare_label(std::string_view label) {
    std::string result;
    for (const char c : label.substr(0, label.find_first_of("(;")))
        if (!is_space(c) && c != '"' && c != '\'') result += lower(c);
    return result;
}

std::string charset_of(std::string_view bare_label) {
    const auto alias =
        std::ranges::find(aliases, bare_label, [](const auto& pair) { return pair.first; });
    if (alias != aliases.end()) return std::string(alias->second);
    const auto page = windows_page(bare_label);
    return page.empty() ? std::string(bare_label) : "windows-" + std::string(page);
}

}  // namespace mime
