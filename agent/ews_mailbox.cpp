#include "agent/ews_mailbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "agent/compose_mime.hpp"
#include "agent/ews_watch.hpp"
#include "agent/fetch_parts.hpp"
#include "agent/find_original.hpp"
#include "agent/limits.hpp"
#include "agent/mail_spool.hpp"
#include "ews/folder_sync.hpp"
#include "ews/only.hpp"
#include "ews/operations/delete_item.hpp"
#include "ews/operations/find_item.hpp"
#include "ews/operations/get_item.hpp"
#include "ews/operations/move_item.hpp"
#include "ews/operations/update_item.hpp"

namespace agent {

namespace {

ews::FolderRef folder_of(Mailbox::Place place) {
    return place == Mailbox::Place::sent_items ? ews::DistinguishedFolder::sentitems
                                               : ews::DistinguishedFolder::inbox;
}

bool is_conflict(const ews::Error& error) {
    return error.code == ews::errc::conflict || error.code == ews::errc::stale_change_key;
}

}  // namespace

EwsMailbox::EwsMailbox(
    http::Transport& transport,
    ews::ClientOptions options,
    std::shared_ptr<ews::StreamGroups> streams,
    BigMails* big_mails
)
    : client_(transport, std::move(options)),
      folders_(client_),
      senders_(client_),
      streams_(std::move(streams)),
      big_mails_(big_mails),
      ahead_(client_) {
    if (!streams_) streams_ = std::make_shared<ews::StreamGroups>();
}

awaitable<Result<Folders>> EwsMailbox::ensure_folders(rules::Policy policy) {
    Result<Folders> folders = co_await folders_.ensure(std::move(policy));
    co_return folders;
}

awaitable<Result<void>> EwsMailbox::rename_folder(std::string from, std::string to) {
    Result<void> renamed = co_await folders_.rename(std::move(from), std::move(to));
    co_return renamed;
}

awaitable<Result<Folders>> EwsMailbox::find_folders(rules::Policy policy) {
    Result<Folders> folders = co_await folders_.find(std::move(policy));
    co_return folders;
}

awaitable<Result<Changes>> EwsMailbox::changes(WatchedFolder folder, std::string sync_state) {
    ews::FolderId id{std::move(folder.id), ""};
    ews::SyncState state{std::move(sync_state)};
    ews::ItemShape shape;
    if (is_automatic(folder.role)) shape = ews::change_shape();
    shape.fields.emplace_back(ews::FieldUri{"item:Size"});
    auto found =
        co_await ews::sync_folder(client_, std::move(id), std::move(state), std::move(shape));
    if (!found && found.error().code == ews::errc::folder_not_found) {
        co_return Error{errc::subscription_lost, "a watched folder was deleted; it is looked for again", {}};
    }
    if (!found) co_return from(found.error());
    note_sizes(found->changes, !is_automatic(folder.role));
    Changes changes;
    changes.sync_state = found->state.state;
    changes.complete = found->is_complete;
    for (ews::ItemChange& change : found->changes) {
        const bool created = change.kind == ews::ItemChange::Kind::created;
        if (!created && change.kind != ews::ItemChange::Kind::updated) continue;
        changes.items.push_back(
            {std::move(change.item.id),
             created,
             std::move(change.categories),
             change.received.value_or(Time{}),
             change.modified.value_or(Time{})}
        );
    }
    std::reverse(changes.items.begin(), changes.items.end());  // oldest first
    co_return changes;
}

awaitable<Result<std::unique_ptr<Watch>>> EwsMailbox::watch(std::vector<WatchedFolder> folders) {
    Result<std::unique_ptr<Watch>> watch = co_await watch_folders(*streams_, client_, std::move(folders));
    co_return watch;
}

/// `all_wanted`: each of them is going to be fetched, so that reading ahead is worth remembering it.
void EwsMailbox::note_sizes(const std::vector<ews::ItemChange>& changes, bool all_wanted) {
    for (const ews::ItemChange& change : changes) {
        if (all_wanted) ahead_.note_size(change.item.id, change.size);
        if (change.size <= limits::big_mail) continue;  // most of them, and those whose size is not told
        if (sizes_.size() >= limits::known_sizes) sizes_.clear();
        sizes_[change.item.id] = change.size;
    }
}

awaitable<Result<ews::Item>> EwsMailbox::get(std::string item) {
    ews::GetItem get;
    get.items.push_back({std::move(item), ""});
    auto reply = co_await client_.call(std::move(get));
    ews::Result<ews::Item> found = ews::only(std::move(reply));
    if (!found) co_return from(found.error());
    co_return std::move(*found);
}

/// The bytes of the mail do not come in the item: they go where they may be as many as they like.
awaitable<Result<EwsMailbox::Fetched>> EwsMailbox::get_with_mime(std::string item, bool has_turn) {
    const bool has_folder = big_mails_ != nullptr;
    MailSpool spool(has_folder ? big_mails_->folder() : temporary_folder(), limits::mail_bytes);
    ews::MimeExtractor extractor([&spool](std::string_view bytes) { return spool.add(bytes); });
    ews::GetItem get;
    get.items.push_back({std::move(item), ""});
    get.shape.mime = true;
    std::optional<std::chrono::milliseconds> patience;
    if (has_turn) patience = limits::with_turn;
    auto reply = co_await client_.call(std::move(get), &extractor, patience);
    if (spool.error()) co_return *spool.error();
    ews::Result<ews::Item> found = ews::only(std::move(reply));
    if (!found && found.error().code == ews::errc::too_large) co_return too_large_mail();
    if (!found) co_return from(found.error());
    Fetched fetched{std::move(*found), std::nullopt, std::chrono::steady_clock::now()};
    if (!extractor.has_mime()) co_return fetched;
    Result<MailBytes> mime = spool.finish();
    if (!mime) co_return mime.error();
    fetched.mime = std::move(*mime);
    co_return fetched;
}

/// Together with others where that can be.
awaitable<Result<EwsMailbox::Fetched>> EwsMailbox::get_somehow(std::string item, bool has_turn) {
    Result<std::optional<FetchAhead::Read>> ahead = co_await ahead_.take(item, std::chrono::steady_clock::now());
    if (!ahead) co_return ahead.error();
    if (*ahead) {
        Fetched fetched{std::move((*ahead)->item), std::nullopt, (*ahead)->since};
        fetched.mime = std::move(*std::exchange(fetched.item.mime, std::nullopt));
        co_return fetched;
    }
    Result<Fetched> alone = co_await get_with_mime(std::move(item), has_turn);
    co_return alone;
}

/// None where nobody counts them.
awaitable<Result<BigMails::Turn>> EwsMailbox::take_turn() {
    if (big_mails_ == nullptr) co_return BigMails::Turn();
    BigMails::Turn turn = co_await big_mails_->turn();
    if (!turn) co_return Error{errc::cancelled, "we are stopping", {}};
    co_return turn;
}

/// The turn ends with the last use of the bytes.
awaitable<Result<MailBytes>> EwsMailbox::within_turn(MailBytes mime, BigMails::Turn turn) {
    if (big_mails_ == nullptr || mime.size() <= limits::big_mail) co_return mime;
    if (!turn) {  // nobody had told that it is large
        Result<BigMails::Turn> taken = co_await take_turn();
        if (!taken) co_return taken.error();
        turn = std::move(*taken);
    }
    struct Kept {
        MailBytes bytes;
        BigMails::Turn turn;
    };
    const std::string_view view = mime.view();
    co_return MailBytes(view, std::make_shared<const Kept>(Kept{std::move(mime), std::move(turn)}));
}

awaitable<Result<MailItem>> EwsMailbox::fetch(std::string item) {
    BigMails::Turn turn;
    if (const auto known = sizes_.find(item); known != sizes_.end()) {
        if (known->second > limits::mail_bytes) co_return too_large_mail();
        {  // a server that is to be left alone is waited for without the turn, which others can use
            auto pass = co_await client_.enter("GetItem");
            if (!pass) co_return from(pass.error());
        }
        Result<BigMails::Turn> taken = co_await take_turn();
        if (!taken) co_return taken.error();
        turn = std::move(*taken);
    }
    const bool has_turn = turn != nullptr;
    Result<Fetched> fetched = co_await get_somehow(item, has_turn);
    const bool is_too_large = !fetched && fetched.error() == too_large_mail();
    MailItem mail;
    if (fetched ? !fetched->mime : fetched.error().code == errc::permanent && !is_too_large) {
        if (!turn) {  // it is several times in memory, and nobody may have told its size
            Result<BigMails::Turn> taken = co_await take_turn();
            if (!taken) co_return taken.error();
            turn = std::move(*taken);
        }
        Result<ews::Item> made = co_await fetch_parts(client_, std::move(item));
        if (!made && made.error().code != errc::permanent) co_return made.error();
        if (!made && !fetched) co_return with_parts(fetched.error(), made.error());
        if (!made && is_kind_of_mail(fetched->item.kind)) co_return made.error();
        if (made) {
            std::optional<MailBytes> composed;
            if (made->mime) composed = std::exchange(made->mime, std::nullopt);
            fetched = Fetched{std::move(*made), std::move(composed), std::chrono::steady_clock::now()};
            mail.words.remark = put_together;
        }
    }
    if (!fetched) co_return fetched.error();
    if (!fetched->mime) {
        co_return Error{
            errc::permanent,
            "Exchange cannot give this item (" + fetched->item.kind +
                ") as a mail; move it out of the folder, or forward it and drop that",
            {}
        };
    }
    known_.note(fetched->item, fetched->since);
    Strangers people = strangers(fetched->item, fetched->mime->view());
    Result<AddressBook> addresses = co_await senders_.resolve(std::move(people));
    if (!addresses) co_return addresses.error();
    mail.words.addresses = std::move(*addresses);
    Result<MailBytes> mime = co_await within_turn(std::move(*fetched->mime), std::move(turn));
    if (!mime) co_return mime.error();
    mail.mime = std::move(*mime);
    mail.categories = std::move(fetched->item.categories);
    co_return mail;
}

awaitable<MailName> EwsMailbox::name_of(std::string item) {
    Result<ews::Item> found = co_await fetch_name(client_, std::move(item));
    MailName name;
    if (found) name = {std::move(found->subject), std::move(found->internet_message_id)};
    co_return name;
}

awaitable<Result<std::optional<std::string>>> EwsMailbox::original_of(std::string item, Place place) {
    Result<ews::Item> copy = co_await get(std::move(item));
    if (!copy) co_return copy.error();
    Result<std::optional<std::string>> original =
        co_await find_original(client_, *copy, folder_of(place));
    co_return original;
}

awaitable<ews::Result<ews::ItemId>> EwsMailbox::write(
    ews::ItemUpdate update, ews::ConflictResolution resolution
) {
    ews::UpdateItem request;
    request.updates.push_back(std::move(update));
    request.conflict_resolution = resolution;
    auto reply = co_await client_.call(std::move(request));
    co_return ews::only(std::move(reply));
}

/// What was read before is good enough for a write that does not happen where it is not true any more.
awaitable<Result<void>> EwsMailbox::mark(std::string item, Marking marking) {
    Error last;
    std::optional<ItemState> known = known_.take(item, std::chrono::steady_clock::now());
    std::optional<ews::ItemUpdate> update;
    if (known) update = update_of(*known, marking);
    if (update) {
        auto updated = co_await write(std::move(*update), ews::ConflictResolution::never_overwrite);
        if (updated) co_return Result<void>{};
        if (!is_conflict(updated.error())) co_return from(updated.error());
    }
    for (int i = 0; i < limits::conflict_tries; ++i) {
        Result<ews::Item> found = co_await get(item);
        if (!found) co_return found.error();
        update = update_of(state_as_read(*found), marking);
        if (!update) co_return Result<void>{};
        auto updated = co_await write(std::move(*update), ews::ConflictResolution::auto_resolve);
        if (updated) co_return Result<void>{};
        last = from(updated.error());
        if (!is_conflict(updated.error())) break;
    }
    co_return last;
}

/// As far as they are not known, in one call.
awaitable<Result<std::vector<Result<ItemState>>>> EwsMailbox::states_of(const std::vector<MarkedItem>& items) {
    std::vector<Result<ItemState>> states;
    ews::GetItem get;
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < items.size(); ++i) {
        std::optional<ItemState> known = known_.take(items[i].item, std::chrono::steady_clock::now());
        if (known && update_of(*known, items[i].marking)) {
            states.emplace_back(std::move(*known));
            continue;
        }
        states.emplace_back(Error{});
        asked.push_back(i);
        get.items.push_back({items[i].item, ""});
    }
    if (asked.empty()) co_return states;
    auto found = co_await client_.call(std::move(get));
    if (!found) co_return from(found.error());
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const ews::Result<ews::Item>& one = (*found)[i];
        if (one) states[asked[i]] = state_as_read(*one);
        if (!one) states[asked[i]] = from(one.error());
    }
    co_return states;
}

