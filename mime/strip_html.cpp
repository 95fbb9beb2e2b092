// Longer than most files here: tags that close others, and those that close themselves, look at one
// stack of open elements.
#include "mime/strip_html.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "mime/ascii.hpp"
#include "mime/html_link.hpp"
#include "mime/html_markup.hpp"
#include "mime/html_reference.hpp"
#include "mime/html_token.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

using enum HtmlRole;

bool is_caption(const HtmlElement& element) {
    return element.as == "caption";
}

/// Within a table but not within one of its cells.
bool is_between_cells(const HtmlElement& element) {
    return element.role == table || element.role == row ||
           (element.role == table_body && !is_caption(element));
}

bool is_of_table(const HtmlElement& element) {
    return element.role >= table && element.role <= cell;
}

/// What a tag in the midst of it may close, or pass on its way to what it closes.
bool is_light(const HtmlElement& element) {
    return element.role == phrase || element.role == link || element.role == paragraph;
}

/// The end of `inner` does not reach beyond `open`.
bool holds(const HtmlElement& open, const HtmlElement& inner) {
    if (is_of_table(inner)) return open.role == table;
    if (is_of_table(open)) return true;
    if (inner.role == item) return open.role == list;
    if (inner.role == phrase || inner.role == link) return !is_light(open) && open.role != heading;
    return false;
}

class Stripper {
public:
    explicit Stripper(std::string_view html) : tokens_(html) {}

    std::string run() {
        HtmlToken token;
        while (tokens_.next(token)) {
            const bool behind_pre = std::exchange(behind_pre_, false);
            if (token.kind == HtmlToken::Kind::start)
                start(token);
            else if (token.kind == HtmlToken::Kind::end)
                end(lower(token.text));
            else if (hidden_ == nullptr)
                text(decode_html(token.text, false), behind_pre);
        }
        close_down_to(0);
        return std::move(result_);
    }

private:
    void text(std::string_view characters, bool behind_pre) {
        if (behind_pre && characters.starts_with('\n')) characters.remove_prefix(1);
        if (characters.empty()) return;
        // libxml2 drops blanks between elements, but not those that are written as references.
        if (trim(characters).empty()) {
            result_ += characters.front() == '\n' ? "&#10;" : "&#32;";
            characters.remove_prefix(1);
        }
        result_ += escape_html(characters);
    }

    void start(const HtmlToken& token) {
        const auto name = lower(token.text);
        const auto* element = find_html_element(name);
        if (element == nullptr) return;
        if (element->role == raw) {
            tokens_.raw_text(name);
        } else if (element->role == hidden) {
            if (hidden_ == nullptr) hidden_ = element;
            if (hidden_ == element && !token.closed) ++hidden_depth_;
            if (hidden_depth_ == 0) hidden_ = nullptr;
        } else if (hidden_ == nullptr) {
            visible(token, *element);
        }
    }

    void visible(const HtmlToken& token, const HtmlElement& element) {
        if (element.name == "body" && std::exchange(body_, true)) return;
        if (element.role == link && clean_link(value_of(token, "href")).empty()) return;
        if (!make_room(element)) return text(" ", false);  // a cell without a table
        const bool has_end = element.role != empty && element.role != rule;
        if (nodes_ >= limits::html_nodes || (has_end && open_.size() >= limits::html_depth)) {
            if (has_end) ++too_deep_;
            return;
        }
        ++nodes_;
        result_ += '<';
        result_ += stripped_prefix;
        result_ += element.as;
        attributes(token);
        result_ += has_end ? ">" : "/>";
        if (has_end) open_.push_back(&element);
        behind_pre_ = element.as == "pre";
        if (element.role == shown) literal(element);
    }

    /// The content of <xmp> and <plaintext>: text to the last letter.
    void literal(const HtmlElement& element) {
        const auto content =
            element.name == "plaintext" ? tokens_.rest() : tokens_.raw_text(element.name);
        text(decode_html(escape_html(content), false), std::exchange(behind_pre_, false));
    }

