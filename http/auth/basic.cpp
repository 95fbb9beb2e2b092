#include "http/auth/basic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "http/ascii.hpp"
#include "http/auth/base64.hpp"
#include "http/auth/offer.hpp"

namespace http {

namespace {

using boost::asio::awaitable;

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code < 0x20 || code == 0x7f;
    });
}

class BasicLogin : public Login {
public:
    BasicLogin(std::string authorization, bool& was_accepted, std::string server)
        : authorization_(std::move(authorization)),
          was_accepted_(was_accepted),
          server_(std::move(server)) {}

    awaitable<Result<Credentials>> begin() override {
        co_return Credentials{authorization_, false};
    }

    /// A password that nobody has looked at is not wrong.
    awaitable<Result<std::optional<Credentials>>> answer(std::vector<std::string> challenges
    ) override {
        const Result<Offer> offer = read_offer(challenges);
        const bool other = offer && offer->anything() && !was_accepted_ &&
                           std::ranges::none_of(offer->others, is_basic);
        if (!other) co_return std::optional<Credentials>();
        const auto* ways = !offer->ntlm       ? "Negotiate"
                           : offer->negotiate ? "Negotiate and NTLM"
                                              : "NTLM";
        co_return Error{
            errc::bad_url,
            fmt::format(
                "{}: it offers to log in by {}, but not by Basic. Configure that way to log in: "
                "login=\"negotiate\"",
                server_,
                ways
            )};
    }

    Result<void> accepted(const std::vector<std::string>&) override {
        was_accepted_ = true;
        return {};
    }

private:
    static bool is_basic(std::string_view scheme) { return lower(scheme) == "basic"; }

    std::string authorization_;
    bool& was_accepted_;  ///< the authenticator's, which lives longer
    std::string server_;
};

class BasicAuthenticator : public Authenticator {
public:
    BasicAuthenticator(std::string user, std::string authorization)
        : user_(std::move(user)), authorization_(std::move(authorization)) {}

    std::unique_ptr<Login> login(const Target& server, std::span<const unsigned char>) override {
        return std::make_unique<BasicLogin>(authorization_, was_accepted_, server.origin());
    }

    std::string account() const override { return user_; }

    bool doubts_refusal() override { return std::exchange(was_accepted_, false); }

private:
    std::string user_, authorization_;
    bool was_accepted_ = false;  ///< since the last doubt
};

}  // namespace

Result<Field> basic_authorization(std::string_view user, std::string_view password) {
    if (user.find(':') != std::string_view::npos) {
        return Error{
            errc::bad_url, "the user name holds a colon, which Basic authentication cannot carry"};
    }
    if (has_control(user) || has_control(password)) {
        return Error{
            errc::bad_url,
            "the user name or password holds a control character (a line break at its end?), which "
            "Basic "
            "authentication cannot carry"};
    }
    std::string pair(user);
    pair += ':';
    pair += password;
    return Field{"Authorization", "Basic " + to_base64(pair)};
}

Result<std::shared_ptr<Authenticator>> basic_authenticator(
    std::string_view user, std::string_view password
) {
    Result<Field> field = basic_authorization(user, password);
    if (!field) return field.error();
    return std::make_shared<BasicAuthenticator>(std::string(user), std::move(field->value));
}

}  // namespace http
