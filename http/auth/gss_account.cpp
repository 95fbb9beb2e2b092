#include "http/auth/gss_account.hpp"

#include <utility>

namespace http {

GssAccount::GssAccount(NegotiateAccount account) : account_(std::move(account)) {}

bool GssAccount::can_kerberos() const {
    return account_.user.find('\\') == std::string::npos;
}

bool GssAccount::can_ntlm() const {
    return !account_.user.empty() && !account_.password.empty();
}

void GssAccount::forget() {
    by_ticket_.reset();
}

GssIdentityResult GssAccount::kerberos(const LoginNames& names) {
    if (by_ticket_ && by_ticket_->ticket->is_fresh()) return {by_ticket_, {}};
    if (account_.password.empty() && account_.keytab.empty()) {
        return kerberos_identity(std::nullopt, account_.user, names);
    }
    KerberosTicketResult got = account_.password.empty()
                                   ? ticket_by_keytab(account_.user, account_.keytab, names)
                                   : ticket_by_password(account_.user, account_.password, names);
    if (!got.ticket) return {nullptr, std::move(got.failure)};
    GssIdentityResult made = kerberos_identity(std::move(got.ticket), account_.user, names);
    by_ticket_ = made.identity;
    return made;
}

GssIdentityResult GssAccount::ntlm(const LoginNames& names) {
    if (by_ntlm_) return {by_ntlm_, {}};
    GssIdentityResult made = ntlm_identity(account_.user, account_.password, names);
    // Kept because gss-ntlmssp 1.2 loses some memory with each.
    by_ntlm_ = made.identity;
    return made;
}

std::optional<LoginFailure> GssAccount::begin(
    GssIdentityResult made, const LoginNames& names, const std::string& binding, GssStart& start
) {
    if (!made.identity) return std::move(made.failure);
    start.context = std::make_shared<GssContext>(std::move(made.identity), names, binding);
    return start.context->step("", start.token);
}

Result<GssStart> GssAccount::start(
    const Offer& offer, bool kerberos_wanted, const std::string& service, const std::string& binding
) {
    const LoginNames names{account_.user, service};
    const auto now = std::chrono::steady_clock::now();
    const bool rests = can_ntlm() && now < kerberos_rests_until_;
    GssStart start;
    std::string before;
    if (offer.negotiate && can_kerberos() && kerberos_wanted && !rests) {
        start.scheme = "Negotiate";
        const auto failure = begin(kerberos(names), names, binding, start);
        if (!failure) return start;
        if (failure->no_kdc)
            kerberos_rests_until_ = std::chrono::steady_clock::now() + kerberos_rest;
        if (failure->for_good || !can_ntlm()) return failure->error;
        before = failure->error.text + "; and then ";
    }
    if (!can_ntlm()) {
        return Error{
            errc::bad_url,
            service +
                ": the server offers NTLM but not Kerberos (Negotiate), and NTLM needs a user name "
                "and a password"};
    }
    // Without SPNEGO around it, as Windows clients send it too where they have no Kerberos.
    start = GssStart();
    start.scheme = offer.ntlm ? "NTLM" : "Negotiate";
    const auto failure = begin(ntlm(names), names, binding, start);
    if (failure) return Error{failure->error.code, before + failure->error.text};
    return start;
}

}  // namespace http
