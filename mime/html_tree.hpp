// A walk through HTML in the order of the document, by the parser of libxml2 behind strip_html. It
// sees only what html_markup.hpp lists, and touches no network. Used by html_text and safe_html.
#pragma once

#include <string_view>
#include <vector>

#include "mime/html_token.hpp"

namespace mime {

struct HtmlNode {
    std::string_view name;
    std::vector<HtmlAttribute> attributes;  ///< names in lower case, values without references

    std::string_view value(std::string_view attribute) const;  ///< "" where there is none
    bool has(std::string_view attribute) const;
};

class HtmlVisitor {
public:
    virtual ~HtmlVisitor() = default;
    /// False passes over all that is in it, and `leave` is not called.
    virtual bool enter(const HtmlNode& node) = 0;
    virtual void leave(std::string_view name) = 0;
    virtual void text(std::string_view characters) = 0;
};

/// Bytes that are not UTF-8 become U+FFFD. False where limits::html left something out.
bool walk_html(std::string_view html, HtmlVisitor& visitor);

}  // namespace mime
