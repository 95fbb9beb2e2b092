#include "ews/simulator/answer/index.hpp"

#include <array>

#include "ews/simulator/answer/convert_id.hpp"
#include "ews/simulator/answer/copy_item.hpp"
#include "ews/simulator/answer/create_folder.hpp"
#include "ews/simulator/answer/create_item.hpp"
#include "ews/simulator/answer/create_user_configuration.hpp"
#include "ews/simulator/answer/delete_folder.hpp"
#include "ews/simulator/answer/delete_item.hpp"
#include "ews/simulator/answer/delete_user_configuration.hpp"
#include "ews/simulator/answer/find_folder.hpp"
#include "ews/simulator/answer/find_item.hpp"
#include "ews/simulator/answer/get_attachment.hpp"
#include "ews/simulator/answer/get_folder.hpp"
#include "ews/simulator/answer/get_item.hpp"
#include "ews/simulator/answer/get_streaming_events.hpp"
#include "ews/simulator/answer/get_user_configuration.hpp"
#include "ews/simulator/answer/move_folder.hpp"
#include "ews/simulator/answer/move_item.hpp"
#include "ews/simulator/answer/resolve_names.hpp"
#include "ews/simulator/answer/send_item.hpp"
#include "ews/simulator/answer/subscribe.hpp"
#include "ews/simulator/answer/sync_folder_hierarchy.hpp"
#include "ews/simulator/answer/sync_folder_items.hpp"
#include "ews/simulator/answer/unsubscribe.hpp"
#include "ews/simulator/answer/update_folder.hpp"
#include "ews/simulator/answer/update_item.hpp"
#include "ews/simulator/answer/update_user_configuration.hpp"

namespace ews::simulator {

namespace {

struct Entry {
    std::string_view operation;
    Answer answer;
    const char* payload;  ///< what the schema demands in a failed message
};

constexpr std::array entries = std::to_array<Entry>({
    {"GetFolder", get_folder, "m:Folders"},
    {"FindFolder", find_folder, ""},
    {"CreateFolder", create_folder, "m:Folders"},
    {"UpdateFolder", update_folder, "m:Folders"},
    {"MoveFolder", move_folder, "m:Folders"},
    {"DeleteFolder", delete_folder, ""},
    {"SyncFolderHierarchy", sync_folder_hierarchy, ""},
    {"SyncFolderItems", sync_folder_items, ""},
    {"FindItem", find_item, ""},
    {"GetItem", get_item, "m:Items"},
    {"UpdateItem", update_item, "m:Items"},
    {"MoveItem", move_item, "m:Items"},
    {"CopyItem", copy_item, "m:Items"},
    {"DeleteItem", delete_item, ""},
    {"CreateItem", create_item, "m:Items"},
    {"SendItem", send_item, ""},
    {"GetAttachment", get_attachment, "m:Attachments"},
    {"Subscribe", subscribe, ""},
    {"Unsubscribe", unsubscribe, ""},
    {"GetStreamingEvents", get_streaming_events, ""},
    {"ConvertId", convert_id, ""},
    {"ResolveNames", resolve_names, ""},
    {"GetUserConfiguration", get_user_configuration, ""},
    {"CreateUserConfiguration", create_user_configuration, ""},
    {"UpdateUserConfiguration", update_user_configuration, ""},
    {"DeleteUserConfiguration", delete_user_configuration, ""},
});

const Entry* find_entry(std::string_view operation) {
    for (const auto& entry : entries)
        if (entry.operation == operation) return &entry;
    return nullptr;
}

}  // namespace

Answer find_answer(std::string_view operation) {
    const auto* const entry = find_entry(operation);
    return entry == nullptr ? nullptr : entry->answer;
}

const char* payload_of_errors(std::string_view operation) {
    const auto* const entry = find_entry(operation);
    return entry == nullptr ? "" : entry->payload;
}

}  // namespace ews::simulator
