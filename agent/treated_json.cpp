#include "agent/treated_json.hpp"

#include <boost/json.hpp>

#include "agent/decision_json.hpp"

namespace agent {

boost::json::object treated_json(
    const std::string& file, const ReadMail& read, const rules::Decision& decision, bool applied
) {
    const rules::Mail& mail = read.mail;
    boost::json::object object;
    object["file"] = file;
    object["message_id"] = mail.message_id;
    object["subject"] = mail.subject;
    object["mailbox"] = mail.owner.addresses.empty() ? "" : mail.owner.addresses.front();
    object["role"] = rules::to_text(mail.role);
    for (const auto& [key, value] : to_json(decision)) object[key] = value;
    object["applied"] = applied;
    return object;
}

}  // namespace agent
