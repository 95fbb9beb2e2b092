#include "crm/embedded/embedded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "crm/embedded/bundle.hpp"
#include "crm/embedded/create_record.hpp"
#include "crm/embedded/mails.hpp"
#include "crm/embedded/people.hpp"
#include "crm/embedded/schema.hpp"
#include "crm/embedded/undo.hpp"
#include "crm/embedded/upload.hpp"
#include "crm/excess.hpp"
#include "crm/limits.hpp"

namespace crm::embedded {
namespace {

using Steady = std::chrono::steady_clock;

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// The longer a step had to wait, or the disk took, the longer the others are left alone.
boost::asio::awaitable<void> rest_after(Steady::duration step) {
    constexpr int times = 2;
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto pause = std::min<Steady::duration>(times * step, limits::upload_rest);
    boost::asio::steady_timer timer(executor, pause);
    const auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
    co_await timer.async_wait(token);
}

}  // namespace

boost::asio::awaitable<Result<rules::Facts>> Embedded::answer(rules::Need need) {
    Worker::Read<rules::Facts> work = [need = std::move(need)](Database& database) {
        return embedded::answer(database, need);
    };
    co_return co_await worker_.read(std::move(work));
}

boost::asio::awaitable<Result<Known>> Embedded::known(std::set<std::string> keys) {
    Worker::Read<Known> work = [keys = std::move(keys)](Database& database) {
        return embedded::known(database, keys);
    };
    co_return co_await worker_.read(std::move(work));
}

boost::asio::awaitable<Result<Stored>> Embedded::create(NewRecord record) {
    Worker::Write<Stored> work = [record = std::move(record)](Database& database) {
        return create_record(database, record, now());
    };
    co_return co_await worker_.write(std::move(work));
}

boost::asio::awaitable<Result<Stored>> Embedded::store(NewMail mail) {
    const auto kept = std::make_shared<const NewMail>(std::move(mail));
    const auto uploads = std::make_shared<Uploads>(*kept);
    const auto brought = co_await bring_up(kept, uploads);
    if (!brought) co_return brought.error();
    Worker::Write<Stored> work = [kept, uploads](Database& database) {
        return store_mail(database, *kept, {}, *uploads, now());
    };
    auto stored = co_await worker_.write(std::move(work));
    if (!stored) co_await give_up(kept, uploads);
    co_return stored;
}

boost::asio::awaitable<Result<StoredBundle>> Embedded::store_bundle(Bundle bundle) {
    const auto kept = std::make_shared<const Bundle>(std::move(bundle));
    const std::shared_ptr<const NewMail> mail(kept, &kept->mail);
    const auto uploads = std::make_shared<Uploads>(*mail);
    const auto brought = co_await bring_up(mail, uploads);
    if (!brought) co_return brought.error();
    Worker::Write<StoredBundle> work = [kept, uploads](Database& database) {
        return embedded::store_bundle(database, *kept, *uploads, now());
    };
    auto stored = co_await worker_.write(std::move(work));
    if (!stored) co_await give_up(mail, uploads);
    co_return stored;
}

/// Between two steps comes whoever else waits. Of a mail that is there already nothing is brought
/// up.
boost::asio::awaitable<Result<void>> Embedded::bring_up(
    std::shared_ptr<const NewMail> mail, std::shared_ptr<Uploads> uploads
) {
    if (uploads->empty()) co_return Result<void>{};
    if (auto error = excess(*mail)) co_return *error;
    std::set<std::string> keys;
    keys.insert(mail->key);
    const auto there = co_await known(std::move(keys));
    if (!there) co_return there.error();
    if (!there->empty()) uploads->clear();
    while (Upload* upload = uploads->next()) {
        Worker::Write<bool> work = [mail, uploads, upload](Database& database) -> Result<bool> {
            upload->step(database);
            return true;
        };
        const auto begun = Steady::now();
        const auto done = co_await worker_.write(std::move(work));
        if (!done) {
            co_await give_up(mail, uploads);
            co_return done.error();
        }
        upload->taken();
        const auto step = Steady::now() - begun;
        co_await rest_after(step);
    }
    co_return Result<void>{};
}

/// As well as it goes: the next start does it too.
boost::asio::awaitable<void> Embedded::give_up(
    std::shared_ptr<const NewMail> mail, std::shared_ptr<Uploads> uploads
) {
    if (uploads->empty()) co_return;
    Worker::Write<bool> work = [mail, uploads](Database& database) -> Result<bool> {
        uploads->discard(database);
        return true;
    };
    const auto discarded = co_await worker_.write(std::move(work));
    if (discarded) uploads->clear();
}

boost::asio::awaitable<Result<Undone>> Embedded::undo(std::string key) {
    Worker::Write<Undone> work = [key = std::move(key)](Database& database) {
        return undo_creation(database, key);
    };
    co_return co_await worker_.write(std::move(work));
}

Result<std::string> database_path(std::string_view url) {
    constexpr std::string_view scheme = "sqlite:";
    if (!url.starts_with(scheme) || url.size() == scheme.size()) {
        return Error{
            errc::misconfigured,
            fmt::format(
                "\"{:.200}\" is no CRM that Mailferry knows; write sqlite:PATH or sqlite::memory:",
                url
            ),
            std::nullopt};
    }
    return std::string(url.substr(scheme.size()));
}

Result<std::unique_ptr<Embedded>> open_embedded(std::string_view url, Opening opening) {
    const auto path = database_path(url);
    if (!path) return path.error();
    // Nothing can be found in memory: it always begins with empty tables.
    const bool memory = *path == ":memory:";
    auto database = open_database(*path, memory ? Opening::create : opening);
    if (!database) return database.error();
    if (opening != Opening::read) {
        const auto tidied = writing(*database, [](Database& open) -> Result<void> {
            forget_uploads(open);
            return {};
        });
        if (!tidied) return tidied.error();
    }
    return std::make_unique<Embedded>(std::move(*database));
}

}  // namespace crm::embedded
