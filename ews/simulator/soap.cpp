#include "ews/simulator/soap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ews/simulator/answer/index.hpp"
#include "ews/simulator/namespaces.hpp"

namespace ews::simulator {

namespace {

constexpr std::array<std::string_view, 20> versions{
    "Exchange2007", "Exchange2007_SP1", "Exchange2009",
    "Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2",
    "Exchange2012", "Exchange2013",     "Exchange2013_SP1",
    "Exchange2015", "Exchange2016",     "V2015_10_05",
    "V2016_01_06",  "V2016_04_13",      "V2016_07_13",
    "V2016_10_10",  "V2017_01_07",      "V2017_04_14",
    "V2017_07_11",  "Exchange2019"};  // the last: asked by exchangelib

std::string write(const pugi::xml_document& document) {
    struct Writer : pugi::xml_writer {
        std::string text = R"(<?xml version="1.0" encoding="utf-8"?>)";
        void write(const void* data, std::size_t size) override {
            text.append(static_cast<const char*>(data), size);
        }
    } writer;
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration);
    return std::move(writer.text);
}

/// The element for m:ResponseMessages in a new envelope with ServerVersionInfo.
pugi::xml_node add_response(pugi::xml_document& document, const std::string& operation) {
    auto envelope = document.append_child("s:Envelope");
    envelope.append_attribute("xmlns:s").set_value(namespaces::soap);
    auto version = envelope.append_child("s:Header").append_child("h:ServerVersionInfo");
    for (const auto& [name, value] : server_version)
        version.append_attribute(name).set_value(value);
    version.append_attribute("xmlns:h").set_value(namespaces::types);
    auto response =
        envelope.append_child("s:Body").append_child(("m:" + operation + "Response").c_str());
    response.append_attribute("xmlns:m").set_value(namespaces::messages);
    response.append_attribute("xmlns:t").set_value(namespaces::types);
    return response.append_child("m:ResponseMessages");
}

/// The mailbox that the request is about; nullptr for a service account that names none.
Outcome<Mailbox*> effective_mailbox(
    Organization& organization, const Account& account, const pugi::xml_node& header
) {
    const auto who = elements(child(child(header, "ExchangeImpersonation"), "ConnectingSID"));
    if (who.empty()) return account.is_service ? nullptr : organization.mailbox(account.name);
    auto* const mailbox = organization.mailbox(who.front().text().get());
    if (!account.is_service &&
        (mailbox == nullptr || mailbox != organization.mailbox(account.name)))
        return Refusal{
            "ErrorImpersonateUserDenied",
            "The account does not have permission to impersonate the requested user."};
    if (mailbox == nullptr)
        return Refusal{"ErrorNonExistentMailbox", "No mailbox with such address."};
    return mailbox;
}

bool is_known_version(const pugi::xml_node& header) {
    const auto node = child(header, "RequestServerVersion");
    const std::string_view version = node.attribute("Version").value();
    return !node || std::find(versions.begin(), versions.end(), version) != versions.end();
}

Reply injected(const Fault& fault_, Call& call, const pugi::xml_document& document) {
    Reply reply;
    switch (fault_.kind) {
        case Fault::Kind::drop:
            reply.drop = true;
            return reply;
        case Fault::Kind::http_status:
            reply.status = fault_.status;
            reply.body = "<html><head><title>Error</title></head><body></body></html>";
            reply.retry_after = fault_.back_off;
            return reply;
        case Fault::Kind::soap_fault:
            return fault(fault_.code, "Injected by the test.", fault_.back_off);
        case Fault::Kind::response_error:
            break;
    }
    add_error(call, {fault_.code, "Injected by the test."}, payload_of_errors(call.operation));
    reply.body = write(document);
    return reply;
}

bool is_lost(const Organization& organization, std::string_view operation, bool carried_out) {
    return organization.witness && !organization.witness(operation, carried_out);
}

Reply hang_up() {
    Reply reply;
    reply.drop = true;
    return reply;
}

Reply dispatch(
    Organization& organization,
    const Account& account,
    const pugi::xml_node& header,
    const pugi::xml_node& request
) {
    const std::string operation(local_name(request));
    const auto run = find_answer(operation);
    if (run == nullptr) return fault("ErrorInvalidRequest", "Unknown operation: " + operation);
    organization.count(operation);
    if (is_lost(organization, operation, false)) return hang_up();
    pugi::xml_document document;
    Call call{
        organization, account, nullptr, operation, request, add_response(document, operation), {}};
    if (const auto planned = organization.take_fault(operation))
        return injected(*planned, call, document);
    const auto mailbox = effective_mailbox(organization, account, header);
    if (mailbox.has_error()) return fault(mailbox.error().code, mailbox.error().text);
    call.mailbox = *mailbox;
    run(call);
    if (is_lost(organization, operation, true)) return hang_up();
    Reply reply;
    reply.stream = std::move(call.stream);
    if (!reply.stream) reply.body = write(document);
    return reply;
}

}  // namespace

Reply fault(std::string_view code, std::string_view text, std::chrono::milliseconds back_off) {
    pugi::xml_document document;
    auto envelope = document.append_child("s:Envelope");
    envelope.append_attribute("xmlns:s").set_value(namespaces::soap);
    auto node = envelope.append_child("s:Body").append_child("s:Fault");
    auto faultcode = add_text(node, "faultcode", fmt::format("a:{}", code));
    faultcode.append_attribute("xmlns:a").set_value(namespaces::types);
    add_attribute(add_text(node, "faultstring", text), "xml:lang", "en-US");
    auto detail = node.append_child("detail");
    auto response = add_text(detail, "e:ResponseCode", code);
    response.append_attribute("xmlns:e").set_value(namespaces::errors);
    auto message = add_text(detail, "e:Message", text);
    message.append_attribute("xmlns:e").set_value(namespaces::errors);
    if (back_off.count() > 0) {
        auto xml = detail.append_child("t:MessageXml");
        xml.append_attribute("xmlns:t").set_value(namespaces::types);
        auto value = add_text(xml, "t:Value", fmt::format("{}", back_off.count()));
        add_attribute(value, "Name", "BackOffMilliseconds");
    }
    Reply reply;
    reply.status = 500;
    reply.body = write(document);
    return reply;
}

Reply answer(Organization& organization, const Account& account, std::string_view request) {
    pugi::xml_document document;
    const auto parsed = document.load_buffer(request.data(), request.size());
    const auto envelope = document.document_element();
    const auto body = elements(child(envelope, "Body"));
    if (!parsed || local_name(envelope) != "Envelope" || body.empty())
        return fault("ErrorSchemaValidation", "The request failed schema validation.");
    const auto header = child(envelope, "Header");
    if (!is_known_version(header))
        return fault("ErrorInvalidServerVersion", "The specified server version is invalid.");
    return dispatch(organization, account, header, body.front());
}

}  // namespace ews::simulator
