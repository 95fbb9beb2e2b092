#include "ews/autodiscover_pox.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

#include "ews/autodiscover_xml.hpp"
#include "ews/soap.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

constexpr const char* request_namespace =
    "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";
constexpr const char* response_namespace =
    "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

Error error_of(pugi::xml_node error) {
    std::string code = setting(child(error, "ErrorCode"));
    if (code.empty()) code = "an error without a code";
    return autodiscover_error(code, setting(child(error, "Message")));
}

Result<AutodiscoverAnswer> redirect_to(pugi::xml_node account, const std::string& action) {
    const std::string url = setting(child(account, "RedirectUrl"));
    const std::string address = setting(child(account, "RedirectAddr"));
    if (!url.empty()) return AutodiscoverAnswer(UrlRedirect{url});
    if (!address.empty()) return AutodiscoverAnswer(AddressRedirect{address});
    return Error{
        errc::protocol,
        {},
        fmt::format("the server says {}, and not where to", one_line(action)),
        {}};
}

void keep_first(std::string& kept, std::string value) {
    if (kept.empty()) kept = std::move(value);
}

/// EXCH is for clients inside, EXPR for those outside; EXHTTP (2013 and later) for both, the
/// address outside last.
AutodiscoverSettings settings_of(pugi::xml_node account) {
    AutodiscoverSettings settings;
    std::string other;
    for (auto protocol : elements(account, "Protocol")) {
        const std::string type = setting(child(protocol, "Type"));
        std::string url = setting(child(protocol, "EwsUrl"));
        keep_first(settings.grouping, setting(child(protocol, "GroupingInformation")));
        keep_first(
            settings.server_version, read_pox_version(setting(child(protocol, "ServerVersion")))
        );
        if (type == "EXPR")
            keep_first(settings.external_url, std::move(url));
        else if (type == "EXCH")
            keep_first(settings.internal_url, std::move(url));
        else if (type == "EXHTTP" && !url.empty())
            other = std::move(url);
    }
    keep_first(settings.external_url, std::move(other));
    return settings;
}

}  // namespace

std::string write_pox_autodiscover(std::string_view address) {
    pugi::xml_document document;
    auto root = add(document, "Autodiscover");
    add_attribute(root, "xmlns", request_namespace);
    auto request = add(root, "Request");
    add_text(request, "EMailAddress", address);
    add_text(request, "AcceptableResponseSchema", response_namespace);
    return to_bytes(document);
}

Result<AutodiscoverAnswer> read_pox_autodiscover(std::string bytes) {
    const AutodiscoverXml xml(std::move(bytes));
    const auto root = xml.root("Autodiscover");
    if (!root) return root.error();
    const auto response = child(*root, "Response");
    if (const auto error = child(response, "Error")) return error_of(error);
    const auto account = child(response, "Account");
    if (!account) return Error{errc::protocol, {}, "the answer holds no account", {}};
    const std::string action = setting(child(account, "Action"));
    if (!action.empty() && action != "settings") return redirect_to(account, action);
    AutodiscoverSettings settings = settings_of(account);
    if (settings.external_url.empty() && settings.internal_url.empty())
        return Error{errc::not_ews, {}, "the server names no EWS address for this mailbox", {}};
    return AutodiscoverAnswer(std::move(settings));
}

std::string read_pox_version(std::string_view hex) {
    std::uint32_t bits = 0;
    const char* const end = hex.data() + hex.size();
    const auto [stop, problem] = std::from_chars(hex.data(), end, bits, 16);
    if (hex.size() != 8 || problem != std::errc() || stop != end) return {};
    // From the top: 4 bits for the layout, 6 major, 6 minor, 1 flag, 15 build.
    return fmt::format("{}.{}.{}", bits >> 22 & 0x3F, bits >> 16 & 0x3F, bits & 0x7FFF);
}

}  // namespace ews
