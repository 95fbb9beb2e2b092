// One mailbox: its folders, items, change logs, and the rules that tie them together (ids change on
// every move and copy, folder ids never; every change gives a new change key, a log entry and
// events). Pure.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ews/simulator/change_log.hpp"
#include "ews/simulator/event.hpp"
#include "ews/simulator/item.hpp"
#include "ews/simulator/refusal.hpp"

namespace ews::simulator {

enum class DeleteType { hard, soft, to_deleted_items };

/// One field of UpdateItem: its name for conflict detection, and what to do.
struct FieldChange {
    std::string field;
    std::function<void(Item&)> apply;
};

/// Pointers and references to folders and items hold until the next change of the mailbox.
class Mailbox {
public:
    Mailbox(std::string address, EventSink sink);

    const std::string& address() const { return address_; }

    const Folder* find_folder(std::string_view id) const;
    const Folder* find_distinguished(std::string_view name) const;
    const Folder* find_child(const Folder& parent, std::string_view display_name) const;
    const Folder* folder_of(std::uint64_t serial) const;
    const Folder& distinguished(std::string_view name) const;
    /// Children, or with `deep` all descendants.
    std::vector<const Folder*> folders_below(const Folder& parent, bool deep) const;
    bool is_below(const Folder& folder, const Folder& ancestor) const;

    const Item* find_item(std::string_view id) const;
    const Item* item_of(std::uint64_t serial) const;
    std::vector<const Item*> items(const Folder& folder) const;
    std::string item_id(std::uint64_t serial) const;
    std::string folder_id(std::uint64_t serial) const;

    Outcome<const Folder*> create_folder(
        const Folder& parent, std::string name, std::string folder_class
    );
    Outcome<const Folder*> rename_folder(const Folder& folder, std::string name);
    Outcome<const Folder*> move_folder(const Folder& folder, const Folder& to);
    Outcome<void> delete_folder(const Folder& folder, DeleteType type);
    Folder& edit_folder(const Folder& folder);

    /// Takes content, class, flags, times … from `item`; ids and change key are given here.
    const Item& add(Item item, const Folder& folder, bool new_mail);
    const Item& update(const Item& item, const std::vector<FieldChange>& changes);
    const Item& move(const Item& item, const Folder& to);
    const Item& copy(const Item& item, const Folder& to);
    void remove(const Item& item, DeleteType type);

    const ChangeLog& items_log(const Folder& folder) const;
    const ChangeLog& hierarchy_log() const { return hierarchy_; }

private:
    Folder& add_folder(std::uint64_t parent, std::string name, std::string folder_class);
    Item& place(Item item, const Folder& folder);
    void take_out(const Item& item);
    void tell_item(EventKind kind, const Item& item, const Item* old = nullptr);
    void tell_folder(EventKind kind, const Folder& folder, std::uint64_t old_parent = 0);
    void tell_soft_delete(const Item& item, const Item& old);
    void tell_count(std::uint64_t folder);

    std::string address_;
    std::string guid_;
    EventSink sink_;
    std::uint64_t next_serial_ = 1;
    std::uint64_t next_version_ = 1;
    std::map<std::uint64_t, Folder> folders_;
    std::map<std::uint64_t, Item> items_;
    std::unordered_map<std::string, std::uint64_t> serials_;  // of ids in use
    std::unordered_map<std::string, std::uint64_t> distinguished_;
    std::map<std::uint64_t, ChangeLog> logs_;
    ChangeLog hierarchy_;
};

}  // namespace ews::simulator
