#include "ews/simulator/answer/subscribe.hpp"

#include "ews/simulator/event_names.hpp"

namespace ews::simulator {

namespace {

Outcome<void> read_folders(Call& call, const pugi::xml_node& request, Interest& interest) {
    for (const auto& id : elements(child(request, "FolderIds"))) {
        const auto place = find_folder(call, id);
        if (place.has_error()) return place.error();
        if (!interest.mailbox.empty() && interest.mailbox != place->mailbox->address())
            return Refusal{"ErrorInvalidSubscriptionRequest", "One mailbox per subscription."};
        interest.mailbox = place->mailbox->address();
        interest.folders.insert(place->folder->id);
    }
    return {};
}

Outcome<Interest> read_interest(Call& call) {
    const auto request = child(call.request, "StreamingSubscriptionRequest");
    if (!request)
        return Refusal{
            "ErrorInvalidSubscriptionRequest", "Only streaming subscriptions are known."};
    Interest interest;
    interest.account = call.account.name;
    interest.back_end = call.back_end;
    interest.whole_mailbox =
        parse_bool(request.attribute("SubscribeToAllFolders").value()).value_or(false);
    for (const auto& type : elements(child(request, "EventTypes")))
        if (const auto kind = event_kind(type.text().get())) interest.kinds.insert(*kind);
    if (auto read = read_folders(call, request, interest); read.has_error()) return read.error();
    if (interest.whole_mailbox == !interest.folders.empty())
        return Refusal{
            "ErrorInvalidSubscriptionRequest", "Name folders, or all folders, but not both."};
    if (interest.whole_mailbox && call.mailbox == nullptr)
        return Refusal{"ErrorMissingEmailAddress", "The account has no mailbox of its own."};
    if (interest.whole_mailbox) interest.mailbox = call.mailbox->address();
    return interest;
}

}  // namespace

void subscribe(Call& call) {
    auto interest = read_interest(call);
    auto id = interest.has_error() ? Outcome<std::string>(interest.error())
                                   : call.organization.subscriptions.add(std::move(*interest));
    if (id.has_error())
        add_error(call, id.error());
    else
        add_text(add_success(call), "m:SubscriptionId", *id);
}

}  // namespace ews::simulator
