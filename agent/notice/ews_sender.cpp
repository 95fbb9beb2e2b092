#include "agent/notice/ews_sender.hpp"

#include <utility>
#include <vector>

#include "agent/limits.hpp"
#include "agent/notice/notice_mime.hpp"
#include "ews/only.hpp"
#include "ews/operations/create_item.hpp"
#include "ews/operations/find_item.hpp"

namespace agent {

namespace {

ews::ClientOptions hurried(ews::ClientOptions options) {
    options.deadline = limits::notice_deadline;
    return options;
}

/// The server may have done it all the same.
bool is_doubtful(errc code) {
    return code == errc::unreachable || code == errc::transient;
}

}  // namespace

EwsSender::EwsSender(http::Transport& transport, ews::ClientOptions options, std::string mailbox)
    : client_(transport, hurried(std::move(options))), mailbox_(std::move(mailbox)) {}

boost::asio::awaitable<Result<void>> EwsSender::send(Notice notice, std::string to) {
    if (!is_sendable(to)) {
        co_return Error{
            errc::permanent, "'" + to + "' is no address to send to; correct it in the policy", {}};
    }
    const std::string mark = sent_mark(notice, to);
    const Result<bool> before = co_await was_sent(mark);
    if (!before) co_return from_mailbox(before.error());
    if (*before) co_return Result<void>{};
    std::string mime = to_mime(notice, mailbox_, to);
    Result<void> created = co_await create(std::move(mime), mark);
    if (created) co_return created;
    if (!is_doubtful(created.error().code)) co_return from_mailbox(created.error());
    const Result<bool> after = co_await was_sent(mark);
    if (after && *after) co_return Result<void>{};
    co_return from_mailbox(created.error());
}

/// Says which mailbox it is that fails: beside a recipient it would be taken for theirs.
Error EwsSender::from_mailbox(Error error) const {
    error.text = "sending from " + mailbox_ + ": " + error.text;
    return error;
}

boost::asio::awaitable<Result<bool>> EwsSender::was_sent(std::string mark) {
    // Exchange sends from the Outbox and moves the copy to Sent Items a little later.
    ews::FindItem request{{ews::DistinguishedFolder::sentitems, ews::DistinguishedFolder::outbox}};
    request.restriction = ews::is_equal_to(ews::state_property(), std::move(mark));
    request.page = 1;
    auto reply = co_await client_.call(std::move(request));
    if (!reply) co_return from(reply.error());
    for (const ews::Result<ews::FoundItems>& found : *reply) {
        if (!found) co_return from(found.error());
        if (!found->items.empty()) co_return true;
    }
    co_return false;
}

boost::asio::awaitable<Result<void>> EwsSender::create(std::string mime, std::string mark) {
    ews::NewItem item;
    item.mime = std::move(mime);
    item.state = std::move(mark);
    ews::SendNewItem request;
    request.items.push_back(std::move(item));
    auto reply = co_await client_.call(std::move(request));
    const ews::Result<void> sent = ews::only(std::move(reply));
    if (!sent) co_return from(sent.error());
    co_return Result<void>{};
}

}  // namespace agent
