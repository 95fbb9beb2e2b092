#include "rules/explain.hpp"

#include "tests/rules/story.hpp"

namespace {

TEST(Explain, TellsFirstWhatIsDoneAndThenWhy) {
    const auto given = story::policy("match-cc-bcc=\"false\"", "", "<attachments store=\"true\" summary=\"true\"/>");
    auto mail = story::mail(
        "From: \"Müller, Jürgen\" <jm@acme.example>\nTo: anna@us.example\nCc: "
        "x@x.example\nSubject: Offer",
        "create-new/opportunity"
    );
    mail.attachments = {{"offer.pdf", "application/pdf", 2048, false}};
    mail.categories = {"Processing Error"};
    EXPECT_EQ(
        rules::explain(story::tell(given, mail, story::crm("anna@us.example user u1")).decision),
        R"(archive: linked to 2 people, 1 of them new; one new opportunity

Addressees
  from  jm@acme.example  create-contact  no user and no contact has this address; a new contact
  to    anna@us.example  user            u1 is a user of the CRM

Created
  account      acme.example   domain: acme.example
  contact      Jürgen Müller  of: account acme.example (new), email: jm@acme.example, first_name: Jürgen, last_name: Müller
  opportunity  Offer          of: account acme.example (new), with: contact Jürgen Müller (new), description: Hello.

Linked
  contact Jürgen Müller (new)
  user u1
  opportunity Offer (new)

Attachments
  offer.pdf  stored  attachments are stored

The mail
  returned to the Inbox
  category + Processing Complete
  category - Processing Error

Why
   1  policy       Story            create-new/opportunity           applies
   2  addressee    x@x.example      cc                               not looked at, match-cc-bcc="false"
   3  user         jm@acme.example  none                             next: contact
   4  contact      jm@acme.example  none                             leads are not matched (match-leads)
   5  create       jm@acme.example  creation is on                   a contact is created
   6  user         anna@us.example  u1                               linked as user; ends here
   7  must-match   true             1 matched or created             met
   8  account      acme.example     none                             created
   9  record       Offer            contact contact:jm@acme.example  the opportunity is created
  10  attachment   offer.pdf        application/pdf, 2.0 KiB         stored
  11  attachment   summary          true                             listed below the text
  12  disposition  from             somebody else                    returned to the Inbox
)"
    );
}

TEST(Explain, ASkippedMailHasNoEmptyTables) {
    auto given = story::policy();
    given.enabled = false;
    EXPECT_EQ(
        rules::explain(story::tell(given, story::mail("From: ann@acme.example"), {}).decision),
        "hold: the policy is disabled\n\nThe mail\n  stays where it is\n\n"
        "Why\n   1  policy  enabled  false  nothing is done\n"
    );
}

TEST(Explain, WhatAMailSaysCannotForgeALine) {
    rules::Decision decision;
    decision.reason = "x";
    decision.addressees.push_back(
        {"a@x.example\nVerdict: archive",
         rules::Position::to,
         rules::Outcome::unmatched,
         {},
         {},
         "y\r\nz"}
    );
    decision.trace.push_back({"s", "a\nb", "c\x1b[31m", "d"});
    EXPECT_EQ(
        rules::explain(decision),
        "fail: x\n\nAddressees\n  to  a@x.example Verdict: archive  unmatched  y z\n\nWhy\n   1  s "
        " a b  c[31m  d\n"
    );
}

TEST(Explain, PurgedMailIsSaidToBeDeleted) {
    rules::Decision decision;
    decision.verdict = rules::Verdict::archive;
    decision.reason = "linked to nobody";
    decision.rule = "Newsletters";
    decision.disposition.purge = true;
    EXPECT_EQ(
        rules::explain(decision),
        "archive: linked to nobody\nrule: Newsletters\n\nThe mail\n  deleted for good once the CRM "
        "has it\n"
    );
}

TEST(Explain, ACopyIsToldFromItsOriginal) {
    rules::Decision decision;
    decision.reason = "x";
    decision.disposition = {
        rules::Disposition::Move::inbox, false, true, {"Missing Required Matches"}, {}};
    decision.verdict = rules::Verdict::skip;
    constexpr auto copy =
        "\n\nThe mail\n  a copy of a mail that lies in another folder: the copy is removed\n";
    EXPECT_EQ(
        rules::explain(decision),
        std::string("skip: x") + copy + "  its original: category + Missing Required Matches\n"
    );
}

}  // namespace
