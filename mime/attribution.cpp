// Longer than most files here: half of it is the words of mail programs.
#include "mime/attribution.hpp"

#include <algorithm>

#include "mime/ascii.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

/// What stands before the date, a word for each language.
constexpr std::array<std::string_view, 12> leads{
    "on ", "am ", "le ", "el ", "op ", "il ", "em ", "den ", "på ", "w dniu ", "dnia ", "vào "};
constexpr std::array<std::string_view, 17> verbs{
    "wrote",
    "sent",
    "schrieb",
    "geschrieben",
    "écrit",
    "escribió",
    "schreef",
    "geschreven",
    "ha scritto",
    "escreveu",
    "skrev",
    "napisał",
    "pisze",
    "kirjoitti",
    "пишет",
    "написал",
    "đã viết"};

/// Beside the verb they tell a sentence, "… schrieb uns der Architekt:", from a name.
constexpr std::array<std::string_view, 36> sentence_words{
    "i",   "he",  "she",  "we",  "you", "they", "who", "er",   "sie", "ich",    "wir", "uns",
    "mir", "man", "der",  "die", "das", "ihm",  "il",  "elle", "m'a", "nous a", "on",  "me",
    "nos", "él",  "ella", "le",  "hij", "zij",  "ze",  "ik",   "wij", "ons",    "mij", "de"};

struct Evidence {
    std::size_t digits = 0;
    bool time = false;     ///< 09:55, 09.55, 09h55
    bool address = false;  ///< an '@'
};

Evidence look(std::string_view text) {
    Evidence found;
    for (std::size_t i = 0; i < text.size(); ++i) {
        found.digits += is_digit(text[i]) ? 1U : 0U;
        found.address |= text[i] == '@';
        const bool sign = text[i] == ':' || text[i] == 'h' || text[i] == '.';
        if (sign && i > 0 && i + 2 < text.size())
            found.time |= is_digit(text[i - 1]) && is_digit(text[i + 1]) && is_digit(text[i + 2]);
    }
    return found;
}

bool begins_like_one(std::string_view text) {
    return begins_with_any(text, leads) || (!text.empty() && is_digit(text[0]));
}

/// `text` without the dashes some programs draw around an attribution.
std::string_view undecorated(std::string_view text) {
    while (!text.empty() && (text.front() == '-' || text.front() == ' ')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == '-' || text.back() == ' ')) text.remove_suffix(1);
    return text;
}

struct Verb {
    std::size_t begin = std::string_view::npos;
    std::size_t end = 0;
};

Verb find_verb(std::string_view text) {
    Verb last;
    for (const auto verb : verbs) {
        const auto at = find_word(text, verb);
        if (at != text.npos && (last.begin == text.npos || at > last.begin))
            last = {at, at + verb.size()};
    }
    return last;
}

/// Whether the word before the verb or the one behind it is none of a name.
bool is_sentence(std::string_view text, const Verb& verb) {
    auto before = text.substr(0, verb.begin);
    if (before.ends_with(" a ")) before.remove_suffix(2);  // "a écrit"
    const auto behind = text.substr(verb.end);
    return std::ranges::any_of(sentence_words, [&](std::string_view word) {
        const auto first = find_word(behind, word);
        if (first == 1) return true;
        if (!before.ends_with(' ')) return false;
        const auto last = before.substr(0, before.size() - 1);
        return last.ends_with(word) && last.size() > word.size() &&
               last[last.size() - word.size() - 1] == ' ';
    });
}

enum class Kind { none, doubtful, certain };

