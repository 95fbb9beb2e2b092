// Longer than most files here: a third of it is words.
#include "mime/signature.hpp"

#include <algorithm>

#include "mime/ascii.hpp"
#include "mime/limits.hpp"
#include "mime/mobile_signature.hpp"

namespace mime {
namespace {

constexpr auto longest = limits::signature_lines;

constexpr std::array<std::string_view, 53> closings{
    "best regards",
    "kind regards",
    "warm regards",
    "best",
    "regards",
    "with best regards",
    "with kind regards",
    "best wishes",
    "sincerely",
    "yours sincerely",
    "yours faithfully",
    "many thanks",
    "thanks",
    "thank you",
    "cheers",
    "mit freundlichen grüßen",
    "mit freundlichen grüssen",
    "mit freundlichem gruß",
    "mit besten grüßen",
    "freundliche grüße",
    "freundliche grüsse",
    "viele grüße",
    "beste grüße",
    "liebe grüße",
    "herzliche grüße",
    "schöne grüße",
    "mfg",
    "gruß",
    "grüße",
    "cordialement",
    "bien cordialement",
    "très cordialement",
    "salutations distinguées",
    "meilleures salutations",
    "sincères salutations",
    "bien à vous",
    "bonne journée",
    "atentamente",
    "atte",
    "saludos",
    "un saludo",
    "un cordial saludo",
    "saludos cordiales",
    "cordialmente",
    "cordiales saludos",
    "met vriendelijke groet",
    "met vriendelijke groeten",
    "vriendelijke groet",
    "vriendelijke groeten",
    "hartelijke groet",
    "groet",
    "groeten",
    "hoogachtend"};

constexpr std::array<std::string_view, 9> legal{
    "confidential",
    "vertraulich",
    "confidentiel",
    "confidencial",
    "vertrouwelijk",
    "intended sole",
    "disclaimer",
    "amtsgericht",
    "handelsregister"};

bool is_closing(std::string_view line) {
    if (line.size() > 60) return false;
    auto text = folded(line);
    while (!text.empty() && (text.back() == ',' || text.back() == '.' || text.back() == '!'))
        text.pop_back();
    return std::ranges::find(closings, text) != closings.end();
}

/// A telephone number, an address of mail or web. "2026-1187" is an order.
bool is_contact(std::string_view text) {
    if (text.find("www.") != text.npos || text.find("http") != text.npos) return true;
    const auto at = text.find('@');
    if (at != text.npos && text.find('.', at) != text.npos) return true;
    std::size_t digits = 0;
    bool number = false;  // begins as one
    for (const char c : text) {
        const bool within = std::string_view("0123456789+-()/. ").find(c) != std::string_view::npos;
        if (!within) number = false;
        number |= c == '+' || c == '(' || (c == '0' && digits == 0);
        digits = within ? digits + (is_digit(c) ? 1U : 0U) : 0;
        if (digits >= 9 || (number && digits >= 7)) return true;
    }
    return false;
}

bool is_legal(std::string_view text) {
    return std::ranges::any_of(legal, [&](auto word) { return text.find(word) != text.npos; });
}

/// Somebody says something, after the closing line as well.
bool is_sentence(std::string_view text) {
    const auto words = std::ranges::count(text, ' ') + 1;
    const bool ended = text.ends_with('.') || text.ends_with('!');
    return words > 12 || (ended && words > 5) || text.ends_with('?');
}

bool is_postscript(std::string_view text) {
    return text.starts_with("ps ") || text.starts_with("ps:") || text.starts_with("p.s");
}

struct Block {
    std::size_t lines = 0, contacts = 0;
    bool says_something = false;
};

/// What follows a line of law is law.
Block look(Lines lines) {
    Block block;
    for (const auto line : lines) {
        const auto text = folded(line);
        if (text.empty()) continue;
        ++block.lines;
        block.says_something |= is_postscript(text);
        if (is_legal(text)) {
            ++block.contacts;
            break;
        }
        block.says_something |= is_sentence(text);
        block.contacts += is_contact(text) ? 1U : 0U;
    }
    return block;
}

/// "--", or long dashes, which telephones make of it.
bool is_dashes(std::string_view line) {
    if (line.size() > 20) return false;
    auto text = folded(line);
    if (text == "--") return true;
    const std::string_view dash = "\u2014";
    const bool dashes = text.starts_with(dash);
    while (text.starts_with(dash)) text.erase(0, dash.size());
    return dashes && text.empty();
}

/// "-- " (RFC 3676 §4.3); without the blank, which many programs drop, only above a short block
/// that begins with a name.
bool is_delimiter(Lines lines) {
    const auto line = lines.front();
    if (!is_dashes(line)) return false;
    if (line == "-- ") return true;
    do lines = lines.subspan(1);
    while (!lines.empty() && is_blank_line(lines.front()));
    if (lines.empty()) return true;
    const auto name = folded(lines.front());
    return std::ranges::count(name, ' ') < 5 && !is_sentence(name) && look(lines).lines <= 10;
}

/// Name, firm and how to reach them, and nothing else.
bool is_address_block(Lines lines) {
    const auto block = look(lines);
    if (block.says_something) return false;
    return block.contacts >= 2 || (block.contacts == 1 && block.lines >= 4);
}

/// What a mailing list adds: a long line, its name, its address.
bool is_list_footer(Lines lines) {
    const auto line = trim(lines.front());
    return line.size() >= 40 && line.find_first_not_of('_') == line.npos && lines.size() <= 8 &&
           is_address_block(lines.subspan(1));
}

}  // namespace

std::size_t lines_before_signature(Lines lines) {
    const auto all = lines.size();
    const auto first = lines.size() > longest ? lines.size() - longest : 0;
    for (auto i = first; i < lines.size(); ++i)
        if (is_delimiter(lines.subspan(i)) || is_list_footer(lines.subspan(i)))
            lines = lines.first(i);
    auto end = lines.size();
    const auto drop_blank = [&] {
        while (end > 0 && is_blank_line(lines[end - 1])) --end;
    };
    drop_blank();
    while (end > 0 && is_mobile_signature(lines[end - 1])) {
        --end;
        drop_blank();
        lines = lines.first(end);
    }
    const auto text = std::ranges::find_if_not(lines, is_blank_line);
    const auto above =
        static_cast<std::size_t>(text - lines.begin()) + 1;  // a closing line ends one
    for (auto i = end; i > above && end - i < longest; --i)
        if (is_closing(lines[i - 1]) && is_address_block(lines.subspan(i, end - i))) return i - 1;
    return lines.size() == all ? all : end;
}

}  // namespace mime
