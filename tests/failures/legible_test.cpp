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
        "\"Joe Doe\" <>",
        "\"Joe Doe\" <IMCEAEX-_O=OFFICE_OU=EXCHANGE_CN=JOE@office.example>",
        "\"Joe Doe\" <IMCEAFAX-Joe+40+2B4930@office.example>",
        "\"Joe Doe\" <FAX:+4930>"
    )
);

/// From and To of an internal mail, as Exchange writes it where it does not know who that is; Ann
/// is the customer who has a contact.
const char* const ann_inside = "\"Ann Bo\" <IMCEAEX-_o=Us_ou=Ex+20+28A+29_cn=ann@inside.example>";
constexpr const char* ann_by_x500 = "/O=US/OU=EX (A)/CN=ANN";

std::string inside_mail(const std::string& subject) {
    return live::replaced(live::mail(customer, subject), "<ann@acme.example>", ann_inside);
}

TEST(Failure23Inside, AnX500SenderIsWhoTheAddressBookOfTheServerSaysAndIsAskedForOnce) {
    Site site;
    site.begin();
    const auto before = site.records().size();
    site.exchange.add_legacy_name(customer, ann_by_x500);
    for (const std::string& one : numbered("offer-", 3)) site.drop_mail(inside_mail(one));
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3)));
    EXPECT_EQ(site.records().size(), before);
    EXPECT_EQ(site.exchange.requests("ResolveNames"), 1U);
    for (const auto& mail : site.mails()) {
        ASSERT_EQ(mail.links.size(), 2U) << mail.subject;
        EXPECT_EQ(mail.links[0].name, "Ann Bo");
        EXPECT_EQ(mail.addresses.at(0).address, customer) << "no X.500 name is shown to the CRM";
    }
    EXPECT_EQ(site.logged("warning"), 0U) << site.lines_with("warning");
}

TEST(Failure23Inside, AnX500SenderIsWhoTheItemSaysAndNobodyIsAsked) {
    Site site;
    site.begin();
    const auto item = site.exchange.deliver(anna, "inbox", inside_mail("offer"));
    ASSERT_TRUE(site.exchange.set_property(anna, item, "0x5d02", customer));
    site.exchange.move(anna, item, live::emails);
    site.work_until_finished(1);
    EXPECT_EQ(site.told(), filed({"offer"}));
    EXPECT_EQ(site.mails().at(0).links.at(0).name, "Ann Bo");
    EXPECT_EQ(site.exchange.requests("ResolveNames"), 0U);
}

TEST(Failure23Inside, WhomTheServerDoesNotKnowIsLeftOutAndTheAdminIsTold) {
    Site site;
    site.begin();
    const auto before = site.records().size();
    site.drop_mail(live::replaced(
        inside_mail("offer"), "To: <anna@us.example>", "To: <anna@us.example>, <ann@acme.example>"
    ));
    site.work_until_finished(1);
    EXPECT_EQ(site.told(), filed({"offer"}));
    EXPECT_EQ(site.records().size(), before);
    EXPECT_EQ(site.mails().at(0).addresses.at(0).name, "Ann Bo");
    EXPECT_EQ(site.mails().at(0).addresses.at(0).address, "");
    const std::string told = "Ann Bo in From has no SMTP address";
    EXPECT_TRUE(contains(site.lines_with("warning noted"), told)) << site.lines_with("warning");
    EXPECT_TRUE(contains(site.jobs().at(0).note, told)) << site.jobs().at(0).note;
}

TEST(Failure23Inside, AServerThatCannotLookNamesUpHoldsNoMailUp) {
    Site site;
    site.begin();
    site.exchange.inject("ResolveNames always 500");
    site.drop_mail(live::replaced(
        inside_mail("offer"), "To: <anna@us.example>", "To: <anna@us.example>, <ann@acme.example>"
    ));
    site.work_until_finished(1);
    EXPECT_EQ(site.told(), filed({"offer"}));
}

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
