// Longer than most files here: what each field and leaf becomes is one list.
#include "mime/read_message.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "mime/address.hpp"
#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/cms.hpp"
#include "mime/date.hpp"
#include "mime/encoded_word.hpp"
#include "mime/flowed.hpp"
#include "mime/header.hpp"
#include "mime/html_charset.hpp"
#include "mime/limits.hpp"
#include "mime/line_breaks.hpp"
#include "mime/transfer.hpp"

namespace mime {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// What stands in a field, for a problem.
std::string shown(std::string_view value) {
    const auto text = guess_utf8(unfold(value.substr(0, 2 * limits::shown_value)));
    return std::string(whole_characters(text, limits::shown_value));
}

class Reader {
public:
    Reader(const Entity& root, Message& message) : root_(root), message_(message) {}

    void run() {
        fields();
        tree(root_, "");
    }

private:
    void problem(std::string where, std::string what) {
        Problem told{std::move(where), std::move(what)};
        const bool again = !message_.problems.empty() && message_.problems.back() == told;
        if (!again && message_.problems.size() < limits::problems)
            message_.problems.push_back(std::move(told));
    }

    void charsets(std::string_view name, std::string_view value) {
        for (auto& what : charset_problems(value))
            problem(fmt::format("header {}", name), std::move(what));
    }

    /// Of a field that may stand once (RFC 5322 §3.6) the first that names somebody: another one is
    /// a mistake or a trap, and must not add a sender.
    std::vector<Mailbox> originators(std::string_view name) {
        for (const auto value : field_values(root_.fields, name)) {
            auto some = people_in(name, value);
            if (!some.empty()) return some;
        }
        return {};
    }

    std::vector<Mailbox> people_in(std::string_view name, std::string_view value) {
        charsets(name, value);
        auto some = read_addresses(value);
        const bool group = value.find(':') != value.npos;  // "undisclosed-recipients:;"
        if (some.empty() && !value.empty() && !group)
            problem(fmt::format("header {}", name), "holds no address");
        return some;
    }

