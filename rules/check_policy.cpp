// Longer than other files: one function a part of the policy, all of them over the same list of problems.
#include "rules/check_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "mime/ascii.hpp"
#include "rules/check_precautions.hpp"
#include "rules/check_schedule.hpp"
#include "rules/domain_name.hpp"
#include "rules/placed_problems.hpp"
#include "rules/xml_value.hpp"

namespace rules {
namespace {

/// Folders that stand at the top of every mailbox, where the master folder has to be put.
constexpr std::array<std::string_view, 13> folders_of_exchange{
    "inbox",
    "outbox",
    "drafts",
    "sent items",
    "deleted items",
    "junk email",
    "archive",
    "calendar",
    "contacts",
    "tasks",
    "notes",
    "journal",
    "conversation history"};

/// What a record has from the mail, or what links it to others.
bool is_filled_in(std::string_view field) {
    constexpr std::array<std::string_view, 9> names{
        "name",
        "subject",
        "description",
        "first_name",
        "last_name",
        "domain",
        "account",
        "contact",
        "owner"};
    constexpr std::string_view address = "email";  // also email2, email3
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (field.starts_with(address) && std::ranges::all_of(field.substr(address.size()), is_digit))
        return true;
    return std::ranges::find(names, field) != names.end();
}

bool is_written(const pugi::xml_node& node, const char* attribute, std::string_view value) {
    return xml_text(node.attribute(attribute).value()) == value;
}

class Check {
public:
    Check(const pugi::xml_node& policy, std::string_view xml) : policy_(policy), problems_(xml) {}

    Problems run() {
        categories();
        domains(policy_.child("own-domains"), "domain");
        for (const auto module : policy_.child("modules").children()) defaults(module);
        attachments(policy_.child("attachments"));
        const auto convert = policy_.child("smart-convert");
        smart_convert(convert);
        creation(convert, true);
        for (const char* automatic : {"inbox", "sent-items"})
            creation(policy_.child(automatic), false);
        check_schedule(policy_.child("schedule"), problems_);
        check_error_notices(policy_.child("error-notices"), problems_);
        return problems_.sorted();
    }

private:
    void categories();
    void category_name(const pugi::xml_node& node, const char* attribute);
    void domains(const pugi::xml_node& list, const char* element);
    void defaults(const pugi::xml_node& module);
    void attachments(const pugi::xml_node& node);
    void smart_convert(const pugi::xml_node& node);
    void creation(const pugi::xml_node& door, bool by_default);

