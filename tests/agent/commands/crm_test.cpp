// `mailferry crm import|list|show` on an embedded CRM in a file.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <iostream>
#include <sstream>

#include "tests/agent/commands/sample_crm.hpp"

namespace {

using command_line::lines;
using command_line::Ran;
using command_line::run;
using command_line::sample_mail;
namespace json = boost::json;

class CrmCommand : public command_line::SampleCrm {
protected:
    /// Archives a sample with one attachment; its id in the CRM.
    std::string archived() const {
        with_policy(
            "replay", {"--apply", "--mailbox", "anna@us.example", sample_mail(with_attachment)}
        );
        const auto mails = lines(run({"crm", "list", url(), "email", "--json"}).out);
        return std::string(json::parse(mails.at(0)).at("id").as_string());
    }

    /// The id of the record of this name.
    std::string id_of(const std::string& kind, const std::string& name) const {
        for (const std::string& line : lines(run({"crm", "list", url(), kind, "--json"}).out)) {
            const json::value record = json::parse(line);
            if (record.at("name").as_string() == name)
                return std::string(record.at("id").as_string());
        }
        return {};
    }

    static constexpr const char* with_attachment = "multipart-alternative-with-attachment";
};

TEST_F(CrmCommand, ImportSaysWhatItDidAndASecondTimeItDoesNothing) {
    const std::string people = (world::samples() / "people.csv").string();
    const std::string other = "sqlite:" + file("other.sqlite");
    const Ran first = run({"crm", "import", other, people});
    EXPECT_EQ(first.exit, 0);
    EXPECT_EQ(first.out, "46 created, 0 changed, 0 unchanged\n");
    const Ran second = run({"crm", "import", other, people});
    EXPECT_EQ(second.out, "0 created, 0 changed, 46 unchanged\n");
}

TEST_F(CrmCommand, ImportReadsStandardInput) {
    std::istringstream typed("kind,name,email\nlead,Iris Moor,iris@moor.example\n");
    auto* const before = std::cin.rdbuf(typed.rdbuf());
    const Ran ran = run({"crm", "import", url(), "-"});
    std::cin.rdbuf(before);
    EXPECT_EQ(ran.out, "1 created, 0 changed, 0 unchanged\n") << ran.err;
    EXPECT_NE(id_of("lead", "Iris Moor"), "");
}

TEST_F(CrmCommand, ImportNamesEveryBadLineAndImportsNothing) {
    const std::string before = content();
    const std::string good = write("good.csv", "kind,name,email\nlead,Iris,iris@moor.example\n");
    const std::string bad = write(
        "bad.csv", "kind,name,email\nlead,Otto,otto@moor.example\nperson,A,\ncontact,B,nobody\n"
    );
    const Ran ran = run({"crm", "import", url(), good, bad});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_EQ(ran.out, "");
    const auto said = lines(ran.err);
    ASSERT_EQ(said.size(), 3U) << ran.err;
    EXPECT_TRUE(said[0].starts_with(bad + ":3: unknown kind \"person\"")) << said[0];
    EXPECT_TRUE(said[1].starts_with(bad + ":4: ")) << said[1];
    EXPECT_EQ(said[2], "nothing was imported");
    EXPECT_EQ(content(), before);
}

TEST_F(CrmCommand, ImportOfAMissingFileIsUnreachableAndImportsNothing) {
    const std::string before = content();
    const std::string good = write("good.csv", "kind,name,email\nlead,Iris,iris@moor.example\n");
    const Ran ran = run({"crm", "import", url(), good, file("missing.csv")});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_TRUE(ran.err.starts_with("mailferry: " + file("missing.csv") + ": ")) << ran.err;
    EXPECT_EQ(content(), before);
}

TEST_F(CrmCommand, ListIsATableOfOneKind) {
    const Ran ran = run({"crm", "list", url(), "lead"});
    EXPECT_EQ(ran.exit, 0);
    const auto rows = lines(ran.out);
    ASSERT_EQ(rows.size(), 5U) << ran.out;
    EXPECT_TRUE(rows[0].starts_with("KIND  ID  NAME ")) << rows[0];
    EXPECT_NE(rows[1].find("Pavel Dvořák"), std::string::npos) << rows[1];
    EXPECT_NE(rows[1].find("pavel@dvorak-tools.example"), std::string::npos) << rows[1];
}

TEST_F(CrmCommand, ListWithoutAKindIsEverythingMailsToo) {
    const std::string id = archived();
    const auto objects = lines(content());
    EXPECT_EQ(objects.size(), 47U);
    const json::value last = json::parse(objects.back());
    EXPECT_EQ(last.at("kind").as_string(), "email");
    EXPECT_EQ(last.at("id").as_string(), id);
    EXPECT_EQ(last.at("subject").as_string(), "Order 5521");
    EXPECT_NE(run({"crm", "list", url()}).out.find("Order 5521"), std::string::npos);
}

TEST_F(CrmCommand, ShowOfARecordNamesItsAddressesAndItsMails) {
    const std::string mail = archived();
    const std::string john = id_of("contact", "John Smith");
    const Ran ran = run({"crm", "show", url(), "contact", john});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_TRUE(ran.out.starts_with("contact " + john + "  John Smith\n")) << ran.out;
    EXPECT_NE(ran.out.find("address      j.smith@northwind.example\n"), std::string::npos)
        << ran.out;
    EXPECT_NE(ran.out.find("mail         email " + mail + "  Order 5521\n"), std::string::npos)
        << ran.out;
    const Ran object = run({"crm", "show", url(), "contact", john, "--json"});
    EXPECT_EQ(json::parse(object.out).at("mails").at(0).at("id").as_string(), mail);
}

TEST_F(CrmCommand, ShowOfAMailHasItsTextAndItsAttachments) {
    const Ran ran = run({"crm", "show", url(), "email", archived()});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_NE(
        ran.out.find("from         John Smith <j.smith@northwind.example>\n"), std::string::npos
    );
    EXPECT_NE(ran.out.find("attachment   1  order-5521.pdf (application/pdf, "), std::string::npos);
    EXPECT_NE(ran.out.find("\n\nThe order is attached."), std::string::npos) << ran.out;
}

TEST_F(CrmCommand, TheOriginalIsTheMailByteForByte) {
    const Ran ran = run({"crm", "show", url(), "email", archived(), "--original"});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.out, world::read(sample_mail(with_attachment)));
}

