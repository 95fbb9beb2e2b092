// Any bytes as a reply: cleaning, parsing and every reader of ews/operations must survive them, and
// no text that comes out may break UTF-8.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "ews/category_list.hpp"
#include "ews/operations/get_folder.hpp"
#include "ews/operations/get_item.hpp"
#include "ews/operations/get_streaming_events.hpp"
#include "ews/operations/sync_folder_items.hpp"
#include "ews/sanitise.hpp"
#include "ews/soap.hpp"

namespace {

void check(const std::string& text) {
    if (ews::clean_text(text) != text) std::abort();
}

void read_item(const ews::Envelope& envelope) {
    const auto response = envelope.response("GetItem");
    if (!response) return;
    const auto reply = ews::GetItem{{{"A", ""}}}.read(*response);
    if (!reply) return check(reply.error().text);
    if (!reply->front()) return check(reply->front().error().text);
    check(reply->front()->subject);
    check(reply->front()->internet_message_id);
}

template <class Op>
void read(const ews::Envelope& envelope, const Op& operation) {
    const auto response = envelope.response(Op::name);
    if (!response) return check(response.error().text);
    const auto reply = operation.read(*response);
    if (!reply) check(reply.error().text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const std::string clean = ews::clean_reply(bytes);
    if (ews::clean_reply(clean) != clean) std::abort();
    const ews::Envelope envelope(bytes);
    read_item(envelope);
    read(envelope, ews::GetFolder{{ews::DistinguishedFolder::inbox}});
    read(envelope, ews::SyncFolderItems{ews::DistinguishedFolder::inbox});
    read(envelope, ews::GetStreamingEvents());
    const auto merged = ews::merge_category_list(bytes, {{"CRM", 1}});
    if (merged && *merged && !ews::read_category_list(**merged)) std::abort();
    return 0;
}
