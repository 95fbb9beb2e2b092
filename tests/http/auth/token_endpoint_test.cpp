#include "http/auth/token_endpoint.hpp"

#include <gtest/gtest.h>

namespace {

using http::Grant;
using http::NoGrant;
using std::chrono::seconds;

const http::TokenRequest asked{
    "https://login.example/tenant/oauth2/v2.0/token",
    "app-1",
    "https://outlook.office365.com/.default"};

const std::string endpoint = "the token endpoint https://login.example/tenant/oauth2/v2.0/token ";
const std::string refuses =
    endpoint + "gives no token to application app-1 for https://outlook.office365.com/.default: ";

std::variant<Grant, NoGrant> read(unsigned status, std::string body) {
    return http::read_token(asked, {status, {}, std::move(body)});
}

NoGrant refusal(unsigned status, std::string body) {
    const auto answer = read(status, std::move(body));
    if (std::holds_alternative<Grant>(answer)) return {{http::errc::closed, "a grant"}, false};
    return std::get<NoGrant>(answer);
}

std::string error(std::string_view name, unsigned number) {
    return R"({"error":")" + std::string(name) + R"(","error_description":"AADSTS)" +
           std::to_string(number) + R"(: Something. Trace ID: x","error_codes":[)" +
           std::to_string(number) + "]}";
}

std::string token_answer(std::string_view expires_in) {
    return R"({"token_type":"Bearer","access_token":"abc.DEF-1_2~+/==","expires_in":)" +
           std::string(expires_in) + "}";
}

seconds life(std::string_view expires_in) {
    const auto answer = read(200, token_answer(expires_in));
    const Grant* grant = std::get_if<Grant>(&answer);
    return grant == nullptr ? seconds(0) : grant->life;
}

