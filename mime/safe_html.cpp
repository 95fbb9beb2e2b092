#include "mime/safe_html.hpp"

#include <algorithm>

#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/html_link.hpp"
#include "mime/html_markup.hpp"
#include "mime/html_reference.hpp"
#include "mime/html_style.hpp"
#include "mime/html_tree.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

/// Behind every link: another page, that learns neither what it came from nor how to reach it.
constexpr std::string_view away = " target=\"_blank\" rel=\"noopener noreferrer nofollow\"";

/// Of all ends that may be open when the HTML becomes too long.
constexpr std::size_t room_for_ends = limits::html_depth * std::string_view("</blockquote>").size();

bool is_word(std::string_view value) {
    return !value.empty() && value.size() <= 32 && std::ranges::all_of(value, [](char c) {
        return is_letter(c) || is_digit(c) || c == '#' || c == '-' || c == '+';
    });
}

bool is_number(std::string_view value) {
    if (value.starts_with('-')) value.remove_prefix(1);
    return !value.empty() && value.size() <= 4 && std::ranges::all_of(value, is_digit);
}

/// 600, 600px, 33.3%
bool is_length(std::string_view value) {
    if (value.ends_with('%'))
        value.remove_suffix(1);
    else if (value.ends_with("px"))
        value.remove_suffix(2);
    const auto whole = value.substr(0, value.find('.'));
    return !whole.empty() && whole.size() <= 4 && value.size() <= 8 && !value.ends_with('.') &&
           std::ranges::count(value, '.') <= 1 &&
           std::ranges::all_of(value, [](char c) { return is_digit(c) || c == '.'; });
}

/// A browser that writes out its tree may not escape them in a value, and the next one reads tags.
std::string without_angles(std::string_view value) {
    std::string result(value);
    std::erase_if(result, [](char c) { return c == '<' || c == '>'; });
    return result;
}

class Writer : public HtmlVisitor {
public:
    explicit Writer(SafeHtmlOptions options) : options_(options) {}

    bool enter(const HtmlNode& node) override {
        const auto* element = find_html_element(node.name);
        // strip_html leaves no other; this does not depend on it.
        if (element == nullptr || element->as != node.name || element->role >= HtmlRole::hidden)
            return false;
        std::string tag = "<";
        tag += node.name;
        for (const auto& attribute : node.attributes) tag += written(node.name, attribute);
        // Neither picture nor words for it: what counts who reads.
        if (node.name == "img" && tag.find(" src=") == tag.npos &&
            without_angles(node.value("alt")).empty())
            return false;
        if (element->role == HtmlRole::link) tag += away;
        tag += '>';
        if (!put(tag)) return false;
        behind_pre_ = node.name == "pre";
        return element->role != HtmlRole::empty && element->role != HtmlRole::rule;
    }

    void leave(std::string_view name) override {
        behind_pre_ = false;
        result_.html += "</";
        result_.html += name;
        result_.html += '>';
    }

    void text(std::string_view characters) override {
        // A parser takes a line feed right behind <pre> for a part of the tag.
        const bool doubled = behind_pre_ && characters.starts_with('\n');
        behind_pre_ = false;
        if (doubled) put("\n");
        while (!characters.empty()) {  // in slices: of a text that is too long, its head fits
            const auto slice = whole_characters(characters, limits::slice);
            put(escape_html(slice));
            characters.remove_prefix(slice.size());
        }
    }

    SafeHtml finish(bool whole) {
        result_.cut = result_.cut || !whole;
        return std::move(result_);
    }

private:
    bool put(std::string_view piece) {
        if (result_.cut || result_.html.size() + piece.size() + room_for_ends > limits::html) {
            result_.cut = true;
            return false;
        }
        result_.html += piece;
        return true;
    }

    /// ` name="value"`, or nothing.
    std::string written(std::string_view element, const HtmlAttribute& attribute) {
        const auto* kind = find_html_attribute(attribute.name);
        if (kind == nullptr) return "";
        const auto value = allowed(element, *kind, attribute.value);
        if (value.empty() && *kind != HtmlValue::text && *kind != HtmlValue::flag) return "";
        std::string result = " ";
        result += attribute.name;
        result += "=\"" + escape_html(value) + '"';
        return result;
    }

    std::string allowed(std::string_view element, HtmlValue kind, std::string_view value) {
        const auto blank_free = trim(value);
        switch (kind) {
            case HtmlValue::text:
                return without_angles(value);
            case HtmlValue::word:
                return is_word(blank_free) ? std::string(blank_free) : "";
            case HtmlValue::number:
                return is_number(blank_free) ? std::string(blank_free) : "";
            case HtmlValue::length:
                return is_length(blank_free) ? std::string(blank_free) : "";
            case HtmlValue::flag:
            case HtmlValue::hint:
                return "";
            case HtmlValue::style:
                return safe_style(value);
            case HtmlValue::link:
                return element == "a" ? clean_link(value) : "";
            case HtmlValue::picture:
                return element == "img" ? picture(value) : "";
        }
        return "";
    }

    std::string picture(std::string_view url) {
        auto result = clean_picture(url, options_.external_pictures);
        if (result.empty() && !clean_picture(url, true).empty()) ++result_.external_pictures;
        return result;
    }

    SafeHtmlOptions options_;
    SafeHtml result_;
    bool behind_pre_ = false;
};

}  // namespace

SafeHtml safe_html(std::string_view html, SafeHtmlOptions options) {
    Writer writer(options);
    const bool whole = walk_html(html, writer);
    return writer.finish(whole);
}

}  // namespace mime
