#include "agent/mail_bytes.hpp"

#include <gtest/gtest.h>

namespace {

using agent::MailBytes;

TEST(MailBytes, CopiesShareWhatTheyShow) {
    MailBytes mail = std::string("Subject: Hi");
    const MailBytes copy = mail;
    EXPECT_EQ(copy.view().data(), mail.view().data());
    mail = MailBytes();
    EXPECT_EQ(copy, "Subject: Hi");
    EXPECT_EQ(mail.size(), 0U);
}

TEST(MailBytes, TheirOwnerKeepsThem) {
    std::shared_ptr<const void> owner;
    std::string_view view;
    {
        const MailBytes mail = std::string("Subject: Hi");
        view = mail.view();
        owner = mail.owner();
    }
    EXPECT_EQ(view, "Subject: Hi");
}

TEST(MailBytes, KeepWhatTheirBytesNeed) {
    auto elsewhere = std::make_shared<const std::string>("Subject: Hi");
    const std::weak_ptr<const std::string> alive = elsewhere;
    {
        const std::string_view all = *elsewhere;
        const MailBytes mail(all.substr(9), std::move(elsewhere));
        EXPECT_EQ(mail, "Hi");
        EXPECT_FALSE(alive.expired());
    }
    EXPECT_TRUE(alive.expired());
}

}  // namespace
