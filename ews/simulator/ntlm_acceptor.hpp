// NTLM as a server speaks it, alone or within SPNEGO, by GSSAPI and gss-ntlmssp. Apart from login,
// so that nothing else sees that interface.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct gss_cred_id_struct;
struct gss_ctx_id_struct;

namespace ews::simulator {

/// "name" or "DOMAIN\name".
struct NtlmUser {
    std::string name;
    std::string password;
};

/// The users in a file of memory that only this process reads: the library takes them from a file,
/// and one on disk would be left behind by a crash.
class NtlmUserFile {
public:
    NtlmUserFile();
    ~NtlmUserFile();
    NtlmUserFile(const NtlmUserFile&) = delete;
    NtlmUserFile& operator=(const NtlmUserFile&) = delete;

    /// Replaces all that it holds. Throws std::invalid_argument for a password that holds a colon
    /// or a line break, which the form of the file cannot say.
    void write(const std::vector<NtlmUser>& users);
    std::string path() const;

private:
    int descriptor_;
};

/// Of all logins of a server. On one thread, like the logins.
class NtlmAcceptor {
public:
    /// Throws std::runtime_error where gss-ntlmssp is not installed.
    /// @param binding  what each login has to be tied to (end_point.hpp), "" for nothing
    explicit NtlmAcceptor(std::string binding);

    /// Who may log in from now on; see NtlmUserFile::write.
    void set_users(const std::vector<NtlmUser>& users) { users_.write(users); }

private:
    friend class NtlmLogin;
    struct Release {
        void operator()(gss_cred_id_struct* credential) const;
    };

    NtlmUserFile users_;
    std::string binding_;
    std::unique_ptr<gss_cred_id_struct, Release> credential_;
};

/// One login under way.
class NtlmLogin {
public:
    enum class State { asking, in, refused };

    /// From what the client said to what to say next, "" for nothing. Refused is also who sent no
    /// binding where one is wanted, or another one.
    std::string step(std::string_view from_client, const NtlmAcceptor& acceptor);
    State state() const { return state_; }
    /// Who is in, "name" or "DOMAIN\name".
    const std::string& user() const { return user_; }

private:
    struct Release {
        void operator()(gss_ctx_id_struct* context) const;
    };

    std::unique_ptr<gss_ctx_id_struct, Release> context_;
    State state_ = State::asking;
    std::string user_;
};

}  // namespace ews::simulator
