#include "ews/stream_group.hpp"

#include "tests/ews/stream_members.hpp"

namespace {

using namespace std::chrono_literals;
using namespace wire;
using ews::errc;
using StreamGroup = wire::StreamMembers;

TEST_F(StreamGroup, OneStreamServesAllAndEachGetsWhatIsItsOwn) {
    const auto first = join(anna);
    const auto second = join(ben);
    auto& stream = stream_of(2);
    stream.say(new_mail("S2", "F-ben@us.example"));
    stream.say(new_mail("S1", "F-anna@us.example"));
    EXPECT_EQ(await_news(*second, News::events).events.at(0).parent->id, "F-ben@us.example");
    EXPECT_EQ(await_news(*first, News::events).events.at(0).parent->id, "F-anna@us.example");
    EXPECT_EQ(groups.size(), 1U);
}

// Failure 10: affinity.
TEST_F(StreamGroup, EverythingOfAGroupGoesToTheServerOfItsAnchor) {
    const auto first = join(anna);
    const auto second = join(ben);
    stream_of(2);
    const auto& subscribe = server.last("Subscribe");
    EXPECT_EQ(subscribe.mailbox, ben);  // a subscription is of one mailbox …
    EXPECT_EQ(subscribe.anchor, anna);
    EXPECT_EQ(subscribe.cookie, "X-BackEndOverrideCookie=B1~1");
    const auto& stream = server.last("GetStreamingEvents");
    EXPECT_EQ(stream.mailbox, anna);  // … the stream of the anchor
    EXPECT_EQ(stream.anchor, anna);
    EXPECT_EQ(stream.cookie, "X-BackEndOverrideCookie=B1~1");
    run_void(second->leave());
    EXPECT_EQ(server.last("Unsubscribe").anchor, anna);
    EXPECT_EQ(server.last("Unsubscribe").mailbox, ben);
    EXPECT_EQ(server.last("Unsubscribe").cookie, "X-BackEndOverrideCookie=B1~1");
}

TEST_F(StreamGroup, WhereTheAnchorLeavesAnotherOneGoesOnAtTheSameServer) {
    const auto first = join(anna);
    const auto second = join(ben);
    stream_of(2);
    run_void(first->leave());
    stream_of(1);
    const auto& stream = server.last("GetStreamingEvents");
    EXPECT_EQ(stream.mailbox, ben);
    EXPECT_EQ(stream.anchor, ben);
    EXPECT_EQ(stream.cookie, "X-BackEndOverrideCookie=B1~1");
}

TEST_F(StreamGroup, AnAnchorThatIsRefusedGoesAloneAndTheOthersGoOn) {
    const auto first = join(anna);
    const auto second = join(ben);
    const auto third = join(carl);
    stream_of(3);
    server.refusing.insert(anna);
    server.lines.back()->say(std::string());  // the server hangs up
    EXPECT_EQ(error(*first), errc::no_such_mailbox);
    stream_of(2);
    EXPECT_EQ(server.last("GetStreamingEvents").mailbox, ben);
    await_news(*second, News::sync);
}

TEST_F(StreamGroup, AMailboxThatDoesNotExistIsNoAnchorAtAll) {
    server.refusing.insert(anna);
    EXPECT_EQ(refusal(anna).code, errc::no_such_mailbox);
    const auto second = join(ben);
    stream_of(1);
    EXPECT_EQ(server.last("Subscribe").anchor, ben);
}

// Failure 5: an error always beats ConnectionStatus OK.
TEST_F(StreamGroup, ALostSubscriptionConcernsItsMailboxOnlyAndThatOneMayJoinAgain) {
    const auto first = join(anna);
    const auto second = join(ben);
    stream_of(2).say(stream_error("ErrorInvalidSubscription", "S2", "OK"));
    EXPECT_EQ(error(*second), errc::subscription_lost);
    stream_of(1).say(new_mail("S1", "F"));
    await_news(*first, News::events);
    EXPECT_TRUE(remembered[ben].empty());
    const auto again = join(ben);
    stream_of(2);
    run_void(second->leave());  // it has left long ago
    EXPECT_EQ(server.count("Unsubscribe"), 0U);
}

// Failure 4: closing at any moment is normal.
TEST_F(StreamGroup, AfterEveryGapAnythingMayHaveHappened) {
    const auto member = join(anna);
    stream_of(1);
    EXPECT_EQ(next(*member).kind, News::alive);
    server.lines.back()->say(stream_closed);
    EXPECT_EQ(next(*member).kind, News::sync);
    server.lines.back()->say(http::Error{http::errc::closed, "reset"});
    EXPECT_EQ(next(*member).kind, News::sync);
    EXPECT_EQ(server.count("Subscribe"), 1U);
    EXPECT_EQ(server.count("GetStreamingEvents"), 3U);
}

// Failures 2 and 3: silence.
TEST_F(StreamGroup, ASilentStreamIsOpenedAnewWithoutAnAlarm) {
    auto paces = quick();
    paces.stream.silence = 10ms;
    ews::StreamGroups impatient(paces);
    std::vector<ews::FolderId> folders{{"F", ""}};
    const auto member = run(impatient.join(client(anna), std::move(folders))).value();
    EXPECT_EQ(next(*member).kind, News::alive);
    EXPECT_EQ(next(*member).kind, News::sync);
    EXPECT_GE(server.count("GetStreamingEvents"), 2U);
    EXPECT_EQ(server.count("GetFolder"), 0U);
}

TEST_F(StreamGroup, AStreamThatOutlivesItsTimeIsOpenedAnew) {
    auto paces = quick();
    paces.stream.overtime = 20ms - paces.stream.connection;
    ews::StreamGroups impatient(paces);
    std::vector<ews::FolderId> folders{{"F", ""}};
    const auto member = run(impatient.join(client(anna), std::move(folders))).value();
    EXPECT_EQ(next(*member).kind, News::alive);
    EXPECT_EQ(next(*member).kind, News::sync);
}

// grommunio: one envelope with everything, a bad id refused only with the first heartbeat.
TEST_F(StreamGroup, TheWaysOfGrommunioAreWaysToo) {
    server.greeting = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" +
                      stream_message(
                          "<m:Notifications/><m:ErrorSubscriptionIds/>"
                          "<m:ConnectionStatus>OK</m:ConnectionStatus>"
                      );
    const auto first = join(anna);
    const auto second = join(ben);
    auto& stream = stream_of(2);
    await_news(*first, News::sync);
    stream.say(stream_message(
        "<m:ResponseCode>ErrorInvalidSubscription</m:ResponseCode>"
        "<m:Notifications><m:Notification><t:SubscriptionId>S1</t:SubscriptionId>"
        "<t:NewMailEvent><t:ItemId Id='A'/><t:ParentFolderId Id='F'/></t:NewMailEvent>"
        "</m:Notification></m:Notifications>"
        "<m:ErrorSubscriptionIds><m:SubscriptionId>S2</m:SubscriptionId></m:ErrorSubscriptionIds>"
        "<m:ConnectionStatus>Closed</m:ConnectionStatus>",
        "Error"
    ));
    EXPECT_EQ(next(*first).kind, News::events);
    EXPECT_EQ(error(*second), errc::subscription_lost);
    stream_of(1);
}

// Failure 1 and "a proxy is buffering": the head comes, and then nothing.
TEST_F(StreamGroup, BehindAProxyThatBuffersMembersAreToldOnceAndPolled) {
    server.greeting = "";
    const auto member = join(anna);
    const auto told = next(*member);
    EXPECT_EQ(told.kind, News::polling);
    EXPECT_NE(told.text.find("a proxy is buffering the stream"), std::string::npos) << told.text;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(next(*member).kind, News::sync);
    EXPECT_EQ(server.count("GetStreamingEvents"), 2U);
}

TEST_F(StreamGroup, AStreamWithoutAnyAnswerOfAServerThatAnswersIsAProxyToo) {
    server.deaf.insert("GetStreamingEvents");
    const auto member = join(anna);
    EXPECT_EQ(next(*member).kind, News::polling);
    EXPECT_EQ(server.count("GetFolder"), 2U);
}

TEST_F(StreamGroup, AServerThatAnswersNothingIsNoProxy) {
    const auto member = join(anna);
    stream_of(1);
    EXPECT_EQ(next(*member).kind, News::alive);
    server.deaf = {"GetStreamingEvents", "GetFolder"};
    server.lines.back()->say(stream_closed);
    until([&] { return server.count("GetFolder") == 1; });
    run_void(member->leave());  // does not wait for it
    EXPECT_EQ(server.count("Unsubscribe"), 1U);
}

// Failure 8: close() does not hang.
TEST_F(StreamGroup, WhenAllHaveLeftNothingIsLeftToDo) {
    const auto first = join(anna);
    const auto second = join(ben);
    stream_of(2);
    run_void(first->leave());
    run_void(second->leave());
    EXPECT_TRUE(remembered[anna].empty());
    context.restart();
    EXPECT_LE(context.run_for(5s), 100U);
    EXPECT_TRUE(context.stopped());
}

// Failure 9: what a crash has left is given back before more is asked for.

}  // namespace
