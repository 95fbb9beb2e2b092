#include "mime/safe_html.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/limits.hpp"

using mime::safe_html;

namespace {

struct Attack {
    std::string what;
    std::string html;
    std::string safe;
};

/// \n, \t, \r, \f, \xNN and \\ as the bytes that they stand for.
std::string unescaped(std::string_view line) {
    std::string bytes;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\' || i + 1 == line.size()) {
            bytes += line[i];
            continue;
        }
        const char c = line[++i];
        if (c == 'x' && i + 2 < line.size()) {
            bytes +=
                static_cast<char>(mime::hex_value(line[i + 1]) * 16 + mime::hex_value(line[i + 2]));
            i += 2;
        } else {
            bytes += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'f' ? '\f' : c;
        }
    }
    return bytes;
}

const std::vector<Attack>& attacks() {
    static const auto all = [] {
        std::vector<Attack> read;
        std::ifstream file(MAILFERRY_SOURCE "/tests/mime/attacks.txt");
        for (std::string line; std::getline(file, line);) {
            if (line.starts_with("- ")) read.push_back({line.substr(2), "", ""});
            if (line.starts_with("< ")) read.back().html = unescaped(line.substr(2));
            if (line.starts_with("> ")) read.back().safe = unescaped(line.substr(2));
        }
        return read;
    }();
    return all;
}

constexpr std::string_view elements[] = {
    "a",    "abbr",   "b",    "bdi", "bdo",   "big",   "blockquote", "br",    "caption", "center",
    "cite", "code",   "dd",   "del", "dfn",   "div",   "dl",         "dt",    "em",      "font",
    "h1",   "h2",     "h3",   "h4",  "h5",    "h6",    "hr",         "i",     "img",     "ins",
    "kbd",  "li",     "mark", "ol",  "p",     "pre",   "q",          "s",     "samp",    "small",
    "span", "strong", "sub",  "sup", "table", "tbody", "td",         "tfoot", "th",      "thead",
    "tr",   "tt",     "u",    "ul",  "var"};
constexpr std::string_view attributes[] = {
    "align",   "alt",   "bgcolor",  "border",  "cellpadding", "cellspacing", "clear",  "color",
    "colspan", "dir",   "face",     "height",  "hidden",      "href",        "hspace", "lang",
    "nowrap",  "rel",   "reversed", "rowspan", "size",        "src",         "start",  "style",
    "target",  "title", "type",     "valign",  "value",       "vspace",      "width"};

template <class Names>
bool among(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != std::end(names);
}

bool take(std::string_view& html, std::string_view head) {
    if (!html.starts_with(head)) return false;
    html.remove_prefix(head.size());
    return true;
}

std::string_view name(std::string_view& html) {
    const auto end = std::min(html.find_first_of(" =>"), html.size());
    const auto found = html.substr(0, end);
    html.remove_prefix(end);
    return found;
}

/// Safe HTML is a small language, and this reads no other: what is wrong, or "".
std::string complaint(std::string_view html) {
    std::vector<std::string_view> open;
    while (!html.empty()) {
        const auto text = html.substr(0, html.find('<'));
        if (text.find('>') != text.npos) return "a '>' in text";
        html.remove_prefix(text.size());
        if (take(html, "</")) {
            if (open.empty() || open.back() != name(html)) return "an end that ends nothing";
            open.pop_back();
        } else if (take(html, "<")) {
            open.push_back(name(html));
            if (!among(elements, open.back())) return std::string(open.back());
            while (take(html, " ")) {
                const auto attribute = name(html);
                if (!among(attributes, attribute)) return std::string(attribute);
                if (!take(html, "=\"")) return "a value without quotes";
                const auto value = html.substr(0, html.find('"'));
                html.remove_prefix(std::min(value.size() + 1, html.size()));
                if (value.find_first_of("<>`") != value.npos) return "a sign in a value";
            }
            if (open.back() == "br" || open.back() == "hr" || open.back() == "img") open.pop_back();
        } else {
            break;
        }
        if (!take(html, ">")) return "a tag without end";
    }
    return open.empty() ? "" : "not closed: " + std::string(open.back());
}

/// Two samples, cut and joined anywhere, some bytes repeated.
std::string mixed(std::mt19937& random) {
    const auto pick = [&](std::size_t size) { return random() % std::max<std::size_t>(size, 1); };
    const auto& one = attacks()[pick(attacks().size())].html;
    const auto& two = attacks()[pick(attacks().size())].html;
    auto result = one.substr(0, pick(one.size() + 1)) + two.substr(pick(two.size()));
    for (int i = 0; i < 3; ++i) {
        const auto from = pick(result.size());
        result.insert(pick(result.size()), result.substr(from, pick(12)));
    }
    return result;
}

}  // namespace

