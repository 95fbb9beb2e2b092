#include "mime/read_message.hpp"

#include <gtest/gtest.h>

namespace {

mime::Entity leaf(std::string type, std::string_view body) {
    mime::Entity entity;
    entity.fields = {{"Content-Type", type}};
    entity.type = mime::read_parameters(type);
    entity.body = body;
    return entity;
}

mime::Entity mixed(std::vector<mime::Entity> parts) {
    mime::Entity entity;
    entity.type.value = "multipart/mixed";
    entity.parts = std::move(parts);
    return entity;
}

}  // namespace

TEST(ReadMessage, InlineTextsAreJoinedInOrder) {
    const auto message = mime::read_message(
        mixed({leaf("text/plain", "one"), leaf("text/html", "<p>h</p>"), leaf("text/plain", "two")}
        ),
        {}
    );
    EXPECT_EQ(message.text, "one\ntwo");
    EXPECT_EQ(message.html, "<p>h</p>");
    EXPECT_TRUE(message.attachments.empty());
}

TEST(ReadMessage, FlowedTextIsInParagraphs) {
    const auto type = "text/plain; format=Flowed; delsp=yes";
    EXPECT_EQ(mime::read_message(leaf(type, "one \r\ntwo\r\n"), {}).text, "onetwo\n");
    EXPECT_EQ(mime::read_message(leaf("text/plain", "one \r\ntwo"), {}).text, "one \ntwo");
}

TEST(ReadMessage, AttachedTextIsAnAttachment) {
    auto attached = leaf("text/plain; name=\"a.txt\"", "x");
    attached.fields.push_back({"Content-Disposition", "Attachment; filename=b.txt"});
    const auto message = mime::read_message(mixed({leaf("text/plain", "t"), attached}), {});
    EXPECT_EQ(message.text, "t");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].filename, "b.txt");
    EXPECT_EQ(message.attachments[0].part, "2");
    EXPECT_FALSE(message.attachments[0].is_inline);
}

TEST(ReadMessage, PictureWithAnIdIsInline) {
    auto picture = leaf("image/png; name=logo.png", "x");
    picture.fields.push_back({"Content-ID", "<logo@acme>"});
    const auto message = mime::read_message(mixed({mixed({picture})}), {});
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_TRUE(message.attachments[0].is_inline);
    EXPECT_EQ(message.attachments[0].content_id, "logo@acme");
    EXPECT_EQ(message.attachments[0].filename, "logo.png");
    EXPECT_EQ(message.attachments[0].part, "1.1");
}

TEST(ReadMessage, BrokenEncodingsAreProblemsAndTheirPlaceIsNamed) {
    auto text = leaf("text/plain; charset=utf-8", "S*GVsbG//");
    text.fields.push_back({"Content-Transfer-Encoding", "base64"});
    const auto message = mime::read_message(mixed({text}), {{"message", "given"}});
    const std::vector<mime::Problem> expected{
        {"message", "given"},
        {"part 1", "1 error in its transfer encoding"},
        {"part 1", "1 character not in charset 'utf-8'"},
    };
    EXPECT_EQ(message.problems, expected);
}

TEST(ReadMessage, LineBreaksBecomeLineFeeds) {
    EXPECT_EQ(
        mime::read_message(leaf("text/plain", "a\r\nb\nc\rd\r\r\ne"), {}).text, "a\nb\nc\nd\ne"
    );
    EXPECT_EQ(mime::read_message(leaf("text/plain", "\r\r\n\r"), {}).text, "\n\n");
}

TEST(ReadMessage, FieldsThatSayNothingAreProblems) {
    mime::Entity entity = leaf("text/plain", "");
    entity.fields = {{"Date", "tomorrow"}, {"To", "undisclosed-recipients:;"}, {"Cc", "<>"}};
    const auto message = mime::read_message(entity, {});
    EXPECT_EQ(message.date, std::nullopt);
    const std::vector<mime::Problem> expected{
        {"header Cc", "holds no address"}, {"header Date", "'tomorrow' is no date"}};
    EXPECT_EQ(message.problems, expected);
}

TEST(ReadMessage, AnEmptyFileNameIsNone) {
    auto file = leaf("application/pdf; name=\"offer.pdf\"", "x");
    file.fields.push_back({"Content-Disposition", "attachment; filename=\"\""});
    EXPECT_EQ(mime::read_message(mixed({file}), {}).attachments.at(0).filename, "offer.pdf");
}

TEST(ReadMessage, HtmlThatNamesNoCharsetIsReadByItsHead) {
    const auto html =
        "<head><META http-equiv=Content-Type content='text/html; Charset=koi8-r'></head>\xC4\xC1";
    EXPECT_TRUE(mime::read_message(leaf("text/html", html), {}).html->ends_with("да"));
    const auto newer = "<meta charset=\"windows-1251\">\xE4\xE0";
    EXPECT_TRUE(mime::read_message(leaf("text/html", newer), {}).html->ends_with("да"));
    EXPECT_TRUE(mime::read_message(leaf("text/plain", newer), {}).text->ends_with("äà"));
    const auto utf8 = "<meta charset=koi8-r>ü";
    EXPECT_TRUE(mime::read_message(leaf("text/html", utf8), {}).html->ends_with("ü"));
}

TEST(ReadMessage, ByteOrderMarkIsNoText) {
    EXPECT_EQ(mime::read_message(leaf("text/plain", "\xEF\xBB\xBFHello"), {}).text, "Hello");
}

TEST(ReadMessage, SecondAuthorIsNotSmuggledIn) {
    auto mail = leaf("text/plain", "");
    mail.fields.insert(
        mail.fields.begin(), {{"From", ""}, {"From", "a@b.example"}, {"From", "c@d.example"}}
    );
    mail.fields.push_back({"To", "x@y.example"});
    mail.fields.push_back({"To", "z@y.example"});
    const auto message = mime::read_message(mail, {});
    ASSERT_EQ(message.from.size(), 1U);
    EXPECT_EQ(message.from[0].address, "a@b.example");
    EXPECT_EQ(message.to.size(), 2U);
}

TEST(ReadMessage, EncryptedPartsAreNoted) {
    const auto message = mime::read_message(
        leaf("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "x"), {}
    );
    const std::vector<mime::Problem> expected{{"part 1", "is encrypted: no text can be read"}};
    EXPECT_EQ(message.problems, expected);
    EXPECT_TRUE(mime::read_message(leaf("application/pkcs7-mime; smime-type=signed-data", "x"), {})
                    .problems.empty());
}

TEST(ReadMessage, MultipartThatCouldNotBeSplitIsKeptAsItStands) {
    auto broken = leaf("multipart/mixed", "--x\n\ntext\n--x--");
    const auto message = mime::read_message(broken, {});
    EXPECT_EQ(message.unsplit, "--x\n\ntext\n--x--");
    EXPECT_EQ(message.text, std::nullopt);
}
