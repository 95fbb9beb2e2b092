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

TEST(HttpStatus, AWrongPasswordIsSaidInPlainWords) {
    const auto error = explain(401);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, errc::unauthorised);
    EXPECT_EQ(
        error->text,
        "wrong user or password for \"EXAMPLE\\ann\" at https://mail.example.test/EWS/Exchange.asmx"
    );
}

TEST(HttpStatus, ARefusedTokenBringsItsDiagnosis) {
    const auto error = explain(401, "", {{"X-MS-Diagnostics", "2000003;reason=\"expired\""}});
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->text.ends_with("(2000003;reason=\"expired\")")) << error->text;
}

TEST(HttpStatus, ForbiddenNamesWhatAnAdminCanDo) {
    ASSERT_TRUE(explain(403));
    EXPECT_EQ(explain(403)->code, errc::forbidden);
    const auto online =
        ews::explain_status({403, {}, ""}, "https://outlook.office365.com/EWS/Exchange.asmx", "");
    ASSERT_TRUE(online);
    EXPECT_NE(online->text.find("EWSAllowedAppIDs"), std::string::npos);
}

TEST(HttpStatus, ABusyServerSaysHowLong) {
    EXPECT_EQ(explain(503, "", {{"retry-after", "120"}})->back_off, 120s);
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
    EXPECT_EQ(explain(502)->code, errc::gateway);
}

}  // namespace
