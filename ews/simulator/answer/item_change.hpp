// t:Updates of UpdateItem as changes of fields; all of them are read before the first is done.
#pragma once

#include <string_view>
#include <vector>

#include "ews/simulator/mailbox.hpp"
#include "ews/simulator/xml.hpp"

namespace ews::simulator {

Outcome<std::vector<FieldChange>> read_changes(const pugi::xml_node& updates);
/// Whether UpdateItem and CreateItem need a MessageDisposition.
bool is_message_class(std::string_view item_class);

}  // namespace ews::simulator
