#include "ews/simulator/delivery.hpp"

#include <set>

namespace ews::simulator {

namespace {

/// The mail without the lines of its Bcc field.
std::string without_bcc(const std::string& mime) {
    std::string result;
    auto in_head = true, skipping = false;
    for (std::size_t at = 0; at < mime.size();) {
        auto end = mime.find('\n', at);
        end = end == std::string::npos ? mime.size() : end + 1;
        const auto line = std::string_view(mime).substr(at, end - at);
        if (line == "\r\n" || line == "\n") in_head = false;
        const auto folded = line.front() == ' ' || line.front() == '\t';
        if (!folded) skipping = equal_ignoring_case(line.substr(0, 4), "bcc:");
        if (!in_head || !skipping) result += line;
        at = end;
    }
    return result;
}

}  // namespace

Item new_mail(std::string mime) {
    Item item;
    item.content = read_content(std::move(mime));
    item.item_class = item_class_of(*item.content);
    item.received = item.created = now();
    return item;
}

const Item& deliver(Mailbox& mailbox, const Folder& folder, std::string mime) {
    return mailbox.add(new_mail(std::move(mime)), folder, true);
}

void send(Organization& organization, const Content& content) {
    const auto& message = content.message;
    std::set<Mailbox*> targets;
    for (const auto* list : {&message.to, &message.cc, &message.bcc})
        for (const auto& recipient : *list)
            if (auto* const mailbox = organization.mailbox(recipient.address))
                targets.insert(mailbox);
    const auto mime = without_bcc(content.mime);
    for (auto* const mailbox : targets) deliver(*mailbox, mailbox->distinguished("inbox"), mime);
}

}  // namespace ews::simulator
