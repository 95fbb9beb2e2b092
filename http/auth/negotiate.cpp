#include "http/auth/negotiate.hpp"

#include <utility>

#include "http/auth/negotiate_login.hpp"

namespace http {

namespace {

class NegotiateAuthenticator : public Authenticator {
public:
    explicit NegotiateAuthenticator(NegotiateAccount account) : shared_(std::move(account)) {}

    std::unique_ptr<Login> login(const Target& server, std::span<const unsigned char> binding)
        override {
        return std::make_unique<NegotiateLogin>(shared_, server, binding);
    }

    std::string account() const override { return shared_.user; }

private:
    GssShared shared_;
};

}  // namespace

Result<std::shared_ptr<Authenticator>> negotiate_authenticator(NegotiateAccount account) {
    const auto unusable = [](std::string_view why) {
        return Error{errc::bad_url, std::string(why)};
    };
    const std::string_view ends("\r\n\0", 3);
    const auto has_end = [&](const std::string& text) {
        return text.find_first_of(ends) != std::string::npos;
    };
    if (has_end(account.user) || has_end(account.password) || has_end(account.keytab)) {
        return unusable("the user name, password or keytab holds a line break (at its end?)");
    }
    const bool is_windows_name = account.user.find('\\') != std::string::npos;
    if (!account.keytab.empty() && (account.user.empty() || is_windows_name)) {
        return unusable("a keytab needs the user whose key it holds, as user@REALM");
    }
    if (!account.password.empty() && account.user.empty())
        return unusable("a password needs a user name");
    if (is_windows_name && account.password.empty()) {
        return unusable(
            "a user name of the form DOMAIN\\user logs in by NTLM, which needs a password"
        );
    }
    return std::make_shared<NegotiateAuthenticator>(std::move(account));
}

}  // namespace http
