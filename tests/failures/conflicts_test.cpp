// Failures 16 and 17: the mail that is given back is written by others meanwhile, or moved by a
// server that does not say where to.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/failures/meddler.hpp"
#include "tests/failures/site.hpp"

namespace {

using namespace failures;

TEST(Failure16, AMailThatSomebodyElseTouchesIsReadAnewAndFiledOnce) {
    Site site;
    site.begin();
    site.exchange.inject("UpdateItem 1..2 touched");
    site.drop({"offer"});
    site.work_until_finished(1);
    EXPECT_EQ(site.told(), filed({"offer"}));
    EXPECT_EQ(site.logged("warning waits"), 0U) << site.last_lines();
}

TEST(Failure16, WhatAUserHasWrittenBetweenReadingAndWritingStays) {
    Site site;
    site.begin();
    site.exchange.inject("GetItem always late 1000");  // carried out at once, but nobody knows yet
    const std::string mail = live::mail(customer, "offer");
    const auto before = site.exchange.requests("GetItem");
    const std::string item =
        site.exchange.move(anna, site.exchange.deliver(anna, "inbox", mail), live::emails);
    site.pump([&] { return site.exchange.requests("GetItem") > before; });
    ASSERT_TRUE(site.exchange.categorise(anna, item, {"Red"}));
    site.work_until_finished(1);
    EXPECT_EQ(
        site.told(), "CRM: offer\nanna@us.example Inbox: offer [Red] [Processing Complete]\ndone\n"
    );
    EXPECT_EQ(site.exchange.requests("UpdateItem"), 2U) << "the first with the key of what was read";
    EXPECT_EQ(site.exchange.requests("GetItem"), before + 2);
}

TEST(Failure16, WhatNobodyElseTouchesIsReadOnce) {
    Site site;
    site.begin();
    const auto before = site.exchange.requests("GetItem");
    site.drop({"offer"});
    site.work_until_finished(1);
    EXPECT_EQ(site.exchange.requests("GetItem"), before + 1);
    EXPECT_EQ(site.exchange.requests("UpdateItem"), 1U);
}

TEST(Failure16, MarkAndCategoriesAreOneWrite) {
    Site site;
    site.begin();
    site.drop({"offer"});
    site.work_until_finished(1);
    EXPECT_EQ(site.exchange.requests("UpdateItem"), 1U);
    const auto item = site.exchange.items(anna, "inbox").at(0);
    EXPECT_EQ(item.categories, Subjects{"Processing Complete"});
    EXPECT_FALSE(item.properties.empty()) << "the mark";
}

TEST(Failure16, AMailThatNeverComesToRestWaitsAndTheOthersGoOn) {
    Site site;
    site.begin();
    site.exchange.inject("UpdateItem always touched subject restless");
    site.drop({"restless"});
    site.drop(numbered("offer-", 5));
    site.pump([&] { return site.finished() == 5 && site.logged("warning waits") == 1; });
    const agent::Job waiting = site.unfinished();
    EXPECT_EQ(waiting.subject, "restless");
    EXPECT_TRUE(waiting.state == agent::State::archived) << "the CRM has it already";
    site.exchange.heal();
    site.work_until_finished(6);
    auto all = numbered("offer-", 5);
    all.emplace_back("restless");
    EXPECT_EQ(site.told(), filed(all));
}

/// Blanks out which items a move has made, as for one into another mailbox; counts them.
class WithoutNewIds {
public:
    Change change() {
        return [this](std::string said) { return blank(std::move(said)); };
    }
    std::size_t blanked() const { return blanked_; }

private:
    /// As long as before, so that the length that was announced stays true.
    std::string blank(std::string said) {
        const std::string open = "<m:Items>";
        auto at = said.find("MoveItemResponseMessage");
        while (at != std::string::npos) {
            const auto from = said.find(open, at);
            const auto to = said.find("</m:Items>", std::min(from, said.size()));
            if (to == std::string::npos) break;
            ++blanked_;
            const auto length = to - from - open.size();
            said.replace(from + open.size(), length, length, ' ');
            at = said.find("<m:MoveItemResponseMessage", to);
        }
        return said;
    }

    std::atomic<std::size_t> blanked_ = 0;
};

TEST(Failure17, AMoveThatTellsNoNewIdIsASuccess) {
    Site site;
    WithoutNewIds ids;
    const Meddler meddler(site.exchange.url(), {}, ids.change());
    site.set_up(meddler.url());
    site.begin();
    site.drop(numbered("offer-", 3));
    site.work_until_finished(3);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 3)));
    EXPECT_LE(site.exchange.requests("MoveItem"), 3U);
    EXPECT_EQ(ids.blanked(), 3U);
    EXPECT_EQ(site.lines_with("warning") + site.lines_with("error"), "");
}

TEST(Failure17, AMoveWhoseAnswerIsLostIsFoundByItsMarkWithoutAnId) {
    Site site;
    WithoutNewIds ids;
    const Meddler meddler(site.exchange.url(), {}, ids.change());
    site.set_up(meddler.url());
    site.begin();
    site.exchange.inject("MoveItem drop-after");
    site.drop(numbered("offer-", 2));
    site.work_until_finished(2);
    EXPECT_EQ(site.told(), filed(numbered("offer-", 2)));
    EXPECT_LE(ids.blanked(), 1U) << "at most the second is moved by a call whose answer came";
}

}  // namespace
