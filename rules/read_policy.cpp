#include "rules/read_policy.hpp"

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <stdexcept>

#include "rules/check_policy.hpp"
#include "rules/domain_name.hpp"
#include "rules/schema.hpp"
#include "rules/xml_places.hpp"
#include "rules/xml_value.hpp"

namespace rules {
namespace {

// [MS-OXOCFG] 2.2.5.2.1: the index is the value of CategoryType.color.
constexpr std::array<std::string_view, 25> colours{
    "red",       "orange",      "peach",      "yellow",      "green",
    "teal",      "olive",       "blue",       "purple",      "maroon",
    "steel",     "dark-steel",  "grey",       "dark-grey",   "black",
    "dark-red",  "dark-orange", "dark-peach", "dark-yellow", "dark-green",
    "dark-teal", "dark-olive",  "dark-blue",  "dark-purple", "dark-maroon"};

int colour(std::string_view name) {
    const auto found = std::ranges::find(colours, name);
    return found == colours.end() ? -1 : static_cast<int>(found - colours.begin());
}

void take_text(const pugi::xml_node& node, const char* attribute, std::string& value) {
    if (const auto written = node.attribute(attribute)) value = xml_text(written.value());
}

void take_switch(const pugi::xml_node& node, const char* attribute, bool& value) {
    value = xml_switch(node, attribute, value);
}

std::set<std::string> domains(const pugi::xml_node& list, const char* element) {
    std::set<std::string> names;
    for (const auto node : list.children(element)) names.insert(normal_domain(node.text().get()));
    return names;
}

SmartConvert smart_convert(const pugi::xml_node& node) {
    SmartConvert options;
    take_switch(node, "enabled", options.enabled);
    take_switch(node, "must-match", options.match.must_match);
    take_switch(node, "match-cc-bcc", options.match.match_cc_bcc);
    take_switch(node, "match-leads", options.match.match_leads);
    take_switch(node, "match-reply-to", options.match.match_reply_to);
    take_switch(node, "delete-after-success", options.purge_after_success);
    const auto attachments = node.child("attachments");
    take_switch(attachments, "store", options.attachments.store);
    take_switch(attachments, "summary", options.attachments.summary);
    const auto create = node.child("create");
    auto& creation = options.creation;
    take_switch(create, "people", creation.people);
    take_switch(create, "lead-instead-of-contact", creation.lead_instead_of_contact);
    creation.accounts = !creation.lead_instead_of_contact;
    take_switch(create, "accounts", creation.accounts);
    creation.no_create_domains = domains(create, "no-create-domain");
    return options;
}

Policy policy(const pugi::xml_node& node) {
    Policy policy;
    take_text(node, "name", policy.name);
    take_switch(node, "enabled", policy.enabled);
    const auto category = node.child("category");
    take_text(category, "name", policy.category.name);
    policy.category.colour = colour(xml_text(category.attribute("colour").value()));
    const auto processing = node.child("processing-categories");
    take_text(processing, "complete", policy.categories.complete);
    take_text(processing, "missing-matches", policy.categories.missing_matches);
    take_text(processing, "error", policy.categories.error);
    policy.own_domains = domains(node.child("own-domains"), "domain");
    for (const auto module : node.child("modules").children())
        if (const auto kind = record_kind(module.name())) policy.modules.insert(*kind);
    policy.smart_convert = smart_convert(node.child("smart-convert"));
    return policy;
}

}  // namespace

Checked<Policy> read_policy(std::string_view xml) {
    if (auto problems = validate(policy_schema(), xml); !problems.empty()) return problems;
    xml = without_bom(xml);
    pugi::xml_document document;
    const auto read =
        document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!read) throw std::logic_error("pugixml refuses what libxml2 accepts");
    const auto root = document.document_element();
    if (auto problems = check_policy(root, xml); !problems.empty()) return problems;
    return policy(root);
}

}  // namespace rules
