#include "mime/contents.hpp"

#include <utility>

#include "mime/attachment.hpp"
#include "mime/parse.hpp"
#include "mime/signed_content.hpp"
#include "mime/tnef.hpp"

namespace mime {
namespace {

using Bytes = std::shared_ptr<const std::string>;

Content body(const char* type, std::string text) {
    auto owner = std::make_shared<const std::string>(std::move(text));
    const std::string_view bytes = *owner;
    return {{}, type, {}, true, bytes, std::move(owner), {}};
}

/// Depth is bounded by read_tnef.
std::vector<Content> parts_of(const Tnef& tnef, const Bytes& owner) {
    std::vector<Content> parts;
    if (tnef.text) parts.push_back(body("text/plain", *tnef.text));
    if (tnef.html) parts.push_back(body("text/html", *tnef.html));
    if (tnef.rtf) parts.push_back(body("text/rtf", *tnef.rtf));
    for (const auto& file : tnef.files) {
        Content part{
            file.filename,
            file.content_type,
            file.content_id,
            file.is_inline,
            file.bytes,
            owner,
            {},
        };
        if (!file.message.empty()) part.contains = parts_of(file.message.front(), owner);
        parts.push_back(std::move(part));
    }
    return parts;
}

Contents of_tnef(const Bytes& bytes) {
    auto tnef = read_tnef(*bytes);
    return {parts_of(tnef, bytes), std::move(tnef.problems)};
}

Contents of_signed(const std::string& content) {
    const auto message = parse(content);
    Contents result;
    if (message.text) result.parts.push_back(body("text/plain", *message.text));
    if (message.html) result.parts.push_back(body("text/html", *message.html));
    for (const auto& file : message.attachments) {
        auto owner = std::make_shared<const std::string>(decode(file));
        const std::string_view bytes = *owner;
        result.parts.push_back(
            {file.filename,
             file.content_type,
             file.content_id,
             file.is_inline,
             bytes,
             std::move(owner),
             {}}
        );
    }
    for (const auto& [where, what] : message.problems)
        result.problems.push_back(where + ": " + what);
    return result;
}

bool is_smime(std::string_view type) {
    return type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime";
}

}  // namespace

Contents contents(const Attachment& attachment) {
    if (is_tnef(attachment.content_type, attachment.filename.value_or("")))
        return of_tnef(std::make_shared<const std::string>(decode(attachment)));
    if (!is_smime(attachment.content_type)) return {};
    const auto content = signed_content(decode(attachment));
    return content ? of_signed(*content) : Contents{};
}

}  // namespace mime
