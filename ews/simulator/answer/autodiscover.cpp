#include "ews/simulator/answer/autodiscover.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "ews/simulator/text.hpp"
#include "ews/simulator/xml.hpp"

namespace ews::simulator {

namespace {

constexpr std::string_view soap_path = "/autodiscover/autodiscover.svc";
constexpr std::string_view plain_path = "/autodiscover/autodiscover.xml";

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

/// Where it is asked to begin again; nothing for what nobody knows.
std::optional<std::string> redirected(Organization& organization, std::string_view address) {
    const auto at = address.find('@');
    const auto dot = address.find('.', at);
    if (at == std::string_view::npos || dot == std::string_view::npos) return std::nullopt;
    std::string other = fmt::format("{}@{}", address.substr(0, at), address.substr(dot + 1));
    if (organization.mailbox(other) == nullptr) return std::nullopt;
    return other;
}

pugi::xml_node descend(pugi::xml_node node, std::initializer_list<const char*> names) {
    for (const auto* name : names) node = child(node, name);
    return node;
}

/// The response to one user, as SOAP.
void add_user(
    Organization& organization,
    std::string_view ews,
    const std::string& address,
    pugi::xml_node response
) {
    const auto known = organization.mailbox(address) != nullptr;
    const auto other = known ? std::nullopt : redirected(organization, address);
    const auto* code = known ? "NoError" : other ? "RedirectAddress" : "InvalidUser";
    add_text(response, "ErrorCode", code);
    add_text(response, "ErrorMessage", known ? "No error." : "See the code.");
    if (other) add_text(response, "RedirectTarget", *other);
    auto settings = response.append_child("UserSettings");
    if (!known) return;
    for (const auto& [name, value] : {
             std::pair<std::string_view, std::string_view>{"ExternalEwsUrl", ews},
             {"InternalEwsUrl", ews},
             {"GroupingInformation", "Site-One"},
             {"CasVersion", "15.2.1544.4"},
         }) {
        auto setting = settings.append_child("UserSetting");
        add_text(setting, "Name", name);
        add_text(setting, "Value", value);
    }
}

Reply answer_soap(
    Organization& organization, std::string_view ews, const pugi::xml_document& asked
) {
    const auto request = descend(
        asked.document_element(), {"Body", "GetUserSettingsRequestMessage", "Request", "Users"}
    );
    pugi::xml_document document;
    auto envelope = document.append_child("s:Envelope");
    add_attribute(envelope, "xmlns:s", "http://schemas.xmlsoap.org/soap/envelope/");
    auto message = envelope.append_child("s:Body").append_child("GetUserSettingsResponseMessage");
    add_attribute(message, "xmlns", "http://schemas.microsoft.com/exchange/2010/Autodiscover");
    auto response = message.append_child("Response");
    add_text(response, "ErrorCode", request ? "NoError" : "InvalidRequest");
    add_text(response, "ErrorMessage", request ? "" : "GetUserSettings with users is expected.");
    auto users = response.append_child("UserResponses");
    for (const auto& user : elements(request)) {
        const auto address = child_text(user, "Mailbox");
        add_user(organization, ews, address, users.append_child("UserResponse"));
    }
    Reply reply;
    reply.body = to_text(document);
    return reply;
}

Reply answer_plain(
    Organization& organization, std::string_view ews, const pugi::xml_document& asked
) {
    const auto address = child_text(descend(asked.document_element(), {"Request"}), "EMailAddress");
    const auto known = organization.mailbox(address) != nullptr;
    const auto other = known ? std::nullopt : redirected(organization, address);
    pugi::xml_document document;
    auto root = document.append_child("Autodiscover");
    add_attribute(
        root, "xmlns", "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
    );
    auto response = root.append_child("Response");
    if (known || other) {
        auto account = response.append_child("Account");
        add_text(account, "AccountType", "email");
        add_text(account, "Action", known ? "settings" : "redirectAddr");
        if (other) add_text(account, "RedirectAddr", *other);
        auto protocol = known ? account.append_child("Protocol") : pugi::xml_node();
        add_text(protocol, "Type", "EXPR");
        add_text(protocol, "EwsUrl", ews);
    } else {
        auto error = response.append_child("Error");
        add_text(error, "ErrorCode", "500");
        add_text(error, "Message", "The email address can't be found.");
    }
    Reply reply;
    reply.body = to_text(document);
    return reply;
}

}  // namespace

bool is_autodiscover(std::string_view target) {
    const auto path = path_of(target);
    return equal_ignoring_case(path, soap_path) || equal_ignoring_case(path, plain_path);
}

Reply autodiscover(
    Organization& organization,
    std::string_view target,
    std::string_view host,
    std::string_view request
) {
    const auto is_soap = equal_ignoring_case(path_of(target), soap_path);
    organization.count(is_soap ? "GetUserSettings" : "Autodiscover");
    pugi::xml_document asked;
    asked.load_buffer(request.data(), request.size());
    const auto ews = fmt::format("https://{}/EWS/Exchange.asmx", host);
    return is_soap ? answer_soap(organization, ews, asked) : answer_plain(organization, ews, asked);
}

}  // namespace ews::simulator
