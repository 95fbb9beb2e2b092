#include "http/auth/basic.hpp"

#include <algorithm>
#include <utility>

#include "http/auth/base64.hpp"

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
    BasicLogin(std::string authorization, bool& was_accepted)
        : authorization_(std::move(authorization)), was_accepted_(was_accepted) {}

    awaitable<Result<Credentials>> begin() override {
        co_return Credentials{authorization_, false};
    }

    awaitable<Result<std::optional<Credentials>>> answer(std::vector<std::string>) override {
        co_return std::optional<Credentials>();
    }

    Result<void> accepted(const std::vector<std::string>&) override {
        was_accepted_ = true;
        return {};
    }

private:
    std::string authorization_;
    bool& was_accepted_;  ///< the authenticator's, which lives longer
};

class BasicAuthenticator : public Authenticator {
public:
    BasicAuthenticator(std::string user, std::string authorization)
        : user_(std::move(user)), authorization_(std::move(authorization)) {}

    std::unique_ptr<Login> login(const Target&, std::span<const unsigned char>) override {
        return std::make_unique<BasicLogin>(authorization_, was_accepted_);
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
