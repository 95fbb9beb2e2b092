#include "mime/html_text.hpp"

#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/html_layout.hpp"
#include "mime/html_link.hpp"
#include "mime/html_markup.hpp"
#include "mime/html_style.hpp"
#include "mime/html_tree.hpp"

namespace mime {
namespace {

/// Of a list's start or an item's value; `otherwise` where there is none.
int number(std::string_view text, int otherwise) {
    text = trim(text).substr(0, 6);
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// Outlook makes a <p class=MsoNormal> of every line, without margins by a style sheet that is not
/// read here; who quotes it puts something before the name.
bool is_line_of_outlook(std::string_view classes) {
    return classes.find("Mso") != std::string_view::npos;
}

class Reader : public HtmlVisitor {
public:
    bool enter(const HtmlNode& node) override {
        const auto style = node.value("style");
        if (node.has("hidden") || (!style.empty() && hides(style))) return false;
        const auto* element = find_html_element(node.name);
        if (element == nullptr) return false;
        begin(node, *element);
        if (element->role == HtmlRole::empty || element->role == HtmlRole::rule) return false;
        spaced_.push_back(node.name == "pre" || (!style.empty() && keeps_white_space(style)));
        if (spaced_.back()) layout_.begin_preformatted();
        return true;
    }

    void leave(std::string_view name) override {
        if (spaced_.back()) layout_.end_preformatted();
        spaced_.pop_back();
        const auto* element = find_html_element(name);
        switch (element->role) {
            case HtmlRole::link:
                layout_.end_link(urls_.back());
                urls_.pop_back();
                break;
            case HtmlRole::paragraph:
                end_paragraph();
                break;
            case HtmlRole::list:
                next_.pop_back();
                layout_.begin_line();
                break;
            case HtmlRole::item:
                layout_.end_item();
                break;
            case HtmlRole::table:
                layout_.end_table();
                break;
            default:
                if (name == "blockquote")
                    layout_.end_quote();
                else
                    line(*element);
        }
    }

    void text(std::string_view characters) override {
        if (!paragraphs_.empty() && !trim(characters).empty()) paragraphs_.back().filled = true;
        layout_.text(characters);
    }

    std::string finish() { return layout_.finish(); }

private:
    static constexpr int unnumbered = -1'000'000;

    void begin(const HtmlNode& node, const HtmlElement& element) {
        switch (element.role) {
            case HtmlRole::link:
                urls_.push_back(clean_link(node.value("href")));
                if (lower(urls_.back().substr(0, 4)) == "tel:") urls_.back().clear();
                layout_.begin_link();
                break;
            case HtmlRole::paragraph:
                begin_paragraph(node);
                break;
            case HtmlRole::list:
                layout_.begin_line();
                next_.push_back(node.name == "ol" ? number(node.value("start"), 1) : unnumbered);
                break;
            case HtmlRole::item:
                layout_.begin_item(marker(node));
                break;
            case HtmlRole::empty:
                if (node.name == "img") layout_.text(node.value("alt"));
                if (node.name == "br") layout_.break_line();
                break;
            case HtmlRole::rule:
                layout_.begin_line();
                layout_.text("----------");
                layout_.begin_line();
                break;
            case HtmlRole::cell:
                layout_.begin_cell();
                break;
            default:
                if (node.name == "blockquote")
                    layout_.begin_quote();
                else
                    line(element);
        }
    }

    /// Before and behind an element that stands on lines of its own.
    void line(const HtmlElement& element) {
        if (element.role == HtmlRole::heading)
            layout_.begin_paragraph();
        else if (element.role == HtmlRole::row || element.role == HtmlRole::table)
            layout_.begin_row();
        else if (element.role != HtmlRole::phrase && element.role != HtmlRole::cell)
            layout_.begin_line();
    }

    void begin_block(bool room) { room ? layout_.begin_paragraph() : layout_.begin_line(); }

    void begin_paragraph(const HtmlNode& node) {
        const bool line = is_line_of_outlook(node.value("class"));
        const auto room = room_around(node.value("style"), {!line, !line});
        begin_block(room.above);
        paragraphs_.push_back({room.below, layout_.size(), false});
    }

    void end_paragraph() {
        const auto [room_below, begin, filled] = paragraphs_.back();
        paragraphs_.pop_back();
        begin_block(room_below);
        if (filled && layout_.size() == begin) layout_.blank_line();
    }

    std::string marker(const HtmlNode& node) {
        if (next_.empty() || next_.back() == unnumbered) return "- ";
        const auto value = number(node.value("value"), next_.back());
        next_.back() = value + 1;
        return fmt::format("{}. ", value);
    }

    struct Paragraph {
        bool room_below;
        std::size_t begin;  ///< of its text
        bool filled;        ///< with something, if only with a no-break space
    };

    HtmlLayout layout_;
    std::vector<std::string> urls_;      ///< of the links around
    std::vector<Paragraph> paragraphs_;  ///< around: a table may stand between them
    std::vector<int> next_;              ///< number of each list around
    std::vector<bool> spaced_;           ///< of each element around: it keeps white space
};

}  // namespace

std::string html_to_text(std::string_view html) {
    Reader reader;
    walk_html(html, reader);
    return reader.finish();
}

}  // namespace mime
