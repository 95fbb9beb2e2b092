#include "ews/simulator/login.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace ews::simulator {

namespace {

std::vector<std::string> offers_of(Login::Scheme scheme) {
    switch (scheme) {
        case Login::Scheme::ntlm:
            return {"NTLM"};
        case Login::Scheme::negotiate:
            return {"Negotiate", "NTLM"};
        case Login::Scheme::basic:
            break;
    }
    return {R"(Basic realm="mailferry-exchange")"};
}

bool is_offered(const std::vector<std::string>& offers, std::string_view scheme) {
    return std::ranges::any_of(offers, [scheme](const auto& offer) {
        return equal_ignoring_case(offer, scheme);
    });
}

/// The first message of NTLM (MS-NLMP 2.2.1.1) or of SPNEGO (RFC 4178).
bool begins_anew(std::string_view said) {
    constexpr std::string_view negotiate("NTLMSSP\0\1", 9);
    return said.starts_with(negotiate) || said.starts_with('\x60');
}

}  // namespace

Doorkeeper::Doorkeeper(const Login& login, std::string end_point)
    : offers_(offers_of(login.scheme)) {
    const auto is_basic = login.scheme == Login::Scheme::basic;
    if (login.demands_binding && (is_basic || end_point.empty()))
        throw std::invalid_argument("channel binding needs NTLM and TLS");
    if (is_basic) return;
    if (!login.demands_binding) end_point.clear();
    ntlm_ = std::make_unique<NtlmAcceptor>(std::move(end_point));
}

std::string ConnectionLogin::step(
    std::string_view said, NtlmAcceptor& ntlm, const Organization& organization
) {
    if (!login_ || begins_anew(said)) login_ = std::make_unique<NtlmLogin>();
    std::vector<NtlmUser> users;
    for (const auto& account : organization.accounts())
        users.push_back({account.name, account.password});
    ntlm.set_users(users);
    return login_->step(said, ntlm);
}

Admission ConnectionLogin::admit(
    std::string_view authorization, const Doorkeeper& door, const Organization& organization
) {
    const Admission refused{nullptr, false, door.offers()};
    if (door.ntlm() == nullptr || authorization.empty()) {
        const auto* const account = door.ntlm() == nullptr
                                        ? organization.authenticate(authorization)
                                        : organization.account(name_);
        return account == nullptr ? refused : Admission{account, false, {}};
    }
    name_.clear();  // whoever logs in again is out until then
    const auto blank = std::min(authorization.find(' '), authorization.size());
    const auto scheme = authorization.substr(0, blank);
    const auto said = decode_base64(authorization.substr(blank));
    if (!said || said->empty() || !is_offered(door.offers(), scheme)) return refused;
    const auto reply = step(*said, *door.ntlm(), organization);
    Admission admission;
    if (!reply.empty()) admission.challenges = {std::string(scheme) + " " + encode_base64(reply)};
    admission.is_step = login_->state() == NtlmLogin::State::asking;
    if (admission.is_step) return admission;
    const auto ended = std::exchange(login_, nullptr);
    if (ended->state() == NtlmLogin::State::refused) return refused;
    name_ = ended->user();
    admission.account = organization.account(name_);
    return admission.account == nullptr ? refused : admission;
}

}  // namespace ews::simulator
