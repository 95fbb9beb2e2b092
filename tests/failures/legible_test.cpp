// Failures 23 and 24: senders without a mail address, odd charsets and TNEF.
#include <gtest/gtest.h>

#include "tests/failures/site.hpp"

namespace {

using namespace failures;

std::string mail_from(const std::string& from) {
    return live::replaced(
        live::mail(customer, "offer"),
        "From: <ann@acme.example>",
        "From: " + from + "\r\nCc: <ann@acme.example>"
    );
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
        const std::string mime =
            world::read(world::samples() / "mail" / (std::string(one.file) + ".eml"));
        site.drop_mail(mime);
    }
    site.work_until_finished(std::size(samples_of_charsets));
    const auto mails = site.mails();
    ASSERT_EQ(mails.size(), std::size(samples_of_charsets));
    for (std::size_t i = 0; i < mails.size(); ++i) {
        std::string files;
        for (const auto& file : mails[i].attachments)
            files += (files.empty() ? "" : ", ") + file.filename;
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