TEST(SafeHtml, AttacksBecomeExactlyThis) {
    ASSERT_GE(attacks().size(), 120U);
    for (const auto& attack : attacks())
        EXPECT_EQ(safe_html(attack.html).html, attack.safe) << attack.what;
}

TEST(SafeHtml, AttacksLeaveNothingButTheSmallLanguageAndStayAsTheyAre) {
    for (const auto& attack : attacks())
        for (const bool external : {false, true}) {
            const auto once = safe_html(attack.html, {external}).html;
            EXPECT_EQ(complaint(once), "") << attack.what << '\n' << once;
            EXPECT_EQ(safe_html(once, {external}).html, once) << attack.what;
        }
}

TEST(SafeHtml, TheSmallLanguageIsNotLarger) {
    for (const char* html :
         {"<script></script>",
          "<p onclick=\"x\"></p>",
          "<b>",
          "</b>",
          "<b title=x></b>",
          "a > b",
          "<b title=\"<\"></b>",
          "<b",
          "<!-- -->",
          "<svg></svg>",
          "<B></B>"})
        EXPECT_NE(complaint(html), "") << html;
}

TEST(SafeHtml, MixturesOfAttacksAreSafeAndStayAsTheyAre) {
    std::mt19937 random(4);
    for (int i = 0; i < 20'000; ++i) {
        const auto html = mixed(random);
        const auto once = safe_html(html).html;
        ASSERT_EQ(complaint(once), "") << html << '\n' << once;
        ASSERT_EQ(safe_html(once).html, once) << html;
        ASSERT_TRUE(mime::is_utf8(once)) << html;
    }
}

TEST(SafeHtml, ExternalPicturesAreCountedOrKept) {
    const auto* html =
        "<img src='https://a.example/1.png' alt=One><img src=http://a.example/2.gif>"
        "<img src=cid:3><img src=//a.example/4>";
    EXPECT_EQ(safe_html(html), (mime::SafeHtml{"<img alt=\"One\"><img src=\"cid:3\">", 2, false}));
    EXPECT_EQ(
        safe_html(html, {true}).html,
        "<img src=\"https://a.example/1.png\" alt=\"One\"><img src=\"http://a.example/2.gif\">"
        "<img src=\"cid:3\">"
    );
}

TEST(SafeHtml, AnOrdinaryMailKeepsItsLooks) {
    EXPECT_EQ(
        safe_html("<html><head><style>p{margin:0}</style></head>"
                  "<body lang=DE style='word-wrap:break-word'><div class=WordSection1>"
                  "<p class=MsoNormal style='mso-margin-top-alt:auto;margin-left:36.0pt'>"
                  "<span style='font-size:11.0pt;font-family:\"Calibri\",sans-serif'>"
                  "Guten Tag<o:p></o:p></span></p></div></body></html>")
            .html,
        "<div lang=\"DE\" style=\"word-wrap:break-word\"><div><p style=\"margin-left:36.0pt\">"
        "<span style=\"font-size:11.0pt;font-family:'Calibri',sans-serif\">Guten Tag</span></p>"
        "</div></div>"
    );
}

TEST(SafeHtml, ALinkMayHoldATable) {
    EXPECT_EQ(
        safe_html("<a href=https://a.example><table><tr><td>Order</table></a>").html,
        "<a href=\"https://a.example\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">"
        "<table><tr><td>Order</td></tr></table></a>"
    );
}

TEST(SafeHtml, TooMuchIsCutAndStillWhole) {
    for (const std::string unit : {"&", "<a href=http://a.example>ü</a>"}) {
        std::string html;
        while (html.size() < mime::limits::html + 100) html += unit;
        const auto safe = safe_html(html);
        EXPECT_TRUE(safe.cut) << unit;
        EXPECT_LE(safe.html.size(), mime::limits::html) << unit;
        EXPECT_GT(safe.html.size(), mime::limits::html / 4) << unit;
        EXPECT_EQ(complaint(safe.html), "") << unit;
        EXPECT_TRUE(safe_html(safe.html).html == safe.html) << unit;
    }
}

TEST(SafeHtml, DeepMarkupIsFlattened) {
    std::string html;
    for (int i = 0; i < 100'000; ++i) html += "<div><b>";
    const auto safe = safe_html(html + "in").html;
    EXPECT_EQ(complaint(safe), "");
    EXPECT_NE(safe.find("in"), safe.npos);
    EXPECT_LE(
        static_cast<std::size_t>(std::ranges::count(safe, '<')), 2 * mime::limits::html_depth
    );
}
