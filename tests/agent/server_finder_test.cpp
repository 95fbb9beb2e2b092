#include "agent/server_finder.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "tests/agent/domain.hpp"

namespace {

using live::anna;
using live::ben;

class ServerFinder : public testing::Test {
protected:
    void open() {
        config_ = domain_.config();
        connection_ =
            agent::open_connection(domain_.context.get_executor(), config_.exchanges.front())
                .value();
        finder_ =
            std::make_unique<agent::ServerFinder>(config_.exchanges.front(), connection_, nullptr);
    }
    std::future<agent::Result<ews::Discovered>> begin(const std::string& address) {
        return boost::asio::co_spawn(
            domain_.context, finder_->find(address), boost::asio::use_future
        );
    }
    agent::Result<ews::Discovered> find(const std::string& address) {
        auto found = begin(address);
        domain_.pump([&] { return is_ready(found); });
        return found.get();
    }
    static bool is_ready(const std::future<agent::Result<ews::Discovered>>& found) {
        return found.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    }

    domain::Domain domain_{{anna, ben}};
    agent::Config config_;
    agent::Connection connection_;
    std::unique_ptr<agent::ServerFinder> finder_;
};

TEST_F(ServerFinder, FindsTheEwsOfAMailboxAtItsDomain) {
    open();
    const auto found = find(anna);
    ASSERT_TRUE(found) << found.error().text;
    EXPECT_EQ(found->ews_url, "https://us.example/EWS/Exchange.asmx");
    EXPECT_EQ(found->told_by, "https://us.example/autodiscover/autodiscover.svc");
    EXPECT_EQ(found->grouping, "Site-One");
}

TEST_F(ServerFinder, AMailboxThatNobodyKnowsIsNoReasonNotToAskForTheNextOne) {
    open();
    const auto nobody = find("nobody@us.example");
    ASSERT_FALSE(nobody);
    const std::string text = nobody.error().text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
    EXPECT_NE(
        text.find("Autodiscover finds no EWS for nobody@us.example. What was tried: "), text.npos
    ) << text;
    EXPECT_NE(text.find("; The address of EWS can be configured instead"), text.npos) << text;
    EXPECT_TRUE(find(ben));
}

TEST_F(ServerFinder, AnAddressThatWasRedirectedIsFoundUnderTheOtherOneIfItsHostIsAllowed) {
    open();
    config_.exchanges.front().redirect_hosts = {"us.example"};
    // Of old.us.example only the domain above has a certificate here.
    const auto found = find("anna@autodiscover.us.example");
    ASSERT_TRUE(found) << found.error().text;
    EXPECT_EQ(found->address, anna);
}

TEST_F(ServerFinder, AWrongPasswordIsMetOnceAndNotByEachMailbox) {
    world::write(domain_.file("password"), "wrong\n");
    open();
    auto first = begin(anna), second = begin(ben);
    domain_.pump([&] { return is_ready(first) && is_ready(second); });
    EXPECT_EQ(first.get().error().code, agent::errc::denied);
    const auto asked = domain_.proxy->asked().size();
    const agent::Error error = second.get().error();
    EXPECT_EQ(error.text.find("as for another mailbox of us.example: "), 0U) << error.text;
    EXPECT_FALSE(find(ben));
    EXPECT_EQ(domain_.proxy->asked().size(), asked);
}

TEST_F(ServerFinder, ARefusedLoginIsMetOnceAlsoWhereOthersWereFoundBefore) {
    open();
    EXPECT_TRUE(find(anna));
    world::write(domain_.file("password"), "wrong\n");
    connection_ =
        agent::open_connection(domain_.context.get_executor(), config_.exchanges.front()).value();
    EXPECT_TRUE(find(anna).error().login_refused);
    const agent::Error error = find(ben).error();
    EXPECT_EQ(error.text.find("as for another mailbox of us.example: "), 0U) << error.text;
    EXPECT_TRUE(error.login_refused);
}

TEST_F(ServerFinder, WhoStopsWaitsForNoTurn) {
    open();
    auto first = begin(anna), second = begin(ben);
    domain_.context.restart();
    domain_.context.poll_one();
    domain_.context.poll_one();
    finder_->stop();
    domain_.pump([&] { return is_ready(first) && is_ready(second); });
    EXPECT_TRUE(first.get());
    EXPECT_FALSE(second.get());
}

}  // namespace
