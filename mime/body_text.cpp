#include "mime/body_text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/attachment.hpp"
#include "mime/charset.hpp"
#include "mime/contents.hpp"
#include "mime/html_text.hpp"
#include "mime/limits.hpp"
#include "mime/line_breaks.hpp"
#include "mime/parse.hpp"

namespace mime {
namespace {

/// Of mails whose text stands in a container alone: winmail.dat, or signed opaquely.
std::optional<BodyText> text_within(const Attachment& attachment) {
    const auto opened = contents(attachment);
    for (const auto& part : opened.parts) {
        if (!part.is_body) continue;
        if (part.content_type == "text/plain") return BodyText{decode(part), false};
        if (part.content_type == "text/html") return BodyText{html_to_text(decode(part)), true};
    }
    return {};
}

/// What seems to be the boundary of a body: a line that begins with dashes, with a field of MIME
/// below it.
std::string_view likely_boundary(std::string_view body) {
    constexpr std::string_view field = "content-";
    for (auto at = body.starts_with("--") ? 0 : body.find("\n--"); at != body.npos;
         at = body.find("\n--", at)) {
        at = body.find('-', at);
        const auto end = std::min(body.find('\n', at), body.size());
        const auto token = trim_right(body.substr(at + 2, end - at - 2));
        const auto below = body.substr(std::min(end + 1, body.size()), field.size());
        const bool quotable = token.find_first_of("\"\\") == token.npos;
        if (!token.empty() && quotable && equal(below, field)) return token;
        at = end;
    }
    return {};
}

/// Of a mail that could not be split: by what seems to be its boundary, else as it stands.
BodyText text_of_unsplit(std::string_view body) {
    body = whole_characters(body, limits::html);
    const auto boundary = likely_boundary(body);
    if (!boundary.empty()) {
        const auto mail =
            fmt::format("Content-Type: multipart/mixed; boundary=\"{}\"\n\n{}", boundary, body);
        const auto message = parse(mail);
        if (message.text) return {*message.text, false};
        if (message.html) return {html_to_text(*message.html), true};
    }
    auto text = guess_utf8(body);
    with_line_feeds(text);
    return {std::move(text), false};
}

}  // namespace

BodyText body_text(const Message& message) {
    if (message.text) return {*message.text, false};
    if (message.html) return {html_to_text(*message.html), true};
    for (const auto& attachment : message.attachments)
        if (auto text = text_within(attachment)) return std::move(*text);
    return text_of_unsplit(message.unsplit);
}

NewText new_text_of(const Message& message) {
    if (message.text) return new_text(*message.text);
    if (message.html) return new_text_of_html(*message.html);
    return new_text(body_text(message).text);
}

}  // namespace mime
