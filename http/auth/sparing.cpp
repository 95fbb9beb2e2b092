#include "http/auth/sparing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <set>
#include <utility>

namespace http {

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using Steady = std::chrono::steady_clock;

/// Of one account: what all its logins have learned.
class Account {
public:
    Account(std::string name, SparingPaces paces) : name_(std::move(name)), paces_(paces) {}

    /// The right to go on. True: whoever has it tries for the others, and tells what came of it.
    awaitable<Result<bool>> enter(std::string server) {
        const auto deadline = Steady::now() + paces_.longest_trial;
        while (is_tried_ && Steady::now() < deadline) {
            const auto executor = co_await asio::this_coro::executor;
            asio::steady_timer timer(executor, deadline);
            waiting_.insert(&timer);
            const auto token = asio::as_tuple(asio::use_awaitable);
            co_await timer.async_wait(token);
            waiting_.erase(&timer);
            const auto cancellation = co_await asio::this_coro::cancellation_state;
            if (cancellation.cancelled() != asio::cancellation_type::none)
                co_return Error{errc::cancelled, server + ": stopped while logging in"};
        }
        if (state_ == State::resting && Steady::now() < until_) co_return refusal(server);
        const bool tries = state_ != State::open && !is_tried_;
        is_tried_ = is_tried_ || tries;
        co_return tries;
    }

    void accepted() {
        was_accepted_ = true;
        rest_.reset();
        settle(State::open);
    }

    void refused(std::optional<Error> why) {
        // Of one burst: they were under way when the first was refused.
        if (state_ == State::resting && Steady::now() < until_) return;
        before_ = rest_;
        const auto first = was_accepted_ ? paces_.first_rest_of_accepted : paces_.first_rest;
        const auto longest = why ? paces_.longest_rest_after_error : paces_.longest_rest;
        rest_ = rest_ ? std::min(*rest_ * 2, longest) : first;
        until_ = Steady::now() + *rest_;
        why_ = std::move(why);
        settle(State::resting);
    }

    /// Whoever has tried has learned nothing.
    void gave_up() { settle(State::open); }

    /// One more try, at once.
    void doubt() {
        if (state_ != State::resting) return;
        rest_ = before_;
        settle(State::open);
    }

private:
    enum class State { unknown, open, resting };

    Error refusal(const std::string& server) const {
        if (why_) return *why_;
        return {
            errc::login_rests,
            fmt::format(
                "{} has refused the login of \"{}\"; it is not asked again so soon, because "
                "accounts lock",
                server,
                name_
            )};
    }

    void settle(State state) {
        state_ = state;
        is_tried_ = false;
        for (asio::steady_timer* timer : waiting_) timer->cancel();
    }

    std::string name_;
    SparingPaces paces_;
    State state_ = State::unknown;
    bool is_tried_ = false, was_accepted_ = false;
    std::optional<std::chrono::milliseconds> rest_, before_;
    Steady::time_point until_;
    std::optional<Error> why_;
    std::set<asio::steady_timer*> waiting_;  ///< in the frames of enter()
};

/// Else it is of the connection, and says nothing of the account.
bool may_be_of_the_account(errc code) {
    return code == errc::bad_url;
}

class SparingLogin : public Login {
public:
    SparingLogin(std::unique_ptr<Login> inner, std::shared_ptr<Account> account, std::string server)
        : inner_(std::move(inner)), account_(std::move(account)), server_(std::move(server)) {}
    ~SparingLogin() override {
        if (tries_) account_->gave_up();
    }

    awaitable<Result<Credentials>> begin() override {
        std::string server = server_;
        Result<bool> entered = co_await account_->enter(std::move(server));
        if (!entered) co_return entered.error();
        tries_ = tries_ || *entered;
        Result<Credentials> begun = co_await inner_->begin();
        if (!begun) failed(begun.error());
        co_return begun;
    }

    awaitable<Result<std::optional<Credentials>>> answer(std::vector<std::string> challenges
    ) override {
        Result<std::optional<Credentials>> next = co_await inner_->answer(std::move(challenges));
        if (!next) {
            failed(next.error());
        } else if (!*next) {
            tries_ = false;
            account_->refused(std::nullopt);
        }
        co_return next;
    }

    Result<void> accepted(const std::vector<std::string>& challenges) override {
        Result<void> done = inner_->accepted(challenges);
        if (!done) {
            failed(done.error());
            return done;
        }
        tries_ = false;
        account_->accepted();
        return done;
    }

private:
    void failed(const Error& error) {
        if (may_be_of_the_account(error.code)) {
            tries_ = false;
            return account_->refused(error);
        }
        if (std::exchange(tries_, false)) account_->gave_up();
    }

    std::unique_ptr<Login> inner_;
    std::shared_ptr<Account> account_;
    std::string server_;
    bool tries_ = false;
};

class SparingAuthenticator : public Authenticator {
public:
    SparingAuthenticator(std::shared_ptr<Authenticator> inner, SparingPaces paces)
        : inner_(std::move(inner)), state_(std::make_shared<Account>(inner_->account(), paces)) {}

    std::unique_ptr<Login> login(
        const Target& server, std::span<const unsigned char> channel_binding
    ) override {
        return std::make_unique<SparingLogin>(
            inner_->login(server, channel_binding), state_, server.origin()
        );
    }

    std::string account() const override { return inner_->account(); }

    bool doubts_refusal() override {
        const bool doubts = inner_->doubts_refusal();
        if (doubts) state_->doubt();
        return doubts;
    }

private:
    std::shared_ptr<Authenticator> inner_;
    std::shared_ptr<Account> state_;
};

}  // namespace

std::shared_ptr<Authenticator> sparing(std::shared_ptr<Authenticator> inner, SparingPaces paces) {
    return std::make_shared<SparingAuthenticator>(std::move(inner), paces);
}

}  // namespace http
