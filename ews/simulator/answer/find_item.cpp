#include "ews/simulator/answer/find_item.hpp"

#include <algorithm>

#include "ews/simulator/answer/page.hpp"
#include "ews/simulator/item_fields.hpp"
#include "ews/simulator/restriction.hpp"

namespace ews::simulator {

namespace {

using Items = std::vector<const Item*>;
using Values = std::vector<std::string>;

Values read_header(const Item& item, std::string_view name) {
    Values values;
    for (const auto& field : item.content->message.headers)
        if (equal_ignoring_case(field.name, name)) values.push_back(field.value);
    return values;
}

Values read_field(const Mailbox& mailbox, const Item& item, const pugi::xml_node& path) {
    const auto kind = local_name(path);
    if (kind == "FieldURI") return field_values(mailbox, item, path.attribute("FieldURI").value());
    if (kind == "IndexedFieldURI") return read_header(item, path.attribute("FieldIndex").value());
    const auto field = read_extended_field(path);
    return field ? extended_values(item, field->key) : Values{};
}

Outcome<Items> search(Call& call, const FolderPlace& place) {
    Items found;
    const std::string_view traversal = call.request.attribute("Traversal").value();
    if (traversal == "Associated" || traversal == "SoftDeleted") return found;
    if (child(call.request, "QueryString") && !call.organization.ways.grommunio)
        return Refusal{"ErrorUnsupportedPathForQuery", "QueryString needs a search index."};
    const auto all = elements(child(call.request, "Restriction"));
    const auto expression = all.empty() ? pugi::xml_node{} : all.front();
    for (const auto* item : place.mailbox->items(*place.folder)) {
        const auto fits = meets(expression, [&](const pugi::xml_node& path) {
            return read_field(*place.mailbox, *item, path);
        });
        if (fits.has_error()) return fits.error();
        if (*fits) found.push_back(item);
    }
    std::reverse(found.begin(), found.end());  // newest first, if nothing else is asked
    return found;
}

struct SortKey {
    std::string value;
    std::size_t place;  ///< before the sorting: keeps it stable
    const Item* item;
};

void sort_by(const pugi::xml_node& order, const Mailbox& mailbox, Items& items) {
    const auto paths = elements(order);
    if (paths.empty()) return;
    std::vector<SortKey> keys;
    for (const auto* item : items) {
        auto values = read_field(mailbox, *item, paths.front());
        keys.push_back({values.empty() ? "" : std::move(values.front()), keys.size(), item});
    }
    const auto descending = std::string_view(order.attribute("Order").value()) == "Descending";
    std::sort(keys.begin(), keys.end(), [descending](const SortKey& a, const SortKey& b) {
        const auto compared = compare_values(a.value, b.value);
        if (compared != 0) return descending ? compared > 0 : compared < 0;
        return a.place < b.place;
    });
    items.clear();
    for (const auto& key : keys) items.push_back(key.item);
}

/// The last order is applied first, so that the first one decides.
void sort(const Call& call, const Mailbox& mailbox, Items& items) {
    auto orders = elements(child(call.request, "SortOrder"));
    std::reverse(orders.begin(), orders.end());
    for (const auto& order : orders) sort_by(order, mailbox, items);
}

}  // namespace

void find_item(Call& call) {
    const auto shape = read_shape(child(call.request, "ItemShape"));
    for (const auto& id : elements(child(call.request, "ParentFolderIds"))) {
        const auto parent = find_folder(call, id);
        if (parent.has_error()) {
            add_error(call, parent.error());
            continue;
        }
        auto found = search(call, *parent);
        if (found.has_error()) {
            add_error(call, found.error());
            continue;
        }
        sort(call, *parent->mailbox, *found);
        const auto page = cut_page(child(call.request, "IndexedPageItemView"), found->size());
        auto root = add_success(call).append_child("m:RootFolder");
        write_page(root, page);
        auto items = root.append_child("t:Items");
        for (auto at = page.begin; at < page.end; ++at)
            write_item(items, *parent->mailbox, *(*found)[at], shape, Detail::find);
    }
}

}  // namespace ews::simulator
