#include "agent/returning.hpp"

#include <optional>
#include <utility>

namespace agent {

namespace {

using ReturningMails = std::vector<Returning*>;
using ReturnTo = rules::Disposition::Move;

ReturningMails still_open(std::vector<Returning>& mails) {
    ReturningMails some;
    for (Returning& mail : mails) {
        if (mail.outcome == Returning::Outcome::open) some.push_back(&mail);
    }
    return some;
}

/// All in one transaction.
boost::asio::awaitable<Result<void>> write_returning(
    JournalThread& journal, const Clock& clock, ReturningMails some
) {
    std::vector<Job> jobs;
    for (const Returning* mail : some) jobs.push_back(mail->job);
    using Written = std::vector<std::optional<Time>>;
    auto write = [jobs = std::move(jobs), now = clock.now()](Journal& open) -> Result<Written> {
        Written written;
        for (Job job : jobs) {
            const Time as_read = std::exchange(job.changed, next_change(job.changed, now));
            const Result<bool> saved = open.save(job, as_read);
            if (!saved) return saved.error();
            written.push_back(*saved ? std::optional<Time>(job.changed) : std::nullopt);
        }
        return written;
    };
    Result<Written> written = co_await journal.run(write);
    if (!written) co_return written.error();
    for (std::size_t i = 0; i < some.size(); ++i) {
        const std::optional<Time>& changed = (*written)[i];
        if (changed) some[i]->job.changed = *changed;
        if (!changed) some[i]->outcome = Returning::Outcome::overtaken;
    }
    co_return Result<void>{};
}

/// Those of which the mailbox says that it was done.
boost::asio::awaitable<Result<ReturningMails>> mark_some(Mailbox& mailbox, ReturningMails some) {
    std::vector<MarkedItem> items;
    for (const Returning* mail : some) items.push_back({mail->job.item, mail->marking});
    auto results = co_await mailbox.mark_each(std::move(items));
    if (!results) co_return results.error();
    ReturningMails marked;
    for (std::size_t i = 0; i < some.size(); ++i) {
        if ((*results)[i]) marked.push_back(some[i]);
    }
    co_return marked;
}

/// Of those that go there the ones that have arrived, behind the others.
boost::asio::awaitable<Result<ReturningMails>> move_some(
    Mailbox& mailbox, ReturningMails some, ReturnTo place
) {
    ReturningMails arrived, moving;
    std::vector<std::string> items;
    for (Returning* mail : some) {
        const bool goes = mail->decision.disposition.move == place;
        (goes ? moving : arrived).push_back(mail);
        if (goes) items.push_back(mail->job.item);
    }
    if (items.empty()) co_return arrived;
    auto results = co_await mailbox.move_each(std::move(items), place);
    if (!results) co_return results.error();
    for (std::size_t i = 0; i < moving.size(); ++i) {
        if ((*results)[i]) arrived.push_back(moving[i]);
    }
    co_return arrived;
}

}  // namespace

bool moves(const rules::Disposition& disposition) {
    return disposition.move == ReturnTo::inbox || disposition.move == ReturnTo::sent_items;
}

bool is_plain(const Job& job, const rules::Disposition& disposition) {
    const bool marks =
        !disposition.categories_add.empty() || !disposition.categories_remove.empty();
    const bool purges = disposition.purge && !job.record.empty();
    return !disposition.copy && !purges && (moves(disposition) || marks);
}

Marking marking_of(
    const Job& job,
    const rules::Disposition& disposition,
    const rules::ProcessingCategories& categories
) {
    Marking marking{disposition.categories_add, disposition.categories_remove, mark_of(job)};
    const bool marks = !marking.categories_add.empty() || !marking.categories_remove.empty();
    // Nobody has asked for it: at most what we have shown is taken back.
    if (!moves(disposition) && !marks) marking.mark.clear();
    for (const std::string& one : {categories.error, categories.pending})
        marking.categories_remove.push_back(one);
    return marking;
}

boost::asio::awaitable<Result<void>> note_archived(
    JournalThread& journal, const Clock& clock, std::vector<Returning>& mails
) {
    ReturningMails some = still_open(mails);
    Result<void> written = co_await write_returning(journal, clock, std::move(some));
    co_return written;
}

boost::asio::awaitable<Result<void>> give_back_together(
    Mailbox& mailbox, JournalThread& journal, const Clock& clock, std::vector<Returning>& mails
) {
    Result<void> written = co_await note_archived(journal, clock, mails);
    if (!written) co_return written;
    ReturningMails some = still_open(mails);
    if (some.empty()) co_return Result<void>{};
    Result<ReturningMails> back = co_await mark_some(mailbox, std::move(some));
    for (const ReturnTo place : {ReturnTo::inbox, ReturnTo::sent_items}) {
        if (!back) co_return back.error();
        some = std::move(*back);
        back = co_await move_some(mailbox, std::move(some), place);
    }
    if (!back) co_return back.error();
    for (Returning* mail : *back) {
        mail->job.state = State::done;
        mail->job.attempts = 0;
        mail->job.shown = Shown::nothing;
        mail->job.note = std::move(mail->note);
    }
    some = *back;
    if (!some.empty()) written = co_await write_returning(journal, clock, std::move(some));
    if (!written) co_return written;
    for (Returning* mail : *back) {
        if (mail->outcome == Returning::Outcome::open) mail->outcome = Returning::Outcome::done;
    }
    co_return Result<void>{};
}

}  // namespace agent
