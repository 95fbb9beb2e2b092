// A mailbox that is looked at and never written: what `run --observe` works on. Reads go through; categories that would
// have been set are remembered, so that a mail which would have been done is not asked for again.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "agent/mailbox.hpp"

namespace agent {

class ObservedMailbox final : public Mailbox {
public:
    explicit ObservedMailbox(std::unique_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)) {}

    /// Finds them; what is missing is a warning.
    awaitable<Result<Folders>> ensure_folders(rules::Policy policy) override;
    awaitable<Result<void>> rename_folder(std::string from, std::string to) override;
    awaitable<Result<Folders>> find_folders(rules::Policy policy) override;
    awaitable<Result<Changes>> changes(WatchedFolder folder, std::string sync_state) override;
    awaitable<Result<std::unique_ptr<Watch>>> watch(std::vector<WatchedFolder> folders) override;
    awaitable<Result<MailItem>> fetch(std::string item) override;
    awaitable<MailName> name_of(std::string item) override;
    awaitable<Result<std::optional<std::string>>> original_of(std::string item, Place place) override;
    awaitable<Result<std::optional<std::string>>> find_marked(
        std::optional<Place> place, std::string mark
    ) override;

    awaitable<Result<void>> mark(std::string item, Marking marking) override;
    awaitable<Result<void>> move(std::string item, Place to) override;
    awaitable<Result<void>> purge(std::string item) override;
    awaitable<Result<void>> discard(std::string item) override;

private:
    std::vector<std::string> as_marked(const std::string& item, std::vector<std::string> categories) const;

    std::unique_ptr<Mailbox> mailbox_;
    std::map<std::string, Marking> marked_;  ///< by item, limits::observed_items at most
};

}  // namespace agent
