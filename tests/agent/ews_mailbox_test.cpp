#include "agent/ews_mailbox.hpp"

#include <gtest/gtest.h>

#include "agent/limits.hpp"
#include "tests/agent/exchange.hpp"
#include "tests/fakes/transport.hpp"

namespace {

using agent::errc;
using agent_test::anna;
using agent_test::run;
using Move = rules::Disposition::Move;
using Names = std::vector<std::string>;

class EwsMailbox : public testing::Test {
protected:
    agent::Folders ensure(const rules::Policy& policy = agent_test::policy()) {
        return run(client_.context, client_.mailbox.ensure_folders(policy)).value();
    }
    agent::Changes changes(const agent::WatchedFolder& folder, const std::string& sync_state) {
        return run(client_.context, client_.mailbox.changes(folder, sync_state)).value();
    }
    static Names ids(const agent::Changes& changes) {
        Names ids;
        for (const auto& item : changes.items) ids.push_back(item.id);
        return ids;
    }
    agent::Result<agent::MailItem> fetch(const std::string& item) {
        return run(client_.context, client_.mailbox.fetch(item));
    }
    agent::Result<void> mark(const std::string& item, agent::Marking marking) {
        return run(client_.context, client_.mailbox.mark(item, std::move(marking)));
    }

    agent_test::Exchange exchange_;
    agent_test::Client client_{exchange_};
};

TEST_F(EwsMailbox, MakesTheFoldersOfThePolicyOnce) {
    const auto folders = ensure();
    EXPECT_EQ(folders.warnings, Names{});
    ASSERT_EQ(folders.watched.size(), 2U);
    EXPECT_EQ(folders.watched[0].name, "- Create New Email");
    EXPECT_EQ(to_text(folders.watched[1].role), "create-new/opportunity");
    EXPECT_EQ(
        exchange_.folders(), "Company CRM 0\n- Create New Email 0\n- Create New Opportunity 0\n"
    );
    EXPECT_EQ(ensure().watched, folders.watched);
    EXPECT_EQ(exchange_.simulator.requests("CreateFolder"), 3U);
}

TEST_F(EwsMailbox, AFolderThatIsNotWantedGoesOnlyWhenItIsEmpty) {
    ensure();
    auto policy = agent_test::policy();
    policy.modules.clear();
    exchange_.simulator.deliver(anna, "- Create New Opportunity", agent_test::offer());
    const auto kept = ensure(policy);
    EXPECT_EQ(kept.watched.size(), 1U);
    EXPECT_EQ(
        kept.warnings,
        Names{"'- Create New Opportunity' is no longer wanted by the policy but holds 1 mails or "
              "folders; move them away and it goes"}
    );
    const auto item = exchange_.simulator.items(anna, "- Create New Opportunity").at(0).id;
    exchange_.simulator.move(anna, item, "inbox");
    EXPECT_EQ(ensure(policy).warnings, Names{});
    EXPECT_EQ(exchange_.simulator.requests("DeleteFolder"), 1U);
}

TEST_F(EwsMailbox, TellsWhatIsNewSinceASyncState) {
    const auto deals = ensure().watched.at(1);
    const auto first = exchange_.simulator.deliver(anna, deals.id, agent_test::offer());
    const auto second = exchange_.simulator.deliver(anna, deals.id, agent_test::internal());
    const auto start = changes(deals, "");
    EXPECT_EQ(ids(start), (Names{first, second}));
    EXPECT_TRUE(start.complete);
    EXPECT_EQ(ids(changes(deals, start.sync_state)), Names{});
    const auto third = exchange_.simulator.deliver(anna, deals.id, agent_test::offer());
    EXPECT_EQ(ids(changes(deals, start.sync_state)), Names{third});
}

TEST_F(EwsMailbox, OfInboxAndSentItemsItTellsCategoriesAndTimes) {
    auto policy = agent_test::policy();
    policy.smart_convert.enabled = false;
    policy.inbox.enabled = true;
    policy.sent_items.enabled = true;
    const auto folders = ensure(policy);
    ASSERT_EQ(folders.watched.size(), 2U);
    EXPECT_EQ(exchange_.folders(), "") << "nothing to drop into, so no folder is made";
    const auto& inbox = folders.watched[0];
    EXPECT_EQ(inbox.name + " " + to_text(inbox.role), "Inbox inbox");
    EXPECT_EQ(to_text(folders.watched[1].role), "sent-items");
    const auto before = std::chrono::system_clock::now() - std::chrono::seconds(1);
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    const auto start = changes(inbox, "");
    ASSERT_EQ(start.items.size(), 1U);
    EXPECT_TRUE(start.items[0].created);
    EXPECT_EQ(start.items[0].categories, Names{});
    EXPECT_GT(start.items[0].received, before);
    exchange_.simulator.categorise(anna, item, {"Company CRM"});
    const auto later = changes(inbox, start.sync_state);
    ASSERT_EQ(later.items.size(), 1U);
    EXPECT_FALSE(later.items[0].created);
    EXPECT_EQ(later.items[0].categories, Names{"Company CRM"});
    EXPECT_GT(later.items[0].modified, before);
}

TEST_F(EwsMailbox, ASyncStateOfAnotherServerIsLost) {
    const auto deals = ensure().watched.at(1);
    const auto answer = run(client_.context, client_.mailbox.changes(deals, "bm9uc2Vuc2U="));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::sync_state_lost);
}

