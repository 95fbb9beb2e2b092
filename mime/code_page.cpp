#include "mime/code_page.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace mime {
namespace {

// https://learn.microsoft.com/windows/win32/intl/code-page-identifiers
constexpr std::array<std::pair<unsigned, std::string_view>, 21> labels{{
    {437, "cp437"},         {850, "cp850"},       {852, "cp852"},     {855, "cp855"},
    {866, "cp866"},         {874, "windows-874"}, {932, "shift_jis"}, {936, "gb18030"},
    {949, "euc-kr"},        {950, "big5"},        {1200, "utf-16le"}, {10000, "macintosh"},
    {20127, "us-ascii"},    {20866, "koi8-r"},    {20932, "euc-jp"},  {21866, "koi8-u"},
    {50225, "iso-2022-kr"}, {51932, "euc-jp"},    {51949, "euc-kr"},  {54936, "gb18030"},
    {65001, "utf-8"},
}};

// The Rich Text Format specification 1.9.1, "Font Table": \fcharset.
constexpr std::array<std::pair<int, unsigned>, 17> fonts{{
    {0, 1252},
    {77, 10000},
    {128, 932},
    {129, 949},
    {134, 936},
    {136, 950},
    {161, 1253},
    {162, 1254},
    {163, 1258},
    {177, 1255},
    {178, 1256},
    {186, 1257},
    {204, 1251},
    {222, 874},
    {238, 1250},
    {254, 437},
    {255, 850},
}};

}  // namespace

std::string charset_of_code_page(unsigned code_page) {
    if (code_page >= 1250 && code_page <= 1258) return fmt::format("windows-{}", code_page);
    if (code_page >= 28591 && code_page <= 28606)
        return fmt::format("iso-8859-{}", code_page - 28590);
    if (code_page >= 50220 && code_page <= 50222) return "iso-2022-jp";
    const auto found =
        std::ranges::find(labels, code_page, [](const auto& pair) { return pair.first; });
    return found == labels.end() ? std::string() : std::string(found->second);
}

unsigned code_page_of_font(int charset) {
    const auto found =
        std::ranges::find(fonts, charset, [](const auto& pair) { return pair.first; });
    return found == fonts.end() ? 0 : found->second;
}

}  // namespace mime