    static std::string value_of(const HtmlToken& token, std::string_view name) {
        const auto found = std::ranges::find_if(token.attributes, [&](const auto& attribute) {
            return equal(attribute.name, name);
        });
        return found == token.attributes.end() ? "" : decode_html(found->value, true);
    }

    void attributes(const HtmlToken& token) {
        std::vector<const HtmlValue*> seen;  // of two with one name the first counts
        for (const auto& [name, value] : token.attributes) {
            const auto* known = find_html_attribute(lower(name));
            if (known == nullptr || std::ranges::find(seen, known) != seen.end()) continue;
            if (nodes_ >= limits::html_nodes) return;
            ++nodes_;
            seen.push_back(known);
            result_ += ' ';
            result_ += lower(name);
            result_ += "=\"" + escape_html(decode_html(value, true)) + '"';
        }
    }

    void end(const std::string& name) {
        const auto* element = find_html_element(name);
        if (element == nullptr || name == "body") return;
        if (hidden_ != nullptr) {
            if (hidden_ == element && --hidden_depth_ == 0) hidden_ = nullptr;
            return;
        }
        if (name == "br") return visible({HtmlToken::Kind::start, name, false, {}, 0, 0}, *element);
        if (too_deep_ > 0) {
            --too_deep_;
            return;
        }
        for (auto i = open_.size(); i > 0; --i) {
            const auto& open = *open_[i - 1];
            const bool headings = open.role == heading && element->role == heading;
            if (open.as == element->as || headings) return close_down_to(i - 1);
            if (holds(open, *element)) return;
        }
    }

    /// Closes what cannot be around `element`; false where it has no place.
    bool make_room(const HtmlElement& element) {
        if (element.role == phrase || element.role == empty) return true;
        if (element.role == link) {
            close_nearest(link, [](const HtmlElement& open) { return is_of_table(open); });
            return true;
        }
        if (element.role == table_body || element.role == row || element.role == cell)
            return make_room_in_table(element);
        close_nearest(paragraph, [](const HtmlElement& open) { return is_of_table(open); });
        if (element.role == heading && !open_.empty() && open_.back()->role == heading)
            close_down_to(open_.size() - 1);
        if (element.role == item || element.role == term)
            close_nearest(element.role, [](const HtmlElement& open) {
                return !is_light(open) && open.as != "div";
            });
        if (element.role == table) {  // not directly in another
            const auto part = std::ranges::find_if(
                open_.rbegin(), open_.rend(), [](const auto* open) { return is_of_table(*open); }
            );
            if (part != open_.rend() && is_between_cells(**part))
                close_nearest(table, [](const HtmlElement&) { return false; });
        }
        return true;
    }

    /// As browsers "clear the stack back to a table (body, row) context".
    bool make_room_in_table(const HtmlElement& element) {
        const auto fits = [&](const HtmlElement* open) {
            return is_between_cells(*open) && open->role < element.role;
        };
        const auto parent = std::ranges::find_if(open_.rbegin(), open_.rend(), fits);
        if (parent == open_.rend()) return false;
        close_down_to(static_cast<std::size_t>(open_.rend() - parent));
        return true;
    }

    template <class Stops>
    void close_nearest(HtmlRole role, Stops stops) {
        for (auto i = open_.size(); i > 0; --i) {
            if (open_[i - 1]->role == role) return close_down_to(i - 1);
            if (stops(*open_[i - 1])) return;
        }
    }

    void close_down_to(std::size_t size) {
        for (; open_.size() > size; open_.pop_back()) {
            result_ += "</";
            result_ += stripped_prefix;
            result_ += open_.back()->as;
            result_ += '>';
        }
    }

    HtmlTokens tokens_;
    std::string result_;
    std::vector<const HtmlElement*> open_;
    std::size_t nodes_ = 0;
    std::size_t too_deep_ = 0;  ///< elements left out that were not closed yet
    const HtmlElement* hidden_ = nullptr;
    std::size_t hidden_depth_ = 0;
    bool body_ = false;
    bool behind_pre_ = false;  ///< the line feed that comes now is part of the tag
};

}  // namespace

std::string strip_html(std::string_view html) {
    return Stripper(html).run();
}

}  // namespace mime
