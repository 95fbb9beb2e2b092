// Replies that others have labelled, the cases of talon (Apache-2.0): how many come out as they
// say, and which do not and why. They are not ours to distribute, so the cases are read out of the
// Python that holds them; only literals are understood.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "mime/html_text.hpp"
#include "mime/new_text.hpp"
#include "mime/parse.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path corpus = fs::path(MAILFERRY_SHARED) / "corpus/talon";

/// The cases that come out otherwise here, and the rule that makes them.
const std::map<std::string, std::string> otherwise{
    {"test_too_many_lines", "asks for a limit of one line, which we do not have"},
    {"test_pattern_on_date_polymail", "an attribution with blank lines in it"},
    {"test_link_breaks_quotation_markers_sequence", "a line between marks is taken for an answer"},
    {"test_dont_parse_quotations_for_forwarded_messages",
     "below own words, a forwarded mail is cut"},
    {"test_link_closed_with_quotation_marker_on_new_line",
     "fields without To, as a form on a web page has them: what customers wrote is kept"},
    {"test_from_block_starts_with_date",
     "fields without From, as a receipt has them: what customers wrote is kept"},
    {"mail_ru.html", "an attribution without a verb, not marked"},
    {"windows_mail.html", "fields in Russian"},
    {"standard_replies__iphone.eml", "the line of the telephone is signature"},
    {"standard_replies__sparrow.eml", "what follows \"-- \" is signature"},
    {"test_gmail_quote_blockquote", "a blockquote of Gmail is quotation wherever it stands"},
    {"test_unicode_in_reply", "a blockquote of no mail program, with no attribution, is kept"},
    {"test_blockquote_disclaimer", "a blockquote of no mail program, with no attribution, is kept"},
    {"test_from_block_and_quotations_in_separate_divs", "fields that share a line"},
    {"test_readable_html_empty", "own words and a quotation in one blockquote: the words are kept"},
};

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string without_space(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool unbreakable = text.compare(i, 2, "\u00A0") == 0;
        if (unbreakable) ++i;
        if (!unbreakable && std::string(" \t\r\n").find(text[i]) == std::string::npos)
            result += text[i];
    }
    return result;
}

/// Counts what comes out as labelled, and names what does not.
class Tally {
public:
    void compare(const std::string& name, const std::string& expected, const std::string& found) {
        ++all_;
        if (without_space(expected) == without_space(found)) {
            ++same_;
            return;
        }
        const auto reason = otherwise.find(name);
        EXPECT_NE(reason, otherwise.end())
            << name << "\nexpected: " << expected << "\nseen: " << found;
        if (reason != otherwise.end()) fmt::print("  {}: {}\n", name, reason->second);
    }
    void report(std::string_view what) const {
        fmt::print("{}: {} of {} as labelled\n", what, same_, all_);
    }
    int all() const { return all_; }
    int same() const { return same_; }

private:
    int all_ = 0, same_ = 0;
};

/// A function of Python, as far as `name = "literal"` and `eq_(expected, …extract(input))` go.
class Function {
public:
    explicit Function(std::string text) : text_(std::move(text)) {}

    std::string name() const { return text_.substr(0, text_.find('(')); }

    void compare(const std::string& extract, auto&& found, auto&& shown, Tally& tally) {
        for (std::size_t at = text_.find('\n'); at < text_.size();) {
            const auto line = text_.find("\n    ", at);
            const auto call = text_.find("eq_(", at);
            if (line == text_.npos && call == text_.npos) break;
            if (call < text_.find('\n', line + 1) && call != text_.npos) {
                at = call + 4;
                const auto expected = value(at);
                const auto inner = text_.find(extract + "(", at);
                if (inner == text_.npos) break;
                at = inner + extract.size() + 1;
                const auto input = value(at);
                const bool changed = text_[at] == '.';  // msg_body.format(…)
                if (known_ && !changed) tally.compare(name(), shown(expected), found(input));
            } else {
                at = line + 5;
                assignment(at);
            }
        }
    }

private:
    void assignment(std::size_t& at) {
        const auto equals = text_.find(" = ", at);
        if (equals == text_.npos || equals > text_.find('\n', at)) return;
        const auto variable = text_.substr(at, equals - at);
        at = equals + 3;
        variables_[variable] = value(at);
    }

    void skip_to_value(std::size_t& at) const {
        for (;;) {
            at = text_.find_first_not_of(" \n\\", at);
            if (text_.compare(at, 22, "RE_WHITESPACE.sub('', ") == 0)
                at += 22;
            else if (text_.compare(at, 2, "u'") == 0 || text_.compare(at, 2, "u\"") == 0)
                ++at;
            else
                return;
        }
    }