TEST_F(EwsMailbox, FetchesTheMailAsItCame) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    const auto mail = fetch(item).value();
    EXPECT_EQ(mail.mime, agent_test::offer());
    EXPECT_EQ(mail.categories, Names{});
}

TEST_F(EwsMailbox, FetchesTogetherWhatIsExpectedAndSmall) {
    const auto deals = ensure().watched.at(1);
    const auto small = exchange_.simulator.deliver(anna, deals.id, agent_test::offer());
    const auto other = exchange_.simulator.deliver(anna, deals.id, agent_test::internal());
    const auto large = exchange_.simulator.deliver(
        anna, deals.id, agent_test::offer() + std::string(agent::limits::big_mail, 'x')
    );
    const auto start = changes(deals, "");
    exchange_.simulator.mark_read(anna, large);  // of which no size is told
    changes(deals, start.sync_state);
    client_.mailbox.expect({small, large, other});
    EXPECT_EQ(fetch(small).value().mime, agent_test::offer());
    EXPECT_EQ(exchange_.simulator.requests("GetItem"), 1U);
    EXPECT_GT(fetch(large).value().mime.size(), agent::limits::big_mail);
    EXPECT_EQ(exchange_.simulator.requests("GetItem"), 2U);
    EXPECT_EQ(fetch(other).value().mime, agent_test::internal());
    EXPECT_EQ(exchange_.simulator.requests("GetItem"), 2U) << "it came with the first";
    ASSERT_TRUE(mark(other, {{"Red"}, {}, "filed:1"}));
    EXPECT_EQ(exchange_.simulator.requests("GetItem"), 2U) << "its change key is known";
}

TEST_F(EwsMailbox, FetchesAMailInPartsWhereTheServerCannotMakeIt) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    exchange_.simulator.categorise(anna, item, {"Red"});
    exchange_.simulator.inject("GetItem mime-error ErrorContentConversionFailed");
    const auto mail = fetch(item).value();
    EXPECT_NE(mail.mime.view().find("boundary="), std::string::npos);
    EXPECT_EQ(mail.categories, Names{"Red"});
    EXPECT_EQ(
        mail.words.remark,
        "the server could not give the mail as MIME; put together from its parts"
    );
    EXPECT_EQ(fetch(item).value().words.remark, "");
}

