#include "agent/log_decision.hpp"

#include <gtest/gtest.h>

#include <string>

#include "agent/log.hpp"

namespace {

using rules::Disposition;
using rules::RecordKind;
using rules::Verdict;

agent::Job job() {
    agent::Job job;
    job.id = 7;
    job.mailbox = "sam@ferry.example";
    job.role = {rules::Role::Door::create_new, rules::RecordKind::opportunity, ""};
    job.subject = "Offer for May";
    job.message_id = "<1@acme.example>";
    job.record = "31";
    job.note = "1 contact matched";
    return job;
}

rules::Decision filed() {
    rules::Decision decision;
    decision.verdict = Verdict::archive;
    decision.addressees = {
        {"sam@ferry.example", rules::Position::to, rules::Outcome::user, {}, {}, ""},
        {"ann@acme.example", rules::Position::from, rules::Outcome::create_contact, {}, {}, ""},
    };
    decision.create = {{RecordKind::contact, "contact:ann@acme.example", "Ann Bo", {}, {}, {}}};
    decision.links = {{RecordKind::user, "1", false}, {RecordKind::contact, "", true}};
    decision.disposition.move = Disposition::Move::inbox;
    decision.disposition.categories_add = {"Processing Complete"};
    decision.disposition.categories_remove = {"Processing Error"};
    return decision;
}

std::string logged(const agent::Job& job, const rules::Decision& decision, bool observing) {
    std::string taken;
    agent::log::start([&](std::string line) { taken += line; });
    agent::log_decision(job, decision, decision.disposition, observing);
    agent::log::start();
    return taken;
}

TEST(LogDecision, TellsTheWholeStoryOfAMailInOneLine) {
    EXPECT_EQ(
        logged(job(), filed(), false),
        R"(info filed mailbox=sam@ferry.example role=create-new/opportunity job=7 from=ann@acme.example )"
        R"(subject="Offer for May" message-id=<1@acme.example> record=31 created="contact Ann Bo" )"
        R"(linked="user 1" ends=inbox categories="+Processing Complete -Processing Error" )"
        R"(why="1 contact matched")"
    );
}

// Nothing was recorded, so no record is named.
TEST(LogDecision, SaysWouldWhereItOnlyObserves) {
    EXPECT_EQ(
        logged(job(), filed(), true),
        R"(info would-file mailbox=sam@ferry.example role=create-new/opportunity job=7 from=ann@acme.example )"
        R"(subject="Offer for May" message-id=<1@acme.example> created="contact Ann Bo" )"
        R"(linked="user 1" ends=inbox categories="+Processing Complete -Processing Error" )"
        R"(why="1 contact matched")"
    );
}

TEST(LogDecision, NamesTheEnd) {
    rules::Decision decision = filed();
    decision.disposition.purge = true;
    EXPECT_NE(logged(job(), decision, false).find(" ends=purged "), std::string::npos);
    decision.disposition.copy = true;
    EXPECT_NE(logged(job(), decision, false).find(" ends=copy-removed "), std::string::npos);
}

TEST(LogDecision, AMailThatWasNotWantedIsSkippedOrLeftAlone) {
    rules::Decision decision;
    decision.verdict = Verdict::skip;
    decision.disposition.move = Disposition::Move::stay;
    EXPECT_EQ(logged(job(), decision, false).substr(0, 16), "info left-alone ");
    EXPECT_EQ(logged(job(), decision, true).substr(0, 17), "info would-leave ");
    decision.disposition.categories_add = {"No Match"};
    EXPECT_EQ(logged(job(), decision, false).substr(0, 13), "info skipped ");
    EXPECT_EQ(logged(job(), decision, true).substr(0, 16), "info would-skip ");
}

TEST(LogDecision, ALongListIsCutAndCounted) {
    rules::Decision decision = filed();
    decision.links.clear();
    for (int i = 1; i <= 10; ++i) {
        decision.links.push_back({RecordKind::contact, std::to_string(i), false});
    }
    EXPECT_NE(
        logged(job(), decision, false)
            .find(
                R"(linked="contact 1, contact 2, contact 3, contact 4, contact 5, contact 6, contact 7, contact 8 and 2 more")"
            ),
        std::string::npos
    );
}

}  // namespace