    pugi::xml_node policy_;
    PlacedProblems problems_;
};

void Check::category_name(const pugi::xml_node& node, const char* attribute) {
    const auto name = xml_text(node.attribute(attribute).value());
    const auto bad = name.find_first_of(",;");
    if (bad == std::string::npos) return;
    problems_.report(
        node,
        attribute,
        fmt::format(
            "{} of <{}> holds \"{}\", which separates categories; leave it out",
            attribute,
            node.name(),
            name[bad]
        )
    );
}

void Check::categories() {
    const auto category = policy_.child("category");
    const auto folder = xml_text(category.attribute("name").value());
    category_name(category, "name");
    if (const auto bad = folder.find_first_of("/\\"); bad != std::string::npos) {
        problems_.report(
            category,
            "name",
            fmt::format(
                "name of <category> is that of a folder and may not hold \"{}\"", folder[bad]
            )
        );
    }
    if (std::ranges::find(folders_of_exchange, mime::lower(folder)) != folders_of_exchange.end()) {
        problems_.report(
            category,
            "name",
            fmt::format(
                "a folder \"{}\" is in every mailbox; give the category a name of its own", folder
            )
        );
    }
    struct Named {
        pugi::xml_node node;
        std::string attribute, role;
    };
    std::map<std::string, Named> names{{mime::lower(folder), {category, "name", "name of <category>"}}};
    const auto processing = policy_.child("processing-categories");
    constexpr std::array<std::pair<const char*, const char*>, 4> defaults{
        std::pair{"complete", "Processing Complete"},
        std::pair{"missing-matches", "Missing Required Matches"},
        std::pair{"error", "Processing Error"},
        std::pair{"pending", "Pending"}};
    for (const auto& [attribute, default_name] : defaults) {
        const auto written = processing.attribute(attribute);
        const auto name = written ? xml_text(written.value()) : std::string(default_name);
        if (name.empty()) continue;
        if (written) category_name(processing, attribute);
        const auto role = fmt::format("{} of <processing-categories>", attribute);
        const Named named{processing, attribute, role};
        const auto [other, is_new] = names.emplace(mime::lower(name), named);
        if (is_new) continue;
        const auto& at = written ? named : other->second;
        problems_.report(
            at.node,
            at.attribute,
            fmt::format(
                "\"{}\" is both {} and {}{}; give them different names",
                name,
                other->second.role,
                role,
                written ? "" : ", by default"
            )
        );
    }
}

void Check::domains(const pugi::xml_node& list, const char* element) {
    std::map<std::string, int> lines;
    for (const auto node : list.children(element)) {
        const auto written = xml_text(node.text().get());
        if (written.empty()) continue;
        if (const auto wrong = wrong_domain(written); !wrong.empty()) {
            problems_.report(node, "", fmt::format("\"{}\" is no domain: {}", written, wrong));
            continue;
        }
        const auto [first, is_new] = lines.emplace(normal_domain(written), problems_.line(node));
        if (!is_new)
            problems_.report(
                node,
                "",
                fmt::format("{} stands in line {} already; remove one", first->first, first->second)
            );
    }
}

void Check::defaults(const pugi::xml_node& module) {
    std::map<std::string, int> lines;
    for (const auto field : module.children("field")) {
        const auto name = xml_text(field.attribute("name").value());
        if (name.empty()) continue;
        if (is_filled_in(mime::lower(name))) {
            const auto text = fmt::format("{} is filled in by mailferry; leave it out", name);
            problems_.report(field, "name", text);
            continue;
        }
        const auto [first, is_new] = lines.emplace(mime::lower(name), problems_.line(field));
        if (is_new) continue;
        const auto text = fmt::format("{} stands in line {} already; remove one", name, first->second);
        problems_.report(field, "name", text);
    }
}

void Check::attachments(const pugi::xml_node& node) {
    const bool is_stored = node.attribute("store") && !is_written(node, "store", "false");
    if (is_written(node, "summary", "true") && !is_stored)
        problems_.report(
            node,
            "summary",
            "summary lists stored attachments; write store=\"true\" or leave it out"
        );
}

void Check::smart_convert(const pugi::xml_node& node) {
    if (is_written(node, "retry-missing-matches", "true") && is_written(node, "must-match", "false"))
        problems_.report(
            node,
            "retry-missing-matches",
            "retry-missing-matches has no effect with must-match=\"false\"; leave it out"
        );
}

/// `by_default`: whether people are created in a <create> that does not say so.
void Check::creation(const pugi::xml_node& door, bool by_default) {
    const auto node = door.child("create");
    domains(node, "no-create-domain");
    const bool lead = is_written(node, "lead-instead-of-contact", "true");
    const bool accounts = is_written(node, "accounts", "true");
    const bool says_so = node.attribute("people");
    if (is_written(node, "people", "false") || (!says_so && !by_default)) {
        const std::string reason =
            says_so ? " has no effect with people=\"false\"; leave it out"
                    : " has no effect without people=\"true\"; write that, or leave it out";
        if (lead)
            problems_.report(node, "lead-instead-of-contact", "lead-instead-of-contact" + reason);
        if (accounts) problems_.report(node, "accounts", "accounts" + reason);
        if (const auto domain = node.child("no-create-domain"))
            problems_.report(domain, "<no-create-domain>" + reason);
        return;
    }
    if (lead && accounts) {
        problems_.report(
            node, "accounts", "leads have no account: leave out accounts or lead-instead-of-contact"
        );
    }
}

}  // namespace

Problems check_policy(const pugi::xml_node& policy, std::string_view xml) {
    return Check(policy, xml).run();
}

}  // namespace rules
