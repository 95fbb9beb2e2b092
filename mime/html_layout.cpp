// Longer than most files here: blanks, lines, cells and links all change what is put before the
// next visible character.
#include "mime/html_layout.hpp"

#include <algorithm>
#include <utility>

#include "mime/ascii.hpp"
#include "mime/html_link.hpp"
#include "mime/invisible.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

/// Of a link that has no text yet.
constexpr auto nowhere = std::string::npos;

}  // namespace

/// Bytes of an invisible character that `characters` begin with, or 0.
std::size_t HtmlLayout::take_invisible(std::string_view characters) {
    const auto* found = find_invisible(characters);
    if (found == nullptr) return 0;
    if (found->kind == Invisible::Kind::blank) blank(' ');
    if (found->kind == Invisible::Kind::joiner) joiner_ = found->character;
    return found->character.size();
}

void HtmlLayout::text(std::string_view characters) {
    for (std::size_t at = 0; at < characters.size();) {
        const char c = characters[at];
        if (is_space(c)) {
            blank(c);
            ++at;
            continue;
        }
        if (static_cast<unsigned char>(c) >= 0x80)
            if (const auto bytes = take_invisible(characters.substr(at)); bytes > 0) {
                at += bytes;
                continue;
            }
        auto end = at + 1;
        while (end < characters.size() && !is_space(characters[end]) &&
               static_cast<unsigned char>(characters[end]) < 0xC0)
            ++end;
        put(characters.substr(at, end - at));
        at = end;
    }
}

void HtmlLayout::blank(char c) {
    joiner_.clear();
    if (preformatted_ == 0) {
        if (blanks_.empty()) blanks_ = " ";
    } else if (c == '\n') {
        if (breaks_ == 0 && !cell_fresh_ && !result_.empty()) result_ += blanks_;  // "-- "
        break_line();
    } else {
        blanks_ += c;
    }
}

void HtmlLayout::put(std::string_view visible) {
    if (result_.empty() || breaks_ > 0) {
        open_line();
    } else {
        result_ += joiner_;
        result_ += blanks_;
    }
    joiner_.clear();
    blanks_.clear();
    row_fresh_ = cell_fresh_ = false;
    for (auto i = links_.size(); i > 0 && links_[i - 1] == nowhere; --i)
        links_[i - 1] = result_.size();
    result_ += visible;
}

void HtmlLayout::open_line() {
    const auto quote = [&](std::size_t count) {
        for (std::size_t i = 0; i < std::min(count, limits::shown_quotes); ++i) result_ += "> ";
    };
    if (!result_.empty()) {
        if (!row_fresh_) row_broken_ = true;
        result_ += '\n';
        if (breaks_ > 1) {
            quote(std::min(quotes_, line_quotes_));
            if (result_.ends_with(' ')) result_.pop_back();
            result_ += '\n';
        }
    }
    quote(quotes_);
    const auto levels = std::min(items_, limits::shown_quotes);
    const auto indent = 2 * levels;
    if (marker_.empty()) {
        result_.append(indent, ' ');
    } else {
        result_.append(indent - std::min<std::size_t>(indent, 2), ' ');
        result_ += marker_;
    }
    if (preformatted_ > 0) result_ += blanks_;
    marker_.clear();
    breaks_ = 0;
    line_quotes_ = quotes_;
}

void HtmlLayout::begin_line() {
    if (cell_fresh_) return;
    blanks_.clear();
    breaks_ = std::max<std::size_t>(breaks_, 1);
}

void HtmlLayout::begin_paragraph() {
    if (cell_fresh_) return;
    blanks_.clear();
    breaks_ = 2;
}

void HtmlLayout::break_line() {
    if (cell_fresh_) return;
    blanks_.clear();
    breaks_ = breaks_ == 0 ? 1 : 2;
}

void HtmlLayout::blank_line() {
    if (!row_fresh_) begin_paragraph();
}

void HtmlLayout::begin_row() {
    begin_line();
    row_fresh_ = !cell_fresh_;
    row_broken_ = false;
}

void HtmlLayout::begin_cell() {
    if (row_fresh_ || row_broken_) return begin_line();
    breaks_ = 0;
    blanks_ = "\t";
    cell_fresh_ = true;
}

void HtmlLayout::end_table() {
    cell_fresh_ = false;
    begin_line();
    row_fresh_ = false;
    row_broken_ = true;
}

void HtmlLayout::begin_item(std::string marker) {
    cell_fresh_ = false;
    begin_line();
    ++items_;
    marker_ = std::move(marker);
}

void HtmlLayout::end_item() {
    begin_line();
    marker_.clear();
    --items_;
}

void HtmlLayout::begin_quote() {
    cell_fresh_ = false;
    begin_line();
    ++quotes_;
}

void HtmlLayout::end_quote() {
    begin_line();
    --quotes_;
}

void HtmlLayout::begin_link() {
    links_.push_back(nowhere);
}

void HtmlLayout::end_link(std::string_view url) {
    const auto begin = links_.back();
    links_.pop_back();
    if (begin == nowhere || url.empty() || url.size() > limits::shown_link) return;
    if (names_link(std::string_view(result_).substr(begin), url)) return;
    const auto later = std::exchange(blanks_, " ");
    const auto breaks = std::exchange(breaks_, 0);
    put("<" + std::string(url) + ">");
    blanks_ = later;
    breaks_ = breaks;
}

}  // namespace mime
