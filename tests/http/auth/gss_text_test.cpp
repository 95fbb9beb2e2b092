#include "http/auth/gss_text.hpp"

#include <gtest/gtest.h>

namespace {

using http::errc;
using http::Mechanism;

const http::LoginNames anna{"anna@CORP.EXAMPLE", "HTTP@mail.example"};

bool says(const http::LoginFailure& failure, const std::string& words) {
    return failure.error.text.find(words) != std::string::npos;
}

TEST(GssText, NamesAccountServiceRemedyAndWhatTheLibrarySays) {
    EXPECT_EQ(
        http::kerberos_failure(KRB5KRB_AP_ERR_SKEW, "Clock skew too great", anna).error.text,
        "anna@CORP.EXAMPLE cannot log in to HTTP@mail.example: the clocks of this machine and of "
        "the server are more "
        "than five minutes apart. Set them by NTP (Kerberos: Clock skew too great)"
    );
}

TEST(GssText, AnAccountWithoutANameIsTheOwnerOfTheTickets) {
    const auto failure =
        http::kerberos_failure(KRB5_FCC_NOFILE, "no file", {"", "HTTP@mail.example"});
    EXPECT_TRUE(
        says(failure, "the owner of the Kerberos tickets cannot log in to HTTP@mail.example: ")
    ) << failure.error.text;
    EXPECT_TRUE(says(failure, "kinit")) << failure.error.text;
}

TEST(GssText, WhatBringsAnAccountNearerToALockOutIsForGood) {
    for (const auto code :
         {KRB5KDC_ERR_PREAUTH_FAILED,
          KRB5KRB_AP_ERR_BAD_INTEGRITY,
          KRB5KDC_ERR_CLIENT_REVOKED,
          KRB5KDC_ERR_KEY_EXP}) {
        EXPECT_TRUE(http::kerberos_failure(static_cast<krb5_error_code>(code), "", anna).for_good)
            << code;
    }
    for (const auto code :
         {KRB5_KDC_UNREACH,
          KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN,
          KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN,
          KRB5KRB_AP_ERR_SKEW}) {
        EXPECT_FALSE(http::kerberos_failure(static_cast<krb5_error_code>(code), "", anna).for_good)
            << code;
    }
}

TEST(GssText, AKdcThatIsAwayIsATroubleOfTheNetwork) {
    const auto failure = http::kerberos_failure(KRB5_KDC_UNREACH, "", anna);
    EXPECT_EQ(failure.error.code, errc::connect);
    EXPECT_TRUE(failure.no_kdc);
    EXPECT_TRUE(says(failure, "port 88"));
}

TEST(GssText, AMissingMechanismNamesThePackage) {
    const auto failure = http::gss_failure(GSS_S_BAD_MECH, 0, Mechanism::ntlm, anna);
    EXPECT_TRUE(says(failure, "Install the package gss-ntlmssp (Debian)")) << failure.error.text;
}

TEST(GssText, AServerThatCannotProveItselfIsUntrusted) {
    EXPECT_EQ(
        http::gss_failure(GSS_S_BAD_SIG, 0, Mechanism::kerberos, anna).error.code, errc::untrusted
    );
    EXPECT_EQ(
        http::gss_failure(GSS_S_DEFECTIVE_TOKEN, 0, Mechanism::ntlm, anna).error.code,
        errc::untrusted
    );
}

TEST(GssText, AnUnknownCodeRepeatsWhatTheLibrarySays) {
    EXPECT_TRUE(says(
        http::kerberos_failure(KRB5_RC_IO, "disk on fire", anna),
        "Kerberos refuses (Kerberos: disk on fire)"
    ));
}

}  // namespace
