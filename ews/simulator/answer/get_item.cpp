#include "ews/simulator/answer/get_item.hpp"

#include "ews/simulator/item_fields.hpp"
#include "ews/simulator/regenerate.hpp"

namespace ews::simulator {

namespace {

/// In place of the MIME as it came, which Exchange does not keep.
void make_mime_anew(Call& call, const Item& item, pugi::xml_node written) {
    auto& organization = call.organization;
    const auto& ways = organization.ways;
    auto mime = child(written, "MimeContent");
    if (!mime || !(ways.regenerated_mime || ways.grommunio)) return;
    const auto maker = ways.grommunio ? Maker::grommunio : Maker::exchange;
    const auto made = regenerate_mime(*item.content, maker, ++organization.mime_made);
    mime.text().set(encode_base64(made).c_str());
}

void give_item(Call& call, const ItemPlace& place, Shape shape) {
    const auto fault =
        shape.mime ? take_item_fault(call, Stage::mime, *place.item) : std::optional<Fault>{};
    if (fault && fault->kind == Fault::Kind::mime_error) {
        add_error(call, {fault->code, "The conversion of the content failed."}, "m:Items");
        return;
    }
    if (fault && fault->kind == Fault::Kind::mime_missing) shape.mime = false;
    auto items = add_success(call).append_child("m:Items");
    write_item(items, *place.mailbox, *place.item, shape, Detail::full);
    make_mime_anew(call, *place.item, items.last_child());
    if (fault && fault->kind == Fault::Kind::mime_empty)
        child(items.last_child(), "MimeContent").remove_children();
}

}  // namespace

void get_item(Call& call) {
    const auto shape = read_shape(child(call.request, "ItemShape"));
    for (const auto& id : elements(child(call.request, "ItemIds"))) {
        const auto place = find_item(call, id);
        if (place.has_error())
            add_error(call, place.error(), "m:Items");
        else
            give_item(call, *place, shape);
    }
}

}  // namespace ews::simulator
