#include "mime/strip_html.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "mime/ascii.hpp"

namespace mime {
namespace {

class Stripper {
public:
    explicit Stripper(std::string_view html) : html_(html) {}

    std::string run() {
        while (at_ < html_.size()) {
            const auto open = std::min(html_.find('<', at_), html_.size());
            result_ += html_.substr(at_, open - at_);
            at_ = open;
            if (open < html_.size()) markup();
        }
        return std::move(result_);
    }

private:
    void skip_behind(std::string_view mark) {
        const auto found = html_.find(mark, at_);
        at_ = found == html_.npos ? html_.size() : found + mark.size();
    }

    void markup() {
        if (html_.substr(at_, 4) == "<!--") return skip_behind("-->");
        const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : ' ';
        if (next == '!' || next == '?') return skip_behind(">");
        const auto name = at_ + (next == '/' ? 2 : 1);
        auto end = name;
        while (end < html_.size() && (is_digit(html_[end]) || is_letter(html_[end]))) ++end;
        if (end == name) {  // a mere sign
            result_ += "&lt;";
            ++at_;
            return;
        }
        const auto tag = lower(html_.substr(name, end - name));
        result_ += fmt::format("<{}{}>", next == '/' ? "/" : "", tag);
        at_ = end;
        skip_attributes();
        if (next != '/' && (tag == "script" || tag == "style")) skip_raw(tag);
    }

    /// Behind the '>' that ends the tag; one in a quoted value does not.
    void skip_attributes() {
        bool value = false;
        for (; at_ < html_.size() && html_[at_] != '>'; ++at_) {
            const char c = html_[at_];
            if (value && (c == '"' || c == '\'')) {
                const auto close = html_.find(c, at_ + 1);
                if (close == html_.npos) break;
                at_ = close;
            }
            if (!is_space(c)) value = c == '=';
        }
        if (at_ < html_.size() && html_[at_] != '>')
            skip_behind(">");
        else if (at_ < html_.size())
            ++at_;
    }

    void skip_raw(std::string_view tag) {
        for (at_ = html_.find("</", at_); at_ != html_.npos; at_ = html_.find("</", at_ + 2))
            if (equal(html_.substr(at_ + 2, tag.size()), tag)) return;
        at_ = html_.size();
    }

    std::string_view html_;
    std::size_t at_ = 0;
    std::string result_;
};

}  // namespace

std::string strip_html(std::string_view html) {
    return Stripper(html).run();
}

}  // namespace mime
