// One request on its way through answer/: who asks, for which mailbox, the operation's element, and
// the m:ResponseMessages to fill. Helpers that every operation needs to find what the client names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/organization.hpp"
#include "ews/simulator/xml.hpp"

namespace ews::simulator {

/// GetStreamingEvents was granted: what the server now sends until it ends.
struct StreamPlan {
    std::vector<std::string> subscriptions;
    std::vector<std::string> refused;  ///< not empty: say so and end
    std::chrono::minutes timeout{0};
    std::optional<Fault> fault = {};  ///< of the stage Stage::stream
    std::optional<Fault> text = {};   ///< of the stage Stage::text
};

struct Call {
    Organization& organization;
    const Account& account;
    Mailbox* mailbox;  ///< the impersonated or own one; nullptr for a service account as itself
    std::string operation;
    pugi::xml_node request;
    pugi::xml_node messages;
    std::optional<StreamPlan> stream;
    unsigned back_end = 1;        ///< where the request landed
    std::size_t asked_items = 0;  ///< ids of items that were looked for until now
};

using Answer = void (*)(Call&);

struct FolderPlace {
    Mailbox* mailbox;
    const Folder* folder;
};

struct ItemPlace {
    Mailbox* mailbox;
    const Item* item;
};

/// `node` is a t:FolderId or t:DistinguishedFolderId.
Outcome<FolderPlace> find_folder(Call& call, const pugi::xml_node& node);
/// `node` is a t:ItemId.
Outcome<ItemPlace> find_item(Call& call, const pugi::xml_node& node);
/// Refuses where nothing may be changed in the folder.
Outcome<void> check_writable(const Folder& folder);
/// The fault that is due for the item that find_item found last.
std::optional<Fault> take_item_fault(Call& call, Stage stage, const Item& item);
/// The first child of m:ParentFolderId, m:ToFolderId …
Outcome<FolderPlace> find_folder_in(Call& call, std::string_view parent);

/// Appends a successful m:…ResponseMessage for the payload.
pugi::xml_node add_success(Call& call);
/// Appends a failed one. `payload` is an element that the schema demands even then ("m:Items"), or
/// "".
pugi::xml_node add_error(Call& call, const Refusal& refusal, const char* payload = "");
/// A t:Value in m:MessageXml of a failed message.
void add_detail(pugi::xml_node message, const char* name, std::string_view value);

Outcome<DeleteType> read_delete_type(const pugi::xml_node& request);

}  // namespace ews::simulator
