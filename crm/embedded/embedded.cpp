#include "crm/embedded/embedded.hpp"

#include <fmt/format.h>

#include "crm/embedded/create_record.hpp"
#include "crm/embedded/mails.hpp"
#include "crm/embedded/people.hpp"
#include "crm/embedded/schema.hpp"
#include "crm/embedded/undo.hpp"

namespace crm::embedded {
namespace {

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
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
    Worker::Write<Stored> work = [mail = std::move(mail)](Database& database) {
        return store_mail(database, mail, now());
    };
    co_return co_await worker_.write(std::move(work));
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
    return std::make_unique<Embedded>(std::move(*database));
}

}  // namespace crm::embedded
