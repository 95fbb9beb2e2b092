#include "mime/html_tree.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <memory>
#include <string>

#include "mime/charset.hpp"
#include "mime/limits.hpp"
#include "mime/strip_html.hpp"

namespace mime {
namespace {

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

/// Without the prefix; "" for <html> and <body>, which are ours.
std::string_view name_of(const xmlNode& node) {
    const auto name = view(node.name);
    return name.starts_with(stripped_prefix) ? name.substr(stripped_prefix.size()) : "";
}

bool enter(const xmlNode& node, HtmlVisitor& visitor) {
    HtmlNode element{name_of(node), {}};
    if (element.name.empty()) return true;
    for (const auto* attribute = node.properties; attribute != nullptr; attribute = attribute->next)
        element.attributes.push_back(
            {view(attribute->name),
             attribute->children == nullptr ? "" : view(attribute->children->content)}
        );
    return visitor.enter(element);
}

void leave(const xmlNode& node, HtmlVisitor& visitor) {
    if (const auto name = name_of(node); !name.empty()) visitor.leave(name);
}

/// Without recursion: mails nest as deep as they like.
void walk(const xmlNode* root, HtmlVisitor& visitor) {
    const auto* node = root;
    while (node != nullptr) {
        if (node->type == XML_TEXT_NODE) visitor.text(view(node->content));
        const bool inside = node->type == XML_ELEMENT_NODE && enter(*node, visitor);
        if (inside && node->children != nullptr) {
            node = node->children;
            continue;
        }
        if (inside) leave(*node, visitor);
        while (node != root && node->next == nullptr) {
            node = node->parent;
            leave(*node, visitor);
        }
        node = node == root ? nullptr : node->next;
    }
}

}  // namespace

std::string_view HtmlNode::value(std::string_view attribute) const {
    const auto found = std::ranges::find(attributes, attribute, &HtmlAttribute::name);
    return found == attributes.end() ? std::string_view{} : found->value;
}

bool HtmlNode::has(std::string_view attribute) const {
    return std::ranges::find(attributes, attribute, &HtmlAttribute::name) != attributes.end();
}

bool walk_html(std::string_view html, HtmlVisitor& visitor) {
    const auto head = whole_characters(html, limits::html);
    const auto mended = is_utf8(head) ? std::string() : to_utf8(head, "utf-8").text;
    const auto stripped =
        "<html><body>" +
        strip_html(mended.empty() ? head : whole_characters(mended, limits::html)) +
        "</body></html>";
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                        HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        htmlReadMemory(
            stripped.data(), static_cast<int>(stripped.size()), nullptr, "UTF-8", options
        ),
        &xmlFreeDoc
    );
    if (document) walk(xmlDocGetRootElement(document.get()), visitor);
    return head.size() == html.size();
}

}  // namespace mime
