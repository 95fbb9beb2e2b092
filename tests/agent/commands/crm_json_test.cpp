// The JSON lines of `crm list` and `crm show`: their keys are a contract with scripts.
#include <gtest/gtest.h>

#include "agent/commands/crm_view.hpp"

namespace {

using crm::embedded::MailView;
using crm::embedded::RecordView;
using rules::RecordKind;

std::chrono::sys_seconds noon() {
    return std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(12);
}

RecordView contact() {
    RecordView view;
    view.id = "13";
    view.name = "Ann \"A\" Bo";
    view.account = {RecordKind::account, "5", "Acme Ltd"};
    view.addresses = {"ann@acme.example", "ann@home.example"};
    view.fields = {{"phone", "+44 1"}};
    view.created = view.modified = noon();
    view.mails = {{RecordKind::email, "35", "Offer"}};
    return view;
}

MailView mail() {
    MailView view;
    view.id = "35";
    view.subject = "Offer";
    view.message_id = "<1@acme.example>";
    view.text = "Dear Anna,\r\nhello";
    view.new_text = "hello";
    view.mailbox = "anna@us.example";
    view.created = noon();
    view.addresses = {{"from", "Ann Bo", "ann@acme.example"}};
    view.attachments = {{"offer.pdf", "application/pdf", "ab12", 6}};
    view.links = {{RecordKind::contact, "13", "Ann Bo"}};
    return view;
}

TEST(CrmJson, ARecordIsOneLineWithAllItsKeys) {
    EXPECT_EQ(
        agent::json_lines(std::vector<RecordView>{contact()}),
        R"({"kind":"contact","id":"13","name":"Ann \"A\" Bo","status":"",)"
        R"("account":{"kind":"account","id":"5","name":"Acme Ltd"},"contact":null,"owner":null,)"
        R"("addresses":["ann@acme.example","ann@home.example"],"domains":[],)"
        R"("fields":{"phone":"+44 1"},)"
        R"("created":"2026-11-23T12:00:00Z","modified":"2026-11-23T12:00:00Z",)"
        R"("mails":[{"kind":"email","id":"35","name":"Offer"}]})"
        "\n"
    );
}

TEST(CrmJson, AMailIsOneLineAndWhatItLacksIsNull) {
    EXPECT_EQ(
        agent::json_lines(std::vector<MailView>{mail()}),
        R"({"kind":"email","id":"35","subject":"Offer","message_id":"<1@acme.example>",)"
        R"("date":null,"direction":"received","mailbox":"anna@us.example",)"
        R"("addresses":[{"position":"from","name":"Ann Bo","address":"ann@acme.example"}],)"
        R"("text":"Dear Anna,\r\nhello","new_text":"hello","html":null,)"
        R"("attachments":[{"filename":"offer.pdf","content_type":"application/pdf","size":6,)"
        R"("sha256":"ab12"}],)"
        R"("links":[{"kind":"contact","id":"13","name":"Ann Bo"}],"original_sha256":null,)"
        R"("archived":"2026-11-23T12:00:00Z"})"
        "\n"
    );
}

TEST(CrmJson, WhatAMailHasIsThere) {
    MailView full = mail();
    full.date = noon();
    full.html = "<p>hello</p>";
    full.original_sha256 = "cd34";
    full.sent = true;
    const std::string line = agent::json_lines(std::vector<MailView>{full});
    for (const char* part :
         {R"("date":"2026-11-23T12:00:00Z")",
          R"("html":"<p>hello</p>")",
          R"("original_sha256":"cd34")",
          R"("direction":"sent")"}) {
        EXPECT_NE(line.find(part), std::string::npos) << part << " in " << line;
    }
}

TEST(CrmJson, OneObjectALineAndNoneForNothing) {
    const std::string one = agent::json_lines(std::vector<RecordView>{contact()});
    EXPECT_EQ(agent::json_lines(std::vector<RecordView>{contact(), contact()}), one + one);
    EXPECT_EQ(agent::json_lines(std::vector<RecordView>{}), "");
}

}  // namespace
