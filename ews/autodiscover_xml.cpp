#include "ews/autodiscover_xml.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ews/autodiscover_limits.hpp"
#include "ews/limits.hpp"
#include "ews/sanitise.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

/// Depth and number of nodes, without recursion: a hostile answer may be nested as deep as it is
/// long.
bool is_within_bounds(const pugi::xml_document& document) {
    std::size_t nodes = 0, depth = 0;
    pugi::xml_node node = document.first_child();
    while (node) {
        if (++nodes > limits::autodiscover_nodes || depth > limits::autodiscover_depth)
            return false;
        if (node.first_child()) {
            node = node.first_child();
            ++depth;
            continue;
        }
        while (depth > 0 && !node.next_sibling()) {
            node = node.parent();
            --depth;
        }
        node = node.next_sibling();
    }
    return true;
}

bool begins_with(std::string_view text, std::string_view lower_case) {
    return text.size() >= lower_case.size() &&
           std::ranges::equal(text.substr(0, lower_case.size()), lower_case, [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
           });
}

/// In a form that is no XML, where no parser finds a root element.
bool looks_like_html(std::string_view bytes) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
    bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
    return begins_with(bytes, "<!doctype html") || begins_with(bytes, "<html");
}

pugi::xml_node doctype(const pugi::xml_document& document) {
    for (auto node : document.children())
        if (node.type() == pugi::node_doctype) return node;
    return {};
}

Error refuse(errc code, std::string text) {
    return {code, {}, std::move(text), {}};
}

}  // namespace

AutodiscoverXml::AutodiscoverXml(std::string bytes) : size_(bytes.size()) {
    if (size_ > limits::autodiscover_body) return;
    bytes_ = clean_reply(std::move(bytes));
    is_page_ = looks_like_html(bytes_);
    parsed_ = document_.load_buffer_inplace(
        bytes_.data(), bytes_.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8
    );
}

Result<pugi::xml_node> AutodiscoverXml::root(std::string_view name) const {
    if (size_ > limits::autodiscover_body)
        return refuse(
            errc::too_large,
            fmt::format("the answer is too large for Autodiscover: {} bytes", size_)
        );
    const auto type = doctype(document_);
    const auto element = document_.document_element();
    if (is_page_ || begins_with(type.value(), "html") || begins_with(local_name(element), "html"))
        return refuse(errc::not_ews, "the answer is a web page, perhaps a login page");
    if (type) return refuse(errc::not_ews, "the answer holds a DOCTYPE, which is not read");
    if (!element)
        return refuse(errc::not_ews, size_ == 0 ? "the answer is empty" : "the answer is no XML");
    if (!parsed_) {
        return refuse(
            errc::protocol,
            fmt::format(
                "the answer is broken XML: {} at byte {}", parsed_.description(), parsed_.offset
            )
        );
    }
    if (!is_within_bounds(document_))
        return refuse(
            errc::too_large, "the answer has more elements, or deeper ones, than Autodiscover has"
        );
    if (local_name(element) != name)
        return refuse(
            errc::not_ews,
            fmt::format("the answer is XML of another service: {}", one_line(local_name(element)))
        );
    return element;
}

std::string setting(pugi::xml_node node) {
    std::string value = trimmed_text(node);
    if (value.size() > limits::autodiscover_value) value.clear();
    return value;
}

std::string one_line(std::string_view text) {
    std::string line(text.substr(0, limits::quoted_text));
    std::ranges::replace_if(
        line, [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }, ' '
    );
    return clean_text(line);
}

Error autodiscover_error(std::string_view code, std::string_view message) {
    std::string text = fmt::format("the server says {}", one_line(code));
    if (!message.empty()) text += fmt::format(": {}", one_line(message));
    Error error{errc::other, one_line(code), std::move(text), {}};
    // 500 and 603 are codes of the older dialect.
    if (code == "InvalidUser" || code == "500") error.code = errc::no_such_mailbox;
    if (code == "ServerBusy" || code == "603") error.code = errc::unavailable;
    if (code == "InternalServerError") error.code = errc::internal_error;
    if (code == "InvalidRequest" || code == "600") error.code = errc::invalid_request;
    return error;
}

}  // namespace ews
