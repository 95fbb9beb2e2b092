#include "http/auth/token_endpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <charconv>
#include <span>
#include <vector>

namespace http {

namespace {

using std::chrono::seconds;

std::string encoded(std::string_view text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

/// b64token of RFC 6750: also what keeps a line break out of our next request.
bool is_token(std::string_view text) {
    const auto end = text.find_last_not_of('=');
    if (end == std::string_view::npos || text.size() > max_token) return false;
    return std::ranges::all_of(text.substr(0, end + 1), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~+/").find(c) != std::string_view::npos;
    });
}

/// A number, or one in quotes as the first version of Microsoft's endpoint has it; nothing if it is
/// neither.
std::optional<seconds> life_of(const boost::json::object& answer) {
    const boost::json::value* value = answer.if_contains("expires_in");
    if (value == nullptr) return usual_token_life;
    double count = 0;
    if (const boost::json::string* text = value->if_string()) {
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), count);
        if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
    } else if (value->is_number()) {
        count = value->to_number<double>();
    } else {
        return std::nullopt;
    }
    const double longest = static_cast<double>(seconds(max_token_life).count());
    if (!(count >= static_cast<double>(least_token_life.count()))) return std::nullopt;
    return seconds(static_cast<seconds::rep>(std::min(count, longest)));
}

std::string_view text_of(const boost::json::object& answer, std::string_view name) {
    const boost::json::value* value = answer.if_contains(name);
    const boost::json::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

/// Errors of Microsoft have numbers: in a list, and as AADSTS… in the description.
std::vector<unsigned> numbers_of(const boost::json::object& answer) {
    std::vector<unsigned> numbers;
    const boost::json::value* list = answer.if_contains("error_codes");
    if (list != nullptr && list->is_array()) {
        for (const boost::json::value& number : list->get_array()) {
            if (number.is_int64() && number.get_int64() > 0 && number.get_int64() < 100'000'000)
                numbers.push_back(static_cast<unsigned>(number.get_int64()));
        }
    }
    constexpr std::string_view mark = "AADSTS";
    const std::string_view text = text_of(answer, "error_description");
    for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
        const std::string_view digits = text.substr(at + mark.size(), 8);
        unsigned number = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (number > 0) numbers.push_back(number);
    }
    return numbers;
}

std::string shown_endpoint(const TokenRequest& asked) {
    return asked.url.substr(0, asked.url.find_first_of("?#"));
}

/// One kind of refusal: numbers as https://login.microsoftonline.com/error explains them, and names
/// of RFC 6749 section 5.2 with what Microsoft adds, for an answer without a number that is known
/// here.
struct Meaning {
    std::string_view what, remedy;
    std::array<unsigned, 8> numbers{};
    std::array<std::string_view, 3> names{};
    bool for_good = true;
};

constexpr Meaning meanings[] = {
    {"the client secret is wrong",
     "copy its value, not its id, from the app registration into the configuration",
     {7000215}},
    {"the client secret has expired",
     "make a new one in the app registration and put its value into the configuration",
     {7000222}},
    {"the client id, the secret or the certificate is wrong",
     "compare them with the app registration",
     {50012, 70002},
     {"invalid_client", "invalid_grant"}},
    {"the certificate is not registered with the application, or has expired",
     "upload the certificate whose key is configured to the app registration",
     {700027, 700030}},
    {"the statement that we signed is not accepted",
     "check that certificate and client id belong together, and whether the endpoint wants PS256 "
     "or RS256",
     {50013, 50027, 700021, 5002723, 5002738}},
    {"the statement that we signed is not valid at this time",
     "set the clock of this machine",
     {700024}},
    {"the application is not known in this tenant",
     "check the client id and the tenant in the URL, and let an administrator of the tenant "
     "consent to the application",
     {70001, 700011, 700016, 7000229}},
    {"the application is disabled in this tenant",
     "enable it under Enterprise applications",
     {7000112}},
    {"the application is registered as a public client, which has no secret",
     "switch \"Allow public client flows\" off in the app registration",
     {700025}},
    {"the tenant is not known",
     "put the id or a domain of the tenant into the URL, not \"common\"",
     {50059, 50194, 90002, 90019, 900023, 9001023}},
    {"the tenant belongs to another national cloud",
     "use the token endpoint of that cloud",
     {90038, 900382}},
    {"the scope is not valid",
     "it is https://outlook.office365.com/.default at Microsoft, or the server's own with "
     "/.default",
     {28002, 70011, 700022, 700023, 1002012},
     {"invalid_scope"}},
    {"the server that the scope names is not known in this tenant",
     "check the scope, and that the tenant has Exchange Online",
     {50001, 500011, 650052, 650054, 650057},
     {"invalid_resource"}},
    {"no administrator has consented to the permissions of the application",
     "grant admin consent to full_access_as_app in the app registration",
     {65001, 90094, 650056}},
    {"a policy of Conditional Access blocks the application",
     "let an administrator of the tenant except the application, or the address of this machine",
     {53003, 530032, 530035}},
    {"the application may not log in by itself",
     "allow it the grant client_credentials",
     {},
     {"unauthorized_client", "unsupported_grant_type", "access_denied"}},
    {"the request is not understood", "check URL, client id and scope", {}, {"invalid_request"}},
    {"we ask too often", "we ask again in a minute", {50196, 90055}},
    {"it cannot serve us just now",
     "we ask again soon",
     {50033, 90006, 90012, 90024, 90033, 90090},
     {"temporarily_unavailable", "server_error"},
     false},
};
constexpr Meaning unexplained{
    "it gives no reason that is known here", "look at the sign-in logs of the application"};

