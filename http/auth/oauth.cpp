// Longer than other files: the tokens and the logins that use them share one state, which nobody
// else sees.
#include "http/auth/oauth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/string.hpp>
#include <utility>
#include <vector>

#include "http/retry.hpp"

namespace http {

namespace {

using boost::asio::awaitable;
using std::chrono::steady_clock;

/// Between tokens that are fetched because a server has refused one.
constexpr std::chrono::minutes between_refusals{1};

/// After four fifths of its life or five minutes before its end, whichever is earlier, but not in
/// its first half.
steady_clock::duration fresh_for(std::chrono::seconds life) {
    using std::chrono::seconds;
    return std::max(life / 2, std::min(life * 4 / 5, life - seconds(std::chrono::minutes(5))));
}

bool is_blank(std::string_view text) {
    return text.empty() || std::ranges::any_of(text, [](char c) {
               return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
           });
}

/// The value of `name="…"` in a challenge.
std::string_view parameter(std::string_view challenge, std::string_view name) {
    const std::string opening = fmt::format("{}=\"", name);
    const auto at = challenge.find(opening);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = challenge.substr(at + opening.size());
    return rest.substr(0, rest.find('"'));
}

}  // namespace

/// The token that all logins share. They keep it alive.
class OAuth::Tokens {
public:
    Tokens(Transport& transport, Application application, Clocks clocks)
        : transport_(transport), application_(std::move(application)), clocks_(std::move(clocks)) {}

    awaitable<Result<std::string>> token() {
        while (true) {
            const auto now = clocks_.steady();
            if (token_ && now < token_->fresh_until) co_return token_->value;
            const bool is_valid = token_ && now < token_->valid_until;
            if (is_valid && (is_fetching_ || now < ask_again_)) co_return token_->value;
            if (now < ask_again_) co_return failure_;
            if (is_fetching_) {
                co_await fetched();
                continue;
            }
            const bool done = co_await fetch();
            if (!done) co_return Error{errc::cancelled, "stopped while a token was fetched"};
        }
    }

    /// False where another must not be fetched for that.
    bool refuse(const std::string& token) {
        if (!token_ || token_->value != token) return true;  // another login was quicker
        const auto now = clocks_.steady();
        if (now < refuse_again_) return false;
        refuse_again_ = now + between_refusals;
        token_.reset();
        was_accepted_ = false;
        return true;
    }

    void accept(const std::string& token) {
        if (token_ && token_->value == token) was_accepted_ = true;
    }

    bool doubts_refusal() { return std::exchange(was_accepted_, false); }

    const std::string& client_id() const { return application_.request.client_id; }

private:
    struct Kept {
        std::string value;
        steady_clock::time_point fresh_until, valid_until;
    };

    /// While it lives a fetch is under way, however that ends: its coroutine may be destroyed.
    struct Fetching {
        explicit Fetching(Tokens& tokens) : tokens_(tokens) { tokens_.is_fetching_ = true; }
        Fetching(const Fetching&) = delete;
        Fetching& operator=(const Fetching&) = delete;
        ~Fetching() {
            tokens_.is_fetching_ = false;
            for (boost::asio::steady_timer* timer : tokens_.waiting_) timer->cancel();
        }
        Tokens& tokens_;
    };

    struct Waiting {
        Waiting(Tokens& tokens, boost::asio::steady_timer& timer) : tokens_(tokens), timer_(timer) {
            tokens_.waiting_.push_back(&timer_);
        }
        Waiting(const Waiting&) = delete;
        Waiting& operator=(const Waiting&) = delete;
        ~Waiting() { std::erase(tokens_.waiting_, &timer_); }
        Tokens& tokens_;
        boost::asio::steady_timer& timer_;
    };

    awaitable<void> fetched() {
        const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer timer(executor, steady_clock::time_point::max());
        const Waiting waiting(*this, timer);
        const auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
        co_await timer.async_wait(token);
    }

    /// What came of it is in token_ or failure_. False: whoever asks here was stopped, which is
    /// nobody else's affair.
    awaitable<bool> fetch() {
        const Fetching fetching(*this);
        Result<Request> request = form();
        if (!request) {
            failed(NoGrant{request.error(), true}, std::nullopt);
            co_return true;
        }
        const auto asked_at = clocks_.steady();
        const Result<Response> answer = co_await transport_.exchange(std::move(*request));
        if (!answer && answer.error().code == errc::cancelled) co_return false;
        if (!answer) {
            failed(no_answer(application_.request, answer.error()), std::nullopt);
            co_return true;
        }
        std::variant<Grant, NoGrant> read = read_token(application_.request, *answer);
        if (auto* grant = std::get_if<Grant>(&read)) {
            const auto fresh_until = asked_at + fresh_for(grant->life);
            token_ = Kept{std::move(grant->token), fresh_until, asked_at + grant->life};
            was_accepted_ = false;
            back_off_.reset();
        } else {
            const auto wait = retry_after(answer->field("Retry-After"), clocks_.wall());
            failed(std::get<NoGrant>(read), wait);
        }
        co_return true;
    }

