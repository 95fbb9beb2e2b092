// Which attachments go into the CRM and the list of them below the archived text. Used by evaluate.
#pragma once

#include <string>
#include <vector>

#include "rules/decision.hpp"
#include "rules/facts.hpp"
#include "rules/mail.hpp"
#include "rules/policy.hpp"

namespace rules {

/// One choice for each of `attachments`, same order: by the option, and by what the CRM takes.
std::vector<AttachmentChoice> choose_attachments(
    const std::vector<MailAttachment>& attachments,
    const AttachmentOptions& options,
    const AttachmentRules& rules,
    Trace& trace
);

/// What is appended to the archived body; "" without the option or without files. Pictures that
/// stand in the text are no files to a reader and not listed. `choices` are those of
/// choose_attachments.
std::string attachment_summary(
    const std::vector<MailAttachment>& attachments,
    const std::vector<AttachmentChoice>& choices,
    const AttachmentOptions& options
);

}  // namespace rules
