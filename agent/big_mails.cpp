#include "agent/big_mails.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <mutex>

#include "agent/mail_spool.hpp"

namespace agent {

namespace asio = boost::asio;

/// Who waits. A turn may end on a thread of the CRM, hence the lock; whoever waits is woken where
/// it waits.
struct BigMails::Line {
    struct Waiting {
        explicit Waiting(const asio::any_io_executor& executor)
            : timer(executor, asio::steady_timer::time_point::max()) {}
        asio::steady_timer timer;
        bool has_turn = false;  ///< guarded by the mutex
    };

    std::mutex mutex;
    bool taken = false;
    bool stopped = false;
    std::list<std::shared_ptr<Waiting>> waiting;

    /// Has its turn already where it was free.
    std::shared_ptr<Waiting> queue_up(const asio::any_io_executor& executor) {
        auto who = std::make_shared<Waiting>(executor);
        const std::lock_guard lock(mutex);
        if (stopped) return who;
        who->has_turn = !taken;
        if (taken) waiting.push_back(who);
        taken = true;
        return who;
    }

    void stop() {
        const std::lock_guard lock(mutex);
        stopped = true;
        for (const auto& who : waiting) wake(who);
        waiting.clear();
    }

    static void wake(const std::shared_ptr<Waiting>& who) {
        asio::post(who->timer.get_executor(), [who] { who->timer.cancel(); });
    }

    void pass_on() {
        const std::lock_guard lock(mutex);
        taken = !waiting.empty();
        if (!taken) return;
        const auto next = std::move(waiting.front());
        waiting.pop_front();
        next->has_turn = true;
        wake(next);
    }

    /// Who waited has gone away, with the coroutine. Its turn, if it had just got one, goes on to
    /// the next.
    void leave(const std::shared_ptr<Waiting>& who) {
        {
            const std::lock_guard lock(mutex);
            if (!who->has_turn) {
                waiting.remove(who);
                return;
            }
        }
        pass_on();
    }
};

namespace {

/// Does something at the end of a scope, unless it was called off.
template <class Leave>
class Otherwise {
public:
    explicit Otherwise(Leave leave) : leave_(std::move(leave)) {}
    Otherwise(const Otherwise&) = delete;
    Otherwise& operator=(const Otherwise&) = delete;
    ~Otherwise() {
        if (armed_) leave_();
    }
    void call_off() { armed_ = false; }

private:
    Leave leave_;
    bool armed_ = true;
};

}  // namespace

BigMails::BigMails(std::filesystem::path folder)
    : folder_(folder.empty() ? temporary_folder() : std::move(folder)),
      line_(std::make_shared<Line>()) {
    // Where processors are short, small mails go first.
    constexpr int nice = 10;
    asio::post(thread_, [] { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice); });
}

BigMails::~BigMails() {
    thread_.join();
}

asio::awaitable<BigMails::Turn> BigMails::turn() {
    const auto line = line_;
    const auto executor = co_await asio::this_coro::executor;
    const auto waiting = line->queue_up(executor);
    Otherwise guard([line, waiting] { line->leave(waiting); });
    for (;;) {
        {
            const std::lock_guard lock(line->mutex);
            if (waiting->has_turn) break;
            if (line->stopped) co_return Turn();
        }
        const auto token = asio::as_tuple(asio::use_awaitable);
        co_await waiting->timer.async_wait(token);
    }
    guard.call_off();
    co_return Turn(line.get(), [line](const void*) { line->pass_on(); });
}

void BigMails::stop() {
    line_->stop();
}

}  // namespace agent
