#include "ews/http_status.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using ews::errc;

constexpr auto url = "https://mail.example.test/EWS/Exchange.asmx";

std::optional<ews::Error> explain(
    unsigned status, std::string body = {}, std::vector<http::Field> fields = {}
) {
    return ews::explain_status({status, std::move(fields), std::move(body)}, url, "EXAMPLE\\ann");
}

bool says(const std::optional<ews::Error>& error, std::string_view words) {
    return error && error->text.find(words) != std::string::npos;
}

TEST(HttpStatus, AWrongPasswordIsSaidInPlainWords) {
    const auto error = explain(401);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, errc::unauthorised);
    EXPECT_TRUE(error->text.starts_with(
        "wrong user or password for \"EXAMPLE\\ann\" at "
        "https://mail.example.test/EWS/Exchange.asmx; correct user and password"
    )) << error->text;
}

TEST(HttpStatus, ARefusedTokenBringsItsDiagnosis) {
    const auto error = explain(401, "", {{"X-MS-Diagnostics", "2000003;reason=\"expired\""}});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, errc::unauthorised);
    EXPECT_TRUE(says(error, "(2000003;reason=\"expired\"); check tenant, client id"))
        << error->text;
    EXPECT_FALSE(says(error, "password"));
}

TEST(HttpStatus, ARefusedTokenIsNoWrongPassword) {
    const auto error = explain(401, "", {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, errc::unauthorised);
    EXPECT_TRUE(says(error, "the server does not accept the token")) << error->text;
    EXPECT_FALSE(says(error, "password"));
}

TEST(HttpStatus, ForbiddenNamesWhatAnAdminCanDo) {
    for (const auto* body : {"", "<html>403 - Forbidden</html>"}) {
        const auto error = explain(403, body);
        ASSERT_TRUE(error);
        EXPECT_EQ(error->code, errc::forbidden);
        EXPECT_TRUE(says(error, "Set-CASMailbox MAILBOX -EwsEnabled $true")) << error->text;
    }
}

TEST(HttpStatus, ForbiddenOnlineMeansThatTheTenantOrTheListForbidsEws) {
    const auto error =
        ews::explain_status({403, {}, ""}, "https://Outlook.Office365.com/EWS/Exchange.asmx", "");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, errc::forbidden);
    EXPECT_TRUE(says(
        error,
        "EWS is disabled for this tenant or this application is not in EWSAllowedAppIDs: "
        "Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs"
    )) << error->text;
    EXPECT_TRUE(says(error, "1 April 2027")) << error->text;
}

TEST(HttpStatus, ForbiddenWithADiagnosisLacksAPermission) {
    const auto error =
        explain(403, "", {{"x-ms-diagnostics", "2000008;reason=\"not enough scope\""}});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, errc::forbidden);
    EXPECT_TRUE(says(error, "(2000008;reason=\"not enough scope\"); give the application"));
    EXPECT_TRUE(says(error, "full_access_as_app"));
}

TEST(HttpStatus, ForbiddenInSoapIsReadAsSoap) {
    EXPECT_FALSE(explain(403, "<s:Envelope xmlns:s='x'/>"));
}

TEST(HttpStatus, ABusyServerSaysHowLong) {
    EXPECT_EQ(explain(503, "", {{"retry-after", "120"}})->back_off, 120s);
    EXPECT_EQ(explain(429)->back_off, 1min);
    EXPECT_EQ(explain(429, "", {{"Retry-After", "999999"}})->back_off, 1h);
    EXPECT_EQ(explain(503)->back_off, std::nullopt);
    EXPECT_EQ(explain(503, "", {{"Retry-After", "soon"}})->back_off, std::nullopt);
    EXPECT_EQ(explain(503)->code, errc::unavailable);
}

TEST(HttpStatus, RedirectsToErrorPagesPassOthersDoNot) {
    EXPECT_EQ(explain(302, "", {{"Location", "/ews/genericerrorpage.htm"}})->code, errc::gateway);
    EXPECT_EQ(
        explain(302, "", {{"Location", "https://h/OWA/auth/logon.aspx"}})->code, errc::gateway
    );
    const auto moved = explain(301, "", {{"Location", "https://other.test/EWS/Exchange.asmx"}});
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->code, errc::redirected);
    EXPECT_NE(moved->text.find("https://other.test/EWS/Exchange.asmx"), std::string::npos);
}

TEST(HttpStatus, ARedirectToALoginPageIsTheGatewayInFront) {
    for (const auto* page :
         {"https://login.microsoftonline.com/common/oauth2/authorize",
          "https://sts.example.test/adfs/ls?wa=wsignin1.0",
          "/my.logon.php"}) {
        const auto error = explain(302, "", {{"Location", page}});
        ASSERT_TRUE(error);
        EXPECT_EQ(error->code, errc::gateway) << page;
        EXPECT_TRUE(says(error, "without a login page of its own")) << error->text;
    }
}

TEST(HttpStatus, AServerThatIsNamedLoginIsNoLoginPage) {
    const auto* target = "https://login.example.test/EWS/Exchange.asmx?a=1";
    EXPECT_EQ(explain(302, "", {{"Location", target}})->code, errc::redirected);
}

TEST(HttpStatus, AWrongAddressSaysWhereTheRightOneStands) {
    for (const unsigned status : {404u, 405u}) {
        const auto error = explain(status, "<html>not here</html>");
        ASSERT_TRUE(error);
        EXPECT_EQ(error->code, errc::not_ews);
        EXPECT_TRUE(says(error, "Get-WebServicesVirtualDirectory")) << error->text;
    }
}

TEST(HttpStatus, OneRequestMayBeTooSlowOrTooLarge) {
    EXPECT_EQ(explain(408)->code, errc::server_timeout);
    EXPECT_EQ(explain(413)->code, errc::item_too_large);
    EXPECT_TRUE(says(explain(413), "maxAllowedContentLength"));
}

TEST(HttpStatus, ALoginPageIsNoEws) {
    const auto error = explain(200, "<!DOCTYPE html><html><form>Password</form></html>");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, errc::not_ews);
    EXPECT_NE(error->text.find("login page"), std::string::npos);
    EXPECT_EQ(explain(404)->code, errc::not_ews);
    EXPECT_EQ(explain(418)->code, errc::http_status);
}

TEST(HttpStatus, SoapIsNotExplainedAway) {
    EXPECT_FALSE(explain(200, "<?xml version='1.0'?><s:Envelope/>"));
    EXPECT_FALSE(explain(500, "<Envelope xmlns='x'/>"));
    EXPECT_EQ(explain(500, "<html/>")->code, errc::gateway);
    EXPECT_EQ(explain(500)->code, errc::gateway);
    EXPECT_EQ(explain(502)->code, errc::gateway);
    EXPECT_EQ(explain(504)->code, errc::gateway);
}

}  // namespace
