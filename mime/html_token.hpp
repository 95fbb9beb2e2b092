// HTML cut into tags and text by the rules of browsers (WHATWG HTML, 13.2.5): what they take for a
// comment, a tag or a quoted value must be the same here, or something hides in the difference.
// Comments, conditional ones as well, declarations and CDATA are passed over. Used by
// strip_html, mark_html_quotes and html_charset.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mime {

struct HtmlAttribute {
    std::string_view name;  ///< as written, in any case
    std::string_view value;
};

struct HtmlToken {
    enum class Kind { text, start, end };
    Kind kind = Kind::text;
    std::string_view text;                  ///< or the name of the element, as written
    bool closed = false;                    ///< <name/>
    std::vector<HtmlAttribute> attributes;  ///< at most limits::html_attributes
    std::size_t begin = 0;                  ///< where it stands in the HTML
    std::size_t end = 0;                    ///< behind its last sign
};

class HtmlTokens {
public:
    /// `html` outlives this and all tokens.
    explicit HtmlTokens(std::string_view html) : html_(html) {}

    /// False at the end. A tag that never ends is none.
    bool next(HtmlToken& token);

    /// Behind the start of an element that knows no markup (<script>): up to `</name`, or all.
    std::string_view raw_text(std::string_view name);

    /// All that is left.
    std::string_view rest();

private:
    bool tag(HtmlToken& token);
    bool attribute(HtmlAttribute& attribute);
    std::string_view quoted_value(char quote);
    void skip_comment();
    void skip_behind(char mark);
    std::size_t passing(std::string_view marks, std::size_t from) const;

    std::string_view html_;
    std::size_t at_ = 0;
};

}  // namespace mime
