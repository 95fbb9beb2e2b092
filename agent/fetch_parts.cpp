#include "agent/fetch_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "agent/compose_mime.hpp"
#include "agent/limits.hpp"
#include "agent/mail_spool.hpp"
#include "ews/only.hpp"
#include "ews/operations/get_attachment.hpp"
#include "ews/operations/get_item.hpp"

namespace agent {

namespace {

using Files = std::vector<AttachedFile>;

Error beyond_us(std::string what) {
    return {errc::permanent, std::move(what), {}};
}

/// The next ones that one call asks for: a few, and big ones alone.
std::vector<ews::AttachmentId> next_batch(
    const std::vector<ews::Attachment>& attachments, std::size_t from
) {
    std::vector<ews::AttachmentId> batch;
    std::uint64_t bytes = 0;
    for (std::size_t i = from; i < attachments.size(); ++i) {
        bytes += attachments[i].size;
        const bool is_full =
            batch.size() >= limits::attachments_at_once || bytes > limits::attachment_bytes_at_once;
        if (!batch.empty() && is_full) break;
        batch.push_back(attachments[i].id);
    }
    return batch;
}

/// Of one mail, and the mails attached to it.
class Collector {
public:
    Collector(ews::Client& client, std::uint64_t bytes) : client_(client), bytes_(bytes) {}

    boost::asio::awaitable<Result<Files>> collect(
        std::vector<ews::Attachment> attachments, std::size_t depth
    ) {
        Files files;
        if (std::optional<Error> error = check(attachments, depth)) co_return *error;
        while (files.size() < attachments.size()) {
            ews::GetAttachment request{next_batch(attachments, files.size())};
            const std::size_t asked = request.attachments.size();
            auto reply = co_await client_.call(std::move(request));
            if (!reply) co_return from(reply.error());
            for (std::size_t i = 0; i < asked; ++i) {
                ews::Attachment& about = attachments[files.size()];
                ews::Result<ews::AttachedContent>& one = (*reply)[i];
                const bool is_unmade = about.kind == "ItemAttachment" && has_no_mime(one);
                if (!one && !is_unmade) co_return from(one.error());
                AttachedFile file{std::move(about), {}};
                if (is_unmade) {
                    Result<std::string> mail = co_await compose_attached(file.about.id, depth);
                    if (!mail) co_return mail.error();
                    file.bytes = std::move(*mail);
                    file.is_mail = true;
                } else {
                    take(std::move(*one), file);
                }
                bytes_ += file.bytes.size();
                if (bytes_ > limits::composed_bytes) co_return larger(bytes_);
                files.push_back(std::move(file));
            }
        }
        co_return files;
    }

private:
    static Error larger(std::uint64_t bytes) {
        if (bytes > limits::mail_bytes) return too_large_mail();
        return beyond_us(fmt::format(
            "its parts have more than {} MiB, too much to put them together",
            limits::composed_bytes >> 20
        ));
    }

    std::optional<Error> check(const std::vector<ews::Attachment>& attachments, std::size_t depth) {
        std::uint64_t bytes = bytes_;
        for (const ews::Attachment& one : attachments) bytes += one.size;
        if (bytes > limits::composed_bytes) return larger(bytes);
        count_ += attachments.size();
        if (count_ > limits::composed_files || depth > limits::composed_depth)
            return beyond_us("more is attached to the mail than is fetched piece by piece");
        return std::nullopt;
    }

    /// What the server cannot make of a mail it often cannot make of one attached to it.
    static bool has_no_mime(const ews::Result<ews::AttachedContent>& one) {
        if (!one) return from(one.error()).code == errc::permanent;
        return !one->item || !one->item->mime;
    }

    static void take(ews::AttachedContent content, AttachedFile& file) {
        if (content.item && content.item->mime) {
            file.bytes = std::move(*content.item->mime);
            file.is_mail = true;
        } else if (content.bytes) {
            file.bytes = std::move(*content.bytes);
        } else {
            file.bytes = "This file lies elsewhere; the mail has a link to it only.";
        }
    }

    boost::asio::awaitable<Result<std::string>> compose_attached(
        ews::AttachmentId id, std::size_t depth
    ) {
        ews::GetAttachment request{{std::move(id)}, false};
        auto reply = co_await client_.call(std::move(request));
        ews::Result<ews::AttachedContent> content = ews::only(std::move(reply));
        if (!content) co_return from(content.error());
        if (!content->item) co_return beyond_us("a mail attached to the mail is not given");
        Result<Files> files = co_await collect(content->item->parts.attachments, depth + 1);
        if (!files) co_return files.error();
        co_return compose_mime(*content->item, *files);
    }

    ews::Client& client_;
    std::uint64_t bytes_;    ///< that lie here
    std::size_t count_ = 0;  ///< of attachments
};

boost::asio::awaitable<Result<ews::Item>> get_shaped(
    ews::Client& client, std::string item, ews::ItemShape shape
) {
    ews::GetItem request{{{std::move(item), ""}}, std::move(shape)};
    auto reply = co_await client.call(std::move(request));
    ews::Result<ews::Item> found = ews::only(std::move(reply));
    if (!found) co_return from(found.error());
    co_return std::move(*found);
}

}  // namespace

boost::asio::awaitable<Result<ews::Item>> fetch_parts(ews::Client& client, std::string item) {
    ews::ItemShape shape = ews::parts_shape();
    Result<ews::Item> found = co_await get_shaped(client, std::move(item), std::move(shape));
    if (!found) co_return found.error();
    if (!is_kind_of_mail(found->kind)) co_return beyond_us(found->kind + " is no mail");
    Collector collector(client, found->parts.body.size());
    Result<Files> files = co_await collector.collect(found->parts.attachments, 0);
    if (!files) co_return files.error();
    found->mime = compose_mime(*found, *files);
    co_return found;
}

bool is_kind_of_mail(const std::string& kind) {
    return kind == "Message" || kind == "PostItem" || kind.starts_with("Meeting");
}

Error with_parts(Error as_mime, const Error& in_parts) {
    if (as_mime.text != in_parts.text)
        as_mime.text += fmt::format("; nor can it be had in parts: {}", in_parts.text);
    return as_mime;
}

boost::asio::awaitable<Result<ews::Item>> fetch_name(ews::Client& client, std::string item) {
    ews::ItemShape shape = ews::name_shape();
    Result<ews::Item> found = co_await get_shaped(client, std::move(item), std::move(shape));
    co_return found;
}

}  // namespace agent
