// Longer than most files here: values, and the pieces of RFC 2231 that they are joined from.
#include "mime/parameter.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/encoded_word.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

struct Segment {
    std::string value;
    bool percent = false;  ///< RFC 2231: charset'language'bytes in %XX
};

using Segments = std::map<unsigned, Segment>;

/// Behind an opening quote: the text up to the closing one; moves `at` behind it.
std::string read_quoted(std::string_view field, std::size_t& at) {
    std::string text;
    for (; at < field.size(); ++at) {
        if (field[at] == '"') {
            ++at;
            break;
        }
        const bool escape = field[at] == '\\' && at + 1 < field.size();
        if (escape && (field[at + 1] == '"' || field[at + 1] == '\\')) ++at;
        text += field[at];
    }
    return text;
}

/// Passes over blanks and comments.
void skip_blanks(std::string_view field, std::size_t& at) {
    int depth = 0;
    for (; at < field.size(); ++at) {
        const char c = field[at];
        if (c == '(')
            ++depth;
        else if (c == ')' && depth > 0)
            --depth;
        else if (c == '\\' && depth > 0)
            ++at;
        else if (depth == 0 && !is_space(c))
            return;
    }
    at = std::min(at, field.size());
}

std::string read_value(std::string_view field, std::size_t& at) {
    skip_blanks(field, at);
    std::string value;
    if (at < field.size() && field[at] == '"')
        value = read_quoted(field, ++at);
    else {
        const auto end = std::min(field.find(';', at), field.size());
        value = trim(field.substr(at, end - at));
        at = end;
        // A comment behind a token; a bracket within a file name is none.
        if (const auto comment = value.find(" (");
            comment != std::string::npos && value.ends_with(')'))
            value.erase(comment);
        return std::string(trim_right(value));
    }
    at = std::min(field.find(';', at), field.size());
    return value;
}

std::string percent_decoded(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
            hex_value(text[i + 2]) >= 0) {
            bytes += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

/// "name", "name*", "name*0", "name*0*" → the bare name; files the segment under its number.
void add_segment(std::map<std::string, Segments>& extended, std::string name, std::string value) {
    Segment segment{std::move(value), name.ends_with('*')};
    if (segment.percent) name.pop_back();
    unsigned index = 0;
    if (const auto star = name.find('*'); star != std::string::npos) {
        std::from_chars(name.data() + star + 1, name.data() + name.size(), index);
        name.erase(star);
    }
    extended[name].try_emplace(index, std::move(segment));
}

using Problems = std::vector<std::string>;

void note(Problems& problems, std::string problem) {
    if (!problem.empty() && problems.size() < limits::problems)
        problems.push_back(std::move(problem));
}

std::string decode_noting(std::string_view text, Problems& problems) {
    for (auto& problem : charset_problems(text)) note(problems, std::move(problem));
    return decode_words(text);
}

std::string join(const Segments& segments, Problems& problems) {
    std::string charset, bytes, percent;
    bool first = true, declared = false;
    for (const auto& [index, segment] : segments) {
        std::string_view value = segment.value;
        const auto quote = value.find('\'');
        const auto second = quote == value.npos ? quote : value.find('\'', quote + 1);
        if (first && segment.percent && second != value.npos) {
            charset = value.substr(0, quote);
            value.remove_prefix(second + 1);
            declared = true;
        }
        first = false;
        if (segment.percent) {  // "%2" and "1" in the next segment are one octet
            percent += value;
            continue;
        }
        bytes += percent_decoded(percent) + std::string(value);
        percent.clear();
    }
    bytes += percent_decoded(percent);
    if (!declared) return decode_noting(bytes, problems);
    auto decoded = to_utf8(bytes, charset);
    note(problems, std::move(decoded.problem));
    return std::move(decoded.text);
}

}  // namespace

std::optional<std::string> ParameterValue::find(std::string_view name) const {
    const auto found = std::ranges::find(parameters, name, [](const auto& p) {
        return std::string_view(p.first);
    });
    if (found == parameters.end()) return {};
    return found->second;
}

ParameterValue read_parameters(std::string_view field) {
    ParameterValue result;
    std::size_t at = 0;
    skip_blanks(field, at);
    const auto end = std::min(field.find(';', at), field.size());
    const auto head = field.substr(at, end - at);
    result.value = lower(trim(head.substr(0, head.find_first_of(" \t("))));
    at += std::min(head.find_first_of(" \t("), head.size());
    skip_blanks(field, at);
    // "text/plain charset=utf-8": a parameter stands there without its semicolon.
    const bool separated = at >= end || field.substr(at, end - at).find('=') == field.npos;
    at = separated ? end : at - 1;
    std::map<std::string, Segments> extended;
    for (std::size_t count = 0; at < field.size() && count < limits::parameters; ++count) {
        ++at;
        skip_blanks(field, at);
        const auto stop = field.find_first_of("=;", at);
        if (stop == field.npos) break;
        auto name = lower(trim(field.substr(at, stop - at)));
        at = stop;
        if (field[stop] == ';') continue;
        auto value = read_value(field, ++at);
        if (name.empty()) continue;
        if (name.find('*') != name.npos)
            add_segment(extended, std::move(name), std::move(value));
        else if (!result.find(name))
            result.parameters.emplace_back(name, decode_noting(value, result.problems));
    }
    for (const auto& [name, segments] : extended) {
        std::erase_if(result.parameters, [&](const auto& p) { return p.first == name; });
        result.parameters.emplace_back(name, join(segments, result.problems));
    }
    return result;
}

}  // namespace mime
