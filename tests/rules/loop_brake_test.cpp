#include "rules/loop_brake.hpp"

#include "tests/rules/story.hpp"

namespace {

constexpr auto from_ann = "From: Ann <ann@acme.example>\nTo: anna@us.example";

std::string brake(
    const rules::LoopBrakes& brakes,
    const rules::Recent& recent,
    const std::string& headers = from_ann
) {
    const auto braked = rules::loop_brake(brakes, story::mail(headers, "inbox"), recent);
    return braked ? braked->option + ": " + braked->seen : "";
}

TEST(LoopBrake, HoldsWhatIsOneTooManyOfASender) {
    EXPECT_EQ(brake({}, {99, 29}), "");
    EXPECT_EQ(
        brake({}, {100, 0}),
        "per-sender: 100 mails of ann@acme.example were taken within 60 minutes"
    );
    EXPECT_EQ(
        brake({2, 30, std::chrono::minutes(1)}, {7, 0}),
        "per-sender: 7 mails of ann@acme.example were taken within 1 minute"
    );
    EXPECT_EQ(
        brake({1, 0, std::chrono::minutes(5)}, {1, 0}),
        "per-sender: 1 mail of ann@acme.example was taken within 5 minutes"
    );
}

TEST(LoopBrake, HoldsWhatIsOneTooManyOfAConversation) {
    EXPECT_EQ(
        brake({}, {0, 30}), "per-thread: 30 mails of this conversation were taken within 60 minutes"
    );
}

TEST(LoopBrake, TheOwnerIsNotCountedAsASender) {
    const auto from_owner = "From: anna@us.example\nTo: ann@acme.example";
    EXPECT_EQ(brake({}, {1000, 29}, from_owner), "");
    EXPECT_EQ(
        brake({}, {1000, 30}, from_owner),
        "per-thread: 30 mails of this conversation were taken within 60 minutes"
    );
}

TEST(LoopBrake, ZeroIsNoLimit) {
    EXPECT_EQ(brake({0, 0, std::chrono::minutes(60)}, {1000, 1000}), "");
    EXPECT_EQ(brake({0, 30, std::chrono::minutes(60)}, {1000, 29}), "");
}

TEST(LoopBrake, AMailMayHaveNoSender) {
    EXPECT_EQ(
        brake({}, {100, 0}, "Subject: x"),
        "per-sender: 100 mails of nobody were taken within 60 minutes"
    );
}

}  // namespace
