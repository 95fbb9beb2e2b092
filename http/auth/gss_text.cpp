#include "http/auth/gss_text.hpp"

#include <fmt/format.h>

namespace http {

namespace {

enum class Fate { may_try_otherwise, for_good, no_kdc };

LoginFailure failure(errc code, Fate fate, const LoginNames& names, std::string_view what) {
    const std::string account =
        names.account.empty() ? "the owner of the Kerberos tickets" : names.account;
    return {
        Error{code, fmt::format("{} cannot log in to {}: {}", account, names.service, what)},
        fate == Fate::for_good,
        fate == Fate::no_kdc};
}

std::string status_text(OM_uint32 status, int kind) {
    OM_uint32 ignored = 0;
    OM_uint32 more = 0;
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    if (gss_display_status(&ignored, status, kind, GSS_C_NO_OID, &more, &text) != GSS_S_COMPLETE)
        return "";
    std::string copy(static_cast<const char*>(text.value), text.length);
    gss_release_buffer(&ignored, &text);
    while (copy.ends_with('\0')) copy.pop_back();  // SPNEGO counts it in
    return copy;
}

}  // namespace

LoginFailure kerberos_failure(
    krb5_error_code code, const std::string& detail, const LoginNames& names
) {
    using enum Fate;
    const auto say = [&](errc kind, Fate fate, std::string_view what) {
        return failure(kind, fate, names, fmt::format("{} (Kerberos: {})", what, detail));
    };
    switch (code) {
        case KRB5KDC_ERR_PREAUTH_FAILED:
        case KRB5_PREAUTH_FAILED:
        case KRB5KRB_AP_ERR_BAD_INTEGRITY:
            return say(
                errc::bad_url,
                for_good,
                "the password is wrong, or the keytab is older than the password"
            );
        case KRB5KDC_ERR_CLIENT_REVOKED:
            return say(
                errc::bad_url,
                for_good,
                "the account is locked or disabled. Have it unlocked in the directory"
            );
        case KRB5KDC_ERR_KEY_EXP:
            return say(errc::bad_url, for_good, "the password has expired. Set a new one");
        case KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN:
            return say(
                errc::bad_url,
                may_try_otherwise,
                "the directory does not know this account. Check its spelling"
            );
        case KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN:
            return say(
                errc::bad_url,
                may_try_otherwise,
                "no account in the directory bears this service principal name. Check the host in "
                "the URL, or have the "
                "name registered (setspn)"
            );
        case KRB5KRB_AP_ERR_SKEW:
            return say(
                errc::bad_url,
                may_try_otherwise,
                "the clocks of this machine and of the server are more than five minutes apart. "
                "Set them by NTP"
            );
        case KRB5_KDC_UNREACH:
        case KRB5_REALM_CANT_RESOLVE:
            return say(
                errc::connect,
                no_kdc,
                "no domain controller (KDC) answers. Check the realm's entry in krb5.conf or DNS, "
                "and the firewall "
                "(port 88)"
            );
        case KRB5_REALM_UNKNOWN:
        case KRB5_CONFIG_NODEFREALM:
            return say(
                errc::bad_url,
                no_kdc,
                "it is not known where the domain controllers (KDC) of its realm are. Name them in "
                "krb5.conf, or have "
                "DNS name them"
            );
        case KRB5_KT_NOTFOUND:
        case ENOENT:
            return say(
                errc::bad_url,
                may_try_otherwise,
                "the keytab is missing or holds no key of this account"
            );
        case KRB5KRB_AP_ERR_TKT_EXPIRED:
        case KRB5_CC_NOTFOUND:
        case KRB5_FCC_NOFILE:
            return say(
                errc::bad_url,
                may_try_otherwise,
                "there is no Kerberos ticket that is still valid. Get one (kinit, KRB5CCNAME), or "
                "configure a password "
                "or a keytab"
            );
        default:
            return say(errc::bad_url, may_try_otherwise, "Kerberos refuses");
    }
}

LoginFailure gss_failure(
    OM_uint32 major, OM_uint32 minor, Mechanism mechanism, const LoginNames& names
) {
    const OM_uint32 routine = GSS_ROUTINE_ERROR(major);
    const std::string detail =
        status_text(major, GSS_C_GSS_CODE) + "; " + status_text(minor, GSS_C_MECH_CODE);
    if (mechanism == Mechanism::ntlm && routine == GSS_S_BAD_MECH) {
        return failure(
            errc::bad_url,
            Fate::may_try_otherwise,
            names,
            "NTLM is not installed on this machine. Install the package gss-ntlmssp (Debian)"
        );
    }
    if (routine == GSS_S_DEFECTIVE_TOKEN || routine == GSS_S_BAD_SIG ||
        routine == GSS_S_BAD_BINDINGS) {
        return failure(
            errc::untrusted,
            Fate::may_try_otherwise,
            names,
            fmt::format("what the server says of itself does not hold ({})", detail)
        );
    }
    if (mechanism == Mechanism::ntlm) {
        return failure(
            errc::bad_url, Fate::may_try_otherwise, names, fmt::format("NTLM refuses ({})", detail)
        );
    }
    const bool no_ticket = routine == GSS_S_NO_CRED || routine == GSS_S_CREDENTIALS_EXPIRED;
    const auto code = static_cast<krb5_error_code>(minor);
    const bool is_known = code == KRB5_KDC_UNREACH || code == KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN;
    return kerberos_failure(
        no_ticket && !is_known ? KRB5_CC_NOTFOUND : code, status_text(minor, GSS_C_MECH_CODE), names
    );
}

}  // namespace http
