#include "rules/read_policy.hpp"

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <stdexcept>
#include <utility>

#include "rules/check_policy.hpp"
#include "rules/domain_name.hpp"
#include "rules/limits.hpp"
#include "rules/read_precautions.hpp"
#include "rules/read_schedule.hpp"
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

SeveralContacts several_contacts(std::string_view written) {
    for (const auto several : {SeveralContacts::all, SeveralContacts::error})
        if (written == to_text(several)) return several;
    return SeveralContacts::one;
}

MatchOptions match(const pugi::xml_node& node) {
    MatchOptions options;
    take_switch(node, "must-match", options.must_match);
    take_switch(node, "match-cc-bcc", options.match_cc_bcc);
    take_switch(node, "match-leads", options.match_leads);
    take_switch(node, "match-reply-to", options.match_reply_to);
    take_switch(node, "exclusive-users", options.exclusive_users);
    const auto several = node.attribute("several-contacts");
    options.several_contacts = several_contacts(xml_text(several.value()));
    return options;
}

SmartConvert smart_convert(const pugi::xml_node& node) {
    SmartConvert options;
    take_switch(node, "enabled", options.enabled);
    options.match = match(node);
    take_switch(node, "record-per-mailbox", options.record_per_mailbox);
    take_switch(node, "retry-missing-matches", options.retry_missing_matches);
    take_switch(node, "delete-after-success", options.purge_after_success);
    const auto create = node.child("create");
    auto& creation = options.creation;
    take_switch(create, "people", creation.people);
    take_switch(create, "lead-instead-of-contact", creation.lead_instead_of_contact);
    creation.accounts = !creation.lead_instead_of_contact;
    take_switch(create, "accounts", creation.accounts);
    creation.no_create_domains = domains(create, "no-create-domain");
    return options;
}

AutomaticCapture automatic(const pugi::xml_node& node) {
    AutomaticCapture options;
    take_switch(node, "enabled", options.enabled);
    take_switch(node, "required-category", options.required_category);
    options.match = match(node);
    const auto create = node.child("create");
    take_switch(create, "people", options.creation.people);
    options.creation.no_create_domains = domains(create, "no-create-domain");
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
    take_text(processing, "pending", policy.categories.pending);
    policy.own_domains = domains(node.child("own-domains"), "domain");
    for (const auto module : node.child("modules").children()) {
        const auto kind = record_kind(module.name());
        if (!kind) continue;
        policy.modules.insert(*kind);
        for (const auto field : module.children("field"))
            policy.defaults[*kind].emplace(
                xml_text(field.attribute("name").value()),
                xml_text(field.attribute("value").value())
            );
    }
    const auto attachments = node.child("attachments");
    take_switch(attachments, "store", policy.attachments.store);
    take_switch(attachments, "summary", policy.attachments.summary);
    policy.smart_convert = smart_convert(node.child("smart-convert"));
    policy.inbox = automatic(node.child("inbox"));
    policy.sent_items = automatic(node.child("sent-items"));
    policy.schedule = read_schedule(node.child("schedule"));
    policy.error_notices = read_error_notices(node.child("error-notices"));
    policy.permission_errors = read_permission_errors(node.child("permission-errors"));
    policy.loop_brakes = read_loop_brakes(node.child("loop-brakes"));
    return policy;
}

/// Of another version nothing is known but that it is one.
bool is_ours(const pugi::xml_node& root) {
    return std::string_view(root.name()) == "policy" &&
           std::string_view(root.attribute("xmlns").value()) == "urn:mailferry:policy:1";
}

/// In order of place, as both are. Where the schema has found something already, that is all.
void add(Problems& problems, Problems others) {
    const auto place = [](const Problem& problem) { return std::pair(problem.line, problem.column); };
    std::erase_if(others, [&](const Problem& other) {
        return std::ranges::find(problems, place(other), place) != problems.end();
    });
    for (auto& other : others) {
        const auto behind = std::ranges::upper_bound(problems, place(other), {}, place);
        problems.insert(behind, std::move(other));
    }
    if (problems.size() > max_problems) problems.resize(max_problems);
}

}  // namespace

Checked<Policy> read_policy(std::string_view xml) {
    if (auto problems = syntax_problems(xml); !problems.empty()) return problems;
    auto problems = validate(policy_schema(), xml);
    xml = without_bom(xml);
    pugi::xml_document document;
    const auto read =
        document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!read && problems.empty()) throw std::logic_error("pugixml refuses what libxml2 accepts");
    const auto root = document.document_element();
    if (is_ours(root)) add(problems, check_policy(root, xml));
    if (!problems.empty()) return problems;
    return policy(root);
}

}  // namespace rules
