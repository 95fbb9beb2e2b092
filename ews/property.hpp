// Names of properties as requests carry them: well-known ones by FieldURI, MAPI ones by tag or by a
// named property. Used by shapes, restrictions and updates.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ews {

struct FieldUri {
    std::string uri;  ///< such as "item:Subject"
    bool operator==(const FieldUri&) const = default;
};

/// Either `tag`, or `set` (a GUID) and `name`.
struct ExtendedField {
    std::string set, name;
    std::uint16_t tag = 0;
    std::string type = "String";
    bool operator==(const ExtendedField&) const = default;
};

using Field = std::variant<FieldUri, ExtendedField>;

/// A MAPI property and what it holds; one value unless `type` ends in Array.
struct ExtendedValue {
    ExtendedField field;
    std::vector<std::string> values;
    bool operator==(const ExtendedValue&) const = default;
};

/// The property set of Mailferry. Never changes: marks of old mails would be lost.
inline constexpr std::string_view property_set = "e4a5cddd-8232-4c41-8378-eb9424f2f73a";
/// The mark on a mail that we have dealt with. It survives moves and copies within the mailbox.
ExtendedField state_property();
/// PidTagMessageFlags
ExtendedField message_flags_property();
/// PidTagInternetMessageId, for items that are no t:Message.
ExtendedField message_id_property();
/// PidTagSenderSmtpAddress and PidTagSentRepresentingSmtpAddress: SMTP addresses of Sender and
/// From, which may have X.500 names where the mail is an internal one.
ExtendedField sender_smtp_property();
ExtendedField from_smtp_property();

void write_field(pugi::xml_node parent, const Field& field);
void write_value(pugi::xml_node parent, const ExtendedValue& value);
ExtendedValue read_value(pugi::xml_node extended_property);
/// All t:ExtendedProperty below an item or folder.
std::vector<ExtendedValue> read_values(pugi::xml_node parent);
/// First value of that field, nullptr if it is not among them.
const std::string* find_value(const std::vector<ExtendedValue>& values, const ExtendedField& field);

}  // namespace ews
