// Longer than most files here: a word of RTF changes what the next ones mean, so one reader knows
// all that are looked at.
#include "mime/rtf_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "mime/code_page.hpp"
#include "mime/limits.hpp"
#include "mime/line_breaks.hpp"
#include "mime/mixed_text.hpp"
#include "mime/rtf_token.hpp"

namespace mime {
namespace {

// Words that stand for characters (Rich Text Format specification 1.9.1, "Special Characters";
// MS-OXRTFEX 2.1.3.1.4.2).
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> characters{{
    {"par", "\n"},         {"line", "\n"},        {"sect", "\n"},        {"page", "\n"},
    {"row", "\n"},         {"nestrow", "\n"},     {"tab", "\t"},         {"cell", "\t"},
    {"nestcell", "\t"},    {"emdash", "—"},       {"endash", "–"},       {"bullet", "•"},
    {"lquote", "‘"},       {"rquote", "’"},       {"ldblquote", "“"},    {"rdblquote", "”"},
    {"emspace", "\u2003"}, {"enspace", "\u2002"}, {"qmspace", "\u2005"}, {"zwj", "\u200D"},
    {"zwnj", "\u200C"},    {"ltrmark", "\u200E"}, {"rtlmark", "\u200F"}, {"softline", "\n"},
}};

// Groups whose text is not the body's. Those that begin with \* are left out without being known.
constexpr std::array<std::string_view, 25> elsewhere{
    "colortbl", "stylesheet", "info",      "pict",      "fldinst",
    "header",   "headerl",    "headerr",   "headerf",   "footer",
    "footerl",  "footerr",    "footerf",   "footnote",  "xe",
    "tc",       "objdata",    "objclass",  "listtable", "revtbl",
    "filetbl",  "mhtmltag",   "bkmkstart", "bkmkend",   "listoverridetable"};

/// What a brace saves and brings back.
struct Group {
    std::optional<int> font;
    int fallbacks = 1;      // \ucN: how many characters stand for one \uN
    bool hidden = false;    // \v
    bool skipped = false;   // a destination other than the body
    bool fonts = false;     // \fonttbl
    bool html_tag = false;  // {\*\htmltag …}: HTML itself
    bool rtf_only = false;  // \htmlrtf: made up for RTF, not in the HTML (MS-OXRTFEX 2.1.3.1.3)
};

class Reader {
public:
    explicit Reader(std::string_view rtf) : tokens_(rtf) {}

    RtfText run() {
        while (const auto token = tokens_.next()) read(*token);
        auto decoded = text_.finish();
        with_line_feeds(decoded.text);
        if (decoded.cut && decoded.problem.empty()) decoded.problem = more_text;
        return {std::move(decoded.text), is_html_, std::move(decoded.problem)};
    }

private:
    void read(const RtfToken& token) {
        const bool starred = std::exchange(starred_, false);
        switch (token.kind) {
            case RtfToken::Kind::open:
                return open();
            case RtfToken::Kind::close:
                return close();
            case RtfToken::Kind::word:
                return word(token.text, token.parameter, starred);
            case RtfToken::Kind::symbol:
                return symbol(token.character);
            case RtfToken::Kind::byte:
                if (!is_fallback()) bytes({&token.character, 1});
                return;
            case RtfToken::Kind::text: {
                const auto fallback = std::min(fallback_, token.text.size());
                fallback_ -= fallback;
                return bytes(token.text.substr(fallback));
            }
        }
    }

    void open() {
        fallback_ = 0;
        if (groups_.size() < limits::rtf_depth)
            groups_.push_back(groups_.back());
        else
            ++deeper_;
    }

    void close() {
        fallback_ = 0;
        if (deeper_ > 0)
            --deeper_;
        else if (groups_.size() > 1)
            groups_.pop_back();
    }

    bool is_fallback() {
        if (fallback_ == 0) return false;
        --fallback_;
        return true;
    }

