// Failures 18 to 20: what a server writes that is no XML, huge mails, mails that it cannot give
// out.
#include <gtest/gtest.h>

#include "ews/sanitise.hpp"
#include "tests/failures/site.hpp"

namespace {

using namespace failures;

/// Of an error text that the server has written, as an admin reads it.
bool is_clean(const std::string& text) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    return std::ranges::none_of(text, is_control) && ews::clean_text(text) == text;
}

class Failure18 : public testing::TestWithParam<const char*> {
protected:
    /// In whatever names subjects and errors; names of folders are found by what they say.
    void spoil(Site& site) const {
        for (const char* operation :
             {"SyncFolderItems",
              "GetItem",
              "FindItem",
              "UpdateItem",
              "MoveItem",
              "Subscribe",
              "GetStreamingEvents"})
            site.exchange.inject(std::string(operation) + " always " + GetParam());
    }
};

TEST_P(Failure18, IllegalCharactersAreCleanedAndTheMailIsFiledAndWhatTheServerSaysIsLegible) {
    Site site;
    spoil(site);
    site.exchange.inject("GetItem always item-error ErrorItemCorrupt subject poison");
    site.begin();
    site.drop(numbered("offer-", 3));
    site.drop({"poison"});
    site.work_until_finished(4);
    EXPECT_EQ(
        site.told(),
        sorted(
            {filed(numbered("offer-", 3)), "anna@us.example - Create New Email: poison", "failed"}
        )
    );
    const agent::Job poison = site.unfinished();
    EXPECT_TRUE(contains(poison.note, "The server cannot do this with the item")) << poison.note;
    EXPECT_TRUE(is_clean(poison.note)) << poison.note;
    for (const std::string& line : site.log) EXPECT_TRUE(is_clean(line)) << line;
}

INSTANTIATE_TEST_SUITE_P(
    Xml,
    Failure18,
    testing::Values("illegal-characters", "illegal-bytes"),
    [](const auto& one) {
        return std::string(one.param) == "illegal-bytes" ? "Bytes" : "References";
    }
);

std::string mail_of(const std::string& subject, std::size_t bytes) {
    std::string text = live::mail(customer, subject) + "\r\n";
    const std::string line = std::string(74, 'x') + "\r\n";
    text.reserve(bytes + line.size());
    while (text.size() < bytes) text += line;
    return text;
}

TEST(Failure19, MailsOnBothSidesOfTheBoundsOfParsersAreFiledByteForByteAndSmallOnesBeside) {
    Site site({anna, ben});
    site.begin();
    const std::vector<std::pair<std::string, std::size_t>> sizes{
        {"seven", 7'400'000}, {"eight", 7'600'000}, {"sixty", 60'000'000}};
    for (const auto& [subject, bytes] : sizes) site.drop_mail(mail_of(subject, bytes));
    site.drop({"behind"});
    site.drop({"elsewhere"}, ben);
    site.work_until_finished(5);
    EXPECT_EQ(site.mails().size(), 5U);
    EXPECT_EQ(site.exchange.items(anna, "inbox").size(), 4U);
    EXPECT_EQ(site.exchange.items(ben, "inbox").size(), 1U);
    EXPECT_EQ(site.logged("warning"), 0U) << site.lines_with("warning");
    for (const auto& [subject, bytes] : sizes) {
        const std::string original = site.original(subject);
        EXPECT_TRUE(original == mail_of(subject, bytes)) << subject << ": " << original.size();
    }
}

/// A mail from a customer with a file.
std::string mail_with_file(const std::string& subject) {
    return live::replaced(
        live::mail(customer, subject),
        "\r\n\r\nHello\r\n",
        "\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b\r\n"
        "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename=offer.pdf\r\n\r\nUERG\r\n--b--\r\n"
    );
}

class Failure20 : public testing::TestWithParam<const char*> {};

TEST_P(Failure20, AMailThatTheServerCannotMakeIsPutTogetherFromItsPartsAndSaysSo) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem always " + std::string(GetParam()) + " subject odd");
    site.drop(numbered("offer-", 5));
    site.drop_mail(mail_with_file("odd"));
    site.drop(numbered("more-", 4));
    site.work_until_finished(10);
    auto all = numbered("offer-", 5);
    for (const std::string& one : numbered("more-", 4)) all.push_back(one);
    all.emplace_back("odd");
    EXPECT_EQ(site.told(), filed(all));
    const auto mails = site.mails();
    const auto odd = std::ranges::find(mails, "odd", &crm::embedded::MailView::subject);
    ASSERT_NE(odd, mails.end());
    EXPECT_EQ(odd->message_id, "<odd@test.example>");
    EXPECT_TRUE(odd->text.starts_with("Hello")) << odd->text;
    ASSERT_EQ(odd->attachments.size(), 1U);
    EXPECT_EQ(odd->attachments[0].filename, "offer.pdf");
    const auto jobs = site.jobs();
    const auto job = std::ranges::find(jobs, "odd", &agent::Job::subject);
    const std::string put_together = "could not give the mail as MIME; put together from its parts";
    EXPECT_TRUE(contains(job->note, put_together)) << job->note;
    EXPECT_TRUE(contains(site.lines_with("warning noted"), put_together));
    EXPECT_EQ(site.logged("warning noted"), 1U);
}

TEST_P(Failure20, OneOfWhichAPartIsMissingTooIsSetAsideByNameWithAWayOutAndTheOthersGoOn) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem always " + std::string(GetParam()) + " subject odd");
    site.exchange.inject("GetAttachment always item-error ErrorCannotOpenFileAttachment");
    site.drop(numbered("offer-", 5));
    site.drop_mail(mail_with_file("odd"));
    site.drop(numbered("more-", 4));
    site.work_until_finished(10);
    const std::string line = site.lines_with("warning failed");
    EXPECT_TRUE(contains(line, "subject=odd message-id=<odd@test.example>")) << line;
    const agent::Job odd = site.unfinished();
    EXPECT_TRUE(odd.state == agent::State::failed) << odd.note;
    EXPECT_EQ(odd.attempts, 1);
    EXPECT_TRUE(contains(odd.note, "forward") || contains(odd.note, "maxAllowedContentLength"))
        << odd.note;
    EXPECT_EQ(site.mails().size(), 9U);
    const auto left = site.exchange.items(anna, live::emails);
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].subject, "odd");
    EXPECT_EQ(left[0].categories, Subjects{"Processing Error"});
    const auto asked = site.exchange.requests("GetItem");
    site.work_for(std::chrono::milliseconds(1500));
    EXPECT_EQ(site.exchange.requests("GetItem"), asked) << "it is not asked for again and again";
    site.exchange.heal();
    EXPECT_EQ(site.admin({"queue", "retry", std::to_string(odd.id)}).exit, 0);
    site.pump([&] { return site.mails().size() == 10; });
    site.settle();
    auto all = numbered("offer-", 5);
    for (const std::string& one : numbered("more-", 4)) all.push_back(one);
    all.emplace_back("odd");
    EXPECT_EQ(site.told(), filed(all));
}

INSTANTIATE_TEST_SUITE_P(
    Mime,
    Failure20,
    testing::Values(
        "mime-error ErrorMimeContentConversionFailed",
        "mime-error ErrorMessageSizeExceeded",
        "mime-empty",
        "mime-missing"
    ),
    [](const auto& one) {
        std::string name;
        for (const char c : std::string(one.param))
            if (c != '-' && c != ' ') name += c;
        return name;
    }
);

}  // namespace
