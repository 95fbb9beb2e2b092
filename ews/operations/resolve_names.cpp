#include "ews/operations/resolve_names.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void ResolveNames::write(pugi::xml_node request) const {
    add_attribute(request, "ReturnFullContactData", "false");
    // Not the contacts of the mailbox: what its user wrote there is no proof of who somebody is.
    add_attribute(request, "SearchScope", "ActiveDirectory");
    add_text(request, "m:UnresolvedEntry", entry);
}

Result<ResolveNames::Reply> ResolveNames::read(pugi::xml_node response) const {
    auto found = messages(response, 1);
    if (!found) return found.error();
    const auto message = found->front();
    if (auto error = error_of(message)) {
        if (error->response_code == "ErrorNameResolutionNoResults") return Reply{};
        return *std::move(error);
    }
    Reply people;
    for (auto resolution : elements(child(message, "ResolutionSet"), "Resolution"))
        for (auto& person : read_correspondents(resolution)) people.push_back(std::move(person));
    return people;
}

}  // namespace ews