TEST_F(EwsMailbox, WhereAPartIsMissingItTellsWhatWasWrongAtFirst) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    exchange_.simulator.inject(
        "GetItem mime-error ErrorContentConversionFailed\n"
        "GetAttachment item-error ErrorCannotOpenFileAttachment"
    );
    const auto answer = fetch(item);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::permanent);
    EXPECT_NE(answer.error().text.find("ErrorContentConversionFailed"), std::string::npos);
    EXPECT_NE(answer.error().text.find("ErrorCannotOpenFileAttachment"), std::string::npos);
    const auto name = run(client_.context, client_.mailbox.name_of(item));
    EXPECT_EQ(name.subject + " " + name.message_id, "Offer <offer@acme.example>");
}

TEST_F(EwsMailbox, TellsTheSmtpAddressesOfPeopleWithX500Names) {
    exchange_.simulator.add_legacy_name("ben@us.example", "/o=us/cn=ben");
    const auto item = exchange_.simulator.deliver(
        anna, "inbox", "From: Ben <IMCEAEX-_o=us_cn=ben@us.example>\r\nSubject: x\r\n\r\ny\r\n"
    );
    EXPECT_EQ(fetch(item).value().words.addresses.from, "ben@us.example");
    EXPECT_EQ(fetch(item).value().words.addresses.from, "ben@us.example");
    EXPECT_EQ(exchange_.simulator.requests("ResolveNames"), 1U);
}

/// Of so many bytes, in lines.
std::string mail_of(std::size_t bytes) {
    std::string mail = "From: big@heavy.example\r\nSubject: Big\r\n\r\n";
    for (int i = 0; mail.size() < bytes; ++i) mail += "line " + std::to_string(i) + "\r\n";
    return mail;
}

TEST_F(EwsMailbox, ALargeMailComesAsItIs) {
    const std::string big = mail_of(3 * agent::limits::big_mail);
    const auto item = exchange_.simulator.deliver(anna, "inbox", big);
    const auto mail = fetch(item).value();
    EXPECT_TRUE(mail.mime == big);
}

TEST_F(EwsMailbox, OfLargeMailsOneIsInWorkAtATimeAndSmallOnesPass) {
    agent::BigMails big_mails("");
    agent::EwsMailbox mailbox(
        *client_.connection.transport,
        agent::client_options(exchange_.config, client_.connection, {{anna}}),
        nullptr,
        &big_mails
    );
    const std::string big = mail_of(2 * agent::limits::big_mail);
    const auto deals = ensure().watched.at(1);
    const auto first = exchange_.simulator.deliver(anna, deals.id, big);
    const auto second = exchange_.simulator.deliver(anna, deals.id, big);
    const auto unannounced = exchange_.simulator.deliver(anna, "inbox", big);
    const auto small = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(run(client_.context, mailbox.changes(deals, "")));
    std::optional<agent::Result<agent::MailItem>> in_work =
        run(client_.context, mailbox.fetch(first));
    ASSERT_TRUE(*in_work) << in_work->error().text;
    const std::size_t fetched = exchange_.simulator.requests("GetItem");
    std::vector<std::optional<agent::Result<agent::MailItem>>> waiting(2);
    boost::asio::co_spawn(client_.context, mailbox.fetch(second), [&](auto, auto mail) {
        waiting[0] = std::move(mail);
    });
    boost::asio::co_spawn(client_.context, mailbox.fetch(unannounced), [&](auto, auto mail) {
        waiting[1] = std::move(mail);
    });
    ASSERT_TRUE(run(client_.context, mailbox.fetch(small)));
    EXPECT_TRUE(agent_test::run_until(client_.context, [&] {
        return exchange_.simulator.requests("GetItem") == fetched + 2;
    }));
    EXPECT_FALSE(waiting[0] || waiting[1])
        << "the one has not been asked for, the other waits with its bytes";
    in_work.reset();
    EXPECT_TRUE(agent_test::run_until(client_.context, [&] { return waiting[0].has_value(); }));
    EXPECT_TRUE(waiting[0]->value().mime == big);
    EXPECT_FALSE(waiting[1]);
    waiting[0].reset();
    EXPECT_TRUE(agent_test::run_until(client_.context, [&] { return waiting[1].has_value(); }));
    EXPECT_TRUE(waiting[1]->value().mime == big);
}

