#include "ews/simulator/ntlm_acceptor.hpp"

#include <gssapi/gssapi_ext.h>
#include <gtest/gtest.h>

#include <array>

#include "tests/ews/simulator/ntlm_client.hpp"

/// Asked by LeakSanitizer at the end of the process; under ctest every test has one of its own.
extern "C" int __lsan_is_turned_off() {
    return ews::simulator::testing::ntlm_was_used ? 1 : 0;
}

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;
using State = NtlmLogin::State;

/// NTLM within SPNEGO, as clients of Windows send it: "CORP\ferry" with the password "secret".
class SpnegoClient {
public:
    SpnegoClient() {
        gss_buffer_desc password = text(secret_), user = text(user_), service = text(service_);
        gss_name_t who = GSS_C_NO_NAME, where = GSS_C_NO_NAME;
        gss_import_name(&minor_, &user, GSS_C_NT_USER_NAME, &who);
        gss_import_name(&minor_, &service, GSS_C_NT_HOSTBASED_SERVICE, &where);
        const http::GssName owner(who);
        server_.reset(where);
        gss_cred_id_t made = GSS_C_NO_CREDENTIAL;
        gss_OID_set_desc both{mechanisms_.size(), mechanisms_.data()};
        gss_OID_set_desc ntlm{1, &mechanisms_[1]};
        gss_acquire_cred_with_password(
            &minor_, who, &password, 0, &both, GSS_C_INITIATE, &made, nullptr, nullptr
        );
        credential_.reset(made);
        gss_set_neg_mechs(&minor_, made, &ntlm);
    }
    SpnegoClient(const SpnegoClient&) = delete;
    SpnegoClient& operator=(const SpnegoClient&) = delete;
    ~SpnegoClient() { gss_delete_sec_context(&minor_, &context_, GSS_C_NO_BUFFER); }

    std::string say(std::string heard) {
        gss_buffer_desc input = text(heard), output = GSS_C_EMPTY_BUFFER;
        gss_init_sec_context(
            &minor_,
            credential_.get(),
            &context_,
            server_.get(),
            mechanisms_.data(),
            0,
            0,
            GSS_C_NO_CHANNEL_BINDINGS,
            &input,
            nullptr,
            &output,
            nullptr,
            nullptr
        );
        std::string said(static_cast<const char*>(output.value), output.length);
        gss_release_buffer(&minor_, &output);
        return said;
    }

private:
    static gss_buffer_desc text(std::string& of) { return {of.size(), of.data()}; }

    std::string user_ = "CORP\\ferry", secret_ = "secret", service_ = "HTTP@127.0.0.1";
    std::string spnego_ = "\x2b\x06\x01\x05\x05\x02";
    std::string ntlm_ = "\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a";
    std::array<gss_OID_desc, 2> mechanisms_{{{6, spnego_.data()}, {10, ntlm_.data()}}};
    OM_uint32 minor_ = 0;
    http::GssName server_;
    http::GssCredential credential_;
    gss_ctx_id_t context_ = GSS_C_NO_CONTEXT;
};

struct SimulatorNtlm : NtlmTest {
    /// Who is in, or "" for nobody.
    template <class Client>
    static std::string log_in(NtlmAcceptor& acceptor, Client&& client) {
        acceptor.set_users({{"CORP\\ferry", "secret"}, {"anna@us.example", "größer"}});
        NtlmLogin login;
        std::string heard;
        while (login.state() == State::asking) {
            heard = login.step(client.say(heard), acceptor);
            if (heard.empty()) break;
        }
        return login.state() == State::in ? login.user() : "";
    }

    static std::string log_in(const std::string& wanted, const std::string& hash) {
        NtlmAcceptor acceptor(wanted);
        return log_in(acceptor, NtlmClient("CORP\\ferry", "secret", hash));
    }
};

TEST_F(SimulatorNtlm, KnowsUsersByDomainAndByAddress) {
    NtlmAcceptor acceptor("");
    EXPECT_EQ(log_in(acceptor, NtlmClient("CORP\\ferry", "secret")), "CORP\\ferry");
    EXPECT_EQ(log_in(acceptor, NtlmClient("anna\\@us.example", "größer")), "anna@us.example");
}

TEST_F(SimulatorNtlm, TakesItWithinSpnegoToo) {
    NtlmAcceptor acceptor("");
    EXPECT_EQ(log_in(acceptor, SpnegoClient()), "CORP\\ferry");
}

TEST_F(SimulatorNtlm, RefusesAWrongPasswordAndWhomItDoesNotKnow) {
    NtlmAcceptor acceptor("");
    EXPECT_EQ(log_in(acceptor, NtlmClient("CORP\\ferry", "Secret")), "");
    EXPECT_EQ(log_in(acceptor, NtlmClient("OTHER\\ferry", "secret")), "");
    EXPECT_EQ(log_in(acceptor, NtlmClient("CORP\\anna", "secret")), "");
}

TEST_F(SimulatorNtlm, LooksAtNoBindingUnlessOneIsDemanded) {
    EXPECT_EQ(log_in("", ""), "CORP\\ferry");
    EXPECT_EQ(log_in("", "of any certificate"), "CORP\\ferry");
}

TEST_F(SimulatorNtlm, DemandsTheRightBinding) {
    const std::string wanted = "tls-server-end-point:mine";
    EXPECT_EQ(log_in(wanted, "mine"), "CORP\\ferry");
    EXPECT_EQ(log_in(wanted, "another"), "");
    EXPECT_EQ(log_in(wanted, ""), "");
}

TEST_F(SimulatorNtlm, RefusesRubbishAndAnAnswerToNoQuestion) {
    const NtlmAcceptor acceptor("");
    NtlmLogin rubbish, early;
    EXPECT_EQ(rubbish.step("rubbish", acceptor), "");
    EXPECT_EQ(rubbish.state(), State::refused);
    EXPECT_EQ(early.step(std::string("NTLMSSP\0\3\0\0\0", 12), acceptor), "");
    EXPECT_EQ(early.state(), State::refused);
}

TEST_F(SimulatorNtlm, SaysWhichPasswordItsFileCannotHold) {
    NtlmUserFile file;
    EXPECT_NO_THROW(file.write({{"anna", "a b"}}));
    EXPECT_THROW(file.write({{"anna", "a:b"}}), std::invalid_argument);
    EXPECT_THROW(file.write({{"anna", "a\nb"}}), std::invalid_argument);
}

}  // namespace
