#include "rules/attachments.hpp"

#include <fmt/format.h>

#include <iterator>

#include "rules/create/one_line.hpp"

namespace rules {
namespace {

std::string shown_name(const MailAttachment& attachment) {
    if (attachment.filename && !attachment.filename->empty()) return one_line(*attachment.filename);
    return fmt::format("unnamed {}", attachment.content_type);
}

std::string shown_size(std::size_t bytes) {
    if (bytes < 1024) return fmt::format("{} bytes", bytes);
    const auto kib = static_cast<double>(bytes) / 1024;
    return kib < 1024 ? fmt::format("{:.1f} KiB", kib) : fmt::format("{:.1f} MiB", kib / 1024);
}

}  // namespace

std::vector<AttachmentChoice> choose_attachments(
    const std::vector<MailAttachment>& attachments, const AttachmentOptions& options, Trace& trace
) {
    const std::string why =
        options.store ? "attachments are stored" : "attachments are not stored (store=\"false\")";
    std::vector<AttachmentChoice> choices;
    for (const auto& attachment : attachments) {
        choices.push_back({attachment.filename, options.store, why});
        trace.push_back(
            {"attachment",
             shown_name(attachment),
             fmt::format("{}, {}", attachment.content_type, shown_size(attachment.size)),
             options.store ? "stored" : "left out"}
        );
    }
    return choices;
}

std::string attachment_summary(
    const std::vector<MailAttachment>& attachments, const AttachmentOptions& options
) {
    if (!options.store || !options.summary) return "";
    std::string list;
    for (const auto& attachment : attachments) {
        if (attachment.is_inline) continue;
        fmt::format_to(
            std::back_inserter(list),
            "- {} ({})\n",
            shown_name(attachment),
            shown_size(attachment.size)
        );
    }
    return list.empty() ? "" : "\n\nAttachments:\n" + list;
}

}  // namespace rules