/// Of several numbers the last known one counts: the first ones are old and say less.
NoGrant refused(const TokenRequest& asked, std::string_view name, std::span<const unsigned> all) {
    const Meaning* meaning = &unexplained;
    std::string source = all.empty() ? "" : fmt::format(" (AADSTS{})", all.front());
    for (const Meaning& each : meanings) {
        if (name.empty() || std::ranges::count(each.names, name) == 0) continue;
        meaning = &each;
        if (all.empty()) source = fmt::format(" ({})", name);
    }
    for (const unsigned number : all) {
        for (const Meaning& each : meanings) {
            if (std::ranges::count(each.numbers, number) == 0) continue;
            meaning = &each;
            source = fmt::format(" (AADSTS{})", number);
        }
    }
    const std::string text = fmt::format(
        "the token endpoint {} gives no token to application {} for {}: {}{}; {}",
        shown_endpoint(asked),
        asked.client_id,
        asked.scope,
        meaning->what,
        source,
        meaning->remedy
    );
    return {{meaning->for_good ? errc::bad_url : errc::closed, text}, meaning->for_good};
}

NoGrant odd_answer(const TokenRequest& asked, const std::string& what) {
    return {
        {errc::protocol,
         fmt::format(
             "the token endpoint {} {}; check its URL, which ends in /oauth2/v2.0/token at "
             "Microsoft",
             shown_endpoint(asked),
             what
         )},
        true};
}

std::variant<Grant, NoGrant> grant_of(
    const TokenRequest& asked, const boost::json::object& answer
) {
    if (!boost::beast::iequals(text_of(answer, "token_type"), "Bearer"))
        return odd_answer(asked, "gives a token that is not of type Bearer");
    const std::string_view token = text_of(answer, "access_token");
    if (!is_token(token)) return odd_answer(asked, "gives a token that cannot be sent");
    const auto life = life_of(answer);
    if (!life) return odd_answer(asked, "gives a token of no usable life (expires_in)");
    return Grant{std::string(token), *life};
}

}  // namespace

Request token_form(
    const TokenRequest& asked, const std::variant<ClientSecret, ClientAssertion>& proof
) {
    Request request;
    request.url = asked.url;
    request.deadline = seconds(30);
    request.fields = {
        {"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    request.body = fmt::format(
        "grant_type=client_credentials&client_id={}&scope={}",
        encoded(asked.client_id),
        encoded(asked.scope)
    );
    if (const auto* secret = std::get_if<ClientSecret>(&proof)) {
        request.body += "&client_secret=" + encoded(secret->value);
    } else {
        request.body += "&client_assertion_type=";
        request.body += encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        request.body += "&client_assertion=" + encoded(std::get<ClientAssertion>(proof).value);
    }
    return request;
}

std::variant<Grant, NoGrant> read_token(const TokenRequest& asked, const Response& answer) {
    if (answer.body.size() > max_token_answer)
        return odd_answer(asked, fmt::format("answers more than {} bytes", max_token_answer));
    boost::system::error_code bad;
    const boost::json::value json = boost::json::parse(answer.body, bad);
    const bool is_object = !bad && json.is_object();
    if (answer.status == 200) {
        if (!is_object) return odd_answer(asked, "answers with something that is no JSON");
        return grant_of(asked, json.get_object());
    }
    const bool is_away = answer.status == 429 || answer.status >= 500;
    if (is_object && !is_away) {
        const boost::json::object& object = json.get_object();
        return refused(asked, text_of(object, "error"), numbers_of(object));
    }
    if (!is_away) return odd_answer(asked, fmt::format("answers HTTP {}", answer.status));
    const std::string text = fmt::format(
        "the token endpoint {} cannot serve us just now (HTTP {})",
        shown_endpoint(asked),
        answer.status
    );
    return NoGrant{{errc::closed, text}, false};
}

NoGrant no_answer(const TokenRequest& asked, const Error& error) {
    // errc::too_large would speak of the mail.
    const errc code = error.code == errc::too_large ? errc::protocol : error.code;
    const std::string text = fmt::format("no token from {}: {}", shown_endpoint(asked), error.text);
    return {{code, text}, code == errc::bad_url || code == errc::protocol};
}

}  // namespace http
