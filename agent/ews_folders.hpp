// The folders of a mailbox on an Exchange server: makes master and drop folders what the policy says, and finds those
// that are watched. Part of agent/ews_mailbox; separate, because it is a concern of its own.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "agent/drop_folders.hpp"
#include "agent/mailbox.hpp"
#include "ews/client.hpp"
#include "ews/folder.hpp"

namespace agent {

class EwsFolders {
public:
    /// The client outlives it.
    explicit EwsFolders(ews::Client& client) : client_(client) {}

    /// Mailbox::ensure_folders
    awaitable<Result<Folders>> ensure(rules::Policy policy);
    /// Every folder of the mailbox, whatever it holds.
    awaitable<Result<std::vector<ews::Folder>>> all();
    /// Mailbox::rename_folder
    awaitable<Result<void>> rename(std::string from, std::string to);
    /// Mailbox::find_folders
    awaitable<Result<Folders>> find(rules::Policy policy);

private:
    awaitable<Result<std::vector<ews::Folder>>> children(ews::FolderRef parent, bool deep = false);
    awaitable<Result<ews::FolderId>> ensure_child(
        ews::FolderRef parent, const std::vector<ews::Folder>& present, std::string name
    );
    awaitable<Result<void>> remove_unwanted(
        const std::vector<ews::Folder>& present, DropFolder folder, Folders& result
    );
    awaitable<Result<void>> remove(ews::FolderId folder);
    awaitable<Result<void>> ensure_drop_folders(const rules::Policy& policy, Folders& result);
    awaitable<Result<void>> add_captured(const rules::Policy& policy, Folders& result);

    ews::Client& client_;
};

}  // namespace agent
