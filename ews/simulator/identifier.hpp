// Item, folder and attachment ids and change keys: opaque to clients, base64, case-sensitive. In
// the form of an Exchange server: two bytes, length, mailbox GUID as text, then what names the
// object.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ews::simulator {

/// `kind` is 'I' for an item, 'F' for a folder, 'S' for a subscription.
/// Differs from run to run, so that no id of an earlier run comes again: clients remember them for ever.
const std::string& run_tag();

std::string write_id(std::string_view mailbox_guid, char kind, std::uint64_t serial);

/// `kind` as above.
std::string write_change_key(char kind, std::uint64_t version);
/// The key in notifications, which names no version.
const char* stub_change_key(bool folder);
/// 0 for a stub; nothing for what this server never wrote.
std::optional<std::uint64_t> read_change_key(std::string_view text);

}  // namespace ews::simulator
