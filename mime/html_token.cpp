#include "mime/html_token.hpp"

#include <algorithm>

#include "mime/ascii.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

constexpr std::string_view blanks = " \t\r\n\f";
constexpr std::string_view name_ends = " \t\r\n\f/>";

}  // namespace

/// First of `marks` at `from` or later, or the end.
std::size_t HtmlTokens::passing(std::string_view marks, std::size_t from) const {
    return std::min(html_.find_first_of(marks, from), html_.size());
}

void HtmlTokens::skip_behind(char mark) {
    const auto found = html_.find(mark, at_);
    at_ = found == html_.npos ? html_.size() : found + 1;
}

void HtmlTokens::skip_comment() {
    at_ += 4;
    const auto rest = html_.substr(at_);
    if (rest.starts_with('>') || rest.starts_with("->")) return skip_behind('>');
    for (auto dashes = html_.find("--", at_); dashes != html_.npos;
         dashes = html_.find("--", dashes + 1)) {
        const auto behind = html_.substr(dashes + 2, 2);
        if (!behind.starts_with('>') && behind != "!>") continue;
        at_ = dashes;
        return skip_behind('>');
    }
    at_ = html_.size();
}

std::string_view HtmlTokens::quoted_value(char quote) {
    const auto begin = at_ + 1;
    auto end = html_.find(quote, begin);
    if (end == html_.npos) {  // never closed: the tag ends where a person would end it
        end = std::min(html_.find('>', begin), html_.size());
        at_ = end;
    } else {
        at_ = end + 1;
    }
    return html_.substr(begin, end - begin);
}

/// The next one of a tag; false before its '>' or at the end of all.
bool HtmlTokens::attribute(HtmlAttribute& attribute) {
    while (at_ < html_.size() && name_ends.find(html_[at_]) != name_ends.npos && html_[at_] != '>')
        ++at_;
    if (at_ >= html_.size() || html_[at_] == '>') return false;
    const auto name = at_;
    at_ = passing(" \t\r\n\f/>=", at_ + 1);  // a leading '=' belongs to the name
    attribute = {html_.substr(name, at_ - name), {}};
    const auto equals = std::min(html_.find_first_not_of(blanks, at_), html_.size());
    if (equals == html_.size() || html_[equals] != '=') return true;
    at_ = std::min(html_.find_first_not_of(blanks, equals + 1), html_.size());
    if (at_ == html_.size() || html_[at_] == '>') return true;
    if (html_[at_] == '"' || html_[at_] == '\'') {
        attribute.value = quoted_value(html_[at_]);
    } else {
        const auto value = at_;
        at_ = passing(" \t\r\n\f>", at_);
        attribute.value = html_.substr(value, at_ - value);
    }
    return true;
}

bool HtmlTokens::tag(HtmlToken& token) {
    token.kind = html_[at_ + 1] == '/' ? HtmlToken::Kind::end : HtmlToken::Kind::start;
    token.begin = at_;
    const auto name = at_ + (token.kind == HtmlToken::Kind::end ? 2 : 1);
    at_ = passing(name_ends, name);
    token.text = html_.substr(name, at_ - name);
    token.attributes.clear();
    HtmlAttribute found;
    while (attribute(found))
        if (token.attributes.size() < limits::html_attributes) token.attributes.push_back(found);
    if (at_ >= html_.size()) return false;
    token.closed = html_[at_ - 1] == '/';
    token.end = ++at_;
    return true;
}

bool HtmlTokens::next(HtmlToken& token) {
    while (at_ < html_.size()) {
        const auto ahead = html_.substr(at_, 4);
        const char second = ahead.size() > 1 ? ahead[1] : ' ';
        const char third = ahead.size() > 2 ? ahead[2] : ' ';
        const bool sign = ahead[0] == '<';
        const bool end = sign && second == '/' && ahead.size() > 2;
        if (sign && (is_letter(second) || (end && is_letter(third)))) return tag(token);
        if (ahead == "<!--") {
            skip_comment();
        } else if (end || (sign && (second == '!' || second == '?'))) {
            skip_behind('>');
        } else {
            token.begin = at_;
            token.end = at_ = passing("<", at_ + 1);
            token.kind = HtmlToken::Kind::text;
            token.text = html_.substr(token.begin, token.end - token.begin);
            return true;
        }
    }
    return false;
}

std::string_view HtmlTokens::raw_text(std::string_view name) {
    const auto begin = at_;
    for (auto end = html_.find("</", begin); end != html_.npos; end = html_.find("</", end + 2)) {
        const auto behind = end + 2 + name.size();
        if (!equal(html_.substr(end + 2, name.size()), name)) continue;
        if (behind < html_.size() && name_ends.find(html_[behind]) == name_ends.npos) continue;
        at_ = end;
        return html_.substr(begin, end - begin);
    }
    return rest();
}

std::string_view HtmlTokens::rest() {
    const auto begin = at_;
    at_ = html_.size();
    return html_.substr(begin);
}

}  // namespace mime
