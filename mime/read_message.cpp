#include "mime/read_message.hpp"

#include <utility>

#include <fmt/format.h>

#include "mime/address.hpp"
#include "mime/ascii.hpp"
#include "mime/body_text.hpp"
#include "mime/charset.hpp"
#include "mime/date.hpp"
#include "mime/encoded_word.hpp"
#include "mime/header.hpp"
#include "mime/limits.hpp"
#include "mime/transfer.hpp"

namespace mime {
namespace {

class Reader {
public:
    Reader(const Entity& root, Message& message) : root_(root), message_(message) {}

    void run() {
        fields();
        tree(root_, "");
        finish_bodies();
    }

private:
    void problem(std::string where, std::string what) {
        if (message_.problems.size() < limits::problems)
            message_.problems.push_back({std::move(where), std::move(what)});
    }

    void charsets(std::string_view name, std::string_view value) {
        for (auto& what : charset_problems(value))
            problem(fmt::format("header {}", name), std::move(what));
    }

    std::vector<Mailbox> people(std::string_view name) {
        std::vector<Mailbox> all;
        for (const auto value : field_values(root_.fields, name)) {
            charsets(name, value);
            auto some = read_addresses(value);
            const bool group = value.find(':') != value.npos;  // "undisclosed-recipients:;"
            if (some.empty() && !value.empty() && !group)
                problem(fmt::format("header {}", name), "holds no address");
            if (all.size() + some.size() > limits::addresses) {
                problem(fmt::format("header {}", name), "more addresses than are read");
                break;
            }
            std::ranges::move(some, std::back_inserter(all));
        }
        return all;
    }

    std::vector<std::string> ids(std::string_view name) {
        std::vector<std::string> all;
        const auto value = field_value(root_.fields, name);
        for (auto at = value.find('<'); at != value.npos && all.size() < limits::message_ids;) {
            const auto end = value.find('>', at);
            if (end == value.npos) break;
            all.push_back(guess_utf8(value.substr(at, end - at + 1)));
            at = value.find('<', end);
        }
        return all;
    }

    void fields() {
        message_.from = people("From");
        message_.sender = people("Sender");
        message_.reply_to = people("Reply-To");
        message_.to = people("To");
        message_.cc = people("Cc");
        message_.bcc = people("Bcc");
        const auto subject = unfold(field_value(root_.fields, "Subject"));
        charsets("Subject", subject);
        message_.subject = decode_words(subject);
        const auto date = field_value(root_.fields, "Date");
        message_.date = read_date(date);
        if (!message_.date && !date.empty()) problem("header Date", "is no date");
        message_.message_id = guess_utf8(unfold(field_value(root_.fields, "Message-ID")));
        message_.in_reply_to = ids("In-Reply-To");
        message_.references = ids("References");
    }

    void tree(const Entity& entity, const std::string& path) {
        if (!entity.is_multipart()) return leaf(entity, path.empty() ? "1" : path);
        // Neither text nor attachment: nobody can say what its bytes are. The original mail has
        // them.
        if (entity.parts.empty())
            problem(path.empty() ? "message" : "part " + path, "a multipart without parts");
        for (std::size_t i = 0; i < entity.parts.size(); ++i)
            tree(entity.parts[i], fmt::format("{}{}{}", path, path.empty() ? "" : ".", i + 1));
    }

    void leaf(const Entity& entity, const std::string& path) {
        const auto disposition = read_parameters(field_value(entity.fields, "Content-Disposition"));
        for (const auto* field : {&entity.type, &disposition})
            for (const auto& what : field->problems)
                problem("part " + path, fmt::format("a parameter: {}", what));
        const bool attached = disposition.value == "attachment";
        const auto& type = entity.type.value;
        if (type == "text/plain" && !attached)
            return add_body(message_.text, text_of(entity, path));
        if (type == "text/html" && !attached) return add_body(message_.html, text_of(entity, path));
        Attachment attachment;
        attachment.filename = disposition.find("filename");
        if (!attachment.filename) attachment.filename = entity.type.find("name");
        attachment.content_type = guess_utf8(type);
        const auto id = trim(field_value(entity.fields, "Content-ID"));
        if (!id.empty()) {
            const bool angle = id.size() > 1 && id.front() == '<' && id.back() == '>';
            attachment.content_id = guess_utf8(angle ? id.substr(1, id.size() - 2) : id);
        }
        const bool picture = attachment.content_id && type.starts_with("image/");
        attachment.is_inline = disposition.value == "inline" || (picture && !attached);
        attachment.part = path;
        attachment.raw = entity.body;
        attachment.encoding = encoding_of(entity);
        const auto errors = transfer_errors(attachment.raw, attachment.encoding);
        if (errors > 0)
            problem("part " + path, fmt::format("{} errors in its transfer encoding", errors));
        message_.attachments.push_back(std::move(attachment));
    }

    static TransferEncoding encoding_of(const Entity& entity) {
        return transfer_encoding(field_value(entity.fields, "Content-Transfer-Encoding"));
    }

    /// Decoded, with line feeds as line breaks.
    std::string text_of(const Entity& entity, const std::string& path) {
        std::size_t errors = 0;
        const auto bytes = decode_transfer(entity.body, encoding_of(entity), &errors);
        const auto where = path.empty() ? std::string("message") : "part " + path;
        if (errors > 0) problem(where, fmt::format("{} errors in its transfer encoding", errors));
        auto decoded = to_utf8(bytes, entity.type.find("charset").value_or(""));
        if (!decoded.problem.empty()) problem(where, std::move(decoded.problem));
        std::string text;
        text.reserve(decoded.text.size());
        for (std::size_t i = 0; i < decoded.text.size(); ++i) {
            const bool pair = decoded.text[i] == '\r' && i + 1 < decoded.text.size() &&
                              decoded.text[i + 1] == '\n';
            if (!pair) text += decoded.text[i];
        }
        return text;
    }

    static void add_body(std::optional<std::string>& body, std::string text) {
        if (!body)
            body = std::move(text);
        else
            body->append("\n").append(text);
    }

    void finish_bodies() {
        if (message_.text || !message_.html) return;
        message_.text = html_to_text(*message_.html);
        message_.text_from_html = true;
    }

    const Entity& root_;
    Message& message_;
};

}  // namespace

Message read_message(Entity root, std::vector<Problem> problems) {
    Message message;
    message.problems = std::move(problems);
    Reader(root, message).run();
    message.headers = std::move(root.fields);
    return message;
}

}  // namespace mime
