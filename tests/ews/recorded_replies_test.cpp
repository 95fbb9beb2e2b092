// Replies of real servers, where the collection of them is at hand: other prefixes, white space and
// habits than our own examples have.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "ews/operations/create_folder.hpp"
#include "ews/operations/delete_item.hpp"
#include "ews/operations/get_item.hpp"
#include "ews/operations/get_streaming_events.hpp"
#include "ews/operations/subscribe.hpp"
#include "ews/split_envelopes.hpp"
#include "tests/ews/wire.hpp"

namespace {

using namespace ews;

const std::string traces = MAILFERRY_SHARED "/ews/traces/";

std::string file(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

class RecordedReplies : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(traces)) GTEST_SKIP() << traces << " is not here";
    }

    template <Operation Op>
    Result<typename Op::Reply> reply(const Op& operation, const std::string& name) {
        const Envelope envelope(file(traces + name));
        const auto response = envelope.response(Op::name);
        if (!response) return response.error();
        return operation.read(*response);
    }
};

TEST_F(RecordedReplies, AnInnerErrorIsUnwrapped) {
    const DeleteItem operation{{{"A", ""}}};
    const auto read = reply(operation, "exchangelib/32-services-inner_error_parsing.xml");
    ASSERT_TRUE(read);
    ASSERT_FALSE(read->at(0));
    EXPECT_EQ(read->at(0).error().code, errc::quota_exceeded);
    EXPECT_EQ(read->at(0).error().response_code, "ErrorQuotaExceededOnDelete");
}

TEST_F(RecordedReplies, ABusyServerSaysHowLong) {
    const auto read = reply(GetItem{{}}, "exchangelib/34-services-error_server_busy.xml");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, errc::server_busy);
    EXPECT_EQ(read.error().back_off, std::chrono::milliseconds(297749));
}

TEST_F(RecordedReplies, ARequestThatBreaksTheSchemaIsExplained) {
    const std::string pairs = "evolution-ews/pairs/Exchange2010_SP2__create_folder_with_invalid_";
    const CreateFolder operation{FolderId{"F", ""}, {{"x"}}};
    const auto read = reply(operation, pairs + "distinguished_parent_id__01-500.response.xml");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, errc::invalid_request);
    EXPECT_NE(read.error().text.find("invalidparentid"), std::string::npos);
}

TEST_F(RecordedReplies, AFolderThatExistsIsToldSo) {
    const std::string pairs = "evolution-ews/pairs/";
    const CreateFolder operation{FolderId{"F", ""}, {{"x"}}};
    const auto read =
        reply(operation, pairs + "Exchange2010_SP2__create_existing_folder__01-200.response.xml");
    ASSERT_TRUE(read);
    ASSERT_FALSE(read->at(0));
    EXPECT_EQ(read->at(0).error().code, errc::folder_exists);
}

TEST_F(RecordedReplies, ACalendarItemIsRead) {
    const GetItem operation{{{"A", ""}}};
    const auto read = reply(operation, "otris-ews-cpp/get_item_response_message.xml");
    ASSERT_TRUE(read);
    ASSERT_TRUE(read->at(0));
    EXPECT_EQ(read->at(0)->kind, "CalendarItem");
    EXPECT_EQ(read->at(0)->item_class, "IPM.Appointment");
    EXPECT_EQ(read->at(0)->size, 3614u);
    EXPECT_TRUE(read->at(0)->received);
}

TEST_F(RecordedReplies, AClosedStreamIsRead) {
    const auto read = reply(
        GetStreamingEvents(), "exchangelib/21-sync-get_streaming_events_connection_closed.xml"
    );
    ASSERT_TRUE(read);
    EXPECT_EQ(read->connection, StreamedEvents::Connection::closed);
}

TEST_F(RecordedReplies, AnEnvelopeWithoutBodyIsAnError) {
    const auto read =
        reply(GetStreamingEvents(), "exchangelib/22-sync-get_streaming_events_bad_response.xml");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, errc::protocol);
}

TEST_F(RecordedReplies, ASubscriptionIsRead) {
    const auto read = reply(Subscribe(), "otris-ews-cpp/subscribe_response.xml");
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->id.empty());
}

TEST_F(RecordedReplies, AStreamIsSplitAndRead) {
    const std::string stream =
        file(MAILFERRY_SHARED "/ews/schema/samples/GetStreamingEvents.stream.txt");
    SplitEnvelopes split;
    ASSERT_TRUE(split.feed(stream));
    std::size_t count = 0, events = 0;
    while (auto bytes = split.next()) {
        const Envelope envelope(*std::move(bytes));
        const auto response = envelope.response("GetStreamingEvents");
        ASSERT_TRUE(response);
        const auto read = GetStreamingEvents().read(*response);
        ASSERT_TRUE(read);
        for (const auto& notification : read->notifications) events += notification.events.size();
        ++count;
    }
    EXPECT_EQ(count, 5u);
    EXPECT_EQ(events, 4u);
}

}  // namespace
