#include "ews/simulator/soap.hpp"

#include <algorithm>
#include <array>

#include "ews/simulator/answer/index.hpp"
#include "ews/simulator/damage.hpp"
#include "ews/simulator/fault_reply.hpp"
#include "ews/simulator/grommunio.hpp"
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
    if (mailbox == nullptr && account.is_service)
        return Refusal{"ErrorNonExistentMailbox", "No mailbox with such address."};
    if (mailbox == nullptr || !may_act_for(account, mailbox->address()))
        return Refusal{
            "ErrorImpersonateUserDenied",
            "The account does not have permission to impersonate the requested user."};
    return mailbox;
}

bool is_known_version(const pugi::xml_node& header) {
    const auto node = child(header, "RequestServerVersion");
    const std::string_view version = node.attribute("Version").value();
    return !node || std::find(versions.begin(), versions.end(), version) != versions.end();
}

bool is_lost(const Organization& organization, std::string_view operation, bool carried_out) {
    return organization.witness && !organization.witness(operation, carried_out);
}

Reply hang_up() {
    Reply reply;
    reply.drop = true;
    return reply;
}

/// The back end that a request lands on; the cookie of an unknown one is refused.
Outcome<unsigned> land(const Organization& organization, unsigned wanted, bool is_subscribe) {
    const auto back_ends = organization.ways.back_ends;
    if (back_ends < 2) return 1U;
    if (wanted > back_ends)
        return Refusal{"ErrorProxyRequestNotAllowed", "The server named is not known."};
    if (wanted > 0) return wanted;
    return is_subscribe ? 1U : 2U;
}

void forget(Organization& organization, std::string_view operation) {
    const auto planned = organization.faults.take(Stage::server, operation);
    if (!planned) return;
    if (planned->kind == Fault::Kind::forget_subscriptions)
        organization.subscriptions.clear();
    else
        ++organization.sync_generation;
}

Reply carry_out(Call& call, Answer run, const pugi::xml_document& document) {
    auto& organization = call.organization;
    run(call);
    if (is_lost(organization, call.operation, true)) return hang_up();
    Reply reply;
    reply.stream = std::move(call.stream);
    if (!reply.stream) reply.body = answer_text(document);
    return reply;
}

struct Request {
    pugi::xml_node header;
    pugi::xml_node operation;
    unsigned back_end = 0;  ///< that the client wants; 0: any
};

Reply dispatch(Organization& organization, const Account& account, const Request& request) {
    const std::string operation(local_name(request.operation));
    const auto run = find_answer(operation);
    if (run == nullptr) return fault("ErrorInvalidRequest", "Unknown operation: " + operation);
    organization.count(operation);
    if (is_lost(organization, operation, false)) return hang_up();
    forget(organization, operation);
    pugi::xml_document document;
    Call call{organization, account, nullptr, operation, request.operation, {}, {}};
    call.messages = add_response(document, operation);
    if (const auto planned = organization.faults.take(Stage::answer, operation))
        return reply_in_place(*planned, call, document);
    const auto mailbox = effective_mailbox(organization, account, request.header);
    if (mailbox.has_error()) return fault(mailbox.error().code, mailbox.error().text);
    const auto back_end = land(organization, request.back_end, operation == "Subscribe");
    if (back_end.has_error()) return fault(back_end.error().code, back_end.error().text);
    call.mailbox = *mailbox;
    call.back_end = *back_end;
    return carry_out(call, run, document);
}

/// What is wrong with the saying, not with what is said.
void damage(Organization& organization, std::string_view operation, Reply& reply) {
    if (reply.drop || reply.silent) return;
    auto& faults = organization.faults;
    const auto text = faults.take(Stage::text, operation);
    reply.delivery = faults.take(Stage::wire, operation);
    reply.drop = reply.delivery && reply.delivery->kind == Fault::Kind::drop_after;
    if (reply.stream) {
        reply.stream->fault = faults.take(Stage::stream, operation);
        reply.stream->text = text;
        return;
    }
    reply.body = spoil(reply.delivery, spoil(text, std::move(reply.body)));
    if (reply.delivery && reply.delivery->kind == Fault::Kind::content_type)
        reply.content_type = reply.delivery->text;
}

}  // namespace

Reply answer(
    Organization& organization, const Account& account, std::string_view request, unsigned back_end
) {
    pugi::xml_document document;
    const auto parsed = document.load_buffer(request.data(), request.size());
    const auto envelope = document.document_element();
    const auto body = elements(child(envelope, "Body"));
    if (!parsed || local_name(envelope) != "Envelope" || body.empty()) {
        auto reply = fault("ErrorSchemaValidation", "The request failed schema validation.");
        if (organization.ways.grommunio) speak_as_grommunio(reply, Understood::no);
        return reply;
    }
    const auto header = child(envelope, "Header");
    const auto operation = local_name(body.front());
    auto reply = is_known_version(header)
                     ? dispatch(organization, account, {header, body.front(), back_end})
                     : fault("ErrorInvalidServerVersion", "The specified version is invalid.");
    const auto understood = find_answer(operation) != nullptr ? Understood::yes : Understood::no;
    if (organization.ways.grommunio) speak_as_grommunio(reply, understood);
    damage(organization, operation, reply);
    return reply;
}

}  // namespace ews::simulator