awaitable<Result<Mailbox::Results>> EwsMailbox::mark_each(std::vector<MarkedItem> items) {
    auto states = co_await states_of(items);
    if (!states) co_return states.error();
    Results results(items.size());
    ews::UpdateItem request;
    request.conflict_resolution = ews::ConflictResolution::never_overwrite;
    std::vector<std::size_t> written;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Result<ItemState>& state = (*states)[i];
        if (!state) {
            results[i] = state.error();
        } else if (auto update = update_of(*state, items[i].marking)) {
            request.updates.push_back(std::move(*update));
            written.push_back(i);
        }
    }
    if (written.empty()) co_return results;
    auto updated = co_await client_.call(std::move(request));
    if (!updated) co_return from(updated.error());
    for (std::size_t i = 0; i < written.size(); ++i) {
        const ews::Result<ews::ItemId>& one = (*updated)[i];
        if (!one) results[written[i]] = from(one.error());
    }
    co_return results;
}

awaitable<Result<void>> EwsMailbox::move(std::string item, Place to) {
    ews::MoveItem request{folder_of(to), {{std::move(item), ""}}};
    auto reply = co_await client_.call(std::move(request));
    ews::Result<std::optional<ews::ItemId>> moved = ews::only(std::move(reply));
    if (!moved) co_return from(moved.error());
    co_return Result<void>{};
}

