// Records and e-mails of the embedded CRM as text for a terminal and as JSON lines. Used by
// `mailferry crm`.
#pragma once

#include <string>
#include <vector>

#include "crm/embedded/browse.hpp"

namespace agent {

std::string table(const std::vector<crm::embedded::RecordView>& records);
std::string table(const std::vector<crm::embedded::MailView>& mails);

std::string page(const crm::embedded::RecordView& record);
std::string page(const crm::embedded::MailView& mail);

/// One object a line.
std::string json_lines(const std::vector<crm::embedded::RecordView>& records);
std::string json_lines(const std::vector<crm::embedded::MailView>& mails);

}  // namespace agent
