#include "mime/contents.hpp"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "mime/attachment.hpp"
#include "mime/cms.hpp"
#include "mime/file_name.hpp"
#include "mime/parse.hpp"
#include "mime/tnef.hpp"

namespace mime {
namespace {

using Bytes = std::shared_ptr<const std::string>;

Attachment body(const char* type, std::string text) {
    Attachment part;
    part.content_type = type;
    part.is_inline = true;
    part.is_body = true;
    part.owner = std::make_shared<const std::string>(std::move(text));
    part.raw = *part.owner;
    return part;
}

/// Depth is bounded by read_tnef.
std::vector<Attachment> parts_of(Tnef tnef, const Bytes& owner) {
    std::vector<Attachment> parts;
    if (tnef.text) parts.push_back(body("text/plain", std::move(*tnef.text)));
    if (tnef.html) parts.push_back(body("text/html", std::move(*tnef.html)));
    if (tnef.rtf) parts.push_back(body("text/rtf", std::move(*tnef.rtf)));
    for (auto& file : tnef.files) {
        Attachment part;
        part.filename = std::move(file.filename);
        part.content_type = std::move(file.content_type);
        part.content_id = std::move(file.content_id);
        part.is_inline = file.is_inline;
        part.raw = file.bytes;
        part.owner = owner;
        if (!file.message.empty()) part.contains = parts_of(std::move(file.message[0]), owner);
        parts.push_back(std::move(part));
    }
    return parts;
}

Contents of_tnef(const Bytes& bytes) {
    auto tnef = read_tnef(*bytes);
    Contents result;
    result.problems = std::move(tnef.problems);
    result.parts = parts_of(std::move(tnef), bytes);
    return result;
}

Contents of_signed(const Bytes& mail) {
    auto message = parse(*mail);
    Contents result;
    if (message.text) result.parts.push_back(body("text/plain", std::move(*message.text)));
    if (message.html) result.parts.push_back(body("text/html", std::move(*message.html)));
    for (auto& file : message.attachments) {
        file.owner = mail;
        result.parts.push_back(std::move(file));
    }
    for (const auto& [where, what] : message.problems)
        result.problems.push_back(where + ": " + what);
    return result;
}

Contents opened(const Attachment& attachment) {
    if (is_tnef(attachment.content_type, attachment.filename.value_or("")))
        return of_tnef(std::make_shared<const std::string>(decode(attachment)));
    if (!is_cms(attachment.content_type)) return {};
    auto content = signed_content(decode(attachment));
    if (!content) return {};
    return of_signed(std::make_shared<const std::string>(std::move(*content)));
}

void number_parts(std::vector<Attachment>& parts, const std::string& outer) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i].part = fmt::format("{}/{}", outer, i + 1);
        number_parts(parts[i].contains, parts[i].part);
    }
}

void add_files(std::vector<Attachment> parts, std::vector<Attachment>& files) {
    for (auto& part : parts) {
        if (!part.contains.empty())
            add_files(std::move(part.contains), files);
        else if (!part.is_body)
            files.push_back(std::move(part));
    }
}

/// Apple Mail calls every file inline, and a picture that nothing shows is a file like others.
bool is_shown(const Attachment& attachment, const std::optional<std::string>& html) {
    const bool named = attachment.is_inline && attachment.content_id && html;
    return named && html->find("cid:" + *attachment.content_id) != html->npos;
}

}  // namespace

Contents contents(const Attachment& attachment) {
    auto result = opened(attachment);
    for (auto& what : result.problems)
        what = fmt::format("within {}: {}", attachment.filename.value_or("it"), what);
    number_parts(result.parts, attachment.part);
    return result;
}

Files files_of(const Message& message) {
    Files result;
    for (const auto& attachment : message.attachments) {
        auto [within, problems] = contents(attachment);
        for (auto& what : problems)
            result.problems.push_back({"part " + attachment.part, std::move(what)});
        if (within.empty()) {
            result.files.push_back(attachment);
            result.files.back().is_inline = is_shown(attachment, message.html);
        } else {
            add_files(std::move(within), result.files);
        }
    }
    for (auto& file : result.files)
        if (file.filename) file.filename = base_name(*file.filename);
    return result;
}

}  // namespace mime
