#include "ews/simulator/fault_reply.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ews/simulator/answer/index.hpp"
#include "ews/simulator/namespaces.hpp"

namespace ews::simulator {

namespace {

constexpr const char* declaration = R"(<?xml version="1.0" encoding="utf-8"?>)";
constexpr const char* error_page = "<html><head><title>Error</title></head><body></body></html>";
constexpr const char* login_page =
    "<!DOCTYPE html>\n<html><head><title>Outlook</title></head><body>"
    R"(<form action="/owa/auth.owa" method="POST"><input name="username"><br></form></body></html>)";

/// EWS that is switched off says 403 and nothing else; a redirection says where to.
Reply http_reply(const Fault& planned) {
    Reply reply;
    reply.status = planned.status;
    reply.retry_after = planned.back_off;
    reply.location = planned.text;
    reply.content_type = "text/html";
    if (planned.status != 403 && planned.status / 100 != 3) reply.body = error_page;
    return reply;
}

std::string as_text(std::chrono::milliseconds duration) {
    return fmt::format("{}", duration.count());
}

/// How many response messages the answer would have: one for each id.
std::size_t asked(const Call& call) {
    for (const auto* list : {"ItemIds", "FolderIds", "ItemChanges", "FolderChanges", "Items"})
        if (const auto ids = elements(child(call.request, list)); !ids.empty()) return ids.size();
    return 1;
}

void add_failed(Call& call, const Fault& planned) {
    const auto is_inner = planned.kind == Fault::Kind::inner_error;
    const std::string code = is_inner ? "ErrorInternalServerError" : planned.code;
    const Refusal refusal{code, "The server cannot service this request right now."};
    auto message = add_error(call, refusal, payload_of_errors(call.operation));
    if (is_inner) {
        add_detail(message, "InnerErrorMessageText", "What is behind the error.");
        add_detail(message, "InnerErrorResponseCode", planned.code);
        add_detail(message, "InnerErrorDescriptiveLinkKey", "0");
    }
    if (planned.back_off.count() > 0)
        add_detail(message, "BackOffMilliseconds", as_text(planned.back_off));
}

Reply failed_reply(const Fault& planned, Call& call, const pugi::xml_document& document) {
    for (auto left = asked(call); left > 0; --left) add_failed(call, planned);
    Reply reply;
    reply.body = answer_text(document);
    return reply;
}

}  // namespace

std::string answer_text(const pugi::xml_document& document) {
    return to_text(document, declaration);
}

Reply reply_in_place(const Fault& planned, Call& call, const pugi::xml_document& document) {
    Reply reply;
    switch (planned.kind) {
        case Fault::Kind::http_status:
            return http_reply(planned);
        case Fault::Kind::soap_fault:
            return fault(planned.code, "The server cannot service this request.", planned.back_off);
        case Fault::Kind::drop:
            reply.drop = true;
            return reply;
        case Fault::Kind::black_hole:
            reply.silent = true;
            return reply;
        case Fault::Kind::login_page:
            reply.content_type = "text/html; charset=utf-8";
            reply.body = login_page;
            return reply;
        default:
            return failed_reply(planned, call, document);
    }
}

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
        auto value = add_text(xml, "t:Value", as_text(back_off));
        add_attribute(value, "Name", "BackOffMilliseconds");
    }
    Reply reply;
    reply.status = 500;
    reply.body = answer_text(document);
    return reply;
}

}  // namespace ews::simulator
