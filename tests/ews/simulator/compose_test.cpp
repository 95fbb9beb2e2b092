#include "ews/simulator/compose.hpp"

#include <gtest/gtest.h>

#include "mime/parse.hpp"

namespace {

using namespace ews::simulator;

TEST(SimulatorCompose, ReplacesAFoldedFieldAndNothingElse) {
    EXPECT_EQ(
        replace_header(
            "From: a\r\nsubject: one\r\n two\r\nTo: b\r\n\r\nSubject: c\r\n", "Subject", "x"
        ),
        "From: a\r\nSubject: x\r\nTo: b\r\n\r\nSubject: c\r\n"
    );
}

TEST(SimulatorCompose, AddsAFieldThatIsMissing) {
    EXPECT_EQ(replace_header("\r\nSubject: c", "Subject", "x"), "Subject: x\r\n\r\nSubject: c");
    EXPECT_EQ(replace_header("", "Subject", "x"), "Subject: x\r\n");
}

TEST(SimulatorCompose, EncodesLongTextInWordsThatEndOnACharacter) {
    std::string text;
    for (auto i = 0; i < 60; ++i) text += "ü€";
    const auto mime = "Subject: " + encode_header(text) + "\r\n\r\n";
    EXPECT_EQ(mime::parse(mime).subject, text);
    for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 1) {
        end = mime.find('\n', at);
        EXPECT_LE(mime.substr(at, end - at).size(), 87U);
    }
}

TEST(SimulatorCompose, LetsNoPropertyBreakOutOfItsHeader) {
    pugi::xml_document document;
    document.load_string(
        "<t:Message><t:Subject>a&#13;&#10;Bcc: x@example.test</t:Subject><t:Body>b</t:Body>"
        "</t:Message>"
    );
    const auto mime = compose_mime(document.document_element(), "me@example.test");
    const auto message = mime::parse(mime);
    EXPECT_TRUE(message.bcc.empty());
    EXPECT_EQ(message.subject, "aBcc: x@example.test");
    ASSERT_EQ(message.from.size(), 1U);
    EXPECT_EQ(message.from[0].address, "me@example.test");
    EXPECT_EQ(message.text, "b");
}

}  // namespace
