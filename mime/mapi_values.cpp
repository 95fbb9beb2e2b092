#include "mime/mapi_values.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mime/code_page.hpp"

namespace mime {
namespace {

constexpr std::array looked_at{
    pid::subject,
    pid::body,
    pid::rtf_compressed,
    pid::html,
    pid::display_name,
    pid::attach_data,
    pid::attach_filename,
    pid::attach_long_filename,
    pid::attach_mime_tag,
    pid::attach_content_id,
    pid::attach_flags,
    pid::internet_codepage,
    pid::message_codepage,
    pid::attachment_hidden,
};

}  // namespace

std::string MapiValues::add(std::string_view list) {
    auto read = read_mapi_properties(list);
    for (const auto& property : read.list)
        if (std::ranges::find(looked_at, property.id) != looked_at.end())
            properties_[property.id] = property;
    return std::move(read.problem);
}

const MapiProperty* MapiValues::find(std::uint16_t id) const {
    const auto found = properties_.find(id);
    return found == properties_.end() ? nullptr : &found->second;
}

std::uint32_t MapiValues::number(std::uint16_t id) const {
    const auto* const property = find(id);
    return property == nullptr ? 0 : property->number();
}

Decoded MapiValues::decoded(std::uint16_t id, unsigned code_page) const {
    const auto* const property = find(id);
    if (property == nullptr) return {};
    if (property->type == mapi_type::string8) return decode_string8(property->value, code_page);
    if (property->type != mapi_type::unicode) return {};
    auto decoded = to_utf8(property->value, "utf-16le");
    if (const auto end = decoded.text.find('\0'); end != decoded.text.npos) {
        decoded.text.resize(end);
        decoded.cut = false;
    }
    return decoded;
}

std::string MapiValues::string(std::uint16_t id, unsigned code_page) const {
    return decoded(id, code_page).text;
}

Decoded decode_string8(std::string_view bytes, unsigned code_page) {
    return to_utf8(bytes.substr(0, bytes.find('\0')), charset_of_code_page(code_page));
}

}  // namespace mime
