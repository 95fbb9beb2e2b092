#include "agent/notice/smtp_dialogue.hpp"

#include <gtest/gtest.h>

#include "agent/limits.hpp"
#include "ews/base64.hpp"

namespace {

const agent::Secret password("hunter2");

agent::SmtpReply reply_of(std::initializer_list<std::string> lines) {
    agent::SmtpDialogue dialogue("", password);
    for (const auto& line : lines) dialogue.take_line(line + "\r\n");
    return dialogue.last_reply("ferry");
}

TEST(SmtpDialogue, GivesTheMailInAsManyPiecesAsThereIsRoomFor) {
    agent::SmtpDialogue dialogue("hello", password);
    EXPECT_FALSE(dialogue.last_reply("ferry").after_data);
    std::string sent;
    std::string piece(2, ' ');
    while (const auto size = dialogue.give(piece.data(), piece.size()))
        sent += piece.substr(0, size);
    EXPECT_EQ(sent, "hello");
    EXPECT_TRUE(dialogue.last_reply("ferry").after_data);
}

TEST(SmtpDialogue, TheLastReplyIsAllItsLines) {
    const auto reply =
        reply_of({"220 hi", "250-fake", "250 SIZE", "550-5.1.1 no such user", "550 5.1.1 ask us"});
    EXPECT_EQ(reply.code, 550);
    EXPECT_EQ(reply.text, "550-5.1.1 no such user 550 5.1.1 ask us");
    EXPECT_FALSE(reply.is_greeting);
}

TEST(SmtpDialogue, TheFirstReplyIsTheGreeting) {
    EXPECT_TRUE(reply_of({"554-go", "554 away"}).is_greeting);
    EXPECT_FALSE(reply_of({"220 hi", "554 away"}).is_greeting);
}

TEST(SmtpDialogue, TheFarewellHidesNothing) {
    EXPECT_EQ(reply_of({"220 hi", "550 no", "221 bye"}).text, "550 no");
}

TEST(SmtpDialogue, WithoutAReplyThereIsNoCode) {
    EXPECT_EQ(reply_of({}).code, 0);
    EXPECT_EQ(reply_of({"hello?"}).code, 0);
    EXPECT_EQ(reply_of({""}).text, "");
}

TEST(SmtpDialogue, AReplyIsShortAndCannotCommandATerminal) {
    EXPECT_LE(
        reply_of({"550-" + std::string(5000, 'x'), "550 y"}).text.size(),
        agent::limits::smtp_reply_bytes
    );
    EXPECT_EQ(reply_of({"550 \x1b[2J"}).text, "550 \uFFFD[2J");
}

TEST(SmtpDialogue, AReplyThatRepeatsThePasswordIsNotTold) {
    const std::string plain = ews::encode_base64(std::string("\0ferry\0hunter2", 14));
    for (const std::string& secret :
         {std::string("hunter2"), ews::encode_base64("hunter2"), plain}) {
        const auto reply = reply_of({"500 unknown: " + secret});
        EXPECT_EQ(reply.text, "500");
        EXPECT_EQ(reply.code, 500);
    }
}

}  // namespace
