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
        (rules::Disposition{Move::inbox, false, {"Processing Complete"}, {}})
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
        (rules::Disposition{Move::none, true, {}, {}})
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
        (rules::Disposition{Move::inbox, false, {"Missing Required Matches"}, {"Processing Error"}})
    );
}

}  // namespace
