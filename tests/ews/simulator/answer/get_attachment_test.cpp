#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

class SimulatorGetAttachmentOfAMail : public ::testing::Test {
protected:
    SimulatorGetAttachmentOfAMail() {
        item_ = office_.deliver(
            "Subject: outside\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: message/rfc822\r\n\r\n" +
            mail("inside") + "\r\n--b--\r\n"
        );
    }
    std::string ask(std::string_view shape) {
        return office_.ask(fmt::format(
            R"(<m:GetAttachment>{}<m:AttachmentIds><t:AttachmentId Id="{}"/></m:AttachmentIds>)"
            "</m:GetAttachment>",
            shape,
            encode_base64(item_ + "|0")
        ));
    }

    Office office_;
    std::string item_;
};

TEST_F(SimulatorGetAttachmentOfAMail, GivesMimeWhereItIsAskedFor) {
    const auto reply = ask(
        "<m:AttachmentShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:AttachmentShape>"
    );
    EXPECT_EQ(
        decode_base64(between(reply, R"(CharacterSet="UTF-8">)", "<")).value_or("none"),
        mail("inside")
    );
    EXPECT_FALSE(has(reply, "<t:Subject>"));
}

TEST_F(SimulatorGetAttachmentOfAMail, GivesItsPropertiesElse) {
    const auto reply = ask("");
    EXPECT_TRUE(has(reply, "<t:Subject>inside</t:Subject>")) << reply;
    EXPECT_TRUE(has(reply, ">Hello\r\n</t:Body>") || has(reply, ">Hello\n</t:Body>")) << reply;
    EXPECT_TRUE(has(reply, "<t:EmailAddress>ann@example.test</t:EmailAddress>")) << reply;
    EXPECT_FALSE(has(reply, "MimeContent"));
}

TEST_F(SimulatorGetAttachmentOfAMail, AFaultOfTheItemIsOneOfItsAttachments) {
    office_.play("GetAttachment item-error ErrorCannotOpenFileAttachment subject outside");
    EXPECT_EQ(codes(ask("")), "ErrorCannotOpenFileAttachment");
    EXPECT_EQ(codes(ask("")), "NoError");
}

}  // namespace
