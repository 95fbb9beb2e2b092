#include "ews/simulator/answer/resolve_names.hpp"

#include <fmt/format.h>

namespace ews::simulator {

namespace {

std::string_view strip_scheme(std::string_view entry) {
    constexpr std::string_view scheme = "smtp:";
    return entry.starts_with(scheme) ? entry.substr(scheme.size()) : entry;
}

}  // namespace

void resolve_names(Call& call) {
    const auto entry = lower(child_text(call.request, "UnresolvedEntry"));
    std::vector<std::string> found;
    for (const auto& mailbox : call.organization.mailboxes())
        if (!entry.empty() && lower(mailbox->address()).starts_with(strip_scheme(entry)))
            found.push_back(mailbox->address());
    if (found.empty()) {
        add_error(call, {"ErrorNameResolutionNoResults", "No results were found."});
        return;
    }
    auto set = add_success(call).append_child("m:ResolutionSet");
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
