#include "ews/simulator/stream_reply.hpp"

#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

Event moved(std::string from, std::string to) {
    Event event;
    event.kind = EventKind::moved;
    event.id = "new";
    event.parent = std::move(to);
    event.old_id = "old";
    event.old_parent = std::move(from);
    return event;
}

TEST(SimulatorStream, WritesUnprefixedEnvelopesWithoutADeclaration) {
    for (const auto& text :
         {write_connection_status("OK"),
          write_heartbeat({"a"}),
          write_notifications({{"a", {moved("inbox", "drafts")}}}),
          write_stream_error({"ErrorInvalidSubscription", "gone"}, {"a"})}) {
        EXPECT_TRUE(text.starts_with("<Envelope ")) << text;
        EXPECT_TRUE(text.ends_with("</Envelope>")) << text;
    }
}

TEST(SimulatorStream, WritesTheNewIdBeforeTheOldOne) {
    const auto text = write_notifications({{"a", {moved("inbox", "drafts")}}});
    EXPECT_LT(text.find(R"(<t:ItemId Id="new")"), text.find(R"(<t:OldItemId Id="old")"));
    EXPECT_TRUE(has(text, R"(<t:ParentFolderId Id="drafts")"));
    EXPECT_TRUE(has(text, R"(<t:OldParentFolderId Id="inbox")"));
}

}  // namespace
