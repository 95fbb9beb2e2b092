#include "mime/new_text.hpp"

#include "mime/attribution.hpp"
#include "mime/header_block.hpp"
#include "mime/html_text.hpp"
#include "mime/limits.hpp"
#include "mime/mark_html_quotes.hpp"
#include "mime/signature.hpp"

namespace mime {
namespace {

/// Walks over the lines once; what is somebody's own is collected in stretches between quotations.
class Reader {
public:
    explicit Reader(Lines lines) : lines_(lines) {}

    NewText run() {
        while (at_ < lines_.size() && !whole_) {
            if (is_quoted_line(lines_[at_]))
                quotation();
            else if (!attribution() && !block())
                own_.push_back(lines_[at_++]);
        }
        finish_stretch();
        return std::move(result_);
    }

private:
    /// The lines marked with '>' and the blank ones between them.
    void quotation() {
        auto first = lines_[at_];
        first.remove_prefix(first.find('>') + 1);
        if (is_forward_line(first) && !anything()) return keep_rest();
        finish_stretch();
        result_.quote_cut = true;
        for (auto next = at_; next < lines_.size(); ++next) {
            if (is_quoted_line(lines_[next]) || is_rest_of_link(next))
                at_ = next + 1;
            else if (!is_blank_line(lines_[next]))
                break;
        }
    }

    /// A long link in a quotation, broken in two by a program that forgot the mark.
    bool is_rest_of_link(std::size_t line) const {
        if (line == 0 || line + 1 >= lines_.size()) return false;
        return lines_[line].find(' ') == std::string_view::npos && !is_blank_line(lines_[line]) &&
               is_quoted_line(lines_[line - 1]) && is_quoted_line(lines_[line + 1]) &&
               lines_[line - 1].find("http") != std::string_view::npos;
    }

    bool marked_from(std::size_t line) const {
        while (line < lines_.size() && is_blank_line(lines_[line])) ++line;
        return line < lines_.size() && is_quoted_line(lines_[line]);
    }

    bool attribution() {
        const auto found = find_attribution(lines_, at_);
        if (found.lines == 0) return false;
        const auto behind = at_ + found.lines;
        const bool marked = marked_from(behind);
        if (!found.certain && !marked) return false;
        // Text that is not marked as quotation, and nothing above: who can say what is new in it?
        if (!marked && found.column == 0 && !anything()) return false;
        if (found.column > 0) own_.push_back(lines_[at_].substr(0, found.column));
        quote(behind, marked);
        return true;
    }

    bool block() {
        const auto found = find_header_block(lines_, at_);
        if (found.lines == 0) return false;
        const auto behind = at_ + found.lines;
        const bool marked = marked_from(behind);
        if (!anything() && (found.forwarded || !marked))
            keep_rest();
        else
            quote(behind, marked);
        return true;
    }

    void keep_rest() {
        finish_stretch();
        const auto rest = lines_.subspan(at_);
        own_.assign(rest.begin(), rest.end());
        whole_ = true;
    }

    /// What is marked ends where the marks end; what is not goes on to the end of the mail.
    void quote(std::size_t behind, bool marked) {
        while (!own_.empty() && (is_rule(own_.back()) || is_blank_line(own_.back())))
            own_.pop_back();
        finish_stretch();
        result_.quote_cut = true;
        at_ = marked ? behind : lines_.size();
    }

    /// Whether there is own text above, apart from a signature.
    bool anything() {
        if (!result_.text.empty() || own_.size() > limits::signature_lines) return true;
        const auto count = lines_before_signature(own_);
        for (std::size_t i = 0; i < count; ++i)
            if (!is_blank_line(own_[i]) && !is_rule(own_[i])) return true;
        return false;
    }

    void finish_stretch() {
        Lines lines(own_);
        const auto count = whole_ ? lines.size() : lines_before_signature(lines);
        for (const auto line : lines.subspan(count)) result_.signature_cut |= !is_blank_line(line);
        lines = lines.first(count);
        while (!lines.empty() && is_blank_line(lines.front())) lines = lines.subspan(1);
        while (!lines.empty() && is_blank_line(lines.back())) lines = lines.first(lines.size() - 1);
        if (!lines.empty() && !result_.text.empty()) result_.text += "\n\n";
        for (const auto line : lines) {
            if (line.data() != lines.front().data()) result_.text += '\n';
            if (!is_blank_line(line)) result_.text += line;
        }
        own_.clear();
    }

    Lines lines_;
    std::size_t at_ = 0;
    bool whole_ = false;  ///< a forwarded mail with nothing above it
    std::vector<std::string_view> own_;
    NewText result_;
};

}  // namespace

NewText new_text(std::string_view text) {
    if (text.size() > limits::new_text) {
        text = text.substr(0, limits::new_text);
        const auto whole = text.find_last_of("\n ");  // neither a word nor a character in two
        text = text.substr(0, whole == text.npos ? 0 : whole);
    }
    const auto lines = split_lines(text);
    return Reader(lines).run();
}

NewText new_text_of_html(std::string_view html) {
    const auto marked = mark_html_quotes(html);
    auto result = new_text(html_to_text(marked.html));
    result.signature_cut |= marked.signature;
    if (marked.boundary && result.text.starts_with(original_message_line)) {
        // A forwarded mail is kept whole, but not what was put before it, nor the line drawn there.
        auto kept = original_message_line.size();
        for (const auto line : split_lines(std::string_view(result.text).substr(kept))) {
            if (!is_rule(line) && !is_blank_line(line)) break;
            kept += line.size() + 1;
        }
        result.text.erase(0, kept);
    }
    return result;
}

}  // namespace mime
