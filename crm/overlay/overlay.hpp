// A CRM for dry runs: what is created and stored stays in memory above a real CRM, which is only
// asked. So the second mail of a replay meets the contact that the first one would have created,
// and a mail that the real CRM has already is found there.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "crm/archive.hpp"
#include "crm/directory.hpp"
#include "crm/overlay/layer.hpp"

namespace crm::overlay {

/// May be called from several threads. `base` must outlive it. A record of the base that a call
/// refers to is taken to exist; one of the overlay is looked up.
class Overlay final : public Directory, public Archive {
public:
    using Now = std::function<std::chrono::sys_seconds()>;

    Overlay(Directory& base, Now now) : base_(base), now_(std::move(now)) {}

    boost::asio::awaitable<Result<rules::Facts>> answer(rules::Need need) override;
    boost::asio::awaitable<Result<Known>> known(std::set<std::string> keys) override;
    boost::asio::awaitable<Result<Stored>> create(NewRecord record) override;
    boost::asio::awaitable<Result<Stored>> store(NewMail mail) override;
    /// What the base holds is kept: it cannot be asked what hangs on that.
    boost::asio::awaitable<Result<Undone>> undo(std::string key) override;

    std::vector<CreatedRecord> created() const;  ///< in order of creation
    std::vector<StoredMail> stored() const;      ///< in the order in which they came first

private:
    std::optional<Stored> same(const NewRecord& record) const;
    Result<Stored> create_now(NewRecord record, std::string owner_id);

    Directory& base_;
    Now now_;
    mutable std::mutex mutex_;  ///< guards layer_; never held across a suspension
    Layer layer_;
};

}  // namespace crm::overlay
