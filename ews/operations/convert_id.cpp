#include "ews/operations/convert_id.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void ConvertId::write(pugi::xml_node request) const {
    add_attribute(request, "DestinationFormat", format);
    auto sources = add(request, "m:SourceIds");
    for (const auto& id : ids) {
        auto node = add(sources, "t:AlternateId");
        add_attribute(node, "Format", id.format);
        add_attribute(node, "Id", id.id);
        add_attribute(node, "Mailbox", id.mailbox);
    }
}

Result<ConvertId::Reply> ConvertId::read(pugi::xml_node response) const {
    return read_batch<AlternateId>(response, ids.size(), [](pugi::xml_node message) {
        const auto node = child(message, "AlternateId");
        return AlternateId{
            node.attribute("Format").value(),
            node.attribute("Id").value(),
            node.attribute("Mailbox").value()};
    });
}

}  // namespace ews