TEST_F(CrmCommand, AnAttachmentIsWrittenDecoded) {
    const std::string mail = archived();
    const Ran ran = run({"crm", "show", url(), "email", mail, "--attachment", "1"});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_TRUE(ran.out.starts_with("%PDF-1.4\n")) << ran.out;
    EXPECT_TRUE(ran.out.ends_with("%%EOF\n")) << ran.out;
    const Ran missing = run({"crm", "show", url(), "email", mail, "--attachment", "2"});
    EXPECT_EQ(missing.exit, 2);
    EXPECT_EQ(missing.out, "");
}

TEST_F(CrmCommand, WhatIsNotThereIsAWrongQuestion) {
    const Ran ran = run({"crm", "show", url(), "contact", "999"});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(ran.err.starts_with("mailferry crm: contact \"999\" is not in the CRM")) << ran.err;
    EXPECT_EQ(run({"crm", "show", url(), "boat", "1"}).exit, 2);
    EXPECT_EQ(run({"crm", "show", url(), "contact", "1", "--original"}).exit, 2);
    EXPECT_EQ(run({"crm", "list", "mysql:there"}).exit, 2);
}

TEST_F(CrmCommand, AMissingDatabaseIsUnreachableAndLookingDoesNotMakeIt) {
    const Ran ran = run({"crm", "list", "sqlite:" + file("none")});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_NE(ran.err.find("cannot be opened"), std::string::npos) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(file("none")));
}

}  // namespace
