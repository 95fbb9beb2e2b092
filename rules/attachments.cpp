#include "rules/attachments.hpp"

#include <fmt/format.h>

#include <iterator>

#include "mime/ascii.hpp"
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

/// "exe" of "Setup.EXE"; "" without one. Blanks and dots at the end are what Windows ignores.
std::string extension(const MailAttachment& attachment) {
    std::string name = attachment.filename.value_or("");
    while (name.ends_with('.') || name.ends_with(' ')) name.pop_back();
    const auto dot = name.rfind('.');
    if (dot == std::string::npos) return "";
    return mime::lower(std::string_view(name).substr(dot + 1));
}

AttachmentChoice choose(
    const MailAttachment& attachment, const AttachmentOptions& options, const AttachmentRules& rules
) {
    if (!options.store)
        return {attachment.filename, false, "attachments are not stored (store=\"false\")"};
    if (rules.max_bytes > 0 && attachment.size > rules.max_bytes)
        return {
            attachment.filename,
            false,
            fmt::format("the CRM takes {} at most", shown_size(rules.max_bytes))};
    if (const auto kind = extension(attachment); rules.refused_extensions.contains(kind))
        return {attachment.filename, false, fmt::format("the CRM takes no .{} files", kind)};
    return {attachment.filename, true, "attachments are stored"};
}

}  // namespace

std::vector<AttachmentChoice> choose_attachments(
    const std::vector<MailAttachment>& attachments,
    const AttachmentOptions& options,
    const AttachmentRules& rules,
    Trace& trace
) {
    std::vector<AttachmentChoice> choices;
    for (const auto& attachment : attachments) {
        auto choice = choose(attachment, options, rules);
        trace.push_back(
            {"attachment",
             shown_name(attachment),
             fmt::format("{}, {}", attachment.content_type, shown_size(attachment.size)),
             choice.stored    ? "stored"
             : options.store ? "refused: " + choice.why
                             : "left out"}
        );
        choices.push_back(std::move(choice));
    }
    return choices;
}

std::string attachment_summary(
    const std::vector<MailAttachment>& attachments,
    const std::vector<AttachmentChoice>& choices,
    const AttachmentOptions& options
) {
    if (!options.store || !options.summary) return "";
    std::string list;
    for (std::size_t i = 0; i < attachments.size(); ++i) {
        if (attachments[i].is_inline) continue;
        fmt::format_to(
            std::back_inserter(list),
            "- {} ({}), {}\n",
            shown_name(attachments[i]),
            shown_size(attachments[i].size),
            choices[i].stored ? "stored" : "not stored: " + choices[i].why
        );
    }
    return list.empty() ? "" : "\n\nAttachments:\n" + list;
}

}  // namespace rules
