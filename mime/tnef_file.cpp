#include "mime/tnef_file.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "mime/ascii.hpp"

namespace mime {
namespace {

constexpr std::uint32_t rendered_in_body = 4;  // MS-OXCMSG 2.2.2.18

/// IID_IMessage, {00020307-0000-0000-C000-000000000046}.
constexpr std::string_view message_interface("\x07\x03\x02\0\0\0\0\0\xC0\0\0\0\0\0\0\x46", 16);

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
    });
}

/// RFC 6838 §4.2.
bool is_media_type(std::string_view text) {
    const auto slash = text.find('/');
    return slash != text.npos && is_token(text.substr(0, slash)) &&
           is_token(text.substr(slash + 1));
}

/// "Values of encapsulated properties SHOULD be used" where they conflict (MS-OXTNEF 2.1.3). A
/// message has its subject for a display name, and for a title what Outlook says of all.
std::optional<std::string> filename(const TnefDraft& draft, bool is_message, unsigned code_page) {
    const auto& properties = draft.properties;
    auto display_name = properties.string(pid::display_name, code_page);
    if (is_message && !display_name.empty()) return display_name;
    for (const auto id : {pid::attach_long_filename, pid::attach_filename})
        if (auto name = properties.string(id, code_page); !name.empty()) return name;
    for (const auto attribute : {draft.title, draft.transport_filename})
        if (auto name = decode_string8(attribute, code_page).text; !name.empty()) return name;
    if (!display_name.empty()) return display_name;
    return std::nullopt;
}

}  // namespace

std::optional<TnefFile> tnef_file(const TnefDraft& draft, unsigned code_page) {
    const auto& properties = draft.properties;
    const auto* const data = properties.find(pid::attach_data);
    if (data == nullptr && !draft.data) return std::nullopt;
    TnefFile file;
    file.bytes = data != nullptr ? data->value : *draft.data;
    file.content_type = lower(properties.string(pid::attach_mime_tag, code_page));
    if (!is_media_type(file.content_type)) file.content_type = "application/octet-stream";
    if (data != nullptr && data->interface == message_interface) file.content_type = tnef_type;
    file.filename = filename(draft, file.content_type == tnef_type, code_page);
    auto id = properties.string(pid::attach_content_id, code_page);
    if (id.size() > 1 && id.front() == '<' && id.back() == '>') id = id.substr(1, id.size() - 2);
    if (!id.empty()) file.content_id = std::move(id);
    file.is_inline = (properties.number(pid::attach_flags) & rendered_in_body) != 0 ||
                     (properties.number(pid::attachment_hidden) & 0xFFFFU) != 0;
    return file;
}

void mark_shown(std::vector<TnefFile>& files, std::string_view html) {
    std::set<std::string_view> ids, shown;
    for (const auto& file : files)
        if (file.content_id) ids.insert(*file.content_id);
    if (ids.empty()) return;
    for (auto at = html.find("cid:"); at != html.npos; at = html.find("cid:", at)) {
        at += 4;
        const auto end = std::min(html.find_first_of("\"'<> )\r\n", at), html.size());
        if (const auto id = ids.find(html.substr(at, end - at)); id != ids.end()) shown.insert(*id);
        at = end;
    }
    for (auto& file : files)
        if (file.content_id && shown.contains(*file.content_id)) file.is_inline = true;
}

}  // namespace mime
