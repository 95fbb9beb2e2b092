#include "http/auth/gss.hpp"

#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>

#include <utility>

namespace http {

namespace {

gss_OID_desc oid_of(const char* bytes, OM_uint32 length) {
    return {length, const_cast<char*>(bytes)};
}

gss_OID spnego() {  // RFC 4178
    static gss_OID_desc oid = oid_of("\x2b\x06\x01\x05\x05\x02", 6);
    return &oid;
}

gss_OID ntlmssp() {  // MS-NLMP, 1.3.6.1.4.1.311.2.2.10
    static gss_OID_desc oid = oid_of("\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a", 10);
    return &oid;
}

gss_buffer_desc buffer_of(std::string_view text) {
    return {text.size(), const_cast<char*>(text.data())};
}

GssName name_of(std::string_view text, gss_OID kind) {
    gss_buffer_desc buffer = buffer_of(text);
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 ignored = 0;
    gss_import_name(&ignored, &buffer, kind, &name);
    return GssName(name);
}

/// anna@corp.example is one name and its domain is the server's to find; the library would take it
/// for anna of the NetBIOS domain corp.example.
std::string ntlm_name(const std::string& user) {
    if (user.find('\\') != std::string::npos) return user;
    std::string name = user;
    const std::size_t at = name.find('@');
    if (at != std::string::npos) name.insert(at, "\\");
    return name;
}

}  // namespace

GssIdentityResult kerberos_identity(
    std::optional<KerberosTicket> ticket, const std::string& user, const LoginNames& names
) {
    auto made = std::make_shared<GssIdentity>();
    made->ticket = std::move(ticket);
    const std::string cache = made->ticket ? made->ticket->cache() : "";
    gss_key_value_element_desc place{"ccache", cache.c_str()};
    gss_key_value_set_desc store{1, &place};
    GssName name;
    if (!made->ticket && !user.empty()) name = name_of(user, GSS_C_NT_USER_NAME);
    OM_uint32 minor = 0;
    const auto acquire = [&](gss_OID mechanism) {
        gss_OID_set_desc by{1, mechanism};
        gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
        const OM_uint32 major = gss_acquire_cred_from(
            &minor,
            name.get(),
            GSS_C_INDEFINITE,
            &by,
            GSS_C_INITIATE,
            made->ticket ? &store : GSS_C_NO_CRED_STORE,
            &credential,
            nullptr,
            nullptr
        );
        made->credential.reset(credential);
        return major;
    };
    gss_OID_desc* const kerberos = const_cast<gss_OID>(gss_mech_krb5);
    // Asked first because SPNEGO does not tell what is missing.
    OM_uint32 major = acquire(kerberos);
    made->bare = std::move(made->credential);
    if (GSS_ERROR(major) == 0) major = acquire(spnego());
    gss_OID_set_desc kerberos_alone{1, kerberos};
    if (GSS_ERROR(major) == 0)
        major = gss_set_neg_mechs(&minor, made->credential.get(), &kerberos_alone);
    if (GSS_ERROR(major) == 0) return {std::move(made), {}};
    return {nullptr, gss_failure(major, minor, Mechanism::kerberos, names)};
}

GssIdentityResult ntlm_identity(
    const std::string& user, const std::string& password, const LoginNames& names
) {
    auto made = std::make_shared<GssIdentity>();
    made->mechanism = Mechanism::ntlm;
    const GssName name = name_of(ntlm_name(user), GSS_C_NT_USER_NAME);
    gss_buffer_desc secret = buffer_of(password);
    gss_OID_set_desc by_ntlm{1, ntlmssp()};
    gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_acquire_cred_with_password(
        &minor,
        name.get(),
        &secret,
        GSS_C_INDEFINITE,
        &by_ntlm,
        GSS_C_INITIATE,
        &credential,
        nullptr,
        nullptr
    );
    made->credential.reset(credential);
    if (GSS_ERROR(major) != 0) return {nullptr, gss_failure(major, minor, Mechanism::ntlm, names)};
    return {std::move(made), {}};
}

GssContext::GssContext(
    std::shared_ptr<const GssIdentity> identity, LoginNames names, std::string_view binding
)
    : identity_(std::move(identity)),
      names_(std::move(names)),
      service_(name_of(names_.service, GSS_C_NT_HOSTBASED_SERVICE)) {
    // RFC 5056 section 2.1: the name of the kind of binding goes before it.
    if (!binding.empty()) binding_ = "tls-server-end-point:" + std::string(binding);
}

GssContext::~GssContext() {
    OM_uint32 ignored = 0;
    gss_delete_sec_context(&ignored, &context_, GSS_C_NO_BUFFER);
}

LoginFailure GssContext::describe(OM_uint32 major, OM_uint32 minor) const {
    if (!identity_->bare || context_ != GSS_C_NO_CONTEXT)
        return gss_failure(major, minor, mechanism(), names_);
    // SPNEGO gives the codes of Kerberos numbers of its own: ask Kerberos itself what is wrong.
    gss_ctx_id_t trial = GSS_C_NO_CONTEXT;
    gss_buffer_desc token = GSS_C_EMPTY_BUFFER;
    OM_uint32 own_minor = 0;
    const OM_uint32 own_major = gss_init_sec_context(
        &own_minor,
        identity_->bare.get(),
        &trial,
        service_.get(),
        const_cast<gss_OID>(gss_mech_krb5),
        GSS_C_MUTUAL_FLAG,
        GSS_C_INDEFINITE,
        GSS_C_NO_CHANNEL_BINDINGS,
        GSS_C_NO_BUFFER,
        nullptr,
        &token,
        nullptr,
        nullptr
    );
    const bool tells = GSS_ERROR(own_major) != 0;
    const LoginFailure failure = tells ? gss_failure(own_major, own_minor, mechanism(), names_)
                                       : gss_failure(major, minor, mechanism(), names_);
    OM_uint32 ignored = 0;
    gss_release_buffer(&ignored, &token);
    gss_delete_sec_context(&ignored, &trial, GSS_C_NO_BUFFER);
    return failure;
}

std::optional<LoginFailure> GssContext::step(std::string_view from_server, std::string& to_server) {
    const bool kerberos = mechanism() == Mechanism::kerberos;
    gss_channel_bindings_struct binding{};  // its address types are GSS_C_AF_UNSPEC
    binding.application_data = buffer_of(binding_);
    gss_buffer_desc input = buffer_of(from_server);
    gss_buffer_desc output = GSS_C_EMPTY_BUFFER;
    OM_uint32 granted = 0;
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_init_sec_context(
        &minor,
        identity_->credential.get(),
        &context_,
        service_.get(),
        kerberos ? spnego() : ntlmssp(),
        kerberos ? GSS_C_MUTUAL_FLAG : 0,
        GSS_C_INDEFINITE,
        binding_.empty() ? GSS_C_NO_CHANNEL_BINDINGS : &binding,
        &input,
        nullptr,
        &output,
        &granted,
        nullptr
    );
    if (output.length > 0) to_server.assign(static_cast<const char*>(output.value), output.length);
    OM_uint32 ignored = 0;
    gss_release_buffer(&ignored, &output);
    if (GSS_ERROR(major) != 0) return describe(major, minor);
    const bool proven = !kerberos || (granted & GSS_C_MUTUAL_FLAG) != 0;
    complete_ = major == GSS_S_COMPLETE && proven;
    return std::nullopt;
}

}  // namespace http