TEST_F(EwsMailbox, WhoWaitsForTheTurnOfALargeMailIsToldWhenWeStop) {
    agent::BigMails big_mails("");
    agent::EwsMailbox mailbox(
        *client_.connection.transport,
        agent::client_options(exchange_.config, client_.connection, {{anna}}),
        nullptr,
        &big_mails
    );
    const auto item =
        exchange_.simulator.deliver(anna, "inbox", mail_of(2 * agent::limits::big_mail));
    const agent::BigMails::Turn turn = run(client_.context, big_mails.turn());
    std::optional<agent::Result<agent::MailItem>> waiting;
    boost::asio::co_spawn(client_.context, mailbox.fetch(item), [&](auto, auto mail) {
        waiting = std::move(mail);
    });
    EXPECT_TRUE(agent_test::run_until(client_.context, [&] {
        return exchange_.simulator.requests("GetItem") == 1;
    }));
    EXPECT_FALSE(waiting);
    big_mails.stop();
    EXPECT_TRUE(agent_test::run_until(client_.context, [&] { return waiting.has_value(); }));
    EXPECT_EQ(waiting->error().code, errc::cancelled);
}

/// Of a folder with one mail, `huge`, of that size.
std::string folder_with(const std::string& size) {
    return "<s:Envelope><s:Body><m:SyncFolderItemsResponse><m:ResponseMessages>"
           "<m:SyncFolderItemsResponseMessage "
           "ResponseClass='Success'><m:ResponseCode>NoError</m:ResponseCode>"
           "<m:SyncState>s</m:SyncState><m:IncludesLastItemInRange>true</"
           "m:IncludesLastItemInRange><m:Changes><t:Create><t:Message><t:ItemId Id='huge'/>"
           "<t:Size>" +
           size +
           "</t:Size></t:Message></t:Create></m:Changes></m:SyncFolderItemsResponseMessage>"
           "</m:ResponseMessages></m:SyncFolderItemsResponse></s:Body></s:Envelope>";
}

TEST_F(EwsMailbox, WhileAServerIsToBeLeftAloneOthersHaveTheTurn) {
    fakes::Transport transport;
    transport.answer(200, folder_with("9000000"));
    http::Gate gate;
    ews::ClientOptions options;
    options.gate = &gate;
    agent::BigMails big_mails("");
    agent::EwsMailbox mailbox(transport, options, nullptr, &big_mails);
    const agent::WatchedFolder deals{"F", "- Create New Opportunity", agent_test::opportunity()};
    ASSERT_TRUE(run(client_.context, mailbox.changes(deals, "")));
    const std::chrono::milliseconds at_once{0};
    auto entry = run(client_.context, gate.enter("", http::Kind::ordinary, at_once));
    std::get<http::Pass>(entry).note_busy(http::Scope::server, std::chrono::seconds(50));
    std::optional<agent::Result<agent::MailItem>> waiting;
    boost::asio::co_spawn(client_.context, mailbox.fetch("huge"), [&](auto, auto mail) {
        waiting = std::move(mail);
    });
    EXPECT_TRUE(run(client_.context, big_mails.turn()));
    EXPECT_FALSE(waiting);
    gate.shorten_waits(at_once);
    EXPECT_TRUE(agent_test::run_until(client_.context, [&] { return waiting.has_value(); }));
    EXPECT_EQ(waiting->error().code, errc::unreachable);
    EXPECT_EQ(transport.asked.size(), 1U);
}

