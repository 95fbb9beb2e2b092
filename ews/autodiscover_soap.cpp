#include "ews/autodiscover_soap.hpp"

#include <fmt/format.h>

#include "ews/autodiscover_xml.hpp"
#include "ews/soap.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

constexpr const char* autodiscover_namespace =
    "http://schemas.microsoft.com/exchange/2010/Autodiscover";
constexpr const char* addressing_namespace = "http://www.w3.org/2005/08/addressing";
constexpr const char* soap_namespace = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr const char* action =
    "http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings";

Error fault_of(pugi::xml_node fault) {
    std::string text = setting(child(fault, "faultstring"));
    if (text.empty()) text = setting(path(fault, {"Reason", "Text"}));
    if (text.empty()) text = "SOAP fault without a text";
    return {errc::other, {}, fmt::format("the server says {}", one_line(text)), {}};
}

/// A redirect or an error, if the element speaks of one.
std::optional<Result<AutodiscoverAnswer>> outcome_of(pugi::xml_node response) {
    const std::string code = setting(child(response, "ErrorCode"));
    if (code.empty() || code == "NoError") return std::nullopt;
    const std::string target = setting(child(response, "RedirectTarget"));
    if (!target.empty() && code == "RedirectUrl") return AutodiscoverAnswer(UrlRedirect{target});
    if (!target.empty() && code == "RedirectAddress")
        return AutodiscoverAnswer(AddressRedirect{target});
    return autodiscover_error(code, setting(child(response, "ErrorMessage")));
}

std::string value_of(pugi::xml_node user, std::string_view name) {
    for (auto entry : elements(child(user, "UserSettings"), "UserSetting"))
        if (setting(child(entry, "Name")) == name) return setting(child(entry, "Value"));
    return {};
}

/// CasVersion is asked for; servers that do not know it say theirs in the header.
std::string version_of(pugi::xml_node user, pugi::xml_node header) {
    const std::string version = value_of(user, "CasVersion");
    if (!version.empty()) return version;
    const auto info = child(header, "ServerVersionInfo");
    if (!child(info, "MajorVersion")) return {};
    return fmt::format(
        "{}.{}.{}.{}",
        number(child(info, "MajorVersion")),
        number(child(info, "MinorVersion")),
        number(child(info, "MajorBuildNumber")),
        number(child(info, "MinorBuildNumber"))
    );
}

/// Nobody asks here for a setting that he can do without, but for the URL.
Error without_url(pugi::xml_node user) {
    std::string reasons;
    for (auto error : elements(child(user, "UserSettingErrors"), "UserSettingError")) {
        const std::string name = setting(child(error, "SettingName"));
        if (name != "ExternalEwsUrl" && name != "InternalEwsUrl") continue;
        const std::string code = one_line(setting(child(error, "ErrorCode")));
        reasons += fmt::format("{}{}: {}", reasons.empty() ? " (" : "; ", name, code);
    }
    if (!reasons.empty()) reasons += ")";
    return {
        errc::not_ews,
        {},
        fmt::format("the server names no EWS address for this mailbox{}", reasons),
        {}};
}

}  // namespace

std::string write_soap_autodiscover(std::string_view address, std::string_view url) {
    pugi::xml_document document;
    auto envelope = add(document, "s:Envelope");
    add_attribute(envelope, "xmlns:s", soap_namespace);
    add_attribute(envelope, "xmlns:a", autodiscover_namespace);
    add_attribute(envelope, "xmlns:wsa", addressing_namespace);
    auto header = add(envelope, "s:Header");
    add_text(header, "a:RequestedServerVersion", "Exchange2013_SP1");
    add_text(header, "wsa:Action", action);
    add_text(header, "wsa:To", url);
    auto request =
        add(add(add(envelope, "s:Body"), "a:GetUserSettingsRequestMessage"), "a:Request");
    add_text(add(add(request, "a:Users"), "a:User"), "a:Mailbox", address);
    auto settings = add(request, "a:RequestedSettings");
    for (const auto* name :
         {"ExternalEwsUrl",
          "InternalEwsUrl",
          "EwsSupportedSchemas",
          "GroupingInformation",
          "CasVersion"})
        add_text(settings, "a:Setting", name);
    return to_bytes(document);
}

Result<AutodiscoverAnswer> read_soap_autodiscover(std::string bytes) {
    const AutodiscoverXml xml(std::move(bytes));
    const auto envelope = xml.root("Envelope");
    if (!envelope) return envelope.error();
    const auto body = child(*envelope, "Body");
    if (const auto fault = child(body, "Fault")) return fault_of(fault);
    const auto response = path(body, {"GetUserSettingsResponseMessage", "Response"});
    if (!response)
        return Error{errc::protocol, {}, "the answer is SOAP, but not of Autodiscover", {}};
    if (const auto outcome = outcome_of(response)) return *outcome;
    const auto user = path(response, {"UserResponses", "UserResponse"});
    if (const auto outcome = outcome_of(user)) return *outcome;
    AutodiscoverSettings settings;
    settings.external_url = value_of(user, "ExternalEwsUrl");
    settings.internal_url = value_of(user, "InternalEwsUrl");
    settings.grouping = value_of(user, "GroupingInformation");
    settings.server_version = version_of(user, child(*envelope, "Header"));
    if (settings.external_url.empty() && settings.internal_url.empty()) return without_url(user);
    return AutodiscoverAnswer(std::move(settings));
}

}  // namespace ews
