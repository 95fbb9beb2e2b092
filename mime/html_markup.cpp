#include "mime/html_markup.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mime {
namespace {

using enum HtmlRole;

// Sorted. Sections and forms go on as <div>: a page has styles of its own for <header> or <form>.
constexpr std::array elements = std::to_array<HtmlElement>({
    {"a", link, "a"},
    {"abbr", phrase, "abbr"},
    {"acronym", phrase, "abbr"},
    {"address", block, "div"},
    {"article", block, "div"},
    {"aside", block, "div"},
    {"audio", hidden, ""},
    {"b", phrase, "b"},
    {"bdi", phrase, "bdi"},
    {"bdo", phrase, "bdo"},
    {"big", phrase, "big"},
    {"blockquote", block, "blockquote"},
    {"body", block, "div"},
    {"br", empty, "br"},
    {"canvas", hidden, ""},
    {"caption", table_body, "caption"},
    {"center", block, "center"},
    {"cite", phrase, "cite"},
    {"code", phrase, "code"},
    {"dd", term, "dd"},
    {"del", phrase, "del"},
    {"dfn", phrase, "dfn"},
    {"dir", list, "ul"},
    {"div", block, "div"},
    {"dl", block, "dl"},
    {"dt", term, "dt"},
    {"em", phrase, "em"},
    {"fieldset", block, "div"},
    {"figcaption", block, "div"},
    {"figure", block, "div"},
    {"font", phrase, "font"},
    {"footer", block, "div"},
    {"form", block, "div"},
    {"h1", heading, "h1"},
    {"h2", heading, "h2"},
    {"h3", heading, "h3"},
    {"h4", heading, "h4"},
    {"h5", heading, "h5"},
    {"h6", heading, "h6"},
    {"header", block, "div"},
    {"hr", rule, "hr"},
    {"i", phrase, "i"},
    {"iframe", raw, ""},
    {"img", empty, "img"},
    {"ins", phrase, "ins"},
    {"kbd", phrase, "kbd"},
    {"legend", block, "div"},
    {"li", item, "li"},
    {"listing", block, "pre"},
    {"main", block, "div"},
    {"mark", phrase, "mark"},
    {"math", hidden, ""},
    {"menu", list, "ul"},
    {"nav", block, "div"},
    {"noembed", raw, ""},
    {"noframes", raw, ""},
    {"noscript", raw, ""},
    {"object", hidden, ""},
    {"ol", list, "ol"},
    {"p", paragraph, "p"},
    {"plaintext", shown, "pre"},
    {"pre", block, "pre"},
    {"q", phrase, "q"},
    {"s", phrase, "s"},
    {"samp", phrase, "samp"},
    {"script", raw, ""},
    {"section", block, "div"},
    {"select", hidden, ""},
    {"small", phrase, "small"},
    {"span", phrase, "span"},
    {"strike", phrase, "s"},
    {"strong", phrase, "strong"},
    {"style", raw, ""},
    {"sub", phrase, "sub"},
    {"sup", phrase, "sup"},
    {"svg", hidden, ""},
    {"table", table, "table"},
    {"tbody", table_body, "tbody"},
    {"td", cell, "td"},
    {"template", hidden, ""},
    {"textarea", raw, ""},
    {"tfoot", table_body, "tfoot"},
    {"th", cell, "th"},
    {"thead", table_body, "thead"},
    {"title", raw, ""},
    {"tr", row, "tr"},
    {"tt", phrase, "tt"},
    {"u", phrase, "u"},
    {"ul", list, "ul"},
    {"var", phrase, "var"},
    {"video", hidden, ""},
    {"xmp", shown, "pre"},
});

// Sorted. A class, id or name would be one of the page around: no id and name, the class as a hint.
// No role, no event.
constexpr std::array attributes = std::to_array<std::pair<std::string_view, HtmlValue>>({
    {"align", HtmlValue::word},         {"alt", HtmlValue::text},
    {"bgcolor", HtmlValue::word},       {"border", HtmlValue::length},
    {"cellpadding", HtmlValue::length}, {"cellspacing", HtmlValue::length},
    {"class", HtmlValue::hint},         {"clear", HtmlValue::word},
    {"color", HtmlValue::word},         {"colspan", HtmlValue::number},
    {"dir", HtmlValue::word},           {"face", HtmlValue::text},
    {"height", HtmlValue::length},      {"hidden", HtmlValue::flag},
    {"href", HtmlValue::link},          {"hspace", HtmlValue::length},
    {"lang", HtmlValue::word},          {"nowrap", HtmlValue::flag},
    {"reversed", HtmlValue::flag},      {"rowspan", HtmlValue::number},
    {"size", HtmlValue::word},          {"src", HtmlValue::picture},
    {"start", HtmlValue::number},       {"style", HtmlValue::style},
    {"title", HtmlValue::text},         {"type", HtmlValue::word},
    {"valign", HtmlValue::word},        {"value", HtmlValue::number},
    {"vspace", HtmlValue::length},      {"width", HtmlValue::length},
});

// Sorted; the void elements of HTML, and those that browsers took for such before.
constexpr std::array void_elements = std::to_array<std::string_view>(
    {"area",
     "base",
     "basefont",
     "bgsound",
     "br",
     "col",
     "embed",
     "frame",
     "hr",
     "img",
     "input",
     "keygen",
     "link",
     "meta",
     "param",
     "source",
     "track",
     "wbr"}
);

static_assert(std::ranges::is_sorted(elements, {}, &HtmlElement::name));
static_assert(std::ranges::is_sorted(void_elements));
static_assert(std::ranges::is_sorted(attributes, {}, [](const auto& entry) { return entry.first; })
);

}  // namespace

const HtmlElement* find_html_element(std::string_view name) {
    const auto* found = std::ranges::lower_bound(elements, name, {}, &HtmlElement::name);
    return found == elements.end() || found->name != name ? nullptr : found;
}

bool is_void_html(std::string_view name) {
    return std::ranges::binary_search(void_elements, name);
}

const HtmlValue* find_html_attribute(std::string_view name) {
    const auto* found = std::ranges::lower_bound(attributes, name, {}, [](const auto& entry) {
        return entry.first;
    });
    return found == attributes.end() || found->first != name ? nullptr : &found->second;
}

}  // namespace mime
