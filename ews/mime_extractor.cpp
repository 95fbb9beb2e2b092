// Longer than other files: one automaton, whose states are read together.
#include "ews/mime_extractor.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace ews {
namespace {

constexpr std::string_view comment_begin = "<!--", cdata_begin = "<![CDATA[";
/// Of a reference; a longer one stands for no character.
constexpr std::size_t longest_reference = 12;

/// "<t:MimeContent CharacterSet='UTF-8'>" and "</t:MimeContent>" -> "MimeContent"
std::string_view tag_name(std::string_view markup) {
    markup.remove_prefix(markup.starts_with("</") ? 2 : 1);
    const auto name = markup.substr(0, markup.find_first_of(" \t\r\n/>"));
    const auto colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

/// Forbidden in XML: clean_reply drops such.
bool is_control(char c) {
    const auto code = static_cast<unsigned char>(c);
    return code < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

}  // namespace

bool MimeExtractor::feed(std::string_view xml) {
    while (!xml.empty() && is_wanted_) {
        std::size_t taken = 0;
        switch (where_) {
            case Where::text:
                taken = take_text(xml);
                break;
            case Where::markup:
                taken = take_markup(xml);
                break;
            case Where::cdata:
                taken = take_cdata(xml);
                break;
        }
        xml.remove_prefix(taken);
    }
    return is_wanted_;
}

std::string MimeExtractor::take_rest() {
    rest_ += std::exchange(markup_, {});
    if (!is_inside_) rest_.append(std::exchange(brackets_, 0), ']');
    return std::exchange(rest_, {});
}

std::size_t MimeExtractor::take_text(std::string_view xml) {
    const auto end = std::min(xml.find('<'), xml.size());
    content(xml.substr(0, end));
    if (end == xml.size()) return end;
    where_ = Where::markup;
    markup_ = '<';
    quote_ = 0;
    return end + 1;
}

std::size_t MimeExtractor::take_markup(std::string_view xml) {
    for (std::size_t at = 0; at < xml.size(); ++at) {
        markup_ += xml[at];
        if (markup_ == cdata_begin) {
            where_ = Where::cdata;
            brackets_ = 0;
            if (!is_inside_) rest_ += markup_;
            markup_.clear();
            return at + 1;
        }
        if (is_markup_over(xml[at])) {
            end_markup();
            return at + 1;
        }
    }
    return xml.size();
}

bool MimeExtractor::is_markup_over(char c) {
    if (markup_.starts_with(comment_begin)) return markup_.size() > 6 && markup_.ends_with("-->");
    if (markup_.starts_with("<?")) return markup_.size() > 3 && markup_.ends_with("?>");
    if (quote_ != 0) {
        if (c == quote_) quote_ = 0;
        return false;
    }
    if (c == '"' || c == '\'') quote_ = c;
    return c == '>';
}

void MimeExtractor::end_markup() {
    where_ = Where::text;
    if (tag_name(markup_) == "MimeContent") {
        if (is_inside_ && markup_.starts_with("</")) {
            is_inside_ = false;
            is_done_ = true;
            if (!reference_.empty() || !decoder_.end(decoded_)) is_sound_ = false;
            hand_over();
        } else if (!is_done_ && !markup_.ends_with("/>") && !markup_.starts_with("</")) {
            is_inside_ = true;
        }
    }
    rest_ += markup_;
    markup_.clear();
}

std::size_t MimeExtractor::take_cdata(std::string_view xml) {
    for (std::size_t at = 0; at < xml.size(); ++at) {
        if (xml[at] == ']') {
            ++brackets_;
            continue;
        }
        const bool is_end = xml[at] == '>' && brackets_ >= 2;
        const std::string held(is_end ? brackets_ - 2 : brackets_, ']');
        brackets_ = 0;
        const auto place = xml.substr(at);
        const auto run =
            is_end ? place.substr(0, 1) : place.substr(0, std::min(place.find(']'), place.size()));
        if (!is_inside_) {
            rest_.append(held).append(is_end ? "]]" : "").append(run);
        } else {
            decode(held);
            if (!is_end) decode(run);
            hand_over();
        }
        if (is_end) where_ = Where::text;
        return at + run.size();
    }
    return xml.size();
}

/// Text that is no CDATA.
void MimeExtractor::content(std::string_view text) {
    if (!is_inside_) {
        rest_ += text;
        return;
    }
    while (!text.empty()) {
        if (!reference_.empty() || text.front() == '&') {
            take_reference(text);
            continue;
        }
        const auto run = text.substr(0, std::min(text.find('&'), text.size()));
        decode(run);
        text.remove_prefix(run.size());
    }
    hand_over();
}

void MimeExtractor::take_reference(std::string_view& text) {
    while (!text.empty()) {
        reference_ += text.front();
        text.remove_prefix(1);
        if (reference_.back() == ';') return resolve_reference();
        if (reference_.size() <= longest_reference) continue;
        reference_.clear();
        is_sound_ = false;
        return;
    }
}

/// "&#13;" and "&#xD;" as some servers write line breaks. Base64 has no use for names, nor for
/// others than ASCII.
void MimeExtractor::resolve_reference() {
    std::string_view digits = reference_;
    digits.remove_suffix(1);
    const bool is_hex = digits.starts_with("&#x") || digits.starts_with("&#X");
    digits.remove_prefix(std::min<std::size_t>(digits.size(), is_hex ? 3 : 2));
    std::uint32_t code = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, problem] = std::from_chars(digits.data(), end, code, is_hex ? 16 : 10);
    const bool is_number = reference_.starts_with("&#") && problem == std::errc() && stop == end;
    const bool is_forbidden =
        (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF || code == 0xFFFE || code == 0xFFFF;
    reference_.clear();
    if (!is_number || (code >= 0x80 && !is_forbidden)) {
        is_sound_ = false;
    } else if (!is_forbidden) {
        const char c = static_cast<char>(code);
        decode({&c, 1});
    }
}

void MimeExtractor::decode(std::string_view text) {
    if (!is_sound_) return;
    if (std::ranges::none_of(text, is_control)) {
        is_sound_ = decoder_.feed(text, decoded_);
        return;
    }
    std::string clean(text);
    std::erase_if(clean, is_control);
    is_sound_ = decoder_.feed(clean, decoded_);
}

void MimeExtractor::hand_over() {
    if (decoded_.empty()) return;
    bytes_ += decoded_.size();
    is_wanted_ = take_(decoded_);
    decoded_.clear();
}

}  // namespace ews
