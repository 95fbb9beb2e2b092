#include "mime/rtf_token.hpp"

#include <algorithm>

#include "mime/ascii.hpp"

namespace mime {
namespace {

constexpr int largest_parameter = 1'000'000'000;

}  // namespace

std::optional<RtfToken> RtfTokens::next() {
    while (at_ < rtf_.size() && (rtf_[at_] == '\r' || rtf_[at_] == '\n')) ++at_;
    if (at_ >= rtf_.size()) return std::nullopt;
    RtfToken token;
    const char c = rtf_[at_];
    if (c == '\\') return control();
    if (c == '{' || c == '}') {
        ++at_;
        token.kind = c == '{' ? RtfToken::Kind::open : RtfToken::Kind::close;
        return token;
    }
    const auto end = std::min(rtf_.find_first_of("\\{}\r\n", at_), rtf_.size());
    token.text = rtf_.substr(at_, end - at_);
    at_ = end;
    return token;
}

RtfToken RtfTokens::control() {
    ++at_;
    RtfToken token;
    token.kind = RtfToken::Kind::symbol;
    if (at_ >= rtf_.size()) return token;
    const char c = rtf_[at_];
    if (is_letter(c)) return word();
    ++at_;
    token.character = c;
    if (c == '\r' || c == '\n') {  // an old way to say \par
        token.kind = RtfToken::Kind::word;
        token.text = "par";
    }
    if (c != '\'' || rtf_.size() - at_ < 2) return token;
    const int high = hex_value(rtf_[at_]), low = hex_value(rtf_[at_ + 1]);
    if (high < 0 || low < 0) return token;
    at_ += 2;
    token.kind = RtfToken::Kind::byte;
    token.character = static_cast<char>(high * 16 + low);
    return token;
}

RtfToken RtfTokens::word() {
    RtfToken token;
    token.kind = RtfToken::Kind::word;
    const auto begin = at_;
    while (at_ < rtf_.size() && is_letter(rtf_[at_])) ++at_;
    token.text = rtf_.substr(begin, at_ - begin);
    const bool negative = at_ + 1 < rtf_.size() && rtf_[at_] == '-' && is_digit(rtf_[at_ + 1]);
    if (negative) ++at_;
    for (; at_ < rtf_.size() && is_digit(rtf_[at_]); ++at_) {
        const int so_far = token.parameter.value_or(0);
        token.parameter =
            so_far > largest_parameter / 10 ? largest_parameter : so_far * 10 + (rtf_[at_] - '0');
    }
    if (negative) token.parameter = -token.parameter.value_or(0);
    if (at_ < rtf_.size() && rtf_[at_] == ' ') ++at_;
    if (token.text == "bin" && token.parameter.value_or(0) > 0)
        at_ += std::min(static_cast<std::size_t>(*token.parameter), rtf_.size() - at_);
    return token;
}

}  // namespace mime