awaitable<Result<Mailbox::Results>> EwsMailbox::move_each(std::vector<std::string> items, Place to) {
    ews::MoveItem request{folder_of(to), {}};
    for (std::string& item : items) request.items.push_back({std::move(item), ""});
    auto moved = co_await client_.call(std::move(request));
    if (!moved) co_return from(moved.error());
    Results results;
    for (const ews::Result<std::optional<ews::ItemId>>& one : *moved) {
        results.push_back(one ? Result<void>() : Result<void>(from(one.error())));
    }
    co_return results;
}

awaitable<Result<void>> EwsMailbox::purge(std::string item) {
    Result<void> deleted = co_await remove(std::move(item), ews::DeleteType::hard_delete);
    co_return deleted;
}

awaitable<Result<void>> EwsMailbox::discard(std::string item) {
    Result<void> deleted = co_await remove(std::move(item), ews::DeleteType::move_to_deleted_items);
    co_return deleted;
}

awaitable<Result<void>> EwsMailbox::remove(std::string item, ews::DeleteType how) {
    ews::DeleteItem request{{{std::move(item), ""}}, how};
    auto reply = co_await client_.call(std::move(request));
    ews::Result<void> deleted = ews::only(std::move(reply));
    if (!deleted) co_return from(deleted.error());
    co_return Result<void>{};
}

