#include "ews/simulator/grommunio.hpp"

#include <fmt/format.h>

#include "ews/simulator/xml.hpp"

namespace ews::simulator {

namespace {

constexpr const char* declaration = R"(<?xml version="1.0" encoding="utf-8"?>)";
constexpr unsigned reading = pugi::parse_minimal | pugi::parse_escapes | pugi::parse_ws_pcdata;

/// "2026-11-23T09:00:00Z" and nothing else.
bool is_time(std::string_view text) {
    constexpr std::string_view form = "dddd-dd-ddTdd:dd:ddZ";
    if (text.size() != form.size()) return false;
    for (std::size_t at = 0; at < form.size(); ++at) {
        const auto fits =
            form[at] == 'd' ? text[at] >= '0' && text[at] <= '9' : text[at] == form[at];
        if (!fits) return false;
    }
    return true;
}

bool is_soap(std::string_view name) {
    return name == "Envelope" || name.starts_with("s:") || name.starts_with("soap11:");
}

void rename(pugi::xml_node node) {
    if (!is_soap(node.name())) return;
    const auto is_envelope = local_name(node) == "Envelope";
    node.set_name(fmt::format("SOAP:{}", local_name(node)).c_str());
    node.remove_attribute("xmlns:soap11");
    if (!is_envelope) return;
    auto declared = node.attribute("xmlns:s");
    if (!declared) declared = node.attribute("xmlns");
    declared.set_name("xmlns:SOAP");
}

void rewrite_fault(pugi::xml_node node) {
    node.remove_child("detail");
    auto code = node.child("faultcode");
    code.remove_attributes();
    code.text().set("SOAP:Server");
    node.child("faultstring").remove_attributes();
}

void rewrite(pugi::xml_node node) {
    rename(node);
    const auto name = local_name(node);
    if (name == "Fault") rewrite_fault(node);
    if (name == "ParentFolderId" || name == "OldParentFolderId") node.remove_attribute("ChangeKey");
    if (name == "MessageText")
        node.text().set(fmt::format("E-3016: {}", node.text().get()).c_str());
    if (name == "ResponseMessages" && local_name(node.parent()) == "SendItemResponse")
        node.set_name("m:Responses");
    const std::string_view text = node.text().get();
    if (is_time(text)) node.text().set(fmt::format("{}.000000000Z", text.substr(0, 19)).c_str());
    for (const auto& each : elements(node)) rewrite(each);
}

}  // namespace

std::string in_words_of_grommunio(std::string_view xml, std::string begin) {
    pugi::xml_document document;
    if (!document.load_buffer(xml.data(), xml.size(), reading)) return std::string(xml);
    rewrite(document.document_element());
    return to_text(document, std::move(begin));
}

void speak_as_grommunio(Reply& reply, Understood understood) {
    if (reply.content_type != xml_type || reply.body.empty()) return;
    reply.body = in_words_of_grommunio(reply.body, declaration);
    const auto is_fault = reply.body.find("<SOAP:Fault>") != std::string::npos;
    if (is_fault && understood == Understood::yes) reply.status = 200;
}

bool is_unknown_to_grommunio(std::string_view distinguished) {
    return distinguished.starts_with("archive") || distinguished.starts_with("recoverableitems") ||
           distinguished == "searchfolders";
}

}  // namespace ews::simulator