    void word(std::string_view name, std::optional<int> parameter, bool starred) {
        auto& group = groups_.back();
        if (name == "u") return unicode(parameter.value_or(0));
        if (is_fallback()) return;
        if (name == "htmltag" && starred && is_html_)
            group.html_tag = true;
        else if (starred || std::ranges::find(elsewhere, name) != elsewhere.end())
            group.skipped = true;
        else if (is_html_ && (name == "pntext" || name == "listtext"))
            group.skipped = true;
        else if (name == "fonttbl")
            group.fonts = group.skipped = true;
        else if (name == "uc")
            group.fallbacks = std::clamp(parameter.value_or(1), 0, 100);
        else if (name == "v")
            group.hidden = parameter != 0;
        else if (name == "htmlrtf")
            group.rtf_only = parameter != 0;
        else if (name == "fromhtml" && groups_.size() <= 2)  // MS-OXRTFEX 2.2.3.1
            is_html_ = parameter != 0;
        else if (!font_word(name, parameter))
            special(name);
    }

    /// What decides about the charset. Counts within \htmlrtf, too: the text behind depends on it.
    bool font_word(std::string_view name, std::optional<int> parameter) {
        auto& group = groups_.back();
        const int value = parameter.value_or(0);
        if (name == "f") {
            group.font = value;
        } else if (name == "plain") {
            group.font.reset();
            group.hidden = false;
        } else if (name == "deff") {
            default_font_ = value;
        } else if (name == "ansicpg") {
            if (value > 0) code_page_ = static_cast<unsigned>(value);
        } else if (name == "mac") {
            code_page_ = 10000;
        } else if (name == "pc") {
            code_page_ = 437;
        } else if (name == "pca") {
            code_page_ = 850;
        } else if (group.fonts && group.font && (name == "fcharset" || name == "cpg")) {
            const auto page = name == "cpg" ? static_cast<unsigned>(std::max(value, 0))
                                            : code_page_of_font(value);
            if (fonts_.size() < limits::rtf_fonts && page != 0) fonts_[*group.font] = page;
        } else {
            return false;
        }
        return true;
    }

    void special(std::string_view name) {
        const auto found =
            std::ranges::find(characters, name, [](const auto& pair) { return pair.first; });
        if (found != characters.end()) put(found->second);
    }

    void symbol(char c) {
        if (c == '*') {
            starred_ = true;
            return;
        }
        if (is_fallback()) return;
        if (c == '\\' || c == '{' || c == '}')
            bytes({&c, 1});
        else if (c == '~')
            put("\u00A0");
        else if (c == '_')
            put("\u2011");
        else if (c == '-' && is_html_)
            put("\u00AD");
        else if (c == '\t')
            put("\t");
    }

    /// \uN is a signed UTF-16 unit.
    void unicode(int value) {
        fallback_ = static_cast<std::size_t>(groups_.back().fallbacks);
        if (is_seen()) text_.unit(static_cast<unsigned>(value) & 0xFFFFU);
    }

    bool is_seen() const {
        const auto& group = groups_.back();
        if (group.skipped || deeper_ > 0) return false;
        return is_html_ ? !group.rtf_only : !group.hidden;
    }

    void put(std::string_view text) {
        if (is_seen()) text_.text(text);
    }

    unsigned code_page() const {
        const auto& group = groups_.back();
        if (group.html_tag) return code_page_;  // MS-OXRTFEX 2.2.3.2
        const auto found = fonts_.find(group.font.value_or(default_font_));
        return found == fonts_.end() ? code_page_ : found->second;
    }

    void bytes(std::string_view some) {
        if (is_seen()) text_.bytes(some, code_page());
    }

    RtfTokens tokens_;
    MixedText text_;
    bool is_html_ = false;
    std::vector<Group> groups_{1};
    std::size_t deeper_ = 0;    // groups beyond the bound
    std::size_t fallback_ = 0;  // characters still to be left out after \uN
    bool starred_ = false;
    unsigned code_page_ = 1252;
    int default_font_ = 0;
    std::map<int, unsigned> fonts_;  // code pages
};

}  // namespace

RtfText read_rtf(std::string_view rtf) {
    if (!rtf.starts_with("{\\rtf")) return {{}, false, "the RTF does not begin as RTF"};
    return Reader(rtf).run();
}

}  // namespace mime
