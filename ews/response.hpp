// The common part of all replies: response messages, one for each thing asked for and in that
// order, each with its own success or error.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsemessages
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <utility>
#include <vector>

#include "ews/error.hpp"
#include "ews/folder.hpp"
#include "ews/ids.hpp"

namespace ews {

/// The error that a response message reports, unwrapped, with its back-off; nothing if it is a
/// success. A warning counts as a success, except the one that says the item was not tried.
std::optional<Error> error_of(pugi::xml_node message);
/// The error in a soap:Fault.
Error fault_error(pugi::xml_node fault);
/// The response messages; an error if there are not exactly `count`.
Result<std::vector<pugi::xml_node>> messages(pugi::xml_node response, std::size_t count);

template <class T, class Read>
Result<std::vector<Result<T>>> read_batch(pugi::xml_node response, std::size_t count, Read read) {
    auto found = messages(response, count);
    if (!found) return found.error();
    std::vector<Result<T>> results;
    results.reserve(count);
    for (auto message : *found) {
        if (auto error = error_of(message)) {
            results.emplace_back(std::move(*error));
        } else {
            results.push_back(read(message));
        }
    }
    return results;
}

template <class T, class Read>
Result<T> read_single(pugi::xml_node response, Read read) {
    auto found = messages(response, 1);
    if (!found) return found.error();
    if (auto error = error_of(found->front())) return *std::move(error);
    return read(found->front());
}

/// For operations that answer with success or failure only.
Result<std::vector<Result<void>>> read_batch(pugi::xml_node response, std::size_t count);
Result<void> read_single(pugi::xml_node response);
Error protocol_error(std::string text);

// What most response messages hold, first of its kind; errc::protocol where it is missing.
Result<ItemId> read_one_item_id(pugi::xml_node message);
/// The id of a moved or copied item, which many servers do not tell.
Result<std::optional<ItemId>> read_new_id(pugi::xml_node message);
Result<Folder> read_one_folder(pugi::xml_node message);
Result<FolderId> read_one_folder_id(pugi::xml_node message);

}  // namespace ews
