#include "mime/body_text.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <memory>

#include "mime/ascii.hpp"
#include "mime/limits.hpp"
#include "mime/strip_html.hpp"

namespace mime {
namespace {

constexpr std::array<std::string_view, 7> hidden{
    "head", "script", "style", "title", "template", "noscript", "object"};
constexpr std::array<std::string_view, 26> blocks{
    "address", "article", "blockquote", "center", "dd", "div", "dl",   "dt",     "footer",
    "form",    "h1",      "h2",         "h3",     "h4", "h5",  "h6",   "header", "hr",
    "li",      "ol",      "section",    "table",  "tr", "ul",  "main", "nav"};

template <std::size_t size>
bool among(const std::array<std::string_view, size>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

/// Text with HTML's rules for white space: runs are one blank, blocks begin on a new line.
class Layout {
public:
    void text(std::string_view characters) {
        for (const char c : characters) {
            if (is_space(c) || c == '\f') {
                blank_ = true;
                continue;
            }
            if (blank_ && !result_.empty() && result_.back() != '\n') result_ += ' ';
            blank_ = false;
            result_ += c;
        }
    }
    /// `count` line breaks, less those that are there already.
    void line_breaks(std::size_t count) {
        blank_ = false;
        if (result_.empty()) return;
        const auto last = result_.find_last_not_of('\n');
        for (auto have = result_.size() - 1 - last; have < count; ++have) result_ += '\n';
    }
    void line_break() {
        blank_ = false;
        result_ += '\n';
    }
    void cell() { blank_ = true; }

    std::string finish() {
        const auto end = result_.find_last_not_of(" \n");
        result_.resize(end == std::string::npos ? 0 : end + 1);
        return std::move(result_);
    }

private:
    std::string result_;
    bool blank_ = false;
};

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

void enter(const xmlNode& node, Layout& layout) {
    const auto name = view(node.name);
    if (name == "br")
        layout.line_break();
    else if (name == "p")
        layout.line_breaks(2);
    else if (name == "td" || name == "th")
        layout.cell();
    else if (among(blocks, name))
        layout.line_breaks(1);
    if (name == "li") layout.text("- ");
}

void leave(const xmlNode& node, Layout& layout) {
    const auto name = view(node.name);
    if (name == "p")
        layout.line_breaks(2);
    else if (among(blocks, name))
        layout.line_breaks(1);
}

/// Document order without recursion: mails nest tables as deep as they like.
void walk(const xmlNode* root, Layout& layout) {
    const xmlNode* node = root;
    while (node != nullptr) {
        const bool element = node->type == XML_ELEMENT_NODE;
        if (node->type == XML_TEXT_NODE) layout.text(view(node->content));
        const bool inside = element && !among(hidden, view(node->name));
        if (inside) enter(*node, layout);
        if (inside && node->children != nullptr) {
            node = node->children;
            continue;
        }
        if (inside) leave(*node, layout);
        while (node != root && node->next == nullptr) {
            node = node->parent;
            leave(*node, layout);
        }
        node = node == root ? nullptr : node->next;
    }
}

}  // namespace

std::string html_to_text(std::string_view html) {
    auto text = strip_html(html);
    std::erase(text, '\0');
    if (text.size() > limits::html) {
        text.resize(limits::html);
        while ((static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
        text.pop_back();  // perhaps the head of a character cut in two
    }
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                        HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        htmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", options),
        &xmlFreeDoc
    );
    Layout layout;
    if (document) walk(xmlDocGetRootElement(document.get()), layout);
    return layout.finish();
}

}  // namespace mime
