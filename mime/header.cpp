#include "mime/header.hpp"

#include <algorithm>

#include "mime/ascii.hpp"

namespace mime {
namespace {

/// Length of the field name at the start of a line, 0 if there is none (RFC 5322 §3.6.8, and blanks
/// before the colon as of §4.5).
std::size_t name_length(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return 0;
    const auto name = trim_right(line.substr(0, colon));
    const bool printable = std::ranges::all_of(name, [](char c) { return c > ' ' && c != 0x7F; });
    return printable ? name.size() : 0;
}

}  // namespace

const std::string* find_field(const std::vector<HeaderField>& fields, std::string_view name) {
    const auto found =
        std::ranges::find_if(fields, [&](const HeaderField& f) { return equal(f.name, name); });
    return found == fields.end() ? nullptr : &found->value;
}

std::string_view field_value(const std::vector<HeaderField>& fields, std::string_view name) {
    const auto* value = find_field(fields, name);
    return value == nullptr ? std::string_view{} : std::string_view(*value);
}

std::vector<std::string_view> field_values(
    const std::vector<HeaderField>& fields, std::string_view name
) {
    std::vector<std::string_view> values;
    for (const auto& field : fields)
        if (equal(field.name, name)) values.emplace_back(field.value);
    return values;
}

std::string unfold(std::string_view value) {
    std::string result;
    result.reserve(value.size());
    for (const char c : value)
        if (c != '\r' && c != '\n') result += c;
    return std::string(trim(result));
}

HeaderReader::Line HeaderReader::take(std::string_view line) {
    while (line.ends_with('\r')) line.remove_suffix(1);  // CR CR LF is a mistake of gateways
    if (line.empty()) return Line::end;
    const bool fits = line.size() <= left.bytes;
    left.bytes -= fits ? line.size() : 0;
    const bool continues = line.front() == ' ' || line.front() == '\t';
    if (continues && odd_) return Line::odd;
    if (continues && !fields.empty()) {
        truncated = truncated || !fits;
        if (truncated) return Line::field;
        auto& value = fields.back().value;
        // One blank for a fold, however many there are.
        if (!value.empty() && !trim(line).empty()) value += ' ';
        value += trim(line);
        return Line::field;
    }
    const auto length = name_length(line);
    odd_ = length == 0;
    if (odd_) return Line::odd;
    truncated = truncated || !fits || left.fields == 0;
    if (truncated) return Line::field;
    --left.fields;
    const auto value = trim(line.substr(line.find(':') + 1));
    fields.push_back({std::string(line.substr(0, length)), std::string(value)});
    return Line::field;
}

}  // namespace mime
