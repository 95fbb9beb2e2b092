#include "ews/simulator/fault_reply.hpp"

#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

constexpr const char* get_inbox =
    "<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>"
    R"(<t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>)";

struct FaultReply : ::testing::Test {
    Office office;

    Reply reply(std::string_view script, std::string_view request = get_inbox) {
        office.play(script);
        return office.reply(request);
    }
};

TEST_F(FaultReply, TellsTheBackOffInAFault) {
    const auto busy = reply("fault ErrorServerBusy back-off 5000");
    EXPECT_EQ(busy.status, 500U);
    EXPECT_TRUE(has(busy.body, R"(<t:Value Name="BackOffMilliseconds">5000</t:Value>)"));
    EXPECT_FALSE(has(reply("fault ErrorServerBusy").body, "BackOffMilliseconds"));
    EXPECT_EQ(codes(office.ask(get_inbox)), "NoError");
}

TEST_F(FaultReply, TellsTheBackOffInAResponseMessage) {
    const auto busy = reply("error ErrorServerBusy back-off 5000");
    EXPECT_EQ(busy.status, 200U);
    EXPECT_EQ(codes(busy.body), "ErrorServerBusy");
    EXPECT_TRUE(
        has(busy.body,
            "<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:MessageXml>"
            R"(<t:Value Name="BackOffMilliseconds">5000</t:Value></m:MessageXml><m:Folders/>)")
    );
}

TEST_F(FaultReply, HidesTheCodeInAnInnerError) {
    const auto busy = reply("inner ErrorServerBusy back-off 5000");
    EXPECT_EQ(codes(busy.body), "ErrorInternalServerError");
    EXPECT_TRUE(
        has(busy.body, R"(<t:Value Name="InnerErrorResponseCode">ErrorServerBusy</t:Value>)")
    );
    EXPECT_TRUE(has(busy.body, R"(<t:Value Name="BackOffMilliseconds">5000</t:Value>)"));
}

TEST_F(FaultReply, HasAMessageForEachIdOfTheRequest) {
    const auto ids = item("AAAA") + item("BBBB") + item("CCCC");
    const auto gone =
        reply("error ErrorItemNotFound", get_item(ids, "<t:BaseShape>IdOnly</t:BaseShape>"));
    EXPECT_EQ(codes(gone.body), "ErrorItemNotFound ErrorItemNotFound ErrorItemNotFound");
}

TEST_F(FaultReply, AnswersWithAStatusAndWhatBelongsToIt) {
    const auto busy = reply("503 retry-after 7");
    EXPECT_EQ(busy.status, 503U);
    EXPECT_EQ(busy.retry_after, std::chrono::seconds(7));
    EXPECT_EQ(busy.content_type, "text/html");
    EXPECT_EQ(reply("403").body, "");
    EXPECT_EQ(
        reply("301 to https://mail.example/EWS/Exchange.asmx").location,
        "https://mail.example/EWS/Exchange.asmx"
    );
}

TEST_F(FaultReply, ShowsALoginPageWith200) {
    const auto page = reply("login-page");
    EXPECT_EQ(page.status, 200U);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_TRUE(has(page.body, "<html>"));
}

TEST_F(FaultReply, HangsUpOrSaysNothing) {
    EXPECT_TRUE(reply("drop").drop);
    EXPECT_TRUE(reply("black-hole").silent);
    EXPECT_FALSE(office.reply(get_inbox).silent);
}

}  // namespace