TEST(TokenEndpoint, TheFormCarriesASecretPercentEncoded) {
    const auto request = http::token_form(asked, http::ClientSecret{"a+b&c=d~e%/ü"});
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, asked.url);
    const std::vector<http::Field> fields = {
        {"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    EXPECT_EQ(request.fields, fields);
    EXPECT_EQ(
        request.body,
        "grant_type=client_credentials&client_id=app-1"
        "&scope=https%3A%2F%2Foutlook.office365.com%2F.default"
        "&client_secret=a%2Bb%26c%3Dd~e%25%2F%C3%BC"
    );
}

TEST(TokenEndpoint, TheFormCarriesAnAssertion) {
    const auto request = http::token_form(asked, http::ClientAssertion{"aa.bb-c_.dd"});
    EXPECT_EQ(
        request.body,
        "grant_type=client_credentials&client_id=app-1"
        "&scope=https%3A%2F%2Foutlook.office365.com%2F.default"
        "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
        "&client_assertion=aa.bb-c_.dd"
    );
}

TEST(TokenEndpoint, ATokenIsReadWithItsLife) {
    const auto answer = read(200, token_answer("3599"));
    ASSERT_TRUE(std::holds_alternative<Grant>(answer));
    EXPECT_EQ(std::get<Grant>(answer).token, "abc.DEF-1_2~+/==");
    EXPECT_EQ(std::get<Grant>(answer).life, seconds(3599));
}

TEST(TokenEndpoint, ALifeMayStandInQuotesOrBeMissing) {
    EXPECT_EQ(life("\"3599\""), seconds(3599));
    const auto answer = read(200, R"({"token_type":"bearer","access_token":"abc"})");
    ASSERT_TRUE(std::holds_alternative<Grant>(answer));
    EXPECT_EQ(std::get<Grant>(answer).life, http::usual_token_life);
}

TEST(TokenEndpoint, ALifeIsBounded) {
    EXPECT_EQ(life("30"), seconds(30));
    EXPECT_EQ(life("1e300"), http::max_token_life);
    EXPECT_EQ(life("99999999999999999999"), http::max_token_life);
    for (const char* useless :
         {"29", "0", "-5", "-1e300", "\"soon\"", "\"\"", "\"nan\"", "\"3599s\"", "null", "[]"}) {
        EXPECT_EQ(life(useless), seconds(0)) << useless;
    }
}

TEST(TokenEndpoint, AnAnswerThatHoldsNoUsableTokenIsRefused) {
    const std::string check = "; check its URL, which ends in /oauth2/v2.0/token at Microsoft";
    const auto text = [](std::string body) { return refusal(200, std::move(body)).error.text; };
    EXPECT_EQ(
        text("<html>Log in</html>"), endpoint + "answers with something that is no JSON" + check
    );
    EXPECT_EQ(text("[]"), endpoint + "answers with something that is no JSON" + check);
    EXPECT_EQ(text(std::string(70'000, ' ')), endpoint + "answers more than 65536 bytes" + check);
    EXPECT_EQ(text("{}"), endpoint + "gives a token that is not of type Bearer" + check);
    EXPECT_EQ(
        text(token_answer("0")), endpoint + "gives a token of no usable life (expires_in)" + check
    );
    for (const std::string token : {"", "=", "a b", "a\\r\\nX: y", "ä", "a=b"}) {
        EXPECT_EQ(
            text(R"({"token_type":"Bearer","access_token":")" + token + "\"}"),
            endpoint + "gives a token that cannot be sent" + check
        );
    }
    const std::string long_one(http::max_token + 1, 'a');
    EXPECT_EQ(
        text(R"({"token_type":"Bearer","access_token":")" + long_one + "\"}"),
        endpoint + "gives a token that cannot be sent" + check
    );
    EXPECT_EQ(refusal(404, "Not found").error.text, endpoint + "answers HTTP 404" + check);
    EXPECT_EQ(refusal(302, "").error.text, endpoint + "answers HTTP 302" + check);
    EXPECT_EQ(refusal(404, "").error.code, http::errc::protocol);
    EXPECT_TRUE(refusal(404, "").for_good);
}

struct Said {
    std::string name;
    unsigned number;
    std::string text;
};

TEST(TokenEndpoint, EachErrorOfMicrosoftIsASentenceWithItsRemedy) {
    const std::vector<Said> all = {
        {"invalid_client",
         7000215,
         "the client secret is wrong (AADSTS7000215); copy its value, not its id, from the app "
         "registration into the configuration"},
        {"invalid_client",
         7000222,
         "the client secret has expired (AADSTS7000222); make a new one in the app registration "
         "and "
         "put its value into the configuration"},
        {"invalid_client",
         70002,
         "the client id, the secret or the certificate is wrong (AADSTS70002); compare them with "
         "the app registration"},
        {"invalid_client",
         700027,
         "the certificate is not registered with the application, or has expired (AADSTS700027); "
         "upload the certificate whose key is configured to the app registration"},
        {"invalid_client",
         5002738,
         "the statement that we signed is not accepted (AADSTS5002738); check that certificate and "
         "client id belong together, and whether the endpoint wants PS256 or RS256"},
        {"invalid_client",
         700024,
         "the statement that we signed is not valid at this time (AADSTS700024); set the clock of "
         "this machine"},
        {"unauthorized_client",
         700016,
         "the application is not known in this tenant (AADSTS700016); check the client id and the "
         "tenant in the URL, and let an administrator of the tenant consent to the application"},
        {"unauthorized_client",
         7000112,
         "the application is disabled in this tenant (AADSTS7000112); enable it under Enterprise "
         "applications"},
        {"invalid_client",
         700025,
         "the application is registered as a public client, which has no secret (AADSTS700025); "
         "switch \"Allow public client flows\" off in the app registration"},
        {"invalid_request",
         90002,
         "the tenant is not known (AADSTS90002); put the id or a domain of the tenant into the "
         "URL, "
         "not \"common\""},
        {"invalid_request",
         900382,
         "the tenant belongs to another national cloud (AADSTS900382); use the token endpoint of "
         "that cloud"},
        {"invalid_scope",
         1002012,
         "the scope is not valid (AADSTS1002012); it is https://outlook.office365.com/.default at "
         "Microsoft, or the server's own with /.default"},
        {"invalid_resource",
         500011,
         "the server that the scope names is not known in this tenant (AADSTS500011); check the "
         "scope, and that the tenant has Exchange Online"},
        {"invalid_grant",
         65001,
         "no administrator has consented to the permissions of the application (AADSTS65001); "
         "grant "
         "admin consent to full_access_as_app in the app registration"},
        {"access_denied",
         53003,
         "a policy of Conditional Access blocks the application (AADSTS53003); let an "
         "administrator "
         "of the tenant except the application, or the address of this machine"},
        {"invalid_request", 50196, "we ask too often (AADSTS50196); we ask again in a minute"},
    };
    for (const Said& each : all) {
        const NoGrant why = refusal(400, error(each.name, each.number));
        EXPECT_EQ(why.error.text, refuses + each.text);
        EXPECT_EQ(why.error.code, http::errc::bad_url) << each.number;
        EXPECT_TRUE(why.for_good) << each.number;
    }
}

TEST(TokenEndpoint, AnErrorWithoutAKnownNumberIsTakenByItsName) {
    const auto text = [](std::string body) { return refusal(401, std::move(body)).error.text; };
    EXPECT_EQ(
        text(R"({"error":"unauthorized_client"})"),
        refuses +
            "the application may not log in by itself (unauthorized_client); allow it the "
            "grant client_credentials"
    );
    EXPECT_EQ(
        text(R"({"error":"invalid_request"})"),
        refuses + "the request is not understood (invalid_request); check URL, client id and scope"
    );
    EXPECT_EQ(
        text(error("invalid_client", 7999999)),
        refuses +
            "the client id, the secret or the certificate is wrong (AADSTS7999999); compare "
            "them with the app registration"
    );
    EXPECT_EQ(
        text(R"({"error":"teapot"})"),
        refuses +
            "it gives no reason that is known here; look at the sign-in logs of the "
            "application"
    );
}

TEST(TokenEndpoint, OfSeveralNumbersTheLastOneKnownSaysMost) {
    const std::string body =
        R"({"error":"invalid_client","error_description":"AADSTS70002: Error validating )"
        R"(credentials. AADSTS700024: Too late. AADSTS1: x"})";
    EXPECT_EQ(
        refusal(400, body).error.text,
        refuses +
            "the statement that we signed is not valid at this time (AADSTS700024); set the "
            "clock of this machine"
    );
}

