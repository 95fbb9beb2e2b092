#include "http/auth/negotiate_login.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <utility>

#include "http/auth/base64.hpp"

namespace http {

using boost::asio::awaitable;

Credentials NegotiateLogin::say(const std::string& token) const {
    // NTLM always asks back once, Kerberos never does.
    const bool asks_back = !is_kerberos() && !context_->complete();
    return {scheme_ + " " + to_base64(token), asks_back};
}

awaitable<Result<Credentials>> NegotiateLogin::begin() {
    tried_kerberos_ = tried_ntlm_ = false;
    const bool again = state_ == State::logged_in && is_kerberos() && habits_.asks_each_time;
    const bool settled = state_ == State::logged_in || state_ == State::open;
    if (settled && !again) co_return Credentials();
    if (habits_.offer.anything()) co_return co_await start(!habits_.kerberos_rests());
    state_ = State::asking;
    co_return Credentials{"", true};
}

awaitable<Result<Credentials>> NegotiateLogin::start(bool kerberos) {
    GssShared* const shared = &shared_;
    std::function<Result<GssStart>()> work =
        [shared, offer = habits_.offer, kerberos, service = service_, binding = binding_] {
            return shared->account.start(offer, kerberos, service, binding);
        };
    state_ = State::unknown;
    Result<GssStart> started = co_await shared->thread.run<GssStart>(std::move(work));
    if (!started) co_return started.error();
    context_ = std::move(started->context);
    scheme_ = std::move(started->scheme);
    state_ = State::proving;
    (is_kerberos() ? tried_kerberos_ : tried_ntlm_) = true;
    co_return say(started->token);
}

awaitable<Result<NegotiateLogin::Next>> NegotiateLogin::answer(std::vector<std::string> challenges
) {
    Result<Offer> offer = read_offer(challenges);
    if (!offer) co_return Error{offer.error().code, server_ + ": " + offer.error().text};
    if (state_ == State::proving && !offer->token.empty()) {
        Result<Next> next = co_await go_on(std::move(offer->token));
        if (!next || *next) co_return next;
        // It holds one scheme only; what else there is, the first 401 has told.
        *offer = habits_.offer;
    }
    if (!offer->anything() && !offer->others.empty() && state_ != State::proving) {
        co_return Error{
            errc::bad_url,
            fmt::format(
                "{}: it offers to log in by {}, but not by Negotiate or NTLM. Configure that way "
                "to log in: login=\"basic\" or \"oauth\"",
                server_,
                fmt::join(offer->others, ", ")
            )};
    }
    // A 401 without any offer is a server in trouble: nothing to answer, and nothing learned.
    if (!offer->anything()) co_return co_await refused();
    offer->token.clear();
    habits_.offer = std::move(*offer);
    if (state_ == State::logged_in && is_kerberos()) habits_.asks_each_time = true;
    const bool first = !tried_kerberos_ && !tried_ntlm_;
    // The KDC has found the password right: by NTLM it is no guess.
    const bool second_way = tried_kerberos_ && !tried_ntlm_ && shared_.account.can_ntlm();
    if (!first && !second_way) co_return co_await refused();
    Result<Credentials> started = co_await start(first && !habits_.kerberos_rests());
    if (!started) co_return started.error();
    co_return Next(std::move(*started));
}

awaitable<Result<NegotiateLogin::Next>> NegotiateLogin::go_on(std::string token) {
    struct Said {
        std::string token;
    };
    std::function<Result<Said>()> work = [context = context_,
                                          token = std::move(token)]() -> Result<Said> {
        Said said;
        const auto failure = context->step(token, said.token);
        if (failure) return failure->error;
        return said;
    };
    Result<Said> said = co_await shared_.thread.run<Said>(std::move(work));
    // What a server says along with its refusal need not hold.
    if (!said && is_kerberos()) co_return Next();
    if (!said) co_return Error{said.error().code, server_ + ": " + said.error().text};
    if (said->token.empty()) co_return Next();
    co_return Next(say(said->token));
}

awaitable<Result<NegotiateLogin::Next>> NegotiateLogin::refused() {
    state_ = State::unknown;
    context_.reset();
    GssShared* const shared = &shared_;
    std::function<Result<bool>()> work = [shared]() -> Result<bool> {
        shared->account.forget();
        return true;
    };
    Result<bool> done = co_await shared->thread.run<bool>(std::move(work));
    if (!done) co_return done.error();
    co_return Next();
}

Result<void> NegotiateLogin::accepted(const std::vector<std::string>& challenges) {
    if (state_ == State::asking) state_ = State::open;
    if (state_ != State::proving) return {};
    const Result<Offer> offer = read_offer(challenges);
    if (!offer) return Error{offer.error().code, server_ + ": " + offer.error().text};
    if (is_kerberos()) {
        std::string nothing;
        // Needs no KDC, so it may be done here.
        const auto failure = context_->complete() || offer->token.empty()
                                 ? std::nullopt
                                 : context_->step(offer->token, nothing);
        if (failure) return failure->error;
        if (!context_->complete()) {
            return Error{
                errc::untrusted,
                server_ +
                    ": it did not prove by Kerberos who it is, so its answer is not believed. "
                    "Something in between "
                    "may have answered in its stead"};
        }
    }
    if (tried_kerberos_ && tried_ntlm_) {
        habits_.kerberos_rests_until = std::chrono::steady_clock::now() + kerberos_rest;
    }
    state_ = context_->complete() ? State::logged_in : State::open;
    return {};
}

}  // namespace http