    /// Repeated fields of recipients are as good as one: programs write them.
    std::vector<Mailbox> recipients(std::string_view name) {
        std::vector<Mailbox> all;
        for (const auto value : field_values(root_.fields, name)) {
            auto some = people_in(name, value);
            if (all.size() + some.size() >= limits::addresses) {
                problem(fmt::format("header {}", name), "more addresses than are read");
                some.resize(limits::addresses - all.size());
            }
            std::ranges::move(some, std::back_inserter(all));
            if (all.size() >= limits::addresses) break;
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
        message_.from = originators("From");
        message_.sender = originators("Sender");
        message_.reply_to = originators("Reply-To");
        message_.to = recipients("To");
        message_.cc = recipients("Cc");
        message_.bcc = recipients("Bcc");
        const auto subject = unfold(field_value(root_.fields, "Subject"));
        charsets("Subject", subject);
        message_.subject = decode_words(subject);
        const auto date = field_value(root_.fields, "Date");
        message_.date = read_date(date);
        if (!message_.date && !date.empty())
            problem("header Date", fmt::format("'{}' is no date", shown(date)));
        message_.message_id = guess_utf8(unfold(field_value(root_.fields, "Message-ID")));
        message_.in_reply_to = ids("In-Reply-To");
        message_.references = ids("References");
    }

    void tree(const Entity& entity, const std::string& path) {
        if (!entity.is_multipart()) return leaf(entity, path.empty() ? "1" : path);
        if (entity.type.value == "multipart/encrypted") note_encryption(path);
        // Neither text nor attachment: nobody can say what its bytes are.
        if (entity.parts.empty()) {
            problem(path.empty() ? "message" : "part " + path, "a multipart without parts");
            if (message_.unsplit.empty()) message_.unsplit = entity.body;
        }
        for (std::size_t i = 0; i < entity.parts.size(); ++i)
            tree(entity.parts[i], fmt::format("{}{}{}", path, path.empty() ? "" : ".", i + 1));
    }

    void note_encryption(const std::string& path) {
        problem(path.empty() ? "message" : "part " + path, "is encrypted: no text can be read");
    }

    static CmsKind cms_kind_of(const Entity& entity) {
        const auto head =
            decode_transfer(entity.body.substr(0, limits::cms_head), encoding_of(entity));
        return cms_kind(entity.type.find("smime-type").value_or(""), head);
    }

    void leaf(const Entity& entity, const std::string& path) {
        const auto disposition = read_parameters(field_value(entity.fields, "Content-Disposition"));
        for (const auto* field : {&entity.type, &disposition})
            for (const auto& what : field->problems)
                problem("part " + path, fmt::format("a parameter: {}", what));
        const bool attached = disposition.value == "attachment";
        const auto& type = entity.type.value;
        const bool nothing = entity.fields.empty() && entity.body.empty();
        if (nothing && type == "message/rfc822") return;  // of a digest: two boundaries in a row
        if (is_cms(type) && is_encrypted(cms_kind_of(entity))) note_encryption(path);
        if (type == "text/plain" && !attached)
            return add_body(message_.text, text_of(entity, path), path);
        if (type == "text/html" && !attached)
            return add_body(message_.html, text_of(entity, path), path);
        Attachment attachment;
        attachment.filename = disposition.find("filename");
        if (attachment.filename.value_or("").empty()) {
            if (auto name = entity.type.find("name")) attachment.filename = std::move(name);
        }
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
        message_.attachments.push_back(std::move(attachment));
    }

    static TransferEncoding encoding_of(const Entity& entity) {
        return transfer_encoding(field_value(entity.fields, "Content-Transfer-Encoding"));
    }

    std::string_view bounded(std::string_view text, const std::string& where) {
        if (text.size() > limits::text) problem(where, more_text);
        return whole_characters(text, limits::text);
    }

    /// The bytes of a text, undone from their transfer encoding; `decoded` is where they live if
    /// that changed them.
    std::string_view bytes_of(
        const Entity& entity, const std::string& where, std::string& decoded
    ) {
        TransferDecoder decoder(encoding_of(entity));
        if (decoder.encoding() == TransferEncoding::identity) return bounded(entity.body, where);
        decoded.reserve(std::min(entity.body.size(), limits::text));
        for (std::size_t at = 0; at < entity.body.size(); at += limits::slice) {
            decoder.read(entity.body.substr(at, limits::slice), decoded);
            if (decoded.size() > limits::text) return bounded(decoded, where);
        }
        decoder.finish(decoded);
        if (decoder.errors() > 0) problem(where, transfer_problem(decoder.errors()));
        return decoded;
    }

    /// What the type names; of HTML that has no other, what its head names.
    static std::string declared_charset(const Entity& entity, std::string_view bytes) {
        auto charset = entity.type.find("charset").value_or("");
        if (charset.empty() && entity.type.value == "text/html" && !is_utf8(bytes))
            charset = html_charset(bytes);
        return charset;
    }

    /// Decoded, with line feeds as line breaks.
    std::string text_of(const Entity& entity, const std::string& path) {
        const auto where = "part " + path;
        std::string decoded;
        const auto bytes = bytes_of(entity, where, decoded);
        auto [text, replaced, trouble, cut] = to_utf8(bytes, declared_charset(entity, bytes));
        if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
        if (!trouble.empty()) problem(where, std::move(trouble));
        if (cut) problem(where, more_text);
        with_line_feeds(text);
        const bool flowed = entity.type.value == "text/plain" &&
                            equal(entity.type.find("format").value_or(""), "flowed");
        if (!flowed) return std::move(text);
        return unflow(text, equal(entity.type.find("delsp").value_or(""), "yes"));
    }

    void add_body(std::optional<std::string>& body, std::string text, const std::string& path) {
        if (!body) {
            body = std::move(text);
            return;
        }
        if (body->size() + text.size() < limits::text) {
            body->append("\n").append(text);
            return;
        }
        problem("part " + path, more_text);
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
