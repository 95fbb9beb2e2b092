#include "agent/parse_json.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <boost/json.hpp>

#include "agent/mail_traits.hpp"
#include "mime/attachment.hpp"
#include "mime/charset.hpp"

namespace agent {
namespace {

namespace json = boost::json;

class Digest {
public:
    Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
    }
    void add(std::string_view bytes) {
        EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
    }
    std::string text() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
        unsigned size = 0;
        EVP_DigestFinal_ex(context_.get(), bytes.data(), &size);
        std::string result;
        for (unsigned i = 0; i < size; ++i) result += fmt::format("{:02x}", bytes[i]);
        return result;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

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

json::object attachment(const mime::Attachment& file) {
    Digest digest;
    const auto size = mime::decode(file, [&](std::string_view slice) { digest.add(slice); });
    return {
        {"filename", or_null(file.filename)},
        {"content_type", file.content_type},
        {"size", size},
        {"sha256", digest.text()},
        {"inline", file.is_inline},
        {"content_id", or_null(file.content_id)},
        {"contains", json::array{}},
    };
}

void line(std::string& out, std::string_view label, std::string_view text) {
    if (!text.empty()) out += fmt::format("{:<12}{}\n", label, text);
}

void line(std::string& out, std::string_view label, const std::vector<mime::Mailbox>& mailboxes) {
    for (const auto& [name, address] : mailboxes) {
        line(out, label, name.empty() ? address : fmt::format("{} <{}>", name, address));
        label = "";
    }
}

}  // namespace

std::string sha256(std::string_view bytes) {
    Digest digest;
    digest.add(bytes);
    return digest.text();
}

std::string utc_text(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

json::object parse_json(
    std::string_view file, std::string_view bytes, const mime::Message& message
) {
    json::object result{
        {"file", mime::guess_utf8(file)},
        {"sha256", sha256(bytes)},
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
        {"text_from_html", message.text_from_html},
    };
    json::array attachments, problems;
    for (const auto& one : message.attachments) attachments.push_back(attachment(one));
    for (const auto& [where, what] : message.problems)
        problems.push_back(json::object{{"where", where}, {"what", what}});
    result["attachments"] = std::move(attachments);
    result["traits"] = strings(mail_traits(message));
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
    line(out, "Traits", fmt::format("{}", fmt::join(mail_traits(message), ", ")));
    for (const auto& one : message.attachments) {
        const auto size = mime::decode(one, [](std::string_view) {});
        const auto name = one.filename.value_or("(no name)");
        line(out, "Attachment", fmt::format("{}, {}, {} bytes", name, one.content_type, size));
    }
    for (const auto& [where, what] : message.problems)
        line(out, "Problem", fmt::format("{}: {}", where, what));
    const auto text = message.text.value_or("");
    if (!text.empty()) out += fmt::format("\n{}{}", text, text.ends_with('\n') ? "" : "\n");
    return out;
}

}  // namespace agent
