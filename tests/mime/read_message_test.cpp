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
        {"part 1", "1 errors in its transfer encoding"},
        {"part 1", "1 characters not in charset 'utf-8'"},
    };
    EXPECT_EQ(message.problems, expected);
}

TEST(ReadMessage, LineBreaksBecomeLineFeeds) {
    EXPECT_EQ(mime::read_message(leaf("text/plain", "a\r\nb\nc\rd\r\r\ne"), {}).text, "a\nb\nc\nd\ne");
    EXPECT_EQ(mime::read_message(leaf("text/plain", "\r\r\n\r"), {}).text, "\n\n");
}

TEST(ReadMessage, FieldsThatSayNothingAreProblems) {
    mime::Entity entity = leaf("text/plain", "");
    entity.fields = {{"Date", "tomorrow"}, {"To", "undisclosed-recipients:;"}, {"Cc", "<>"}};
    const auto message = mime::read_message(entity, {});
    EXPECT_EQ(message.date, std::nullopt);
    const std::vector<mime::Problem> expected{
        {"header Cc", "holds no address"}, {"header Date", "is no date"}};
    EXPECT_EQ(message.problems, expected);
}
