#include "agent/ews_watch.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "agent/log.hpp"

namespace agent {

namespace {

class EwsWatch final : public Watch {
public:
    EwsWatch(
        std::unique_ptr<ews::StreamMember> member,
        std::string mailbox,
        std::set<std::string> folders,
        std::set<std::string> drop_folders
    )
        : member_(std::move(member)),
          mailbox_(std::move(mailbox)),
          folders_(std::move(folders)),
          drop_folders_(std::move(drop_folders)) {}

    awaitable<Result<std::vector<Hint>>> next() override {
        ews::Result<ews::StreamNews> news = co_await member_->next();
        if (!news) co_return from(news.error());
        std::vector<Hint> hints;
        switch (news->kind) {
            case ews::StreamNews::Kind::events: hints = watched(news->events); break;
            case ews::StreamNews::Kind::sync:
                for (const std::string& folder : folders_) hints.push_back({folder, {}});
                break;
            case ews::StreamNews::Kind::polling:
                log::warning("polling", {{"mailbox", mailbox_}, {"why", news->text}});
                break;
            case ews::StreamNews::Kind::streaming: log::info("streaming", {{"mailbox", mailbox_}}); break;
            case ews::StreamNews::Kind::alive: break;
        }
        co_return hints;
    }

    void close() override { member_->close(); }

    awaitable<void> end() override { co_await member_->leave(); }

private:
    std::vector<Hint> watched(const std::vector<ews::Event>& events) const {
        std::map<std::string, Hint> hints;
        for (const ews::Event& event : events) add(event, hints);
        std::vector<Hint> list;
        for (auto& [folder, hint] : hints) list.push_back(std::move(hint));
        return list;
    }

    void add(const ews::Event& event, std::map<std::string, Hint>& hints) const {
        for (const ews::FolderId& folder : ews::folders_of(event)) {
            if (folders_.contains(folder.id)) hints[folder.id].folder = folder.id;
        }
        const bool copied = event.kind == ews::EventKind::copied && event.old_item;
        const bool told = copied || event.kind == ews::EventKind::moved;
        if (told && event.item && event.parent && drop_folders_.contains(event.parent->id)) {
            std::string original = copied ? event.old_item->id : "";
            hints[event.parent->id].arrivals.push_back({event.item->id, std::move(original)});
        }
    }

    std::unique_ptr<ews::StreamMember> member_;
    std::string mailbox_;
    std::set<std::string> folders_;
    std::set<std::string> drop_folders_;  ///< of those the ones in which it matters how an item came
};

}  // namespace

awaitable<Result<std::unique_ptr<Watch>>> watch_folders(
    ews::StreamGroups& streams, ews::Client& client, std::vector<WatchedFolder> folders
) {
    std::vector<ews::FolderId> subscribed;
    std::set<std::string> ids, drop_folders;
    for (const WatchedFolder& folder : folders) {
        subscribed.push_back({folder.id, ""});
        ids.insert(folder.id);
        if (!rules::is_automatic(folder.role)) drop_folders.insert(folder.id);
    }
    auto member = co_await streams.join(client, std::move(subscribed));
    if (!member) co_return from(member.error());
    std::unique_ptr<Watch> watch = std::make_unique<EwsWatch>(
        std::move(*member), ews::mailbox_of(client), std::move(ids), std::move(drop_folders)
    );
    co_return watch;
}

}  // namespace agent