awaitable<Result<std::optional<std::string>>> EwsMailbox::find_marked(
    std::optional<Place> place, std::string mark
) {
    std::vector<ews::FolderRef> folders;
    if (place) {
        folders.push_back(folder_of(*place));
    } else {
        auto all = co_await folders_.all();
        if (!all) co_return all.error();
        for (ews::Folder& folder : *all) folders.emplace_back(std::move(folder.id));
    }
    std::optional<std::string> item;
    while (!folders.empty() && !item) {
        const std::size_t many = std::min(folders.size(), limits::folders_at_once);
        ews::FindItem request;
        const auto rest = folders.end() - static_cast<std::ptrdiff_t>(many);
        request.folders.assign(rest, folders.end());
        folders.erase(rest, folders.end());
        request.restriction = ews::is_equal_to(ews::state_property(), mark);
        request.page = 1;
        auto reply = co_await client_.call(std::move(request));
        if (!reply) co_return from(reply.error());
        for (ews::Result<ews::FoundItems>& found : *reply) {
            // A folder that cannot be searched, or is gone by now, hides nothing in the others.
            if (!found && place) co_return from(found.error());
            if (found && !found->items.empty()) item = std::move(found->items.front().id.id);
        }
    }
    co_return item;
}

}  // namespace agent
