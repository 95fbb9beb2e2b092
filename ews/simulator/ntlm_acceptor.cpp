#include "ews/simulator/ntlm_acceptor.hpp"

#include <fmt/format.h>
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace ews::simulator {

namespace {

gss_OID_desc mechanism(const char* oid, OM_uint32 length) {
    return {length, const_cast<char*>(oid)};
}

gss_buffer_desc gss_buffer(std::string_view text) {
    return {text.size(), const_cast<char*>(text.data())};
}

/// The line of gss-ntlmssp's file of users, DOMAIN:NAME:PASSWORD.
std::string line_of(const NtlmUser& user) {
    if (user.password.find_first_of(":\r\n") != std::string::npos)
        throw std::invalid_argument(fmt::format(
            "the password of {} holds a colon or a line break: not possible with NTLM", user.name
        ));
    const auto backslash = user.name.find('\\');
    const auto has_domain = backslash != std::string::npos;
    return fmt::format(
        "{}:{}:{}\n",
        has_domain ? user.name.substr(0, backslash) : "",
        has_domain ? user.name.substr(backslash + 1) : user.name,
        user.password
    );
}

/// As an account is named here: the library writes an empty domain, and a zero byte at the end.
std::string name_of(gss_name_t name) {
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor = 0;
    gss_display_name(&minor, name, &text, nullptr);
    std::string result(static_cast<const char*>(text.value), text.length);
    gss_release_buffer(&minor, &text);
    gss_release_name(&minor, &name);
    while (result.ends_with('\0')) result.pop_back();
    if (result.starts_with('\\')) result.erase(0, 1);
    return result;
}

}  // namespace

NtlmUserFile::NtlmUserFile() : descriptor_(memfd_create("ntlm users", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "memfd_create");
}

NtlmUserFile::~NtlmUserFile() {
    close(descriptor_);
}

void NtlmUserFile::write(const std::vector<NtlmUser>& users) {
    std::string text;
    for (const auto& user : users) text += line_of(user);
    const auto is_written = ftruncate(descriptor_, 0) == 0 &&
                            pwrite(descriptor_, text.data(), text.size(), 0) == std::ssize(text);
    if (!is_written) throw std::system_error(errno, std::generic_category(), "NTLM users");
}

std::string NtlmUserFile::path() const {
    return fmt::format("/proc/self/fd/{}", descriptor_);
}

void NtlmAcceptor::Release::operator()(gss_cred_id_struct* credential) const {
    OM_uint32 ignored = 0;
    gss_release_cred(&ignored, &credential);
}

NtlmAcceptor::NtlmAcceptor(std::string binding) : binding_(std::move(binding)) {
    // Without a service before the @: gss-ntlmssp 1.2 tells clients the service, and refuses to go
    // on where a server has told it.
    auto host = gss_buffer("@localhost");
    OM_uint32 minor = 0;
    gss_name_t name = GSS_C_NO_NAME;
    gss_import_name(&minor, &host, GSS_C_NT_HOSTBASED_SERVICE, &name);
    const auto path = users_.path();
    gss_key_value_element_desc place{"ntlmssp_keyfile", path.c_str()};
    gss_key_value_set_desc store{1, &place};
    std::array<gss_OID_desc, 2> mechanisms{
        mechanism("\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a", 10),  // NTLM
        mechanism("\x2b\x06\x01\x05\x05\x02", 6)                    // SPNEGO
    };
    gss_OID_set_desc by{mechanisms.size(), mechanisms.data()};
    gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
    const auto major = gss_acquire_cred_from(
        &minor, name, GSS_C_INDEFINITE, &by, GSS_C_ACCEPT, &store, &credential, nullptr, nullptr
    );
    credential_.reset(credential);
    gss_release_name(&minor, &name);
    if (GSS_ERROR(major) != 0)
        throw std::runtime_error("NTLM is not possible; is the package gss-ntlmssp installed?");
}

void NtlmLogin::Release::operator()(gss_ctx_id_struct* context) const {
    OM_uint32 ignored = 0;
    gss_delete_sec_context(&ignored, &context, GSS_C_NO_BUFFER);
}

std::string NtlmLogin::step(std::string_view from_client, const NtlmAcceptor& acceptor) {
    gss_channel_bindings_struct binding{};
    binding.application_data = gss_buffer(acceptor.binding_);
    const auto is_demanded = !acceptor.binding_.empty();
    auto input = gss_buffer(from_client);
    gss_buffer_desc output = GSS_C_EMPTY_BUFFER;
    gss_ctx_id_t context = context_.release();
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 flags = 0;
    OM_uint32 minor = 0;
    const auto major = gss_accept_sec_context(
        &minor,
        &context,
        acceptor.credential_.get(),
        &input,
        is_demanded ? &binding : GSS_C_NO_CHANNEL_BINDINGS,
        &name,
        nullptr,
        &output,
        &flags,
        nullptr,
        nullptr
    );
    context_.reset(context);
    std::string reply(static_cast<const char*>(output.value), output.length);
    gss_release_buffer(&minor, &output);
    if (name != GSS_C_NO_NAME) user_ = name_of(name);
    if (major == GSS_S_CONTINUE_NEEDED) return reply;
    // A binding that is wrong is an error of the library, one that is absent only missed here.
    const auto is_bound = !is_demanded || (flags & GSS_C_CHANNEL_BOUND_FLAG) != 0;
    state_ = major == GSS_S_COMPLETE && is_bound ? State::in : State::refused;
    return state_ == State::in ? reply : "";
}

}  // namespace ews::simulator
