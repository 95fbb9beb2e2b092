// Failures 18 to 24: mails that are odd, huge, cannot be given out, or are met by a crash.
#include <gtest/gtest.h>

#include "ews/sanitise.hpp"
#include "tests/failures/crash.hpp"
#include "tests/failures/site.hpp"

namespace {

using namespace failures;

// ---- 18

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
             {"SyncFolderItems", "GetItem", "FindItem", "UpdateItem", "MoveItem", "Subscribe", "GetStreamingEvents"})
            site.exchange.inject(std::string(operation) + " always " + GetParam());
    }
};

TEST_P(Failure18, IllegalCharactersAreCleanedAndTheMailIsFiled) {
    Site site;
    spoil(site);
    site.begin();
    site.drop(numbered("offer-", 3));
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3)));
}

TEST_P(Failure18, WhatTheServerSaysIsCleanInLogAndQueue) {
    Site site;
    spoil(site);
    site.exchange.inject("GetItem always item-error ErrorItemCorrupt subject poison");
    site.begin();
    site.drop({"poison", "offer"});
    site.work_until_finished(2);
    const agent::Job poison = site.unfinished();
    EXPECT_TRUE(is_clean(poison.note)) << poison.note;
    EXPECT_TRUE(contains(poison.note, "ErrorItemCorrupt")) << poison.note;
    EXPECT_TRUE(is_clean(site.log.back())) << site.log.back();
    for (const std::string& line : site.log) EXPECT_TRUE(is_clean(line)) << line;
}

INSTANTIATE_TEST_SUITE_P(
    Xml, Failure18, testing::Values("illegal-characters", "illegal-bytes"), [](const auto& one) {
        return std::string(one.param) == "illegal-bytes" ? "Bytes" : "References";
    }
);

// ---- 19

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

// ---- 20

class Failure20 : public testing::TestWithParam<const char*> {};

TEST_P(Failure20, AMailThatTheServerCannotMakeIsSetAsideWithAWayOutAndTheOthersGoOn) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem always " + std::string(GetParam()) + " subject odd");
    site.drop(numbered("offer-", 5));
    site.drop({"odd"});
    site.drop(numbered("more-", 4));
    site.work_until_finished(10);
    const agent::Job odd = site.unfinished();
    EXPECT_TRUE(odd.state == agent::State::failed) << odd.note;
    EXPECT_EQ(odd.attempts, 1);
    EXPECT_TRUE(contains(odd.note, "forward") || contains(odd.note, "maxAllowedContentLength")) << odd.note;
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

// ---- 21

TEST(Failure21, OneBadMailAmongAHundredGoodOnesIsAllThatFails) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem always item-error ErrorItemCorrupt subject poison");
    site.drop(numbered("first-", 50));
    site.drop({"poison"});
    site.drop(numbered("last-", 50));
    site.work_until_finished(101);
    EXPECT_EQ(site.mails().size(), 100U);
    EXPECT_EQ(site.logged("warning failed"), 1U);
    const std::string line = site.lines_with("warning failed");
    for (const char* part : {"mailbox=anna@us.example", "role=create-new/email", "attempts=1", "ErrorItemCorrupt"})
        EXPECT_TRUE(contains(line, part)) << line;
}

TEST(Failure21, ABadMailThatCouldBeReadIsNamedByItsMessageId) {
    Site site;
    site.begin();
    site.exchange.inject("UpdateItem always item-error ErrorItemCorrupt subject poison");
    site.drop({"poison", "offer"});
    site.work_until_finished(2);
    const std::string line = site.lines_with("warning failed");
    EXPECT_TRUE(contains(line, "mailbox=anna@us.example")) << line;
    EXPECT_TRUE(contains(line, "subject=poison")) << line;
    EXPECT_TRUE(contains(line, "poison@test.example")) << line;
    EXPECT_EQ(site.exchange.items(anna, "inbox").size(), 1U);
}

TEST(Failure21, OneMailboxThatMayNotBeEnteredDoesNotHoldUpTheOther) {
    Site site({anna, ben});
    site.exchange.allow("ferry@us.example", {ben});
    site.start();
    site.await_log("info listening mailbox=ben@us.example");
    site.drop(numbered("offer-", 3), ben);
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3), ben));
    const std::string line = site.lines_with("error unreachable");
    EXPECT_TRUE(contains(line, "mailbox=anna@us.example")) << line;
    EXPECT_FALSE(contains(line, "mailbox=ben@us.example")) << line;
}

