// What most tests of agent/ start from: a policy, a mail, the mailbox of Anna, a decision about the
// mail.
#pragma once

#include <string>

#include "agent/read_mail.hpp"
#include "rules/decision.hpp"
#include "rules/policy.hpp"

namespace agent_test {

inline const char* const anna = "anna@us.example";

inline rules::Policy policy() {
    rules::Policy policy;
    policy.name = "Sales";
    policy.enabled = true;
    policy.category = {"Company CRM", 7};
    policy.own_domains = {"us.example"};
    policy.modules = {rules::RecordKind::opportunity};
    policy.smart_convert.enabled = true;
    return policy;
}

inline rules::Role opportunity() {
    return {rules::Role::Door::create_new, rules::RecordKind::opportunity, ""};
}

/// From a stranger, with one attachment.
inline std::string offer() {
    return "From: Ann Bo <ann@acme.example>\r\n"
           "To: Anna <anna@us.example>\r\n"
           "Subject: Offer\r\n"
           "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"
           "Message-ID: <offer@acme.example>\r\n"
           "MIME-Version: 1.0\r\n"
           "Content-Type: multipart/mixed; boundary=b\r\n"
           "\r\n"
           "--b\r\n"
           "Content-Type: text/plain\r\n"
           "\r\n"
           "Ten boats.\r\n"
           "--b\r\n"
           "Content-Type: application/pdf; name=offer.pdf\r\n"
           "Content-Disposition: attachment; filename=offer.pdf\r\n"
           "Content-Transfer-Encoding: base64\r\n"
           "\r\n"
           "UERG\r\n"
           "--b--\r\n";
}

/// From our own people to our own people: nobody who could be matched.
inline std::string internal() {
    return "From: Bob <bob@us.example>\r\n"
           "To: Anna <anna@us.example>\r\n"
           "Subject: Lunch\r\n"
           "Message-ID: <lunch@us.example>\r\n"
           "\r\n"
           "Soup?\r\n";
}

inline agent::ReadMail read(std::string bytes, rules::Role role = opportunity()) {
    return agent::read_mail(std::move(bytes), {{{anna}}, std::move(role), {}});
}

/// A Decision with something in every field.
inline rules::Decision full_decision() {
    using namespace rules;
    Decision decision;
    decision.verdict = Verdict::archive;
    decision.reason = "linked to 1 person, 1 of them new \u2014 \"quoted\"\n";
    decision.rule = "customers";
    decision.addressees = {
        {"ann@acme.example",
         Position::from,
         Outcome::create_contact,
         Reference{RecordKind::contact, "contact:ann@acme.example", true},
         {Reference{RecordKind::contact, "c4", false}},
         "not known"},
        {"bob@us.example", Position::cc, Outcome::blocked, std::nullopt, {}, "one of us"}};
    decision.create = {
        {RecordKind::account,
         "account:acme.example",
         "acme.example",
         {{"domain", "acme.example"}},
         {},
         {}},
        {RecordKind::contact,
         "contact:ann@acme.example",
         "Ann Bo",
         {{"email", "ann@acme.example"}, {"last_name", "Bo"}},
         Reference{RecordKind::account, "account:acme.example", true},
         {}},
        {RecordKind::opportunity,
         "opportunity:f",
         "Offer",
         {},
         Reference{RecordKind::account, "account:acme.example", true},
         Reference{RecordKind::contact, "contact:ann@acme.example", true}}};
    decision.links = {
        {RecordKind::contact, "contact:ann@acme.example", true},
        {RecordKind::opportunity, "opportunity:f", true},
        {RecordKind::user, "u7", false}};
    decision.body_suffix = "\n\noffer.pdf";
    decision.attachments = {{"offer.pdf", true, "chosen"}, {std::nullopt, false, "a picture"}};
    decision.disposition = {
        Disposition::Move::inbox, false, true, {"Processing Complete"}, {"Processing Error"}};
    decision.known = decision.again = true;
    decision.trace = {{"must-match", "people", "1", "met"}};
    return decision;
}

}  // namespace agent_test
