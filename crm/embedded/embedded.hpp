// The embedded CRM: Directory and Archive on one SQLite database, a file or memory. The default
// CRM, and what tests and dry runs use.
#pragma once

#include <memory>
#include <string_view>

#include "crm/archive.hpp"
#include "crm/directory.hpp"
#include "crm/embedded/worker.hpp"

namespace crm::embedded {

class Uploads;

/// Runs SQLite on a thread of its own; callers resume on their executors, which must outlive this
/// object.
class Embedded final : public Directory, public Archive {
public:
    explicit Embedded(Database database) : worker_(std::move(database)) {}

    boost::asio::awaitable<Result<rules::Facts>> answer(rules::Need need) override;
    boost::asio::awaitable<Result<Known>> known(std::set<std::string> keys) override;
    boost::asio::awaitable<Result<Stored>> create(NewRecord record) override;
    boost::asio::awaitable<Result<Stored>> store(NewMail mail) override;
    boost::asio::awaitable<Result<Undone>> undo(std::string key) override;
    bool has_bundles() const override { return true; }
    boost::asio::awaitable<Result<StoredBundle>> store_bundle(Bundle bundle) override;

private:
    boost::asio::awaitable<Result<void>> bring_up(
        std::shared_ptr<const NewMail> mail, std::shared_ptr<Uploads> uploads
    );
    boost::asio::awaitable<void> give_up(
        std::shared_ptr<const NewMail> mail, std::shared_ptr<Uploads> uploads
    );

    Worker worker_;
};

/// "sqlite:PATH" or "sqlite::memory:" -> PATH, ":memory:".
Result<std::string> database_path(std::string_view url);

Result<std::unique_ptr<Embedded>> open_embedded(std::string_view url, Opening opening);

}  // namespace crm::embedded