/// `text` is folded and whole.
Kind judge(std::string_view text) {
    const bool drawn = text.starts_with("---") && text.ends_with("---");
    const auto inner = undecorated(text);
    const auto verb = find_verb(inner);
    const auto all = look(inner);
    // "2026-11-23 9:55 GMT+01:00 Anna Berg <…>:" has no verb at all.
    if (verb.begin == inner.npos) {
        const bool dated = !inner.empty() && is_digit(inner[0]) && all.digits >= 6;
        const bool ended = inner.ends_with(">:") || inner.ends_with('>');
        return dated && all.address && ended ? Kind::doubtful : Kind::none;
    }
    const bool ends_in_verb = verb.end == inner.size();
    if (drawn && ends_in_verb) return Kind::certain;
    if (!inner.ends_with(':') && !(ends_in_verb && text.size() > inner.size())) return Kind::none;
    const bool lead = begins_like_one(inner);
    const auto before = look(inner.substr(0, verb.begin));
    const bool dated = (all.time && all.digits >= 6) || (all.address && all.digits >= 3);
    const bool sentence = is_sentence(inner, verb);
    if (lead && before.digits > 0) return dated && !sentence ? Kind::certain : Kind::doubtful;
    if (sentence) return Kind::none;
    // "Anna Berg <anna@us.example> schrieb am Mo., 23. Nov. 2026, 09:55:"
    return dated && all.address && all.time ? Kind::certain : Kind::doubtful;
}

/// Where the last capitalised word of `leads` stands in `line` after a blank or dashes, or npos.
std::size_t find_lead(std::string_view line) {
    auto last = std::string_view::npos;
    for (const auto lead : leads) {
        if (!is_letter(lead[0])) continue;
        std::string word(lead);
        word[0] = static_cast<char>(word[0] - 'a' + 'A');
        const auto at = line.rfind(word);
        if (at == line.npos || (last != line.npos && at < last)) continue;
        if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '-') last = at;
    }
    return last;
}

/// "Fine for me. On Mon, Nov 23, 2026 at 9:55 AM Anna Berg <…> wrote:" and "fine--- On …": where
/// the text ends. 0: nothing stands before.
std::size_t text_before_lead(std::string_view line) {
    auto at = find_lead(line);
    if (at == line.npos) return 0;
    while (at > 0 && (line[at - 1] == '-' || line[at - 1] == ' ')) --at;
    return at;
}

/// Cheap: whether an attribution may end here.
bool may_end(std::string_view line) {
    while (!line.empty() && (is_space(line.back()) || line.back() == '*')) line.remove_suffix(1);
    return !line.empty() && (line.back() == ':' || line.back() == '-' || line.back() == '>');
}

void append(std::string& text, std::string_view line) {
    const bool within_address = text.ends_with('<') || text.ends_with('(');
    if (!text.empty() && !within_address) text += ' ';
    text += line;
}

/// Whether another attribution may begin with `line`, so that what stands above is none of it.
bool begins_anew(std::string_view line) {
    const auto begin = line.substr(0, 40);
    return find_lead(begin) == begin.find_first_not_of("- ") &&
           std::ranges::any_of(begin, is_digit);
}

/// One or more whole lines. `rest` is all but the first: a line above an attribution is somebody's
/// own, unless it begins the date or the name.
Attribution whole_lines(Lines lines) {
    std::string text;
    std::string rest;
    const auto first = folded(lines.front());
    const bool open = first.ends_with('<') || first.ends_with('(');
    const bool begun = open || first.find('@') != first.npos || begins_like_one(undecorated(first));
    for (std::size_t count = 1; count <= (begun ? lines.size() : 1); ++count) {
        const auto line = lines[count - 1];
        const auto more = folded(line);
        if (more.empty() || is_quoted_line(line) || (count > 1 && begins_anew(line))) break;
        append(text, more);
        if (count > 1) append(rest, more);
        if (text.size() > limits::attribution) break;
        const auto kind = may_end(line) ? judge(text) : Kind::none;
        if (kind == Kind::none) continue;
        if (count > 1 && !open && judge(rest) >= kind) break;
        return {count, 0, kind == Kind::certain};
    }
    return {};
}

}  // namespace

Attribution find_attribution(Lines lines, std::size_t at) {
    lines = lines.subspan(at, std::min<std::size_t>(4, lines.size() - at));
    if (std::ranges::none_of(lines, may_end)) return {};
    const auto line = lines.front();
    const bool shared = !begins_like_one(undecorated(folded(line)));
    if (shared && line.size() <= limits::attribution && may_end(line)) {
        const auto column = text_before_lead(line);
        if (column > 0 && judge(folded(line.substr(column))) == Kind::certain)
            return {1, column, line[column] == '-'};
    }
    return whole_lines(lines);
}

}  // namespace mime
