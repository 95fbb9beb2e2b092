#include "agent/decide.hpp"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "agent/limits.hpp"
#include "mime/transfer.hpp"
#include "rules/evaluate.hpp"

namespace agent {

namespace {

/// Adds `answer` to `facts`; false if nothing of what was asked has been answered.
bool merge(rules::Facts& facts, rules::Facts answer, const rules::Need& need) {
    facts.people.merge(answer.people);
    facts.accounts.merge(answer.accounts);
    if (answer.attachment_rules) facts.attachment_rules = std::move(answer.attachment_rules);
    if (need.attachment_rules && !facts.attachment_rules) return false;
    for (const std::string& address : need.people) {
        if (!facts.people.contains(address)) return false;
    }
    for (const std::string& domain : need.accounts) {
        if (!facts.accounts.contains(domain)) return false;
    }
    return true;
}

void add_keys(rules::Facts& facts, const rules::Need& need, const crm::Known& known) {
    for (const std::string& key : need.keys) {
        const auto taken = known.find(key);
        facts.keys[key] = taken == known.end() ? std::nullopt : std::optional(taken->second);
    }
}

void open_trace(rules::Decision& decision, const ReadMail& read) {
    rules::Trace reading;
    for (const mime::Problem& problem : read.message.problems) {
        reading.push_back({"reading", problem.where, problem.what, "read on"});
    }
    for (const mime::Trait& trait : read.mail.traits) {
        reading.push_back({"reading", trait.name, trait.why, "noted"});
    }
    for (const rules::MailAttachment& file : read.mail.attachments) {
        if (file.errors == 0) continue;
        const std::string name = "attachment " + file.filename.value_or("without name");
        reading.push_back({"reading", name, mime::transfer_problem(file.errors), "read on"});
    }
    decision.trace.insert(decision.trace.begin(), reading.begin(), reading.end());
}

}  // namespace

boost::asio::awaitable<Result<rules::Decision>> decide(
    const rules::Policy& policy, const ReadMail& read, crm::Directory& directory, rules::Facts facts
) {
    for (int round = 0;; ++round) {
        std::variant<rules::Need, rules::Decision> step = rules::evaluate(policy, read.mail, facts);
        if (auto* decision = std::get_if<rules::Decision>(&step)) {
            open_trace(*decision, read);
            co_return std::move(*decision);
        }
        if (round == limits::need_rounds) break;
        rules::Need need = std::get<rules::Need>(step);
        crm::Result<rules::Facts> answer = co_await directory.answer(need);
        if (!answer) co_return from(answer.error());
        if (!need.keys.empty()) {
            crm::Result<crm::Known> known = co_await directory.known(need.keys);
            if (!known) co_return from(known.error());
            add_keys(facts, need, *known);
        }
        if (!merge(facts, std::move(*answer), need)) {
            co_return Error{
                errc::permanent, "the CRM left a question of the rules unanswered (a bug, please report)", {}
            };
        }
    }
    co_return Error{
        errc::permanent,
        fmt::format("the rules asked more than {} times (a bug, please report)", limits::need_rounds),
        {}
    };
}

}  // namespace agent
