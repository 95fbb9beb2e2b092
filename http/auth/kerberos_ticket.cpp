#include "http/auth/kerberos_ticket.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace http {

struct KerberosTicketMaker {
    /// Fills in credentials for a principal.
    using Ask = std::function<
        krb5_error_code(krb5_context, krb5_creds&, krb5_principal, krb5_get_init_creds_opt*)>;

    static KerberosTicketResult make(
        const std::string& user, const LoginNames& names, const Ask& ask
    );
};

namespace {

using Options =
    std::unique_ptr<krb5_get_init_creds_opt, std::function<void(krb5_get_init_creds_opt*)>>;
using Principal = std::unique_ptr<krb5_principal_data, std::function<void(krb5_principal)>>;

std::string message_of(krb5_context context, krb5_error_code code) {
    const char* text = krb5_get_error_message(context, code);
    std::string copy = text;
    krb5_free_error_message(context, text);
    return copy;
}

/// Microsoft's KDC answers in the right spelling of its realm; without this the answer would count
/// as forged.
void allow_other_spelling(krb5_get_init_creds_opt* options) {
    krb5_get_init_creds_opt_set_canonicalize(options, 1);
}

std::chrono::seconds life_of(krb5_context context, const krb5_creds& creds) {
    krb5_timestamp now = 0;
    if (krb5_timeofday(context, &now) != 0) return {};
    // Both are unsigned in truth, RFC 4120 has them end in 2106.
    return std::chrono::seconds(static_cast<std::int32_t>(
        static_cast<std::uint32_t>(creds.times.endtime) - static_cast<std::uint32_t>(now)
    ));
}

}  // namespace

KerberosTicketResult KerberosTicketMaker::make(
    const std::string& user, const LoginNames& names, const Ask& ask
) {
    krb5_context raw = nullptr;
    krb5_error_code code = krb5_init_context(&raw);
    if (code != 0) return {std::nullopt, kerberos_failure(code, message_of(nullptr, code), names)};
    KerberosTicket ticket;
    ticket.context_ = std::shared_ptr<void>(raw, [raw](void*) { krb5_free_context(raw); });
    const auto failed = [&] {
        return KerberosTicketResult{
            std::nullopt, kerberos_failure(code, message_of(raw, code), names)};
    };

    krb5_principal name = nullptr;
    code = krb5_parse_name(raw, user.c_str(), &name);
    if (code != 0) return failed();
    const Principal principal(name, [raw](krb5_principal it) { krb5_free_principal(raw, it); });
    krb5_ccache cache = nullptr;
    code = krb5_cc_new_unique(raw, "MEMORY", nullptr, &cache);
    if (code != 0) return failed();
    ticket.handle_ =
        std::shared_ptr<void>(cache, [raw, cache](void*) { krb5_cc_destroy(raw, cache); });
    ticket.cache_ = std::string("MEMORY:") + krb5_cc_get_name(raw, cache);

    krb5_get_init_creds_opt* chosen = nullptr;
    code = krb5_get_init_creds_opt_alloc(raw, &chosen);
    if (code != 0) return failed();
    const Options options(chosen, [raw](auto* it) { krb5_get_init_creds_opt_free(raw, it); });
    allow_other_spelling(chosen);
    code = krb5_get_init_creds_opt_set_out_ccache(raw, chosen, cache);
    if (code != 0) return failed();
    krb5_creds creds{};
    code = ask(raw, creds, name, chosen);
    if (code != 0) return failed();
    ticket.ends_ = std::chrono::steady_clock::now() + life_of(raw, creds);
    krb5_free_cred_contents(raw, &creds);
    return {std::move(ticket), {}};
}

KerberosTicketResult ticket_by_password(
    const std::string& user, const std::string& password, const LoginNames& names
) {
    return KerberosTicketMaker::make(
        user,
        names,
        [&password](
            krb5_context context,
            krb5_creds& creds,
            krb5_principal name,
            krb5_get_init_creds_opt* options
        ) {
            // No prompter: an expired password ends here, nobody is there to type a new one.
            return krb5_get_init_creds_password(
                context, &creds, name, password.c_str(), nullptr, nullptr, 0, nullptr, options
            );
        }
    );
}

KerberosTicketResult ticket_by_keytab(
    const std::string& user, const std::string& keytab_file, const LoginNames& names
) {
    return KerberosTicketMaker::make(
        user,
        names,
        [&keytab_file](
            krb5_context context,
            krb5_creds& creds,
            krb5_principal name,
            krb5_get_init_creds_opt* options
        ) {
            krb5_keytab keytab = nullptr;
            const krb5_error_code code =
                krb5_kt_resolve(context, ("FILE:" + keytab_file).c_str(), &keytab);
            if (code != 0) return code;
            const krb5_error_code got =
                krb5_get_init_creds_keytab(context, &creds, name, keytab, 0, nullptr, options);
            krb5_kt_close(context, keytab);
            return got;
        }
    );
}

}  // namespace http