    std::string value(std::size_t& at) {
        skip_to_value(at);
        known_ = true;
        if (text_[at] != '\'' && text_[at] != '"') {
            const auto end = text_.find_first_of(",.) \n", at);
            const auto variable = variables_.find(text_.substr(at, end - at));
            at = end;
            known_ = variable != variables_.end();
            return known_ ? variable->second : "";
        }
        std::string all;
        while (at < text_.size() && (text_[at] == '\'' || text_[at] == '"')) {
            all += literal(at);
            const auto next = text_.find_first_not_of(" \n\\", at);
            if (next != text_.npos && (text_[next] == '\'' || text_[next] == '"')) at = next;
        }
        return all;
    }

    std::string literal(std::size_t& at) const {
        const bool triple = text_.compare(at + 1, 2, std::string(2, text_[at])) == 0;
        const std::string mark(triple ? 3 : 1, text_[at]);
        std::string result;
        for (at += mark.size(); at < text_.size() && text_.compare(at, mark.size(), mark) != 0;
             ++at) {
            if (text_[at] != '\\') {
                result += text_[at];
            } else if (text_[++at] == 'x') {  // a character below U+0100
                const auto code =
                    static_cast<unsigned>(std::stoul(text_.substr(at + 1, 2), nullptr, 16));
                result += static_cast<char>(0xC0U | (code >> 6U));
                result += static_cast<char>(0x80U | (code & 0x3FU));
                at += 2;
            } else if (text_[at] != '\n') {
                result += text_[at] == 'n' ? '\n' : text_[at];
            }
        }
        at += mark.size();
        return result;
    }

    std::string text_;
    std::map<std::string, std::string> variables_;
    bool known_ = true;  ///< the last value is no variable from elsewhere
};

std::vector<Function> functions(const fs::path& path) {
    const auto text = read(path);
    std::vector<Function> all;
    for (auto at = text.find("\ndef test_"); at != text.npos;) {
        const auto next = text.find("\ndef ", at + 1);
        const auto end = std::min(next, text.find("\n@", at + 1));
        all.emplace_back(text.substr(at + 5, end - at - 5));
        at = text.find("\ndef test_", at + 1);
    }
    return all;
}

std::string of_text(const std::string& text) {
    return mime::new_text(text).text;
}

/// Without the marks of quotations: the labels are HTML, which has none.
std::string unmarked(std::string text) {
    std::erase(text, '>');
    return text;
}

std::string of_html(const std::string& html) {
    return unmarked(mime::new_text_of_html(html).text);
}

std::string shown(const std::string& html) {
    return unmarked(mime::html_to_text(html));
}

std::string as_is(const std::string& text) {
    return text;
}

}  // namespace

TEST(LabelledReplies, PlainTextsComeOutAsLabelledButForThoseListed) {
    if (!fs::exists(corpus)) GTEST_SKIP() << "no labelled replies in " << corpus;
    Tally tally;
    for (auto& function : functions(corpus / "expect/text_quotations_test.py"))
        function.compare("extract_from_plain", of_text, as_is, tally);
    for (const auto& entry : fs::directory_iterator(corpus)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with("standard_replies__")) continue;
        const auto bytes = read(entry.path());
        const auto stem = entry.path().stem().string().substr(18);
        const auto label = corpus / "expect" / (stem + "_reply_text");
        const auto message = mime::parse(bytes);
        tally.compare(
            name, fs::exists(label) ? read(label) : "Hello", of_text(message.text.value_or(""))
        );
    }
    tally.report("plain text");
    EXPECT_GE(tally.all(), 55);
    EXPECT_EQ(tally.all() - tally.same(), 8);
}

TEST(LabelledReplies, HtmlComesOutAsLabelledButForWhatIsListed) {
    if (!fs::exists(corpus)) GTEST_SKIP() << "no labelled replies in " << corpus;
    Tally tally;
    for (const auto& entry : fs::directory_iterator(corpus / "expect")) {
        if (entry.path().extension() != ".html") continue;
        tally.compare(
            entry.path().filename().string(),
            "Hi. I am fine. Thanks, Alex",
            of_html(read(entry.path()))
        );
    }
    for (auto& function : functions(corpus / "expect/html_quotations_test.py"))
        function.compare("extract_from_html", of_html, shown, tally);
    tally.report("HTML");
    EXPECT_GE(tally.all(), 20);
    EXPECT_EQ(tally.all() - tally.same(), 7);
}
