// What the tests of rules/ are written with: a policy, a mail and a CRM as short texts, and the
// loop around evaluate that agent/decide is. Everything that is not said is as little as possible.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "mime/parse.hpp"
#include "rules/evaluate.hpp"
#include "rules/mail_view.hpp"
#include "rules/read_policy.hpp"

namespace story {

/// A policy with all modules; `attributes` and `children` are those of <smart-convert>, `others`
/// are elements beside it.
inline rules::Policy policy(
    const std::string& attributes = "",
    const std::string& children = "",
    const std::string& others = ""
) {
    const auto xml = R"(<policy xmlns="urn:mailferry:policy:1" name="Story" enabled="true">
<category name="Company CRM"/><own-domains><domain>us.example</domain></own-domains>
<modules><opportunity/><case/><project/><quote/></modules>
)" +
                     others + R"(<smart-convert enabled="true" )" + attributes + ">" + children +
                     "</smart-convert></policy>";
    auto read = rules::read_policy(xml);
    if (!read) {
        ADD_FAILURE() << read.error().front().text;
        return {};
    }
    return *read;
}

/// The lines of `headers` and a text, seen from the mailbox of anna@us.example.
inline rules::Mail mail(const std::string& headers, const std::string& role = "create-new/email") {
    const auto bytes = "Message-ID: <1@x.example>\n" + headers + "\n\nHello.\n";
    rules::ItemProperties item;
    item.owner.addresses = {"anna@us.example"};
    item.role = rules::role(role).value();
    const auto message = mime::parse(bytes);
    return rules::mail_view(message, message.attachments, item);
}

/// `name=value` of a line of facts.
inline std::string option(const std::string& line, const std::string& name) {
    std::istringstream words(line);
    for (std::string word; words >> word;)
        if (word.starts_with(name + "=")) return word.substr(name.size() + 1);
    return "";
}

inline void add_person(
    rules::Person& person, const std::string& kind, const std::string& id, const std::string& line
) {
    const auto modified = option(line, "modified");
    const std::chrono::sys_seconds at{
        std::chrono::seconds(modified.empty() ? 0 : std::stoi(modified))};
    if (kind == "user") person.users.push_back({id, ""});
    if (kind == "contact") {
        rules::Contact contact{id, "", std::nullopt, option(line, "owner"), at, 0};
        if (const auto account = option(line, "account"); !account.empty())
            contact.account = account;
        if (const auto field = option(line, "field"); !field.empty())
            contact.field_order = std::stoi(field);
        person.contacts.push_back(contact);
    }
    if (kind == "lead") {
        rules::Lead lead{id, "", std::nullopt, option(line, "owner"), at, 0};
        if (const auto field = option(line, "field"); !field.empty())
            lead.field_order = std::stoi(field);
        if (const auto became = option(line, "became"); !became.empty()) lead.converted_to = became;
        person.leads.push_back(lead);
    }
}

/// A CRM, a record a line: "ann@acme.example contact c1 account=a1 owner=u1 modified=5 field=1",
/// "anna@us.example user u1", "li@x.example lead l1 became=c9", "acme.example account a1".
inline rules::Facts crm(const std::string& text) {
    rules::Facts facts;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string key, kind, id;
        if (!(words >> key >> kind >> id)) continue;
        if (kind == "account")
            facts.accounts[key].push_back({id, ""});
        else
            add_person(facts.people[key], kind, id, line);
    }
    return facts;
}

struct Told {
    rules::Decision decision;
    std::vector<rules::Need> asked;
};

/// Answers each Need from `world`: what is not in it is known to be unknown.
inline Told tell(const rules::Policy& policy, const rules::Mail& mail, const rules::Facts& world) {
    Told told;
    rules::Facts facts;
    facts.recent = world.recent;  // told beforehand, not asked for
    for (int round = 0; round < 4; ++round) {
        auto answer = rules::evaluate(policy, mail, facts);
        if (auto* decision = std::get_if<rules::Decision>(&answer)) {
            told.decision = std::move(*decision);
            return told;
        }
        const auto& need = std::get<rules::Need>(answer);
        EXPECT_FALSE(need.empty());
        for (const auto& key : need.people) {
            EXPECT_FALSE(facts.people.contains(key)) << key << " is asked twice";
            const auto found = world.people.find(key);
            facts.people[key] = found == world.people.end() ? rules::Person{} : found->second;
        }
        for (const auto& domain : need.accounts) {
            EXPECT_FALSE(facts.accounts.contains(domain)) << domain << " is asked twice";
            const auto found = world.accounts.find(domain);
            facts.accounts[domain] =
                found == world.accounts.end() ? std::vector<rules::Account>{} : found->second;
        }
        for (const auto& key : need.keys) {
            EXPECT_FALSE(facts.keys.contains(key)) << key << " is asked twice";
            const auto found = world.keys.find(key);
            facts.keys[key] = found == world.keys.end() ? std::nullopt : found->second;
        }
        if (need.attachment_rules)
            facts.attachment_rules = world.attachment_rules.value_or(rules::AttachmentRules{});
        told.asked.push_back(need);
    }
    ADD_FAILURE() << "no decision after four questions";
    return told;
}

inline std::string shown(const std::optional<rules::Reference>& reference) {
    if (!reference) return "-";
    return reference->created ? "+" + reference->id
                              : std::string(to_text(reference->kind)) + ":" + reference->id;
}

/// Verdict, addressees, creations and links, a line each: "from ann@acme.example contact
/// contact:c1".
inline std::string summary(const rules::Decision& decision) {
    std::string text = std::string(to_text(decision.verdict)) + "\n";
    for (const auto& one : decision.addressees)
        text += std::string(to_text(one.position)) + " " + one.address + " " +
                std::string(to_text(one.outcome)) + " " + shown(one.record) + "\n";
    for (const auto& create : decision.create) {
        text += "create " + create.key;
        if (create.account) text += " account " + shown(create.account);
        if (create.contact) text += " contact " + shown(create.contact);
        text += "\n";
    }
    for (const auto& link : decision.links) text += "link " + shown(link) + "\n";
    return text;
}

}  // namespace story
