// Longer than most files here: a list is read into words, and words are read into mailboxes; the
// second half has no meaning, and no test, without the first.
#include "mime/address.hpp"

#include <optional>
#include <string>

#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/encoded_word.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

/// A piece of a display name or of a bare address.
struct Word {
    std::string_view raw;  ///< as it stands, with its quotes
    bool quoted = false;
    bool gap = false;  ///< blanks or a comment stand in front
};

/// What stands between two commas.
struct Element {
    std::vector<Word> words;
    std::vector<std::string_view> comments;
    std::optional<std::string_view> angle;

    bool empty() const { return words.empty() && comments.empty() && !angle; }
};

std::string unescape(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) ++i;
        result += text[i];
    }
    return result;
}

std::string text_of(const Word& word) {
    return word.quoted ? unescape(word.raw.substr(1, word.raw.size() - 2)) : std::string(word.raw);
}

std::string phrase(const std::vector<Word>& words) {
    std::string text;
    for (const auto& word : words) {
        if (word.gap && !text.empty()) text += ' ';
        text += text_of(word);
    }
    return std::string(trim(decode_words(text)));
}

std::string comment_text(const Element& element) {
    for (const auto comment : element.comments) {
        auto text = decode_words(unescape(comment));
        if (!trim(text).empty()) return std::string(trim(text));
    }
    return {};
}

/// Domain in lower case; blanks outside of quotes and a source route (§4.4) removed.
std::string clean_address(std::string_view text) {
    text = trim(text);
    for (const std::string_view scheme : {"mailto:", "smtp:"})  // Exchange writes the latter
        if (equal(text.substr(0, scheme.size()), scheme)) text.remove_prefix(scheme.size());
    if (text.starts_with('@')) {
        if (const auto colon = text.find(':'); colon != text.npos) text.remove_prefix(colon + 1);
    }
    std::string result;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (quoted && text[i] == '\\' && i + 1 < text.size()) result += text[i++];
        if (quoted || !is_space(text[i])) result += text[i];
    }
    if (const auto sign = result.rfind('@'); sign != result.npos)
        for (auto i = sign; i < result.size(); ++i) result[i] = lower(result[i]);
    return guess_utf8(result);
}

/// "ann@acme.example" within quotes and nothing else: what a reader takes for the address.
std::string quoted_address(const std::vector<Word>& words) {
    if (words.size() != 1 || !words.front().quoted) return {};
    const auto text = text_of(words.front());
    const bool plain = text.find_first_of(" \t<>\",;") == text.npos;
    return plain && text.find('@') != text.npos ? clean_address(text) : std::string();
}

/// A whole mailbox in one encoded word, which RFC 2047 §5 forbids and some programs write.
Mailbox encoded_mailbox(std::string_view text) {
    const auto open = text.rfind('<');
    if (open == text.npos || !text.ends_with('>')) return {"", clean_address(text)};
    const auto inner = text.substr(open + 1, text.size() - open - 2);
    return {std::string(trim(text.substr(0, open))), clean_address(inner)};
}

/// Without <>: the words that belong to the address (obsolete blanks around '.' and '@' included)
/// and the rest, which can only be a name.
Mailbox bare_mailbox(const Element& element) {
    std::vector<std::string> runs;
    for (const auto& word : element.words) {
        const bool joins =
            !runs.empty() && (!word.gap || word.raw.front() == '@' || word.raw.front() == '.' ||
                              runs.back().ends_with('@') || runs.back().ends_with('.'));
        if (joins)
            runs.back() += word.raw;
        else
            runs.emplace_back(word.raw);
    }
    if (runs.size() == 1 && runs.front().starts_with("=?"))
        return encoded_mailbox(decode_words(runs.front()));
    Mailbox mailbox{"", quoted_address(element.words)};
    if (!mailbox.address.empty()) return mailbox;
    std::string name;
    for (const auto& run : runs) {
        const bool address = run.find('@') != run.npos;
        if (address && mailbox.address.empty())
            mailbox.address = clean_address(run);
        else
            name += (name.empty() ? "" : " ") + run;
    }
    if (mailbox.address.empty() && runs.size() == 1 && runs.front().front() != '"') {
        mailbox.address = clean_address(runs.front());
        name.clear();
    }
    mailbox.name = comment_text(element);
    if (mailbox.name.empty()) {
        if (mailbox.address.empty())
            name = phrase(element.words);
        else
            name = decode_words(name);
        mailbox.name = name;
    }
    return mailbox;
}

