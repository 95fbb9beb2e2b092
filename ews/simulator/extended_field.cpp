#include "ews/simulator/extended_field.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "ews/simulator/legacy_name.hpp"

namespace ews::simulator {

namespace {

using Named = std::pair<std::string_view, std::string_view>;

// DistinguishedPropertySetType -> GUID ([MS-OXPROPS] 1.3.2)
constexpr std::array<Named, 10> property_sets{{
    {"Meeting", "6ed8da90-450b-101b-98da-00aa003f1305"},
    {"Appointment", "00062002-0000-0000-c000-000000000046"},
    {"Common", "00062008-0000-0000-c000-000000000046"},
    {"PublicStrings", "00020329-0000-0000-c000-000000000046"},
    {"Address", "00062004-0000-0000-c000-000000000046"},
    {"InternetHeaders", "00020386-0000-0000-c000-000000000046"},
    {"CalendarAssistant", "11000e07-b51b-40d6-af21-caa85edab1d0"},
    {"UnifiedMessaging", "4442858e-a9e3-4e80-b900-317a210cc15b"},
    {"Task", "00062003-0000-0000-c000-000000000046"},
    {"Sharing", "00062040-0000-0000-c000-000000000046"},
}};

std::optional<std::string> read_tag(std::string_view text) {
    const auto hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    if (hexadecimal) text.remove_prefix(2);
    unsigned tag = 0;
    const auto* const end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data(), end, tag, hexadecimal ? 16 : 10);
    if (text.empty() || error != std::errc{} || last != end || tag > 0xFFFF) return std::nullopt;
    return fmt::format("0x{:04x}", tag);
}

std::optional<std::string> read_set(const pugi::xml_node& node) {
    const std::string_view guid = node.attribute("PropertySetId").value();
    if (!guid.empty()) return lower(guid);
    const std::string_view name = node.attribute("DistinguishedPropertySetId").value();
    for (const auto& [known, id] : property_sets)
        if (known == name) return std::string(id);
    return std::nullopt;
}

std::optional<std::string> read_key(const pugi::xml_node& node) {
    if (const auto tag = node.attribute("PropertyTag")) {
        if (node.attribute("PropertyName") || node.attribute("PropertyId")) return std::nullopt;
        return read_tag(tag.value());
    }
    const auto set = read_set(node);
    const auto name = node.attribute("PropertyName");
    const auto number = node.attribute("PropertyId");
    if (!set || !name == !number) return std::nullopt;
    return name ? fmt::format("{}/{}", *set, name.value())
                : fmt::format("{}/#{}", *set, number.value());
}

/// PR_MESSAGE_FLAGS: read 1, unsent 8, has attachments 16 ([MS-OXCMSG] 2.2.1.6).
unsigned message_flags(const Item& item) {
    return (item.is_read ? 1U : 0U) | (item.is_draft ? 8U : 0U) |
           (item.content->message.attachments.empty() ? 0U : 16U);
}

std::string transport_headers(const std::string& mime) {
    const auto end = std::min(mime.find("\r\n\r\n"), mime.find("\n\n"));
    return mime.substr(0, end);
}

std::string first_address(const std::vector<mime::Mailbox>& mailboxes) {
    if (mailboxes.empty() || !unwrap_legacy_name(mailboxes.front().address).empty()) return {};
    return mailboxes.front().address;
}

const std::vector<mime::Mailbox>& sender_of(const mime::Message& message) {
    return message.sender.empty() ? message.from : message.sender;
}

std::string computed(const Item& item, std::string_view key) {
    const auto& message = item.content->message;
    if (key == "0x1035") return message.message_id;
    if (key == "0x0037") return message.subject;
    if (key == "0x001a") return item.item_class;
    if (key == "0x007d") return transport_headers(item.content->mime);
    if (key == "0x0e06") return format_time(item.received);
    if (key == "0x0e07") return fmt::format("{}", message_flags(item));
    if (key == "0x0e08") return fmt::format("{}", item.content->mime.size());
    if (key == "0x0e23") return fmt::format("{}", item.article);
    if (key == "0x0ff9" || key == "0x0fff") return item.id;
    if (key == "0x3007") return format_time(item.created);
    if (key == "0x3008") return format_time(item.modified);
    if (key == "0x300b") return encode_base64(item.search_key);
    if (key == "0x5d01" || key == "0x0c1f") return first_address(sender_of(message));
    if (key == "0x5d02" || key == "0x0065") return first_address(message.from);
    return {};
}

std::string computed(const Folder& folder, std::string_view key) {
    if (key == "0x3001") return folder.display_name;
    if (key == "0x3008" || key == "0x670a") return format_time(folder.touched);
    if (key == "0x3602") return fmt::format("{}", folder.items.size());
    if (key == "0x3603") return fmt::format("{}", folder.unread);
    if (key == "0x3613") return folder.folder_class;
    if (key == "0x670b") return fmt::format("{}", folder.deleted);
    if (key == "0x6751") return fmt::format("{}", folder.next_article);
    if (key == "0x6752") return fmt::format("{}", folder.next_article - 1);
    if (key == "0x0ff9" || key == "0x0fff") return folder.id;
    return {};
}

template <class Object>
std::vector<std::string> stored_or_computed(const Object& object, std::string_view key) {
    if (const auto found = object.properties.find(std::string(key));
        found != object.properties.end())
        return found->second.values;
    auto value = computed(object, key);
    if (value.empty()) return {};
    return {std::move(value)};
}

}  // namespace

std::optional<ExtendedField> read_extended_field(const pugi::xml_node& node) {
    const auto key = read_key(node);
    const std::string type = node.attribute("PropertyType").value();
    if (!key || type.empty()) return std::nullopt;
    ExtendedField field{*key, type, {}};
    for (const auto& attribute : node.attributes())
        if (!std::string_view(attribute.name()).starts_with("xmlns"))
            field.attributes.emplace_back(attribute.name(), attribute.value());
    return field;
}

Property read_extended_property(const pugi::xml_node& node, const ExtendedField& field) {
    Property property{field.type, {}};
    if (const auto value = child(node, "Value")) property.values.emplace_back(value.text().get());
    for (const auto& value : elements(child(node, "Values")))
        property.values.emplace_back(value.text().get());
    return property;
}

void write_extended_property(
    pugi::xml_node parent, const ExtendedField& field, const std::vector<std::string>& values
) {
    if (values.empty()) return;
    auto property = parent.append_child("t:ExtendedProperty");
    auto uri = property.append_child("t:ExtendedFieldURI");
    for (const auto& [name, value] : field.attributes) add_attribute(uri, name.c_str(), value);
    if (!field.type.ends_with("Array")) {
        add_text(property, "t:Value", values.front());
        return;
    }
    auto list = property.append_child("t:Values");
    for (const auto& value : values) add_text(list, "t:Value", value);
}

std::vector<std::string> extended_values(const Item& item, std::string_view key) {
    if (key == keywords_key) return item.categories;
    return stored_or_computed(item, key);
}

std::vector<std::string> extended_values(const Folder& folder, std::string_view key) {
    return stored_or_computed(folder, key);
}

}  // namespace ews::simulator
