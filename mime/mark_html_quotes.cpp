// Longer than most files here: what counts as quotation, and the one walk that leaves it out.
#include "mime/mark_html_quotes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/attribution.hpp"
#include "mime/charset.hpp"
#include "mime/header_block.hpp"
#include "mime/html_markup.hpp"
#include "mime/html_text.hpp"
#include "mime/html_token.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

/// Not "moz-cite-prefix": people delete the attribution in it and write there.
constexpr std::array<std::string_view, 7> quote_classes{
    "gmail_quote",
    "gmail_attr",
    "yahoo_quoted",
    "protonmail_quote",
    "zmail_extra",
    "tutanota_quote",
    "ik_mail_quote"};
constexpr std::array<std::string_view, 2> signature_classes{"gmail_signature", "moz-signature"};
constexpr std::array<std::string_view, 2> signature_ids{
    "applemailsignature", "ms-outlook-mobile-signature"};
constexpr std::array<std::string_view, 5> boundary_ids{
    "divrplyfwdmsg", "appendonsend", "olk_src_body_section", "stopspelling", "zwchr"};

bool holds_word(std::string_view list, std::string_view word) {
    for (auto at = list.find(word); at != list.npos; at = list.find(word, at + 1)) {
        const auto end = at + word.size();
        if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' '))
            return true;
    }
    return false;
}

template <std::size_t size>
bool holds_any(std::string_view list, const std::array<std::string_view, size>& words) {
    return std::ranges::any_of(words, [&](auto word) { return holds_word(list, word); });
}

/// What mail programs tell about an element, in small letters.
struct Told {
    explicit Told(const HtmlToken& token) : name(lower(token.text)) {
        for (const auto& [attribute, value] : token.attributes) {
            if (equal(attribute, "id")) id = lower(value);
            if (equal(attribute, "class")) classes = lower(value);
            if (equal(attribute, "type")) type = lower(value);
            if (equal(attribute, "style")) style = lower(value);
            if (equal(attribute, "name")) own_name = lower(value);
        }
    }

    bool is_signature() const {
        return holds_any(classes, signature_classes) || holds_any(id, signature_ids);
    }
    /// Outlook draws a line of its own colours above the fields of the mail it quotes.
    bool is_boundary() const {
        if (holds_any(id, boundary_ids) || holds_word(classes, "outlookmessageheader")) return true;
        const auto line = style.find("border-top:solid #");
        const auto colour = line == style.npos ? "" : style.substr(line + 18, 6);
        return style.starts_with("border:none") && (colour == "e1e1e1" || colour == "b5c4df");
    }
    bool is_known_quote() const {
        const bool block = name == "blockquote";
        const bool container = holds_word(classes, "gmail_quote") && !block;  // may hold answers
        return (holds_any(classes, quote_classes) && !container) || own_name == "quote" ||
               (block && (type == "cite" || style.find("border-left") != style.npos));
    }

    std::string name, id, classes, type, style, own_name;
};

class Marker {
public:
    explicit Marker(std::string_view html) : html_(html), tokens_(html) {}

    MarkedHtml run() {
        for (HtmlToken token; next_tag(token);) {
            const bool block = equal(token.text, "blockquote");
            if (token.kind == HtmlToken::Kind::start)
                start(token);
            else if (block)
                replace(token, "</div>");
        }
        copy(html_.size());
        return std::move(result_);
    }

private:
    /// The next one that a reader sees something of: not in an element that is passed over, nor in
    /// one whose content is no markup.
    bool next_tag(HtmlToken& token) {
        const HtmlElement* hidden = nullptr;
        for (std::size_t depth = 0; tokens_.next(token);) {
            if (token.kind == HtmlToken::Kind::text) continue;
            const bool start = token.kind == HtmlToken::Kind::start;
            const auto name = lower(token.text);
            const auto* element = find_html_element(name);
            const auto role = element == nullptr ? HtmlRole::phrase : element->role;
            if (start && name == "plaintext") tokens_.rest();
            if (start && (role == HtmlRole::raw || role == HtmlRole::shown)) tokens_.raw_text(name);
            if (role == HtmlRole::hidden && hidden == nullptr && start) hidden = element;
            if (hidden == nullptr && role != HtmlRole::raw && role != HtmlRole::hidden) return true;
            if (hidden == nullptr || hidden != element) continue;
            if (start && !token.closed) ++depth;
            if (!start) --depth;
            if (depth == 0) hidden = nullptr;
        }
        return false;
    }

    void copy(std::size_t end) {
        if (end > copied_) result_.html += html_.substr(copied_, end - copied_);
        copied_ = std::max(copied_, end);
    }

    void replace(const HtmlToken& token, std::string_view text) {
        copy(token.begin);
        result_.html += text;
        copied_ = token.end;
    }

    void start(const HtmlToken& token) {
        const Told told(token);
        if (is_void_html(told.name)) return boundary(told, token);
        if (is_quote(told, token)) return leave_out(token, told.name, "<p>&gt;</p>");
        if (told.is_signature()) {
            result_.signature = true;
            return leave_out(token, told.name, "<p></p>");
        }
        if (told.name == "blockquote") return replace(token, "<div>");
        boundary(told, token);
    }

    void boundary(const Told& told, const HtmlToken& token) {
        if (result_.boundary || !told.is_boundary()) return;
        result_.boundary = true;
        copy(token.begin);
        result_.html += fmt::format("<p>{}</p>", original_message_line);
    }

    bool is_quote(const Told& told, const HtmlToken& token) {
        const bool known = told.is_known_quote();
        if (!known && told.name != "blockquote") return false;
        if (++looks_ > limits::looks_at_html) return known;
        const auto inside = html_to_text(html_.substr(token.end, 1'000));
        const auto lines = split_lines(inside);
        if (!lines.empty() && is_forward_line(lines.front())) return false;
        if (known || (!lines.empty() && find_attribution(lines, 0).certain)) return true;
        copy(token.begin);
        return introduced();
    }

    /// Whether what was written last is an attribution.
    bool introduced() const {
        const auto size = std::min<std::size_t>(result_.html.size(), 1'000);
        const auto above = html_to_text(result_.html.substr(result_.html.size() - size));
        const auto lines = split_lines(above);
        for (auto i = lines.size() - std::min<std::size_t>(lines.size(), 4); i < lines.size(); ++i)
            if (i + find_attribution(lines, i).lines == lines.size()) return true;
        return false;
    }

    /// Puts `text` for the whole element; one that does not end takes all that follows.
    void leave_out(const HtmlToken& begin, std::string_view name, std::string_view text) {
        replace(begin, text);
        std::size_t depth = 1;
        for (HtmlToken token; next_tag(token);) {
            if (!equal(token.text, name)) continue;
            depth = token.kind == HtmlToken::Kind::end ? depth - 1 : depth + 1;
            if (depth > 0) continue;
            copied_ = token.end;
            return;
        }
        copied_ = html_.size();
    }

    std::string_view html_;
    HtmlTokens tokens_;
    std::size_t copied_ = 0;  ///< of html_, or left out
    std::size_t looks_ = 0;
    MarkedHtml result_;
};

}  // namespace

MarkedHtml mark_html_quotes(std::string_view html) {
    return Marker(whole_characters(html, limits::new_text)).run();
}

}  // namespace mime