// ---- 22

class Failure22 : public testing::TestWithParam<bool> {};

TEST_P(Failure22, ACrashBeforeOrAfterAnyRequestLosesNothingAndDoublesNothing) {
    int crashes = 0;
    for (std::size_t request = 1;; ++request) {
        Site site;
        site.begin();
        Crash crash(site, request, GetParam());
        site.drop({"offer"});
        site.pump([&] { return crash.happened() || site.finished() == 1; });
        if (!crash.happened()) break;
        ++crashes;
        crash.end();
        site.start();
        site.work_until_finished(1);
        EXPECT_EQ(site.told(), filed({"offer"})) << "at request " << request << ", " << crash.operation();
    }
    EXPECT_GE(crashes, 4) << "read the folder, read the mail, mark it, move it";
}

INSTANTIATE_TEST_SUITE_P(Request, Failure22, testing::Bool(), [](const auto& one) {
    return one.param ? "CarriedOut" : "Lost";
});

// ---- 23

std::string mail_from(const std::string& from) {
    return live::replaced(live::mail(customer, "offer"), "From: <ann@acme.example>", "From: " + from + "\r\nCc: <ann@acme.example>");
}

class Failure23 : public testing::TestWithParam<const char*> {};

TEST_P(Failure23, ASenderWithoutAMailAddressIsNobodyNewAndTheMailIsFiledWithTheOthersInIt) {
    Site site;
    site.begin();
    const auto before = site.records().size();
    site.drop_mail(mail_from(GetParam()));
    site.work_until_finished(1);
    EXPECT_EQ(site.told(), filed({"offer"}));
    EXPECT_EQ(site.records().size(), before) << "nobody is made of it";
    const auto mails = site.mails();
    ASSERT_EQ(mails.at(0).links.size(), 2U);
    EXPECT_EQ(mails[0].links[0].name + ", " + mails[0].links[1].name, "Ann Bo, Anna Berg");
}

INSTANTIATE_TEST_SUITE_P(
    Senders,
    Failure23,
    testing::Values(
        "\"Joe Doe\" </O=OFFICE/OU=EXCHANGE/CN=RECIPIENTS/CN=JOE>",
        "/O=OFFICE/OU=EXCHANGE/CN=RECIPIENTS/CN=JOE",
        "\"Joe Doe\"",
        "\"Joe Doe\" <>"
    )
);

// ---- 24

struct Sample {
    const char *file, *subject, *attachments;
};

constexpr Sample samples_of_charsets[] = {
    {"cyrillic-koi8-r", "Вопрос о поставке", ""},
    {"chinese-gb18030", "纸样已寄出 📦", ""},
    {"encoded-words-japanese", "来月の訪問について", ""},
    {"french-windows-1252-as-iso-8859-1", "Cœur de verre : 1 250 € l’unité", ""},
    {"utf8-headers-raw", "Señalización para la nave nueva", ""},
    {"unknown-charset", "Old terminal", ""},
    {"rfc2231-filename", "Sizes", "Türmaße Gästehaus 2026.csv"},
    {"winmail-dat",
     "Forty conveyor belts for hall 3",
     "Especificación técnica de las cintas transportadoras – nave 3, revisión señalizada, "
     "Größenübersicht für Łódź 2026.csv, hall 3.pdf"},
};

TEST(Failure24, OddCharsetsAndTnefAreShownRightAndTheirBytesAreKept) {
    Site site;
    site.begin();
    for (const Sample& one : samples_of_charsets) {
        const std::string mime = world::read(world::samples() / "mail" / (std::string(one.file) + ".eml"));
        site.drop_mail(mime);
    }
    site.work_until_finished(std::size(samples_of_charsets));
    const auto mails = site.mails();
    ASSERT_EQ(mails.size(), std::size(samples_of_charsets));
    for (std::size_t i = 0; i < mails.size(); ++i) {
        std::string files;
        for (const auto& file : mails[i].attachments) files += (files.empty() ? "" : ", ") + file.filename;
        const Sample& one = samples_of_charsets[i];
        EXPECT_EQ(mails[i].subject, one.subject) << one.file;
        EXPECT_EQ(files, one.attachments) << one.file;
        EXPECT_TRUE(
            site.original(mails[i].subject) ==
            world::read(world::samples() / "mail" / (std::string(one.file) + ".eml"))
        ) << one.file;
    }
}

}  // namespace
