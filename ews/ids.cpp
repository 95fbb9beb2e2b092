#include "ews/ids.hpp"

namespace ews {

std::string_view to_text(DistinguishedFolder folder) {
    switch (folder) {
        case DistinguishedFolder::msgfolderroot:
            return "msgfolderroot";
        case DistinguishedFolder::inbox:
            return "inbox";
        case DistinguishedFolder::sentitems:
            return "sentitems";
        case DistinguishedFolder::drafts:
            return "drafts";
        case DistinguishedFolder::outbox:
            return "outbox";
        case DistinguishedFolder::deleteditems:
            return "deleteditems";
        case DistinguishedFolder::junkemail:
            return "junkemail";
        case DistinguishedFolder::calendar:
            return "calendar";
        case DistinguishedFolder::contacts:
            return "contacts";
        case DistinguishedFolder::tasks:
            return "tasks";
    }
    return "inbox";
}

}  // namespace ews
