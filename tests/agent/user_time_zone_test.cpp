#include "agent/user_time_zone.hpp"

#include <gtest/gtest.h>

#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/directory.hpp"

namespace {

using agent_test::anna;

agent::Result<std::string> zone(fakes::Directory& directory, const std::string& mailbox) {
    return agent_test::run(agent::user_time_zone(directory, mailbox));
}

TEST(UserTimeZone, IsWhatTheCrmHasOfTheUser) {
    fakes::Directory directory;
    directory.facts.people[anna].users = {{"u1", "Anna", "Europe/Berlin"}};
    directory.facts.people["bob@us.example"].users = {{"u2", "Bob", "America/New_York"}};
    EXPECT_EQ(zone(directory, anna).value(), "Europe/Berlin");
    ASSERT_EQ(directory.asked.size(), 1U);
    rules::Need need;
    need.people = {anna};
    EXPECT_EQ(directory.asked.front(), need) << "nothing else is asked";
}

TEST(UserTimeZone, IsGivenAsItStandsThere) {
    fakes::Directory directory;
    directory.facts.people[anna].users = {{"u1", "Anna", "Middle-earth/Shire"}};
    EXPECT_EQ(zone(directory, anna).value(), "Middle-earth/Shire");
}

TEST(UserTimeZone, OfSeveralUsersIsTheFirstThatHasOne) {
    fakes::Directory directory;
    directory.facts.people[anna].users = {
        {"u1", "Anna", ""}, {"u2", "Anna", "Europe/Berlin"}, {"u3", "Anna", "Asia/Tokyo"}};
    EXPECT_EQ(zone(directory, anna).value(), "Europe/Berlin");
}

TEST(UserTimeZone, IsEmptyWhereTheCrmKnowsNone) {
    fakes::Directory directory;
    EXPECT_EQ(zone(directory, anna).value(), "");
    directory.facts.people[anna].users = {{"u1", "Anna", ""}};
    directory.facts.people[anna].contacts.resize(1);
    EXPECT_EQ(zone(directory, anna).value(), "");
}

TEST(UserTimeZone, ACrmThatIsAwayIsToldAsSuch) {
    fakes::Directory directory;
    directory.failures[1] = {crm::errc::unreachable, "no connection", {}};
    const auto answer = zone(directory, anna);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, agent::errc::unreachable);
    EXPECT_EQ(answer.error().text, "no connection");
}

}  // namespace