TEST_F(EwsMailbox, ATooLargeMailIsRefusedWithoutAskingForIt) {
    fakes::Transport transport;
    transport.answer(200, folder_with("209715201"));
    agent::EwsMailbox mailbox(transport, {});
    const agent::WatchedFolder deals{"F", "- Create New Opportunity", agent_test::opportunity()};
    EXPECT_EQ(ids(run(client_.context, mailbox.changes(deals, "")).value()), Names{"huge"});
    EXPECT_NE(transport.asked.at(0).body.find("item:Size"), std::string::npos);
    const auto refused = run(client_.context, mailbox.fetch("huge"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::permanent);
    EXPECT_EQ(refused.error().text, "the mail is larger than 200 MiB");
    EXPECT_EQ(transport.asked.size(), 1U);
}

TEST_F(EwsMailbox, WhatIsNotThereIsGone) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(exchange_.simulator.erase(anna, item));
    EXPECT_EQ(fetch(item).error().code, errc::gone);
    EXPECT_EQ(mark(item, {{"Red"}, {}, "m"}).error().code, errc::gone);
    const auto moved = run(client_.context, client_.mailbox.move(item, Move::inbox));
    EXPECT_EQ(moved.error().code, errc::gone);
    EXPECT_EQ(run(client_.context, client_.mailbox.purge(item)).error().code, errc::gone);
}

TEST_F(EwsMailbox, AMarkKeepsTheCategoriesThatAreThere) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(mark(item, {{"Red", "Processing Error"}, {}, ""}));
    ASSERT_TRUE(
        mark(item, {{"Processing Complete", "Red"}, {"Processing Error", "Blue"}, "filed:1"})
    );
    const auto mail = fetch(item).value();
    EXPECT_EQ(mail.categories, (Names{"Red", "Processing Complete"}));
    EXPECT_TRUE(run(client_.context, client_.mailbox.find_marked(Move::inbox, "filed:1")).value());
    EXPECT_FALSE(exchange_.simulator.items(anna, "inbox").at(0).is_read);
}

TEST_F(EwsMailbox, AMarkThatIsThereAlreadyIsNotWrittenAgain) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(mark(item, {{"Red"}, {}, "filed:1"}));
    const auto writes = exchange_.simulator.requests("UpdateItem");
    ASSERT_TRUE(mark(item, {{"Red"}, {"Blue"}, "filed:1"}));
    EXPECT_EQ(exchange_.simulator.requests("UpdateItem"), writes);
}

TEST_F(EwsMailbox, AConflictWithAnotherWriterIsReadAndWrittenAgain) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    using Fault = ews::simulator::Fault;
    Fault conflict;
    conflict.kind = Fault::Kind::response_error;
    conflict.code = "ErrorIrresolvableConflict";
    exchange_.simulator.inject("UpdateItem", conflict, 2);
    ASSERT_TRUE(mark(item, {{"Red"}, {}, ""}));
    EXPECT_EQ(fetch(item).value().categories, Names{"Red"});
    exchange_.simulator.inject("UpdateItem", conflict, 3);
    EXPECT_EQ(mark(item, {{"Blue"}, {}, ""}).error().code, errc::transient);
}

TEST_F(EwsMailbox, WhatWasFetchedIsMarkedWithoutAskingAgain) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    exchange_.simulator.categorise(anna, item, {"Red"});
    ASSERT_TRUE(fetch(item));
    const auto before = exchange_.simulator.requests("GetItem");
    ASSERT_TRUE(mark(item, {{"Blue"}, {}, "filed:1"}));
    EXPECT_EQ(exchange_.simulator.items(anna, "inbox").at(0).categories, (Names{"Red", "Blue"}));
    EXPECT_EQ(exchange_.simulator.requests("GetItem"), before);
    ASSERT_TRUE(mark(item, {{"Green"}, {}, ""}));
    EXPECT_EQ(exchange_.simulator.requests("GetItem"), before + 1) << "it is not what was fetched any more";
}

TEST_F(EwsMailbox, WhatItsUserWritesAfterTheFetchStays) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(fetch(item));
    exchange_.simulator.categorise(anna, item, {"Red"});
    ASSERT_TRUE(mark(item, {{"Blue"}, {}, "filed:1"}));
    EXPECT_EQ(exchange_.simulator.items(anna, "inbox").at(0).categories, (Names{"Red", "Blue"}));
}

TEST_F(EwsMailbox, WhatSeemsToBeMarkedIsLookedAtOnceMore) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    exchange_.simulator.categorise(anna, item, {"Red"});
    ASSERT_TRUE(fetch(item));
    exchange_.simulator.categorise(anna, item, {"Blue"});
    ASSERT_TRUE(mark(item, {{"Red"}, {}, ""}));
    EXPECT_EQ(exchange_.simulator.items(anna, "inbox").at(0).categories, (Names{"Blue", "Red"}));
}

