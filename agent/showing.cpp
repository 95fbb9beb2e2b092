#include "agent/showing.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "agent/limits.hpp"
#include "agent/log.hpp"

namespace agent {

boost::asio::awaitable<Result<void>> save(JournalThread& journal, const Clock& clock, Job& job) {
    Job written = job;
    written.changed = next_change(job.changed, clock.now());
    auto work = [written, as_read = job.changed](Journal& open) { return open.save(written, as_read); };
    Result<bool> saved = co_await journal.run(work);
    if (!saved) co_return saved.error();
    if (!*saved) co_return Error{errc::overtaken, "changed by an admin meanwhile", {}};
    job.changed = written.changed;
    co_return Result<void>{};
}

boost::asio::awaitable<void> Showing::show(Job& job, Shown what) {
    if (job.shown != what) {
        const Shown before = std::exchange(job.shown, what);
        Result<void> saved = co_await save(journal_, clock_, job);
        if (!saved) {  // whoever goes on with the job meets it again
            job.shown = before;
            co_return;
        }
    }
    Marking marking{{categories_.pending}, {categories_.error}, mark_of(job)};
    if (what == Shown::error) std::swap(marking.categories_add, marking.categories_remove);
    Result<void> shown = co_await mailbox_.mark(job.item, std::move(marking));
    if (shown) co_return;
    log::warning(
        "unmarked",
        {{"mailbox", job.mailbox}, {"job", std::to_string(job.id)}, {"why", shown.error().text}}
    );
    if (shown.error().code == errc::gone) co_await follow(job);
}

boost::asio::awaitable<void> Showing::during(Job& job, bool may, boost::asio::awaitable<void> work) {
    using boost::asio::experimental::awaitable_operators::operator&&;
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor, limits::pending_after);
    bool is_done = false;  // maybe before anybody waits for the timer
    std::exception_ptr broken;
    auto working = [&]() -> boost::asio::awaitable<void> {
        try {
            co_await std::move(work);
        } catch (...) {
            broken = std::current_exception();
        }
        is_done = true;
        timer.cancel();
    };
    auto showing = [&]() -> boost::asio::awaitable<void> {
        const auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
        if (!is_done) co_await timer.async_wait(token);
        if (!is_done && may) co_await show(job, Shown::pending);
    };
    auto first = working();
    auto second = showing();
    co_await (std::move(first) && std::move(second));
    if (broken) std::rethrow_exception(broken);
}

boost::asio::awaitable<Result<void>> Showing::show_pending(std::vector<Job> jobs) {
    if (jobs.empty()) co_return Result<void>{};
    auto write = [jobs = std::move(jobs), now = clock_.now()](Journal& journal) -> Result<std::vector<Job>> {
        std::vector<Job> written;
        for (Job job : jobs) {
            const Time as_read = std::exchange(job.changed, next_change(job.changed, now));
            job.shown = Shown::pending;
            const Result<bool> saved = journal.save(job, as_read);
            if (!saved) return saved.error();
            if (*saved) written.push_back(std::move(job));
        }
        return written;
    };
    Result<std::vector<Job>> written = co_await journal_.run(write);
    if (!written) co_return written.error();
    std::vector<MarkedItem> items;
    for (const Job& job : *written) {
        items.push_back({job.item, {{categories_.pending}, {categories_.error}, mark_of(job)}});
    }
    Result<Mailbox::Results> marked = co_await mailbox_.mark_each(std::move(items));
    if (!marked && marked.error().code == errc::cancelled) co_return marked.error();
    co_return Result<void>{};  // a mailbox that is in trouble is told of elsewhere
}

boost::asio::awaitable<Result<void>> Showing::take_away(std::string item) {
    Marking marking{{}, {categories_.pending, categories_.error}, ""};
    Result<void> taken = co_await mailbox_.mark(std::move(item), std::move(marking));
    co_return taken;
}

boost::asio::awaitable<Result<void>> Showing::clear(Job& job) {
    if (job.shown == Shown::nothing) co_return Result<void>{};
    Result<void> taken = co_await take_away(job.item);
    if (!taken && taken.error().code != errc::gone) co_return taken.error();
    if (!taken) {
        taken = co_await follow(job);
        co_return taken;
    }
    job.shown = Shown::nothing;
    taken = co_await save(journal_, clock_, job);
    co_return taken;
}

boost::asio::awaitable<Result<void>> Showing::follow(Job& job) {
    if (job.shown == Shown::nothing) co_return Result<void>{};
    Result<std::optional<std::string>> found = co_await mailbox_.find_marked(std::nullopt, mark_of(job));
    if (!found) co_return found.error();  // it stays in the journal that something is shown
    if (*found) {
        std::string item = std::move(**found);
        Result<void> taken = co_await take_away(std::move(item));
        if (!taken && taken.error().code != errc::gone) co_return taken;
    }
    job.shown = Shown::nothing;
    Result<void> saved = co_await save(journal_, clock_, job);
    co_return saved;
}

}  // namespace agent
