#include "mime/html_style_value.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mime/ascii.hpp"

namespace mime {
namespace {

constexpr std::array<std::string_view, 4> functions{"rgb", "rgba", "hsl", "hsla"};

bool is_word_byte(char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("#%.-+_").find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// A number below zero, at the beginning or within: "0%-5px" and "auto+0-5px" are several values.
bool holds_negative(std::string_view word) {
    if (word.size() > 1 && word[0] == '-' && !is_letter(word[1])) return true;
    for (auto at = word.find('-'); at != word.npos; at = word.find('-', at + 1))
        if (at + 1 < word.size() && (is_digit(word[at + 1]) || word[at + 1] == '.')) return true;
    return false;
}

class Value {
public:
    explicit Value(std::string_view source) : source_(source) {}

    std::string run() {
        while (at_ < source_.size()) {
            const char c = source_[at_];
            if (is_space(c) || c == '\f') {
                blank_ = true;
                ++at_;
            } else if (!(c == '"' || c == '\'' ? string(c) : plain(c))) {
                return "";
            }
        }
        return std::move(result_);
    }

private:
    void put(std::string_view text) {
        if (std::exchange(blank_, false) && !result_.empty()) result_ += ' ';
        result_ += text;
    }

    bool plain(char c) {
        if (c == ',' || c == '/') {
            put({&c, 1});
            ++at_;
            return true;
        }
        auto end = at_;
        while (end < source_.size() && is_word_byte(source_[end])) ++end;
        const auto word = source_.substr(at_, end - at_);
        if (word.empty() || holds_negative(word)) return false;
        at_ = end;
        if (end == source_.size() || source_[end] != '(') {
            put(word);
            return true;
        }
        return colour(word);
    }

    bool colour(std::string_view function) {
        const auto close = source_.find(')', at_);
        if (close == source_.npos ||
            std::ranges::find(functions, lower(function)) == functions.end())
            return false;
        const auto numbers = source_.substr(at_ + 1, close - at_ - 1);
        const bool good = std::ranges::all_of(numbers, [](char c) {
            return is_digit(c) || std::string_view(" .,%/").find(c) != std::string_view::npos;
        });
        put(lower(function));
        result_ += source_.substr(at_, close + 1 - at_);
        at_ = close + 1;
        return good;
    }

    /// The name of a font.
    bool string(char quote) {
        const auto close = source_.find(quote, at_ + 1);
        if (close == source_.npos) return false;
        const auto name = source_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
        put("'");
        result_ += name;
        result_ += '\'';
        return std::ranges::all_of(name, [](char c) { return is_word_byte(c) || c == ' '; });
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::string result_;
    bool blank_ = false;
};

}  // namespace

std::string plain_style_value(std::string_view source) {
    return Value(source).run();
}

}  // namespace mime
