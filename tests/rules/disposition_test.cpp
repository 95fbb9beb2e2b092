#include "rules/disposition.hpp"

#include "tests/rules/story.hpp"

namespace {

using Move = rules::Disposition::Move;
using Categories = std::vector<std::string>;

rules::Disposition success(const std::string& headers, const std::string& attributes = "") {
    rules::Trace trace;
    return disposition_of_success(story::policy(attributes), story::mail(headers), trace);
}

TEST(Disposition, AReceivedMailReturnsToTheInbox) {
    EXPECT_EQ(
        success("From: ann@acme.example\nTo: anna@us.example"),
        (rules::Disposition{Move::inbox, false, false, {"Processing Complete"}, {}})
    );
}

TEST(Disposition, ASentMailReturnsToSentItemsUnlessTheOwnerIsARecipientToo) {
    EXPECT_EQ(success("From: anna@us.example\nTo: ann@acme.example").move, Move::sent_items);
    EXPECT_EQ(success("From: anna@us.example\nTo: Anna@US.example").move, Move::inbox);
    EXPECT_EQ(success("From: anna@us.example\nBcc: anna@us.example").move, Move::inbox);
    EXPECT_EQ(
        success("From: anna@us.example\nCc: anna@us.example", R"(match-cc-bcc="false")").move,
        Move::inbox
    );
    EXPECT_EQ(
        success("From: anna@us.example\nReply-To: anna@us.example\nTo: x@x.example").move,
        Move::sent_items
    );
}

TEST(Disposition, PurgedMailGoesNowhereElse) {
    EXPECT_EQ(
        success("From: ann@acme.example", R"(delete-after-success="true")"),
        (rules::Disposition{Move::none, true, false, {}, {}})
    );
}

TEST(Disposition, SuccessTakesAwayTheCategoriesOfFailureAsTheMailSpellsThem) {
    auto mail = story::mail("From: ann@acme.example");
    mail.categories = {"Blue", "processing error", "Missing Required Matches", "Processing Errors"};
    rules::Trace trace;
    EXPECT_EQ(
        disposition_of_success(story::policy(), mail, trace).categories_remove,
        (Categories{"processing error", "Missing Required Matches"})
    );
}

TEST(Disposition, WithoutAMatchTheMailIsReturnedAndNeverPurged) {
    auto mail = story::mail("From: ann@acme.example");
    mail.categories = {"Processing Error", "Processing Complete"};
    rules::Trace trace;
    EXPECT_EQ(
        disposition_of_no_match(story::policy(R"(delete-after-success="true")"), mail, trace),
        (rules::Disposition{
            Move::inbox, false, false, {"Missing Required Matches"}, {"Processing Error"}})
    );
}

TEST(Disposition, WhatHasAnOutcomeIsNoLongerPending) {
    auto mail = story::mail("From: ann@acme.example");
    mail.categories = {"Blue", "pending", "Processing Error"};
    rules::Trace trace;
    for (const auto& outcome :
         {disposition_of_success(story::policy(), mail, trace),
          disposition_of_no_match(story::policy(), mail, trace),
          disposition_of_no_match(story::policy(R"(retry-missing-matches="true")"), mail, trace)})
        EXPECT_EQ(outcome.categories_remove, (Categories{"pending", "Processing Error"}));
    const auto renamed = story::policy("", "", R"(<processing-categories pending="In work"/>)");
    EXPECT_EQ(
        disposition_of_success(renamed, mail, trace).categories_remove,
        (Categories{"Processing Error"})
    ) << "that one is the user's own";
}

TEST(Disposition, WhatNobodyAskedForIsNoLongerPendingEither) {
    auto mail = story::mail("From: ann@acme.example", "inbox");
    mail.categories = {"Pending"};
    rules::Trace trace;
    EXPECT_EQ(
        disposition_of_no_match(
            story::policy("", "", R"(<inbox enabled="true" required-category="false"/>)"),
            mail,
            trace
        ),
        (rules::Disposition{Move::stay, false, false, {}, {"Pending"}})
    );
}

TEST(Disposition, ACopyIsRemovedAndSaysWhereItWouldGoWithoutItsOriginal) {
    auto mail = story::mail("From: anna@us.example\nTo: ann@acme.example");
    mail.is_copy = true;
    rules::Trace trace;
    EXPECT_EQ(
        disposition_of_success(story::policy(), mail, trace),
        (rules::Disposition{Move::sent_items, false, true, {"Processing Complete"}, {}})
    );
    EXPECT_EQ(
        disposition_of_no_match(story::policy(), mail, trace),
        (rules::Disposition{Move::sent_items, false, true, {"Missing Required Matches"}, {}})
    );
}

TEST(Disposition, ByOptionACopyIsPurgedTooAndItsOriginalSaysThatItIsDone) {
    auto mail = story::mail("From: ann@acme.example");
    mail.is_copy = true;
    rules::Trace trace;
    EXPECT_EQ(
        disposition_of_success(story::policy(R"(delete-after-success="true")"), mail, trace),
        (rules::Disposition{Move::inbox, true, true, {"Processing Complete"}, {}})
    );
}

TEST(Disposition, TheOriginalOfACopyLiesWhereTheMailWouldBeReturned) {
    EXPECT_EQ(rules::place_of_original(story::mail("From: ann@acme.example")), Move::inbox);
    EXPECT_EQ(
        rules::place_of_original(story::mail("From: anna@us.example\nTo: ann@acme.example")),
        Move::sent_items
    );
    EXPECT_EQ(
        rules::place_of_original(story::mail("From: anna@us.example\nTo: anna@us.example")),
        std::nullopt
    ) << "of a mail to oneself two lie in the mailbox anyhow";
}

TEST(Disposition, WhatIsCapturedStaysAndIsNeverPurged) {
    const auto policy = story::policy(R"(delete-after-success="true")");
    rules::Trace trace;
    for (const std::string role : {"inbox", "sent-items"}) {
        const auto mail = story::mail("From: ann@acme.example", role);
        EXPECT_EQ(
            disposition_of_success(policy, mail, trace),
            (rules::Disposition{Move::stay, false, false, {"Processing Complete"}, {}})
        );
        EXPECT_EQ(
            disposition_of_no_match(policy, mail, trace),
            (rules::Disposition{Move::stay, false, false, {"Missing Required Matches"}, {}})
        );
    }
}

TEST(Disposition, WhatNobodyAskedForIsNotTouchedWithoutAMatch) {
    const auto policy = story::policy("", "", R"(<inbox enabled="true" required-category="false"/>)");
    auto mail = story::mail("From: ann@acme.example", "inbox");
    mail.categories = {"Processing Error"};
    rules::Trace trace;
    EXPECT_EQ(
        disposition_of_no_match(policy, mail, trace),
        (rules::Disposition{Move::stay, false, false, {}, {}})
    );
}

TEST(Disposition, ByOptionWhatMatchesNobodyStaysInItsDropFolder) {
    rules::Trace trace;
    EXPECT_EQ(
        disposition_of_no_match(
            story::policy(R"(retry-missing-matches="true")"),
            story::mail("From: ann@acme.example"),
            trace
        ),
        (rules::Disposition{Move::stay, false, false, {"Missing Required Matches"}, {}})
    );
}

}  // namespace
