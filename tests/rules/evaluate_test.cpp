#include "rules/evaluate.hpp"

#include <algorithm>
#include <random>

#include "tests/rules/story.hpp"

namespace {

using rules::Verdict;
using story::crm;
using story::mail;
using story::policy;
using story::summary;
using story::tell;

constexpr auto from_ann = "From: Ann Bo <ann@acme.example>\nTo: anna@us.example\nSubject: Offer";

std::string told(const rules::Policy& policy, const rules::Mail& mail, const std::string& world) {
    return summary(tell(policy, mail, crm(world)).decision);
}

TEST(Evaluate, AKnownContactIsLinkedAndNothingIsCreated) {
    EXPECT_EQ(
        told(policy(), mail(from_ann), "ann@acme.example contact c1\nanna@us.example user u1"),
        "archive\n"
        "from ann@acme.example contact contact:c1\n"
        "to anna@us.example user user:u1\n"
        "link contact:c1\nlink user:u1\n"
    );
}

TEST(Evaluate, AStrangerBecomesAContactOfANewAccount) {
    const auto decision = tell(policy(), mail(from_ann), crm("anna@us.example user u1")).decision;
    EXPECT_EQ(
        summary(decision),
        "archive\n"
        "from ann@acme.example create-contact +contact:ann@acme.example\n"
        "to anna@us.example user user:u1\n"
        "create account:acme.example\n"
        "create contact:ann@acme.example account +account:acme.example\n"
        "link +contact:ann@acme.example\nlink user:u1\n"
    );
    EXPECT_EQ(decision.create[0].name, "acme.example");
    EXPECT_EQ(decision.create[1].name, "Ann Bo");
    EXPECT_EQ(decision.reason, "linked to 2 people, 1 of them new");
}

TEST(Evaluate, ANewContactJoinsTheAccountOfItsRegistrableDomain) {
    EXPECT_EQ(
        told(policy(), mail("From: ann@mail.acme.co.uk"), "acme.co.uk account a7"),
        "archive\n"
        "from ann@mail.acme.co.uk create-contact +contact:ann@mail.acme.co.uk\n"
        "create contact:ann@mail.acme.co.uk account account:a7\n"
        "link +contact:ann@mail.acme.co.uk\n"
    );
}

TEST(Evaluate, TwoNewContactsOfADomainShareOneNewAccount) {
    EXPECT_EQ(
        told(
            policy(),
            mail("From: ann@acme.example\nCc: bob@acme.example, Bob <BOB@acme.example>"),
            ""
        ),
        "archive\n"
        "from ann@acme.example create-contact +contact:ann@acme.example\n"
        "cc bob@acme.example create-contact +contact:bob@acme.example\n"
        "cc BOB@acme.example duplicate +contact:bob@acme.example\n"
        "create account:acme.example\n"
        "create contact:ann@acme.example account +account:acme.example\n"
        "create contact:bob@acme.example account +account:acme.example\n"
        "link +contact:ann@acme.example\nlink +contact:bob@acme.example\n"
    );
}

TEST(Evaluate, TwoAddressesOfOneContactAreOneLink) {
    EXPECT_EQ(
        told(
            policy(),
            mail("From: ann@acme.example\nCc: ann@home.example"),
            "ann@acme.example contact c1\nann@home.example contact c1 field=1"
        ),
        "archive\n"
        "from ann@acme.example contact contact:c1\n"
        "cc ann@home.example contact contact:c1\n"
        "link contact:c1\n"
    );
}

TEST(Evaluate, WithAccountsOffTheNewContactHasNone) {
    EXPECT_EQ(
        told(policy("", R"(<create accounts="false"/>)"), mail("From: ann@acme.example"), ""),
        "archive\n"
        "from ann@acme.example create-contact +contact:ann@acme.example\n"
        "create contact:ann@acme.example\n"
        "link +contact:ann@acme.example\n"
    );
}

TEST(Evaluate, AnExistingAccountIsUsedAlsoWhereNoneMayBeCreated) {
    EXPECT_EQ(
        told(
            policy("", R"(<create accounts="false"/>)"),
            mail("From: ann@acme.example"),
            "acme.example account a1"
        ),
        "archive\n"
        "from ann@acme.example create-contact +contact:ann@acme.example\n"
        "create contact:ann@acme.example account account:a1\n"
        "link +contact:ann@acme.example\n"
    );
}

TEST(Evaluate, ALeadInsteadOfAContactNeverHasAnAccount) {
    const auto leads = policy("", R"(<create lead-instead-of-contact="true"/>)");
    const auto told = tell(leads, mail("From: ann@acme.example"), crm("acme.example account a1"));
    EXPECT_EQ(
        summary(told.decision),
        "archive\n"
        "from ann@acme.example create-lead +lead:ann@acme.example\n"
        "create lead:ann@acme.example\n"
        "link +lead:ann@acme.example\n"
    );
    ASSERT_EQ(told.asked.size(), 1U);
    EXPECT_TRUE(told.asked[0].accounts.empty());
}

struct LeadCase {
    bool contact, lead, option;
    std::string expected;
};
class LeadOption : public testing::TestWithParam<LeadCase> {};

TEST_P(LeadOption, LeadsAreAskedOnlyWithoutAContactAndWithTheOption) {
    const auto& given = GetParam();
    std::string world;
    if (given.contact) world += "li@x.example contact c1\n";
    if (given.lead) world += "li@x.example lead l1\n";
    const auto options =
        policy(given.option ? R"(match-leads="true")" : "", R"(<create people="false"/>)");
    const auto decision = tell(options, mail("From: li@x.example"), crm(world)).decision;
    EXPECT_EQ(story::shown(decision.addressees.at(0).record), given.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Evaluate,
    LeadOption,
    testing::Values(
        LeadCase{false, false, false, "-"},
        LeadCase{false, false, true, "-"},
        LeadCase{false, true, false, "-"},
        LeadCase{false, true, true, "lead:l1"},
        LeadCase{true, false, false, "contact:c1"},
        LeadCase{true, false, true, "contact:c1"},
        LeadCase{true, true, false, "contact:c1"},
        LeadCase{true, true, true, "contact:c1"}
    )
);

TEST(Evaluate, AUserWhoIsAlsoAContactIsLinkedAsUserOnly) {
    EXPECT_EQ(
        told(
            policy(R"(must-match="false")"),
            mail("From: ben@us.example"),
            "ben@us.example user u2\nben@us.example contact c2"
        ),
        "archive\nfrom ben@us.example user user:u2\nlink user:u2\n"
    );
}

TEST(Evaluate, OwnDomainsAndTheOwnerNeverBecomePeople) {
    auto given = policy();
    auto mine =
        mail("From: anna@home.example\nTo: new@us.example, new@lab.us.example, ann@acme.example");
    mine.owner.addresses = {"anna@home.example"};
    EXPECT_EQ(
        told(given, mine, ""),
        "archive\n"
        "from anna@home.example blocked -\n"
        "to new@us.example blocked -\n"
        "to new@lab.us.example blocked -\n"
        "to ann@acme.example create-contact +contact:ann@acme.example\n"
        "create account:acme.example\n"
        "create contact:ann@acme.example account +account:acme.example\n"
        "link +contact:ann@acme.example\n"
    );
}

TEST(Evaluate, AKnownContactOfANoCreateDomainIsStillMatched) {
    const auto given =
        policy("", "<create><no-create-domain>@gmail.com</no-create-domain></create>");
    EXPECT_EQ(
        told(given, mail("From: ann@gmail.com\nCc: new@gmail.com"), "ann@gmail.com contact c1"),
        "archive\nfrom ann@gmail.com contact contact:c1\ncc new@gmail.com blocked -\nlink "
        "contact:c1\n"
    );
}

TEST(Evaluate, WithCcAndBccOffACcOnlyContactIsNeitherAskedForNorLinked) {
    const auto given = policy(R"(match-cc-bcc="false")");
    const auto told = tell(
        given,
        mail("From: ann@acme.example\nCc: carl@acme.example\nBcc: bea@acme.example"),
        crm("ann@acme.example contact c1\ncarl@acme.example contact c2\nbea@acme.example contact c3"
        )
    );
    EXPECT_EQ(
        summary(told.decision),
        "archive\nfrom ann@acme.example contact contact:c1\nlink contact:c1\n"
    );
    EXPECT_FALSE(told.asked.at(0).people.contains("carl@acme.example"));
}

TEST(Evaluate, ReplyToIsLookedAtByOptionOnly) {
    const auto form = mail("From: form@site.example\nReply-To: ann@acme.example");
    const std::string world = "form@site.example user u5\nann@acme.example contact c1";
    EXPECT_EQ(told(policy(), form, world), "skip\nfrom form@site.example user user:u5\n");
    EXPECT_EQ(
        told(policy(R"(match-reply-to="true")"), form, world),
        "archive\nfrom form@site.example user user:u5\nreply-to ann@acme.example contact "
        "contact:c1\n"
        "link user:u5\nlink contact:c1\n"
    );
}

TEST(Evaluate, ASkippedMailSaysWhyNobodyWasFound) {
    EXPECT_EQ(
        tell(policy(), mail("Subject: nobody"), {}).decision.reason,
        "it names no sender and no recipient, so it may be no mail; must-match is on"
    );
    const auto form = mail("From: form@site.example");
    EXPECT_EQ(
        tell(policy(), form, crm("form@site.example user u5")).decision.reason,
        "all its addressees are users of the CRM; must-match is on"
    );
}

TEST(Evaluate, SkippedMailIsReturnedWithTheCategoryThatSaysSo) {
    const auto decision = tell(
                              policy("delete-after-success=\"true\""),
                              mail("From: ben@us.example\nTo: anna@us.example"),
                              {}
    )
                              .decision;
    EXPECT_EQ(decision.verdict, Verdict::skip);
    EXPECT_EQ(
        decision.reason,
        "ben@us.example: no user and no contact has this address; us.example is an own domain; "
        "must-match is on"
    );
    EXPECT_FALSE(decision.disposition.purge);
    EXPECT_EQ(decision.disposition.move, rules::Disposition::Move::inbox);
    EXPECT_EQ(
        decision.disposition.categories_add, std::vector<std::string>{"Missing Required Matches"}
    );
    EXPECT_TRUE(decision.create.empty());
}

TEST(Evaluate, AnOpportunityIsMadeOfSubjectTextAndSender) {
    const auto decision = tell(policy(), mail(from_ann, "create-new/opportunity"), {}).decision;
    ASSERT_EQ(decision.create.size(), 3U);
    const auto& opportunity = decision.create[2];
    EXPECT_EQ(opportunity.kind, rules::RecordKind::opportunity);
    EXPECT_EQ(opportunity.key, "opportunity:mid:<1@x.example>#4df5d05244c6d3f6");
    EXPECT_EQ(opportunity.name, "Offer");
    EXPECT_EQ(opportunity.fields.at("description"), "Hello.\n");
    EXPECT_EQ(story::shown(opportunity.contact), "+contact:ann@acme.example");
    EXPECT_EQ(story::shown(opportunity.account), "+account:acme.example");
    EXPECT_EQ(story::shown(decision.links.back()), "+opportunity:mid:<1@x.example>#4df5d05244c6d3f6");
    EXPECT_EQ(decision.reason, "linked to one person, who is new; one new opportunity");
}

TEST(Evaluate, OfASentMailTheFirstExternalRecipientIsThePrimaryContact) {
    const auto decision =
        tell(
            policy(),
            mail(
                "From: anna@us.example\nTo: ben@us.example, ann@acme.example, carl@acme.example",
                "create-new/case"
            ),
            crm("anna@us.example user u1\nben@us.example user u2\nann@acme.example contact c1 "
                "account=a1\n"
                "carl@acme.example contact c2 account=a2")
        )
            .decision;
    EXPECT_EQ(story::shown(decision.create.at(0).contact), "contact:c1");
    EXPECT_EQ(story::shown(decision.create.at(0).account), "account:a1");
    EXPECT_EQ(decision.disposition.move, rules::Disposition::Move::sent_items);
}

TEST(Evaluate, AnAssignedMailIsLinkedToTheRecord) {
    EXPECT_EQ(
        told(
            policy(),
            mail("From: ann@acme.example", "assign-to/case/17"),
            "ann@acme.example contact c1"
        ),
        "archive\nfrom ann@acme.example contact contact:c1\nlink contact:c1\nlink case:17\n"
    );
}

struct Refused {
    std::string name, role, verdict, reason;
    void (*change)(rules::Policy&);
};
class Refusal : public testing::TestWithParam<Refused> {};

TEST_P(Refusal, AsksNothingAndDoesNothing) {
    auto given = policy();
    GetParam().change(given);
    const auto told = tell(given, mail(from_ann, GetParam().role), {});
    EXPECT_TRUE(told.asked.empty());
    EXPECT_EQ(summary(told.decision), GetParam().verdict + "\n");
    EXPECT_FALSE(told.decision.again) << "only another policy can want it";
    EXPECT_EQ(told.decision.reason, GetParam().reason);
    EXPECT_EQ(
        told.decision.disposition,
        (rules::Disposition{rules::Disposition::Move::stay, false, false, {}, {}})
    );
    ASSERT_EQ(told.decision.trace.size(), 1U);
    EXPECT_EQ(told.decision.trace[0].verdict, "nothing is done");
}

INSTANTIATE_TEST_SUITE_P(
    Evaluate,
    Refusal,
    testing::Values(
        Refused{
            "Disabled",
            "create-new/email",
            "hold",
            "the policy is disabled",
            [](rules::Policy& p) { p.enabled = false; }},
        Refused{
            "SmartConvertDisabled",
            "create-new/email",
            "hold",
            "SmartConvert is disabled in this policy",
            [](rules::Policy& p) { p.smart_convert.enabled = false; }},
        Refused{
            "ModuleOff",
            "create-new/quote",
            "hold",
            "the module quote is not enabled",
            [](rules::Policy& p) { p.modules.erase(rules::RecordKind::quote); }},
        Refused{
            "ModuleOfAssignmentOff",
            "assign-to/case/1",
            "hold",
            "the module case is not enabled",
            [](rules::Policy& p) { p.modules.clear(); }},
        Refused{
            "Inbox",
            "inbox",
            "skip",
            "<inbox> is not enabled in this policy",
            [](rules::Policy&) {}},
        Refused{
            "SentItems",
            "sent-items",
            "skip",
            "<sent-items> is not enabled in this policy",
            [](rules::Policy&) {}}
    ),
    [](const auto& given) { return given.param.name; }
);

TEST(Evaluate, ATieIsBrokenByTheAccountThatAnotherAddresseeHasLinked) {
    EXPECT_EQ(
        told(
            policy(),
            mail("From: info@acme.example\nCc: ann@acme.example"),
            "info@acme.example contact c1 account=a1 modified=9\ninfo@acme.example contact c2 "
            "account=a2\n"
            "ann@acme.example contact c3 account=a2"
        ),
        "archive\nfrom info@acme.example contact contact:c2\ncc ann@acme.example contact "
        "contact:c3\n"
        "link contact:c2\nlink contact:c3\n"
    );
}

TEST(Evaluate, AsksPeopleFirstThenOnlyTheDomainsOfContactsToCreate) {
    const auto told = tell(
        policy(),
        mail("From: ann@acme.example\nTo: anna@us.example\nCc: bo@known.example, x@us.example"),
        crm("bo@known.example contact c1")
    );
    ASSERT_EQ(told.asked.size(), 2U);
    EXPECT_EQ(
        told.asked[0].people,
        (std::set<std::string>{
            "ann@acme.example", "anna@us.example", "bo@known.example", "x@us.example"})
    );
    EXPECT_TRUE(told.asked[0].accounts.empty());
    EXPECT_EQ(told.asked[1], (rules::Need{{}, {"acme.example"}, false}));
}

TEST(Evaluate, AMailWithoutAnyAddressIsSkipped) {
    EXPECT_EQ(told(policy(), mail("Subject: x"), ""), "skip\n");
    EXPECT_EQ(told(policy(), mail("From: undisclosed-recipients:;"), ""), "skip\n");
}

constexpr auto captures = "<inbox enabled=\"true\"/><sent-items enabled=\"true\" required-category=\"false\"/>";
constexpr auto ann_is_known = "ann@acme.example contact c1\nanna@us.example user u1";

rules::Mail inbox_mail(const std::vector<std::string>& categories) {
    auto item = mail(from_ann, "inbox");
    item.categories = categories;
    return item;
}

TEST(Evaluate, MailInTheInboxIsTakenWhenItCarriesTheCategory) {
    const auto given = policy("", "", captures);
    EXPECT_EQ(
        told(given, inbox_mail({"Blue", "company crm"}), ann_is_known),
        "archive\n"
        "from ann@acme.example contact contact:c1\n"
        "to anna@us.example user user:u1\n"
        "link contact:c1\nlink user:u1\n"
    );
    const auto skipped = tell(given, inbox_mail({"Blue"}), {});
    EXPECT_TRUE(skipped.asked.empty());
    EXPECT_EQ(skipped.decision.verdict, Verdict::skip);
    EXPECT_EQ(skipped.decision.reason, "it lacks the category \"Company CRM\"");
    EXPECT_EQ(skipped.decision.disposition.move, rules::Disposition::Move::stay);
    EXPECT_TRUE(skipped.decision.disposition.categories_add.empty());
}

TEST(Evaluate, WhatIsBeingTriedAgainIsTaken) {
    EXPECT_EQ(
        told(policy("", "", captures), inbox_mail({"Company CRM", "Processing Error"}), ann_is_known)
            .substr(0, 8),
        "archive\n"
    );
}

TEST(Evaluate, WhatWasProcessedIsNotTakenAgain) {
    const auto given = policy("", "", captures);
    for (const std::string processed : {"Processing Complete", "missing required matches"}) {
        const auto decision = tell(given, inbox_mail({"Company CRM", processed}), {}).decision;
        EXPECT_EQ(summary(decision), "skip\n");
        EXPECT_EQ(
            decision.reason, "it carries \"" + processed + "\", so it was processed before"
        );
    }
}

TEST(Evaluate, WithoutARequiredCategoryWhatMatchesNobodyIsNotTouched) {
    const auto given = policy("", "", captures);
    const auto decision = tell(given, mail(from_ann, "sent-items"), {}).decision;
    EXPECT_EQ(decision.verdict, Verdict::skip);
    EXPECT_EQ(
        decision.disposition,
        (rules::Disposition{rules::Disposition::Move::stay, false, false, {}, {}})
    );
    EXPECT_EQ(
        told(given, mail(from_ann, "sent-items"), ann_is_known).substr(0, 8), "archive\n"
    );
}

TEST(Evaluate, WhatAProgramWroteIsArchivedOnlyWhenAUserDropsIt) {
    const auto given = policy("", "", captures);
    const auto reason = [&](rules::Mail item, const std::string& role) {
        item.role = rules::role(role).value();
        return tell(given, item, crm(ann_is_known)).decision.reason;
    };
    auto bounce = mail(std::string(from_ann) + "\nX-Failed-Recipients: tom@x.example");
    EXPECT_EQ(reason(bounce, "sent-items"), "a delivery notice is archived only when a user drops it");
    EXPECT_EQ(reason(bounce, "create-new/email"), "linked to 2 people");
    auto invitation = mail(from_ann);
    invitation.traits = {{"invite", "part 2: METHOD:REQUEST"}};
    EXPECT_EQ(
        reason(invitation, "sent-items"), "an invitation is archived only when a user drops it"
    );
    const auto notice = mail(std::string(from_ann) + "\nX-Mailferry-Notice: errors");
    EXPECT_EQ(
        reason(notice, "sent-items"),
        "a notice of Mailferry itself is archived only when a user drops it"
    );
    EXPECT_EQ(reason(notice, "create-new/email"), "linked to 2 people");
    auto answer = mail(std::string(from_ann) + "\nAuto-Submitted: auto-replied");
    EXPECT_EQ(reason(answer, "sent-items"), "linked to 2 people") << "decided by other options";
}

rules::Facts with_recent(int of_sender, int of_thread) {
    auto world = crm(ann_is_known);
    world.recent = rules::Recent{of_sender, of_thread};
    return world;
}

TEST(Evaluate, WhereASenderIsTooBusyTheNextMailWaits) {
    const auto given = policy("", "", captures);
    const auto item = inbox_mail({"Company CRM"});
    EXPECT_EQ(tell(given, item, with_recent(99, 0)).decision.verdict, Verdict::archive);
    const auto told = tell(given, item, with_recent(100, 0));
    EXPECT_TRUE(told.asked.empty());
    const auto& decision = told.decision;
    EXPECT_EQ(summary(decision), "hold\n");
    EXPECT_TRUE(decision.braked);
    EXPECT_TRUE(decision.again) << "it is looked at again by itself";
    EXPECT_EQ(
        decision.reason, "loop brake: 100 mails of ann@acme.example were taken within 60 minutes"
    );
    EXPECT_EQ(
        decision.disposition,
        (rules::Disposition{rules::Disposition::Move::stay, false, false, {}, {}})
    );
    EXPECT_EQ(
        decision.trace.back(),
        (rules::TraceStep{
            "loop-brake",
            "per-sender",
            "100 mails of ann@acme.example were taken within 60 minutes",
            "waits"})
    );
}

TEST(Evaluate, WhereAConversationIsTooBusyTheNextMailWaits) {
    const auto given =
        policy("", "", std::string(captures) + R"(<loop-brakes per-thread="3" minutes="10"/>)");
    const auto decision = tell(given, mail(from_ann, "sent-items"), with_recent(0, 3)).decision;
    EXPECT_TRUE(decision.braked);
    EXPECT_EQ(
        decision.reason, "loop brake: 3 mails of this conversation were taken within 10 minutes"
    );
    EXPECT_FALSE(tell(given, mail(from_ann, "sent-items"), with_recent(0, 2)).decision.braked);
}

TEST(Evaluate, WhatTheOwnerWritesIsHeldByItsConversationAlone) {
    const auto given = policy("", "", captures);
    const auto sent = mail("From: anna@us.example\nTo: ann@acme.example", "sent-items");
    EXPECT_EQ(tell(given, sent, with_recent(5000, 29)).decision.verdict, Verdict::archive);
    EXPECT_TRUE(tell(given, sent, with_recent(5000, 30)).decision.braked);
}

TEST(Evaluate, WhatAUserDropsIsNeverBraked) {
    const auto decision = tell(policy(), mail(from_ann), with_recent(5000, 5000)).decision;
    EXPECT_EQ(decision.verdict, Verdict::archive);
    EXPECT_FALSE(decision.braked);
}

TEST(Evaluate, WhatIsLeftAloneAnywayIsNotBraked) {
    const auto decision =
        tell(policy("", "", captures), inbox_mail({}), with_recent(5000, 5000)).decision;
    EXPECT_EQ(decision.verdict, Verdict::skip);
    EXPECT_FALSE(decision.braked);
}

TEST(Evaluate, ByOptionWhatMatchesNobodyIsTriedAgain) {
    const auto given = policy(R"(retry-missing-matches="true")", R"(<create people="false"/>)");
    const auto decision = tell(given, mail(from_ann), {}).decision;
    EXPECT_EQ(decision.verdict, Verdict::hold);
    EXPECT_TRUE(decision.again);
    EXPECT_EQ(decision.disposition.move, rules::Disposition::Move::stay);
}

TEST(Evaluate, ByOptionEveryContactWithTheAddressIsLinked) {
    const auto two = "ann@acme.example contact c1 account=a1\nann@acme.example contact c2 account=a2";
    EXPECT_EQ(
        told(
            policy(R"(several-contacts="all")"), mail("From: ann@acme.example", "create-new/case"), two
        ),
        "archive\n"
        "from ann@acme.example contact contact:c1\n"
        "create case:mid:<1@x.example>#cfde63cf4959ecf7 account account:a1 contact contact:c1\n"
        "link contact:c1\nlink contact:c2\nlink +case:mid:<1@x.example>#cfde63cf4959ecf7\n"
    );
    const auto failed =
        tell(policy(R"(several-contacts="error")"), mail("From: ann@acme.example"), crm(two)).decision;
    EXPECT_EQ(failed.verdict, Verdict::fail);
    EXPECT_EQ(
        failed.reason,
        "ann@acme.example: contacts c1, c2 share this address (several-contacts=\"error\"); merge "
        "them in the CRM"
    );
}

TEST(Evaluate, WhatTheCrmHasOfTheMailIsLinkedAndNotMadeAgain) {
    const auto item = mail(from_ann, "create-new/case");
    auto world = crm(ann_is_known);
    world.keys = {{"email:" + item.fingerprint, "50"}, {"case:" + item.fingerprint, "51"}};
    const auto decision = tell(policy(), item, world).decision;
    EXPECT_EQ(
        summary(decision),
        "archive\n"
        "from ann@acme.example contact contact:c1\n"
        "to anna@us.example user user:u1\n"
        "link contact:c1\nlink user:u1\nlink case:51\n"
    );
    EXPECT_TRUE(decision.known);
    EXPECT_EQ(
        decision.reason,
        "linked to 2 people; and to case 51, made of it before; the mail itself was in the CRM already"
    );
    world.keys.erase("case:" + item.fingerprint);
    EXPECT_EQ(
        tell(policy(), item, world).decision.reason,
        "linked to 2 people; one new case; the mail itself was in the CRM already"
    );
}

TEST(Evaluate, ByOptionEveryMailboxMakesARecordOfItsOwn) {
    const auto item = mail(from_ann, "create-new/case");
    auto world = crm(ann_is_known);
    world.keys = {{"case:" + item.fingerprint, "51"}};
    const auto decision =
        tell(policy(R"(record-per-mailbox="true")"), item, world).decision;
    ASSERT_EQ(decision.create.size(), 1U);
    EXPECT_EQ(decision.create[0].key, "case:" + item.fingerprint + "@anna@us.example");
}

TEST(Evaluate, TheRulesOfTheCrmForFilesAreAskedOnlyWhereAFileIsToBeStored) {
    auto item = mail(from_ann);
    EXPECT_FALSE(tell(policy("", "", "<attachments store=\"true\"/>"), item, {}).asked[0].attachment_rules);
    item.attachments = {{"setup.exe", "application/octet-stream", 9, false}};
    EXPECT_FALSE(tell(policy(), item, {}).asked[0].attachment_rules);
    auto world = crm(ann_is_known);
    world.attachment_rules = rules::AttachmentRules{0, {"exe"}};
    const auto told =
        tell(policy("", "", "<attachments store=\"true\" summary=\"true\"/>"), item, world);
    EXPECT_TRUE(told.asked[0].attachment_rules);
    EXPECT_FALSE(told.decision.attachments.at(0).stored);
    EXPECT_EQ(told.decision.verdict, Verdict::archive) << "a refused file never fails the mail";
    EXPECT_NE(told.decision.body_suffix.find("not stored: the CRM takes no .exe"), std::string::npos);
}

/// Facts in another order, records and all.
rules::Facts shuffled(rules::Facts facts, std::mt19937& random) {
    for (auto& [key, person] : facts.people) {
        std::ranges::shuffle(person.users, random);
        std::ranges::shuffle(person.contacts, random);
        std::ranges::shuffle(person.leads, random);
    }
    for (auto& [key, accounts] : facts.accounts) std::ranges::shuffle(accounts, random);
    return facts;
}

TEST(Evaluate, TheOrderOfFactsNeverMatters) {
    const auto given = policy("match-leads=\"true\"");
    const auto item = mail(
        "From: info@acme.example\nTo: anna@us.example, li@x.example\nCc: ann@acme.example, "
        "new@acme.example",
        "create-new/opportunity"
    );
    const auto world =
        crm("anna@us.example user u1\nanna@us.example user u2\n"
            "info@acme.example contact 9 owner=u7 modified=3\ninfo@acme.example contact 10 "
            "owner=u7 modified=3\n"
            "info@acme.example contact 11 owner=u7 modified=3 field=1\n"
            "ann@acme.example contact 1 account=a1\nann@acme.example contact 2 account=a2\n"
            "ann@acme.example contact 3 account=a2 owner=u1\n"
            "li@x.example lead 5\nli@x.example lead 6\nli@x.example lead 7\n"
            "acme.example account 12\nacme.example account 7\nacme.example account 100\n");
    const auto first = tell(given, item, world).decision;
    EXPECT_EQ(story::shown(first.addressees.at(0).record), "contact:9");
    std::mt19937 random(20261123);
    for (int i = 0; i < 1000; ++i)
        ASSERT_EQ(tell(given, item, shuffled(world, random)).decision, first);
}

/// Every mail of a small world: whoever is known, the engine comes to a decision, asks nothing
/// twice and creates nobody of our own.
TEST(Evaluate, ComesToADecisionInEverySmallWorld) {
    const std::vector<std::string> people{
        "anna@us.example",
        "ben@us.example",
        "ann@acme.example",
        "bo@acme.example",
        "x@free.example"};
    const std::vector<std::string> kinds{
        "", " user 1", " contact 2 account=3", " lead 4", " lead 5 became=6"};
    std::mt19937 random(7);
    const auto any = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    const std::vector<std::string> options{
        "match-leads", "match-reply-to", "match-cc-bcc", "must-match"};
    for (int i = 0; i < 500; ++i) {
        std::string world, headers, attributes;
        for (const auto& person : people)
            if (const auto& kind = kinds[any(kinds.size())]; !kind.empty())
                world += person + kind + "\n";
        if (any(2) == 0) world += "acme.example account 8\n";
        for (const auto* header : {"From", "Reply-To", "To", "Cc", "Bcc"})
            headers += (headers.empty() ? "" : "\n") + std::string(header) + ": " +
                       people[any(people.size())];
        for (const auto& option : options)
            attributes += option + (any(2) == 0 ? "=\"true\" " : "=\"false\" ");
        const auto told = tell(policy(attributes), mail(headers, "create-new/case"), crm(world));
        EXPECT_LE(told.asked.size(), 2U);
        for (const auto& create : told.decision.create)
            EXPECT_EQ(create.key.find("us.example"), std::string::npos) << headers << "\n" << world;
    }
}

}  // namespace
