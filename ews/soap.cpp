#include "ews/soap.hpp"

#include <fmt/format.h>

#include "ews/response.hpp"
#include "ews/sanitise.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

constexpr const char* soap_namespace = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr const char* types_namespace = "http://schemas.microsoft.com/exchange/services/2006/types";
constexpr const char* messages_namespace =
    "http://schemas.microsoft.com/exchange/services/2006/messages";
// The newest level that all supported servers know and all our operations need.
constexpr const char* version = "Exchange2013_SP1";

pugi::xml_node root(const pugi::xml_document& document) {
    return document.document_element();
}

}  // namespace

pugi::xml_node start_request(
    pugi::xml_document& document,
    std::string_view operation,
    const std::optional<std::string>& impersonate
) {
    auto envelope = add(document, "s:Envelope");
    add_attribute(envelope, "xmlns:s", soap_namespace);
    add_attribute(envelope, "xmlns:t", types_namespace);
    add_attribute(envelope, "xmlns:m", messages_namespace);
    auto header = add(envelope, "s:Header");
    add_attribute(add(header, "t:RequestServerVersion"), "Version", version);
    if (impersonate) {
        auto who = add(add(header, "t:ExchangeImpersonation"), "t:ConnectingSID");
        add_text(who, "t:PrimarySmtpAddress", *impersonate);
    }
    return add(add(envelope, "s:Body"), fmt::format("m:{}", operation).c_str());
}

std::string to_bytes(const pugi::xml_document& document) {
    return R"(<?xml version="1.0" encoding="utf-8"?>)" + save(document);
}

Envelope::Envelope(std::string bytes) : bytes_(clean_reply(std::move(bytes))) {
    parsed_ = document_.load_buffer_inplace(
        bytes_.data(), bytes_.size(), pugi::parse_default | pugi::parse_ws_pcdata_single
    );
}

Result<pugi::xml_node> Envelope::response(std::string_view operation) const {
    const auto envelope = root(document_);
    if (local_name(envelope) != "Envelope") {
        return Error{errc::not_ews, {}, "the answer is not SOAP", {}};
    }
    if (!parsed_) {
        return protocol_error(fmt::format(
            "the answer is broken XML: {} at byte {}", parsed_.description(), parsed_.offset
        ));
    }
    const auto body = child(envelope, "Body");
    if (const auto fault = child(body, "Fault")) return fault_error(fault);
    const auto response = child(body, fmt::format("{}Response", operation));
    if (response) return response;
    const auto given = elements(body);
    return protocol_error(fmt::format(
        "the answer to {} is {}",
        operation,
        given.empty() ? std::string("empty") : std::string(local_name(given.front()))
    ));
}

}  // namespace ews
