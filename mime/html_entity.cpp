#include "mime/html_entity.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace mime {
namespace {

/// Those that HTML 4 does not have.
constexpr std::pair<std::string_view, std::uint32_t> newer_names[] = {
    {"AMP", '&'},      {"COPY", 0xA9},   {"GT", '>'},
    {"Hat", '^'},      {"LT", '<'},      {"NewLine", '\n'},
    {"QUOT", '"'},     {"REG", 0xAE},    {"Tab", '\t'},
    {"ast", '*'},      {"bsol", '\\'},   {"check", 0x2713},
    {"colon", ':'},    {"comma", ','},   {"commat", '@'},
    {"dash", 0x2010},  {"dollar", '$'},  {"equals", '='},
    {"excl", '!'},     {"grave", '`'},   {"hyphen", 0x2010},
    {"lbrace", '{'},   {"lbrack", '['},  {"lcub", '{'},
    {"lowbar", '_'},   {"lpar", '('},    {"lsqb", '['},
    {"num", '#'},      {"percnt", '%'},  {"period", '.'},
    {"phone", 0x260E}, {"plus", '+'},    {"quest", '?'},
    {"rbrace", '}'},   {"rbrack", ']'},  {"rcub", '}'},
    {"rpar", ')'},     {"rsqb", ']'},    {"semi", ';'},
    {"sol", '/'},      {"star", 0x2606}, {"starf", 0x2605},
    {"verbar", '|'},   {"vert", '|'},    {"ZeroWidthSpace", 0x200B}};

using Named = std::pair<std::string_view, std::uint32_t>;

/// All names, sorted. libxml2 searches its own from one end to the other.
std::vector<Named> all_names() {
    constexpr std::uint32_t last = 0x2666;  // &diams;
    std::vector<Named> names(std::begin(newer_names), std::end(newer_names));
    for (std::uint32_t character = 1; character <= last; ++character)
        if (const auto* known = htmlEntityValueLookup(character))
            names.push_back({known->name, character});
    std::ranges::sort(names);
    return names;
}

}  // namespace

std::uint32_t html_entity(std::string_view name) {
    static const auto names = all_names();
    const auto found = std::ranges::lower_bound(names, name, {}, &Named::first);
    return found == names.end() || found->first != name ? 0 : found->second;
}

}  // namespace mime
