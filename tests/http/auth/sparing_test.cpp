#include "http/auth/sparing.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/http/loop.hpp"

namespace {

using namespace std::chrono_literals;
using testing_http::run;
using Next = std::optional<http::Credentials>;

/// Counts how often a password goes out.
struct Inner : http::Authenticator {
    std::unique_ptr<http::Login> login(const http::Target&, std::span<const unsigned char>)
        override {
        return std::make_unique<Login>(*this);
    }
    std::string account() const override { return "ferry"; }
    bool doubts_refusal() override { return doubts; }

    struct Login : http::Login {
        explicit Login(Inner& inner) : inner_(inner) {}
        boost::asio::awaitable<http::Result<http::Credentials>> begin() override {
            ++inner_.sent;
            co_return http::Credentials{"secret", false};
        }
        boost::asio::awaitable<http::Result<Next>> answer(std::vector<std::string>) override {
            if (!inner_.wrong.empty()) co_return http::Error{http::errc::bad_url, inner_.wrong};
            co_return Next();
        }
        http::Result<void> accepted(const std::vector<std::string>&) override { return {}; }
        Inner& inner_;
    };

    int sent = 0;
    bool doubts = false;
    std::string wrong;
};

class Sparing : public testing::Test {
protected:
    std::unique_ptr<http::Login> connect() {
        return careful->login(http::read_url("https://mail.us.example/").value(), {});
    }
    /// "sent", or the error.
    std::string begin(http::Login& login) {
        const auto begun = run(io, login.begin());
        return begun ? "sent" : begun.error().text;
    }
    /// A connection and its only request, which is answered by 401.
    std::string refused() {
        const auto login = connect();
        const std::string begun = begin(*login);
        if (begun != "sent") return begun;
        const auto next = run(io, login->answer({"Basic"}));
        return next ? "refused" : next.error().text;
    }
    std::string accepted() {
        const auto login = connect();
        const std::string begun = begin(*login);
        if (begun == "sent") {
            EXPECT_TRUE(login->accepted({}));
        }
        return begun;
    }
    /// Begins, and does not wait for it.
    void come(http::Login& login) {
        auto coming = [](http::Login& one,
                         std::vector<std::string>& seen) -> boost::asio::awaitable<void> {
            auto begun = co_await one.begin();
            seen.push_back(begun ? "sent" : begun.error().text);
        };
        boost::asio::co_spawn(io, coming(login, told), boost::asio::detached);
        settle();
    }
    void settle() {
        io.restart();
        while (io.poll_one() > 0) {
        }
    }

    boost::asio::io_context io{1};
    std::shared_ptr<Inner> inner = std::make_shared<Inner>();
    std::shared_ptr<http::Authenticator> careful =
        http::sparing(inner, {50ms, 20ms, 100ms, 50ms, 50ms});
    std::vector<std::string> told;
};

constexpr const char* rests =
    "https://mail.us.example:443 has refused the login of \"ferry\"; it is not asked again so "
    "soon, "
    "because accounts lock";

TEST_F(Sparing, AfterARefusalNobodyAsksUntilTheRestIsOverAndThenLonger) {
    EXPECT_EQ(refused(), "refused");
    EXPECT_EQ(refused(), rests);
    EXPECT_EQ(refused(), rests);
    std::this_thread::sleep_for(55ms);
    EXPECT_EQ(refused(), "refused");
    std::this_thread::sleep_for(55ms);
    EXPECT_EQ(refused(), rests);
    EXPECT_EQ(inner->sent, 2);
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(accepted(), "sent");
    EXPECT_EQ(accepted(), "sent");
}

TEST_F(Sparing, OneTriesAndTheOthersWaitForWhatComesOfIt) {
    const auto first = connect(), second = connect(), third = connect();
    come(*first);
    come(*second);
    come(*third);
    EXPECT_EQ(told, std::vector<std::string>{"sent"});
    EXPECT_TRUE(run(io, first->answer({"Basic"})));
    settle();
    EXPECT_EQ(told, (std::vector<std::string>{"sent", rests, rests}));
    EXPECT_EQ(inner->sent, 1);
}

TEST_F(Sparing, OnceItIsAcceptedAllGo) {
    const auto first = connect(), second = connect(), third = connect();
    come(*first);
    come(*second);
    EXPECT_TRUE(first->accepted({}));
    settle();
    come(*third);
    EXPECT_EQ(told, (std::vector<std::string>{"sent", "sent", "sent"}));
}

TEST_F(Sparing, WhereTheOneThatTriesComesToNothingTheOthersGo) {
    auto first = connect();
    const auto second = connect();
    come(*first);
    come(*second);
    EXPECT_EQ(told.size(), 1U);
    first.reset();  // its connection broke
    settle();
    EXPECT_EQ(told, (std::vector<std::string>{"sent", "sent"}));
}

TEST_F(Sparing, WhereTheOneThatTriesHasNoAnswerTheOthersDoNotWaitLong) {
    const auto first = connect(), second = connect();
    come(*first);
    EXPECT_EQ(begin(*second), "sent");
}

TEST_F(Sparing, RefusalsOfOneBurstAreOne) {
    EXPECT_EQ(accepted(), "sent");
    std::vector<std::unique_ptr<http::Login>> logins;
    for (int i = 0; i < 5; ++i) {
        logins.push_back(connect());
        EXPECT_EQ(begin(*logins.back()), "sent");
    }
    for (const auto& login : logins) EXPECT_TRUE(run(io, login->answer({"Basic"})));
    EXPECT_EQ(refused(), rests);
    std::this_thread::sleep_for(25ms);
    EXPECT_EQ(accepted(), "sent") << "it was accepted before, so it rests less";
}

TEST_F(Sparing, WhatIsDoubtedIsTriedAtOnce) {
    inner->doubts = true;
    EXPECT_EQ(refused(), "refused");
    EXPECT_TRUE(careful->doubts_refusal());
    EXPECT_EQ(accepted(), "sent");
    inner->doubts = false;
    EXPECT_EQ(refused(), "refused");
    EXPECT_FALSE(careful->doubts_refusal());
    EXPECT_EQ(refused(), rests);
}

TEST_F(Sparing, WhatIsWrongWithTheConfigurationIsSaidToAll) {
    inner->wrong = "it offers NTLM alone";
    EXPECT_EQ(refused(), "it offers NTLM alone");
    EXPECT_EQ(refused(), "it offers NTLM alone");
    EXPECT_EQ(inner->sent, 1);
}

TEST_F(Sparing, AfterAnErrorTheRestGrowsLessBecauseItMayBeOfTheWay) {
    inner->wrong = "no domain controller is known";
    for (int i = 1; i <= 3; ++i) {
        EXPECT_EQ(refused(), inner->wrong);
        EXPECT_EQ(inner->sent, i);
        std::this_thread::sleep_for(55ms);
    }
}

TEST_F(Sparing, SaysWhoLogsIn) {
    EXPECT_EQ(careful->account(), "ferry");
}

}  // namespace
