#include "ews/simulator/answer/resolve_names.hpp"

#include <fmt/format.h>

namespace ews::simulator {

namespace {

std::string_view strip_scheme(std::string_view entry) {
    constexpr std::string_view scheme = "smtp:";
    return entry.starts_with(scheme) ? entry.substr(scheme.size()) : entry;
}

/// Addresses begin with what is asked for, X.500 names are it; in lower case both.
std::vector<std::string> find_people(Organization& organization, const std::string& entry) {
    std::vector<std::string> found;
    const auto named = organization.legacy_names.find(entry);
    if (named != organization.legacy_names.end()) return {named->second};
    for (const auto& mailbox : organization.mailboxes())
        if (!entry.empty() && lower(mailbox->address()).starts_with(strip_scheme(entry)))
            found.push_back(mailbox->address());
    return found;
}

/// What Exchange answers where several are meant.
void warn_of_many(pugi::xml_node message) {
    message.attribute("ResponseClass").set_value("Warning");
    child(message, "ResponseCode").text().set("ErrorNameResolutionMultipleResults");
    auto text = message.prepend_child("m:MessageText");
    text.text().set("Multiple results were found.");
}

}  // namespace

void resolve_names(Call& call) {
    const auto entry = lower(child_text(call.request, "UnresolvedEntry"));
    const auto found = find_people(call.organization, entry);
    if (found.empty()) {
        add_error(call, {"ErrorNameResolutionNoResults", "No results were found."});
        return;
    }
    auto message = add_success(call);
    if (found.size() > 1) warn_of_many(message);
    auto set = message.append_child("m:ResolutionSet");
    add_attribute(set, "TotalItemsInView", fmt::format("{}", found.size()));
    add_attribute(set, "IncludesLastItemInRange", "true");
    for (const auto& address : found) {
        auto mailbox = set.append_child("t:Resolution").append_child("t:Mailbox");
        add_text(mailbox, "t:Name", address);
        add_text(mailbox, "t:EmailAddress", address);
        add_text(mailbox, "t:RoutingType", "SMTP");
        add_text(mailbox, "t:MailboxType", "Mailbox");
    }
}

}  // namespace ews::simulator
