#include "ews/simulator/answer/create_item.hpp"

#include "ews/simulator/compose.hpp"
#include "ews/simulator/delivery.hpp"
#include "ews/simulator/extended_field.hpp"
#include "ews/simulator/item_fields.hpp"

namespace ews::simulator {

namespace {

enum class Disposition { save, send, send_and_save };

Outcome<Disposition> read_disposition(const pugi::xml_node& request) {
    const std::string_view text = request.attribute("MessageDisposition").value();
    if (text == "SaveOnly") return Disposition::save;
    if (text == "SendOnly") return Disposition::send;
    if (text == "SendAndSaveCopy") return Disposition::send_and_save;
    return Refusal{"ErrorMessageDispositionRequired", "Message disposition is required."};
}

Outcome<std::string> read_mime(const Call& call, const pugi::xml_node& wanted) {
    const auto mime = child(wanted, "MimeContent");
    if (!mime) return compose_mime(wanted, call.mailbox == nullptr ? "" : call.mailbox->address());
    auto bytes = decode_base64(mime.text().get());
    if (!bytes || bytes->empty())
        return Refusal{"ErrorMimeContentInvalidBase64String", "MimeContent is not base64."};
    return std::move(*bytes);
}

void read_properties(const pugi::xml_node& wanted, Item& item) {
    for (const auto& each : elements(wanted)) {
        if (local_name(each) != "ExtendedProperty") continue;
        const auto field = read_extended_field(child(each, "ExtendedFieldURI"));
        if (!field) continue;
        auto property = read_extended_property(each, *field);
        if (field->key == keywords_key)
            item.categories = std::move(property.values);
        else
            item.properties[field->key] = std::move(property);
    }
}

/// A saved item is a read draft until PR_MESSAGE_FLAGS or IsRead says otherwise
/// ([MS-OXCMSG] 2.2.1.6).
void read_flags(const pugi::xml_node& wanted, Item& item) {
    item.is_draft = item.is_read = true;
    if (const auto flags = item.properties.extract("0x0e07"); !flags.empty()) {
        const auto& values = flags.mapped().values;
        const auto bits = values.empty() ? 0 : parse_number(values.front()).value_or(0);
        item.is_read = (bits & 1) != 0;
        item.is_draft = (bits & 8) != 0;
    }
    item.is_read = parse_bool(child_text(wanted, "IsRead")).value_or(item.is_read);
    if (const auto text = child_text(wanted, "Importance"); !text.empty()) item.importance = text;
    if (const auto text = child_text(wanted, "Sensitivity"); !text.empty()) item.sensitivity = text;
    for (const auto& category : elements(child(wanted, "Categories")))
        item.categories.emplace_back(category.text().get());
}

Outcome<Item> read_item(const Call& call, const pugi::xml_node& wanted) {
    if (local_name(wanted) != "Message" && local_name(wanted) != "PostItem")
        return Refusal{"ErrorInvalidRequest", "This server keeps mail only."};
    auto mime = read_mime(call, wanted);
    if (mime.has_error()) return mime.error();
    auto item = new_mail(std::move(*mime));
    read_properties(wanted, item);
    read_flags(wanted, item);
    if (const auto name = child_text(wanted, "ItemClass"); !name.empty())
        item.item_class = name;
    else if (local_name(wanted) == "PostItem")
        item.item_class = "IPM.Post";
    return item;
}

Outcome<FolderPlace> target_of(Call& call, Disposition disposition) {
    if (child(call.request, "SavedItemFolderId")) return find_folder_in(call, "SavedItemFolderId");
    if (call.mailbox == nullptr)
        return Refusal{"ErrorMissingEmailAddress", "The account has no mailbox of its own."};
    const auto* const name = disposition == Disposition::save ? "drafts" : "sentitems";
    return FolderPlace{call.mailbox, &call.mailbox->distinguished(name)};
}

/// nullptr: nothing was saved, as SendOnly wants it.
Outcome<const Item*> create_one(Call& call, const pugi::xml_node& wanted) {
    const auto disposition = read_disposition(call.request);
    if (disposition.has_error()) return disposition.error();
    const auto place = target_of(call, *disposition);
    if (place.has_error()) return place.error();
    if (const auto allowed = check_writable(*place->folder); allowed.has_error())
        return allowed.error();
    auto item = read_item(call, wanted);
    if (item.has_error()) return item.error();
    if (*disposition == Disposition::save)
        return &place->mailbox->add(std::move(*item), *place->folder, false);
    item->is_draft = false;
    send(call.organization, *item->content);
    if (*disposition == Disposition::send_and_save)
        place->mailbox->add(std::move(*item), *place->folder, false);
    return nullptr;
}

}  // namespace

void create_item(Call& call) {
    for (const auto& wanted : elements(child(call.request, "Items"))) {
        const auto created = create_one(call, wanted);
        if (created.has_error()) {
            add_error(call, created.error(), "m:Items");
            continue;
        }
        auto items = add_success(call).append_child("m:Items");
        if (*created != nullptr) write_item_id_only(items, **created);
    }
}

}  // namespace ews::simulator
