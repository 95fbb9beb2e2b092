// Helpers over pugixml, which knows no namespaces: children by local name, values with plain types,
// and ids. Everything in ews/ reads and writes XML through these, so texts are cleaned in one place
// on the way out.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ews/ids.hpp"

namespace ews {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

std::string_view local_name(pugi::xml_node node);
/// First child element of that local name; an empty node if there is none.
pugi::xml_node child(pugi::xml_node parent, std::string_view name);
/// Child of a child of …; an empty node where one is missing.
pugi::xml_node path(pugi::xml_node from, std::initializer_list<std::string_view> names);
/// All child elements, or those of that local name.
std::vector<pugi::xml_node> elements(pugi::xml_node parent);
std::vector<pugi::xml_node> elements(pugi::xml_node parent, std::string_view name);

/// All text directly inside, CDATA included.
std::string text(pugi::xml_node node);
/// Without white space at both ends, which servers put around codes.
std::string trimmed_text(pugi::xml_node node);
/// "true" or "1".
bool flag(pugi::xml_node node);
/// 0 where it is no number.
std::uint64_t number(pugi::xml_node node);
/// RFC 3339, any number of fractional digits (cut to milliseconds); no offset means UTC.
std::optional<Time> parse_time(std::string_view text);
std::optional<Time> time(pugi::xml_node node);

pugi::xml_node add(pugi::xml_node parent, const char* name);
pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text);
void add_attribute(pugi::xml_node node, const char* name, std::string_view value);

/// UTF-8, no declaration, nothing added for the eye.
std::string save(const pugi::xml_document& document);

void write_id(pugi::xml_node parent, const ItemId& id);
void write_id(pugi::xml_node parent, const FolderRef& folder);
/// m:ItemIds
void write_ids(pugi::xml_node request, const std::vector<ItemId>& ids);
ItemId read_item_id(pugi::xml_node node);
FolderId read_folder_id(pugi::xml_node node);

}  // namespace ews