    Result<Request> form() const {
        if (const auto* secret = std::get_if<ClientSecret>(&application_.proof))
            return token_form(application_.request, *secret);
        const TokenRequest& asked = application_.request;
        auto assertion = std::get<SigningCertificate>(application_.proof)
                             .assertion(asked.url, asked.client_id, clocks_.wall());
        if (!assertion) return assertion.error();
        return token_form(asked, ClientAssertion{std::move(*assertion)});
    }

    void failed(NoGrant why, std::optional<std::chrono::milliseconds> asked_wait) {
        if (why.for_good) back_off_.slow_down();
        failure_ = std::move(why.error);
        ask_again_ = clocks_.steady() + back_off_.next(clocks_.random(), asked_wait);
    }

    Transport& transport_;
    Application application_;
    Clocks clocks_;
    std::optional<Kept> token_;
    bool was_accepted_ = false;  ///< this token, since the last doubt
    bool is_fetching_ = false;
    std::vector<boost::asio::steady_timer*> waiting_;
    Error failure_;
    BackOff back_off_;
    steady_clock::time_point ask_again_ = steady_clock::time_point::min();
    steady_clock::time_point refuse_again_ = steady_clock::time_point::min();
};

class OAuth::Bearer : public Login {
public:
    explicit Bearer(std::shared_ptr<Tokens> tokens) : tokens_(std::move(tokens)) {}

    awaitable<Result<Credentials>> begin() override {
        const std::shared_ptr<Tokens> tokens = tokens_;  // the end of the loop may come after ours
        Result<std::string> token = co_await tokens->token();
        if (!token) co_return token.error();
        sent_ = std::move(*token);
        co_return Credentials{"Bearer " + sent_, false};
    }

    awaitable<Result<std::optional<Credentials>>> answer(std::vector<std::string>) override {
        const std::optional<Credentials> none;
        if (was_refused_ || !tokens_->refuse(sent_)) co_return none;
        was_refused_ = true;
        Result<Credentials> again = co_await begin();
        if (!again) co_return again.error();
        co_return std::optional<Credentials>(std::move(*again));
    }

    Result<void> accepted(const std::vector<std::string>&) override {
        was_refused_ = false;
        tokens_->accept(sent_);
        return {};
    }

private:
    std::shared_ptr<Tokens> tokens_;
    std::string sent_;
    bool was_refused_ = false;
};

OAuth::OAuth(std::shared_ptr<Tokens> tokens) : tokens_(std::move(tokens)) {}
OAuth::~OAuth() = default;

Result<std::unique_ptr<OAuth>> OAuth::create(
    Transport& transport, Application application, Clocks clocks
) {
    const Result<Target> endpoint = read_url(application.request.url);
    if (!endpoint) return endpoint.error();
    if (is_blank(application.request.client_id))
        return Error{errc::bad_url, "the client id is empty or holds a space or a line break"};
    if (is_blank(application.request.scope))
        return Error{errc::bad_url, "the scope is empty or holds a space or a line break"};
    const auto* secret = std::get_if<ClientSecret>(&application.proof);
    if (secret != nullptr && is_blank(secret->value))
        return Error{
            errc::bad_url,
            "the client secret is empty or holds a space or a line break (at its end?)"};
    auto tokens = std::make_shared<Tokens>(transport, std::move(application), std::move(clocks));
    return std::unique_ptr<OAuth>(new OAuth(std::move(tokens)));
}

std::unique_ptr<Login> OAuth::login(const Target&, std::span<const unsigned char>) {
    return std::make_unique<Bearer>(tokens_);
}

std::string OAuth::account() const {
    return "application " + tokens_->client_id();
}

bool OAuth::doubts_refusal() {
    return tokens_->doubts_refusal();
}

std::string describe_token_refusal(const Response& answer) {
    for (const Field& field : answer.fields) {
        if (!boost::beast::iequals(field.name, "WWW-Authenticate")) continue;
        const auto bearer = field.value.find("Bearer");
        if (bearer == std::string::npos) continue;
        const std::string_view challenge = std::string_view(field.value).substr(bearer);
        const std::string_view error = parameter(challenge, "error");
        if (error == "insufficient_claims" || !parameter(challenge, "claims").empty())
            return "the server asks for a token with more claims (Conditional Access), which an "
                   "application that logs in by itself cannot get; except the application from "
                   "that policy";
        if (error == "insufficient_scope")
            return "the token lacks a permission; give the application full_access_as_app of "
                   "Office 365 Exchange Online, and grant admin consent";
        if (error == "invalid_token")
            return "the server does not accept the token, though it is new; check that the scope "
                   "and the tenant are those of this server, and that the application has the "
                   "permission full_access_as_app with admin consent";
    }
    return "";
}

}  // namespace http