TEST_F(EwsMailbox, SeveralAreMarkedInOneCallAndMovedInAnother) {
    const auto deals = ensure().watched.at(1);
    Names items;
    for (int i = 0; i < 3; ++i) items.push_back(exchange_.simulator.deliver(anna, deals.id, agent_test::offer()));
    ASSERT_TRUE(fetch(items[0]));
    ASSERT_TRUE(fetch(items[2]));
    exchange_.simulator.categorise(anna, items[2], {"Red"});
    exchange_.simulator.erase(anna, items[1]);
    std::vector<agent::MarkedItem> marked;
    for (const auto& item : items) marked.push_back({item, {{"Blue"}, {}, "filed:" + item}});
    const auto reads = exchange_.simulator.requests("GetItem");
    const auto results = run(client_.context, client_.mailbox.mark_each(marked)).value();
    ASSERT_EQ(results.size(), 3U);
    EXPECT_TRUE(results[0]);
    EXPECT_EQ(results[1].error().code, errc::gone);
    EXPECT_FALSE(results[2]) << "its user has written it since";
    EXPECT_EQ(exchange_.simulator.requests("GetItem"), reads + 1) << "for the one that was not fetched";
    EXPECT_EQ(exchange_.simulator.requests("UpdateItem"), 1U);
    const auto moved = run(client_.context, client_.mailbox.move_each(items, Move::inbox)).value();
    ASSERT_EQ(moved.size(), 3U);
    EXPECT_TRUE(moved[0]);
    EXPECT_EQ(moved[1].error().code, errc::gone);
    EXPECT_TRUE(moved[2]);
    EXPECT_EQ(exchange_.simulator.requests("MoveItem"), 1U);
    EXPECT_EQ(exchange_.simulator.items(anna, "inbox").size(), 2U);
}

TEST_F(EwsMailbox, AMovedMailIsFoundByItsMark) {
    const auto item = exchange_.simulator.deliver(anna, "drafts", agent_test::offer());
    ASSERT_TRUE(mark(item, {{}, {}, "filed:1"}));
    ASSERT_TRUE(run(client_.context, client_.mailbox.move(item, Move::sent_items)));
    EXPECT_EQ(fetch(item).error().code, errc::gone);
    const auto is_there = [&](Move place, const std::string& mark) {
        return run(client_.context, client_.mailbox.find_marked(place, mark)).value().has_value();
    };
    EXPECT_TRUE(is_there(Move::sent_items, "filed:1"));
    EXPECT_FALSE(is_there(Move::inbox, "filed:1"));
    EXPECT_FALSE(is_there(Move::sent_items, "filed:2"));
}

TEST_F(EwsMailbox, APurgedMailIsNowhere) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    ASSERT_TRUE(run(client_.context, client_.mailbox.purge(item)));
    EXPECT_TRUE(exchange_.simulator.items(anna, "inbox").empty());
    EXPECT_TRUE(exchange_.simulator.items(anna, "deleteditems").empty());
}

TEST_F(EwsMailbox, FindingFoldersMakesNone) {
    const auto find = [&] {
        return run(client_.context, client_.mailbox.find_folders(agent_test::policy())).value();
    };
    EXPECT_TRUE(find().watched.empty());
    EXPECT_EQ(exchange_.folders(), "");
    const auto made = ensure();
    EXPECT_EQ(find().watched, made.watched);
}

TEST_F(EwsMailbox, AWrongPasswordIsDenied) {
    exchange_.config.password->name = exchange_.folder.write("wrong", "wrong");
    agent_test::Client stranger(exchange_);
    const auto folders =
        run(stranger.context, stranger.mailbox.ensure_folders(agent_test::policy()));
    ASSERT_FALSE(folders);
    EXPECT_EQ(folders.error().code, errc::denied);
}

}  // namespace