TEST(TokenEndpoint, AnEndpointThatIsBusyIsAskedAgainSoon) {
    const NoGrant busy = refusal(400, error("temporarily_unavailable", 90033));
    EXPECT_EQ(
        busy.error.text, refuses + "it cannot serve us just now (AADSTS90033); we ask again soon"
    );
    EXPECT_EQ(busy.error.code, http::errc::closed);
    EXPECT_FALSE(busy.for_good);
    for (const unsigned status : {429U, 500U, 503U}) {
        const NoGrant away = refusal(status, "<html>busy</html>");
        EXPECT_EQ(
            away.error.text,
            endpoint + "cannot serve us just now (HTTP " + std::to_string(status) + ")"
        );
        EXPECT_EQ(away.error.code, http::errc::closed);
        EXPECT_FALSE(away.for_good);
    }
}

TEST(TokenEndpoint, ATextNeverRepeatsWhatWasSent) {
    for (const unsigned status : {200U, 400U, 401U, 503U}) {
        const std::string text =
            refusal(
                status,
                R"({"error":"hunter2","error_description":"AADSTS7000215 hunter2",)"
                R"("access_token":"hunter2","token_type":"hunter2"})"
            )
                .error.text;
        EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
    }
    http::TokenRequest with_query = asked;
    with_query.url += "?code=hunter2";
    const auto answer = http::read_token(with_query, {404, {}, ""});
    EXPECT_EQ(std::get<NoGrant>(answer).error.text.find("hunter2"), std::string::npos);
}

TEST(TokenEndpoint, AFailedExchangeSaysWhatItWasFor) {
    const NoGrant cut = http::no_answer(asked, {http::errc::connect, "https://login.example: no"});
    EXPECT_EQ(
        cut.error.text,
        "no token from https://login.example/tenant/oauth2/v2.0/token: https://login.example: no"
    );
    EXPECT_EQ(cut.error.code, http::errc::connect);
    EXPECT_FALSE(cut.for_good);
    const NoGrant large = http::no_answer(asked, {http::errc::too_large, "too large"});
    EXPECT_EQ(large.error.code, http::errc::protocol);
    EXPECT_TRUE(large.for_good);
}

}  // namespace
