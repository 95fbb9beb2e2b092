#include "agent/parse_json.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include "agent/terminal_text.hpp"
#include "agent/utc_text.hpp"
#include "crm/sha256.hpp"
#include "mime/attachment.hpp"
#include "mime/body_text.hpp"
#include "mime/charset.hpp"
#include "mime/contents.hpp"
#include "mime/mail_traits.hpp"
#include "mime/transfer.hpp"

namespace agent {
namespace {

namespace json = boost::json;

json::array people(const std::vector<mime::Mailbox>& mailboxes) {
    json::array result;
    for (const auto& [name, address] : mailboxes)
        result.push_back(json::object{{"name", name}, {"address", address}});
    return result;
}

template <typename T>
json::value or_null(const std::optional<T>& text) {
    return text ? json::value(*text) : json::value(nullptr);
}

json::array strings(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

json::object problem(std::string_view where, std::string_view what) {
    return {{"where", where}, {"what", what}};
}

std::string place(const mime::Attachment& file) {
    return "part " + file.part;
}

json::array attachments(
    const std::vector<mime::Attachment>& files, json::array& problems, bool opens
);

/// Decodes it once, for its size, its hash and what is wrong with it. What is within a container is
/// not opened further than mime::contents does.
json::object attachment(const mime::Attachment& file, json::array& problems, bool opens) {
    crm::Sha256 digest;
    const auto [size, errors] =
        mime::decode(file, [&](std::string_view slice) { digest.add(slice); });
    if (errors > 0) problems.push_back(problem(place(file), mime::transfer_problem(errors)));
    const auto opened = opens ? mime::contents(file) : mime::Contents{file.contains, {}};
    for (const auto& what : opened.problems) problems.push_back(problem(place(file), what));
    return {
        {"filename", or_null(file.filename)},
        {"content_type", file.content_type},
        {"size", size},
        {"sha256", digest.text()},
        {"inline", file.is_inline},
        {"content_id", or_null(file.content_id)},
        {"contains", attachments(opened.parts, problems, false)},
    };
}

json::array attachments(
    const std::vector<mime::Attachment>& files, json::array& problems, bool opens
) {
    json::array result;
    for (const auto& file : files) result.push_back(attachment(file, problems, opens));
    return result;
}

void line(std::string& out, std::string_view label, std::string_view text) {
    if (!text.empty()) out += fmt::format("{:<12}{}\n", label, one_line(std::string(text)));
}

void line(std::string& out, std::string_view label, const std::vector<mime::Mailbox>& mailboxes) {
    for (const auto& [name, address] : mailboxes) {
        line(out, label, name.empty() ? address : fmt::format("{} <{}>", name, address));
        label = "";
    }
}

void show(std::string& out, std::string_view label, const mime::Attachment& file) {
    const auto [size, errors] = mime::decode(file, [](std::string_view) {});
    const auto name = file.filename.value_or("(no name)");
    const auto* const where = file.is_inline ? ", inline" : "";
    line(out, label, fmt::format("{}, {}, {} bytes{}", name, file.content_type, size, where));
    if (errors > 0)
        line(out, "Problem", fmt::format("{}: {}", place(file), mime::transfer_problem(errors)));
    for (const auto& part : file.contains) show(out, "    within", part);
}

}  // namespace

json::object parse_json(
    std::string_view file, std::string_view bytes, const mime::Message& message
) {
    json::object result{
        {"file", mime::guess_utf8(file)},
        {"sha256", crm::sha256(bytes)},
        {"bytes", bytes.size()},
        {"from", people(message.from)},
        {"sender", people(message.sender)},
        {"reply_to", people(message.reply_to)},
        {"to", people(message.to)},
        {"cc", people(message.cc)},
        {"bcc", people(message.bcc)},
        {"subject", message.subject},
        {"date", message.date ? json::value(utc_text(*message.date)) : json::value(nullptr)},
        {"message_id", message.message_id},
        {"in_reply_to", strings(message.in_reply_to)},
        {"references", strings(message.references)},
        {"text", or_null(message.text)},
        {"html", or_null(message.html)},
        {"text_from_html", false},
    };
    if (!message.text && message.html) {
        result["text"] = mime::body_text(message).text;
        result["text_from_html"] = true;
    }
    result["new_text"] = mime::new_text_of(message).text;
    json::array problems;
    for (const auto& [where, what] : message.problems) problems.push_back(problem(where, what));
    result["attachments"] = attachments(message.attachments, problems, true);
    json::array traits;
    json::object reasons;
    for (const auto& [name, why] : mime::mail_traits(message)) {
        traits.emplace_back(name);
        reasons[name] = why;
    }
    result["traits"] = std::move(traits);
    result["traits_why"] = std::move(reasons);
    result["problems"] = std::move(problems);
    return result;
}

std::string parse_text(
    std::string_view file, std::string_view bytes, const mime::Message& message
) {
    std::string out = fmt::format("{} ({} bytes)\n", file, bytes.size());
    line(out, "From", message.from);
    line(out, "Sender", message.sender);
    line(out, "Reply-To", message.reply_to);
    line(out, "To", message.to);
    line(out, "Cc", message.cc);
    line(out, "Bcc", message.bcc);
    line(out, "Subject", message.subject);
    line(out, "Date", message.date ? utc_text(*message.date) : "");
    line(out, "Message-ID", message.message_id);
    for (const auto& [name, why] : mime::mail_traits(message))
        line(out, "Trait", fmt::format("{} ({})", name, why));
    for (const auto& one : message.attachments) {
        const auto opened = mime::contents(one);
        show(out, "Attachment", one);
        for (const auto& part : opened.parts) show(out, "  contains", part);
        for (const auto& what : opened.problems)
            line(out, "Problem", fmt::format("{}: {}", place(one), what));
    }
    for (const auto& [where, what] : message.problems)
        line(out, "Problem", fmt::format("{}: {}", where, what));
    const auto text = mime::body_text(message).text;
    if (!text.empty()) out += fmt::format("\n{}{}", text, text.ends_with('\n') ? "" : "\n");
    return printable_lines(out);
}

}  // namespace agent
