#include "mime/encoded_word.hpp"

#include <algorithm>

#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/limits.hpp"
#include "mime/transfer.hpp"

namespace mime {
namespace {

constexpr std::size_t longest_charset = 80;

std::string decode_q(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '_') {
            bytes += ' ';
        } else if (text[i] == '=' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
            bytes += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

/// Collects the result; keeps the bytes of encoded words until their charset ends.
class Output {
public:
    void literal(std::string_view text) {
        const bool blank = std::ranges::all_of(text, is_space);
        if (text.empty() || (blank && after_word_)) {
            blanks_ = text;
            return;
        }
        flush();
        add(to_utf8(text, ""));
        after_word_ = false;
    }

    void word(const EncodedWord& word) {
        if (!equal(word.charset, charset_)) flush_bytes();
        blanks_ = {};
        charset_ = word.charset;
        bytes_ += word.encoding == 'b' ? decode_transfer(word.text, TransferEncoding::base64)
                                       : decode_q(word.text);
        after_word_ = true;
    }

    void finish() { flush(); }

    std::string result;
    std::vector<std::string> problems;

private:
    void add(Decoded decoded) {
        result += decoded.text;
        const bool told = decoded.problem.empty() || problems.size() >= limits::problems ||
                          std::ranges::find(problems, decoded.problem) != problems.end();
        if (!told) problems.push_back(std::move(decoded.problem));
    }
    void flush_bytes() {
        if (bytes_.empty()) return;
        add(to_utf8(bytes_, charset_));
        bytes_.clear();
    }
    void flush() {
        flush_bytes();
        result += blanks_;
        blanks_ = {};
    }

    std::string bytes_;
    std::string_view charset_, blanks_;
    bool after_word_ = false;
};

}  // namespace

std::optional<EncodedWord> WordFinder::at(std::size_t at) {
    if (text_.substr(at, 2) != "=?") return {};
    const auto charset_end = text_.substr(0, at + longest_charset).find('?', at + 2);
    if (charset_end == std::string_view::npos || charset_end + 2 >= text_.size()) return {};
    const char encoding = lower(text_[charset_end + 1]);
    if ((encoding != 'b' && encoding != 'q') || text_[charset_end + 2] != '?') return {};
    const auto begin = charset_end + 3;
    // A mark found earlier holds as long as it lies ahead: text without "?=" is searched once.
    if (!known_ || begin < searched_ || mark_ < begin) {
        mark_ = text_.find("?=", begin);
        searched_ = begin;
        known_ = true;
    }
    if (mark_ == std::string_view::npos) return {};
    // The word is never closed, and the mark is that of the next one.
    if (text_.substr(begin, mark_ - begin).find("=?") != std::string_view::npos) return {};
    auto charset = text_.substr(at + 2, charset_end - at - 2);
    charset = charset.substr(0, charset.find('*'));
    return EncodedWord{charset, encoding, text_.substr(begin, mark_ - begin), mark_ + 2};
}

namespace {

Output decode(std::string_view text) {
    WordFinder finder(text);
    Output output;
    std::size_t literal = 0;
    for (auto at = text.find("=?"); at != std::string_view::npos; at = text.find("=?", at)) {
        const auto word = finder.at(at);
        if (!word) {
            at += 2;
            continue;
        }
        output.literal(text.substr(literal, at - literal));
        output.word(*word);
        literal = at = word->end;
    }
    output.literal(text.substr(literal));
    output.finish();
    return output;
}

}  // namespace

std::string decode_words(std::string_view text) {
    return decode(text).result;
}

std::vector<std::string> charset_problems(std::string_view text) {
    if (text.find("=?") == text.npos && is_utf8(text)) return {};
    return decode(text).problems;
}

}  // namespace mime
