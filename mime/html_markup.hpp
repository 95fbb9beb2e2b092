// What of HTML is kept: elements and attributes, by name. One list for the text and for the safe
// HTML of a mail, so that what is not on it does not reach either. Used by strip_html, safe_html
// and html_text, and by all that pass over what is no markup.
#pragma once

#include <cstdint>
#include <string_view>

namespace mime {

/// How an element stands among others.
enum class HtmlRole : std::uint8_t {
    phrase,     ///< within a line: <b>
    link,       ///< <a>
    block,      ///< begins on a new line: <div>
    paragraph,  ///< <p>, which ends where a block begins
    heading,
    list,
    item,        ///< <li>
    term,        ///< <dt>, <dd>
    table,       ///< and its parts, from the outside to the inside
    table_body,  ///< <caption> as well
    row,
    cell,
    empty,   ///< has no end: <br>, <img>
    rule,    ///< <hr>: empty, and begins on a new line
    hidden,  ///< passed over with all that is in it: <svg>
    raw,     ///< the same, and its content is no markup: <script>
    shown,   ///< content that is no markup, and a reader sees it: <xmp>
};

struct HtmlElement {
    std::string_view name;
    HtmlRole role;
    std::string_view as;  ///< the name that goes on, itself on the list; "" where nothing does
};

/// By its name in lower case; null for one that is not on the list, whose content is kept.
const HtmlElement* find_html_element(std::string_view name);

/// Whether nothing can be in it, by its name in lower case: <br>, but <meta> and others that are
/// not on the list as well.
bool is_void_html(std::string_view name);

/// What an attribute may say. A hint is for html_text and goes no further: <p class=MsoNormal>.
enum class HtmlValue : std::uint8_t {
    text,
    word,
    number,
    length,
    flag,
    hint,
    style,
    link,
    picture
};

/// By its name in lower case; null for one that is not on the list.
const HtmlValue* find_html_attribute(std::string_view name);

}  // namespace mime
