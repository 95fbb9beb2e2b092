#include "ews/simulator/damage.hpp"

#include <algorithm>
#include <array>

namespace ews::simulator {

namespace {

using Kind = Fault::Kind;

/// Forbidden, each of another sort: controls, a surrogate pair, a lone surrogate, a noncharacter.
constexpr std::string_view references = "&#x0;&#x1;&#x14;&#xD83D;&#xDE00;&#xDC00;&#xFFFE;";
/// A control, a byte of no character, a character that is cut short, a surrogate as in CESU-8.
constexpr std::string_view bytes = "\x01\xFF\xE2\x82\xED\xA0\xBD";

/// Elements whose text begins with what is forbidden, and one where it stands before the ItemId; in
/// events it stands behind the time.
constexpr std::array<std::string_view, 5> named{
    "<t:Subject>", "<t:Name>", "<t:DisplayName>", "<m:MessageText>", "<t:Message>"};
constexpr std::string_view time_stamp = "</t:TimeStamp>";

std::string put_behind(std::string xml, std::string_view place, std::string_view what) {
    for (auto at = xml.find(place); at != std::string::npos;) {
        at += place.size();
        xml.insert(at, what);
        at = xml.find(place, at + what.size());
    }
    return xml;
}

std::string with_forbidden(std::string xml, std::string_view what) {
    for (const auto place : named) xml = put_behind(std::move(xml), place, what);
    return put_behind(std::move(xml), time_stamp, what);
}

bool is_two_bytes(unsigned char letter) {
    return letter >= 0xC2;
}

std::size_t find_wide(std::string_view text) {
    const auto found = std::find_if(text.begin(), text.end(), [](char letter) {
        return is_two_bytes(static_cast<unsigned char>(letter));
    });
    return static_cast<std::size_t>(found - text.begin());
}

/// Has a character of two bytes at least: where none is, in a MessageText.
std::string with_wide_character(std::string xml) {
    const auto code = xml.find("<m:ResponseCode>");
    if (find_wide(xml) != xml.size() || code == std::string::npos) return xml;
    xml.insert(
        code,
        "<m:MessageText>Gr\xC3\xBC\xC3\x9F"
        "e</m:MessageText>"
    );
    return xml;
}

std::size_t find_end(std::string_view text) {
    const auto end = text.rfind("Envelope>");
    return end == std::string_view::npos ? text.size() / 2 : end + 4;
}

}  // namespace

std::string spoil(const std::optional<Fault>& fault, std::string xml) {
    if (!fault) return xml;
    if (fault->kind == Kind::illegal_characters) return with_forbidden(std::move(xml), references);
    if (fault->kind == Kind::illegal_bytes) return with_forbidden(std::move(xml), bytes);
    if (fault->kind == Kind::split_character) return with_wide_character(std::move(xml));
    if (fault->kind == Kind::byte_order_mark) return "\xEF\xBB\xBF" + xml;
    return xml;
}

std::vector<std::size_t> cuts(const std::optional<Fault>& fault, std::string_view text) {
    std::vector<std::size_t> result;
    if (!fault || text.size() < 2) return result;
    if (fault->kind == Kind::split_end) result = {find_end(text)};
    if (fault->kind == Kind::split_character) {
        const auto wide = find_wide(text);
        result = {wide == text.size() ? text.size() / 2 : wide + 1};
    }
    if (fault->kind == Kind::pieces && fault->count > 0)
        for (auto at = fault->count; at < text.size(); at += fault->count) result.push_back(at);
    return result;
}

}  // namespace ews::simulator