class Reader {
public:
    explicit Reader(std::string_view field) : field_(field), words_(field) {}

    std::vector<Mailbox> run() {
        while (at_ < field_.size() && result_.size() < limits::addresses) step();
        flush();
        return std::move(result_);
    }

private:
    void step() {
        const char c = field_[at_];
        if (is_space(c)) {
            gap_ = true;
            ++at_;
        } else if (c == ',' || c == ';') {
            flush();
            ++at_;
        } else if (c == ':' && !element_.angle && !has_sign()) {
            element_ = {};  // the name of a group
            ++at_;
        } else if (c == '"' && quoted()) {
            return;
        } else if (c == '(' && comment()) {
            return;
        } else if (c == '<') {
            angle();
        } else if (c == '>' && element_.angle) {
            ++at_;  // closed twice
        } else {
            atom();
        }
    }

    bool has_sign() const {
        return !element_.words.empty() &&
               element_.words.back().raw.find('@') != std::string_view::npos;
    }

    void add(std::size_t end, bool is_quoted) {
        element_.words.push_back({field_.substr(at_, end - at_), is_quoted, gap_});
        gap_ = false;
        at_ = end;
    }

    /// False where no quote closes it: then the sign is an ordinary character.
    bool quoted() {
        if (no_quote_) return false;
        for (auto i = at_ + 1; i < field_.size(); ++i) {
            if (field_[i] == '\\')
                ++i;
            else if (field_[i] == '"') {
                add(i + 1, true);
                return true;
            }
        }
        no_quote_ = true;
        return false;
    }

    bool comment() {
        if (no_comment_) return false;
        std::size_t depth = 0;
        for (auto i = at_; i < field_.size(); ++i) {
            if (field_[i] == '\\')
                ++i;
            else if (field_[i] == '(')
                ++depth;
            else if (field_[i] == ')' && --depth == 0) {
                element_.comments.push_back(field_.substr(at_ + 1, i - at_ - 1));
                gap_ = true;
                at_ = i + 1;
                return true;
            }
        }
        no_comment_ = true;
        return false;
    }

    void angle() {
        bool quote = false;
        auto end = at_ + 1;
        for (; end < field_.size(); ++end) {
            const char c = field_[end];
            if (c == '"') quote = !quote;
            if (!quote && (c == '>' || c == '<')) break;
            if (!quote && c == ',' && field_[at_ + 1] != '@') break;  // never closed
        }
        const auto inner = field_.substr(at_ + 1, end - at_ - 1);
        if (!element_.angle || element_.angle->find('@') == inner.npos) element_.angle = inner;
        at_ = end < field_.size() && field_[end] == '>' ? end + 1 : end;
        gap_ = true;
    }

    void atom() {
        auto end = at_;
        if (const auto word = words_.at(at_))
            end = word->end;
        else if (field_[at_] == '[' && behind_sign())
            end = literal_end();
        else
            end = std::min(field_.find_first_of(" \t\r\n\"(<,;:[", at_ + 1), field_.size());
        add(end, false);
    }

    bool behind_sign() const {
        return !gap_ && !element_.words.empty() && element_.words.back().raw.ends_with('@');
    }

    /// Behind a domain literal (§3.4.1); colons within it start no group.
    std::size_t literal_end() const {
        const auto end = std::min(field_.find_first_of("],", at_), field_.size());
        return end < field_.size() && field_[end] == ']' ? end + 1 : end;
    }

    void flush() {
        if (!element_.empty()) {
            Mailbox mailbox;
            if (element_.angle) {
                mailbox.address = clean_address(*element_.angle);
                mailbox.name = phrase(element_.words);
                if (mailbox.name.empty()) mailbox.name = comment_text(element_);
                // The address once more is no name; in quotes it was meant as one.
                const bool quoted = !element_.words.empty() && element_.words.front().quoted;
                if (!quoted && equal(mailbox.name, mailbox.address)) mailbox.name.clear();
            } else {
                mailbox = bare_mailbox(element_);
            }
            if (!mailbox.address.empty() || !mailbox.name.empty())
                result_.push_back(std::move(mailbox));
        }
        element_ = {};
        gap_ = false;
    }

    std::string_view field_;
    WordFinder words_;
    std::size_t at_ = 0;
    bool gap_ = false, no_quote_ = false, no_comment_ = false;
    Element element_;
    std::vector<Mailbox> result_;
};

}  // namespace

std::vector<Mailbox> read_addresses(std::string_view field) {
    return Reader(field).run();
}

}  // namespace mime
