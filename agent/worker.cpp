// The whole life of a job, state by state, is read in one place; so this file is longer than others.
#include "agent/worker.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "agent/decide.hpp"
#include "agent/decision_json.hpp"
#include "agent/limits.hpp"
#include "agent/log.hpp"
#include "agent/log_decision.hpp"
#include "agent/outcome_json.hpp"
#include "agent/setback.hpp"
#include "rules/disposition.hpp"

namespace agent {

namespace {

constexpr std::string_view not_there = "announced, but not there (yet)";

/// What the journal tells of a mail that has come through, whatever was noted on the way.
std::string note_of_success(const rules::Decision& decision, const Job& job) {
    if (decision.known || !mail_existed(job.outcome)) return decision.reason;
    return decision.reason + "; it came into the CRM meanwhile, so nothing was doubled";
}

}  // namespace

Worker::Worker(Surroundings surroundings, const rules::Policy& policy, rules::Owner owner)
    : in_(surroundings), policy_(policy), owner_(std::move(owner)) {}

boost::asio::awaitable<Result<void>> Worker::save(Job& job) {
    const Time as_read = job.changed;
    job.changed = std::max(in_.clock.now(), as_read + std::chrono::milliseconds(1));
    auto work = [job, as_read](Journal& journal) { return journal.save(job, as_read); };
    Result<bool> saved = co_await in_.journal.run(work);
    if (!saved) co_return saved.error();
    if (!*saved) co_return Error{errc::overtaken, "changed by an admin meanwhile", {}};
    co_return Result<void>{};
}

boost::asio::awaitable<Result<bool>> Worker::step() {
    auto work = [mailbox = name(), now = in_.clock.now()](Journal& journal) {
        return journal.next(mailbox, now);
    };
    Result<std::optional<Job>> next = co_await in_.journal.run(work);
    if (!next) co_return next.error();
    if (!*next) co_return false;
    Job job = std::move(**next);
    mail_.reset();
    decision_.reset();
    Result<void> result;
    while (result && is_open(job)) result = co_await attempt(job);
    mail_.reset();
    if (result || result.error().code == errc::overtaken) co_return true;
    const Error error = result.error();
    if (error.code == errc::journal || error.code == errc::cancelled) co_return error;
    Result<void> noted = co_await put_off(job, error);
    if (!noted && noted.error().code != errc::overtaken) co_return noted.error();
    if (concerns_all(error.code)) co_return error;
    co_return true;
}

/// A bug that shows with one mail sets that mail aside; the others go on.
boost::asio::awaitable<Result<void>> Worker::attempt(Job& job) {
    std::string bug;
    try {
        Result<void> result = co_await advance(job);
        co_return result;
    } catch (const std::exception& broken) {
        bug = broken.what();
    }
    co_return Error{errc::permanent, "a bug, please report it: " + bug, {}};
}

boost::asio::awaitable<Result<void>> Worker::advance(Job& job) {
    Result<void> result;
    switch (job.state) {
        case State::queued: result = co_await plan(job); break;
        case State::planned: result = co_await archive(job); break;
        case State::archived: result = co_await dispose(job); break;
        case State::done:
        case State::failed:
        case State::given_up: break;
    }
    co_return result;
}

/// The mail itself, once per run. A mail that has gone is no error: its user took it back.
boost::asio::awaitable<Result<void>> Worker::read(Job& job) {
    if (mail_) co_return Result<void>{};
    Result<MailItem> item = co_await in_.mailbox.fetch(job.item);
    if (!item) co_return item.error();
    if (item->mime.size() > limits::mail_bytes) {
        co_return Error{
            errc::permanent,
            fmt::format("the mail is larger than {} MiB", limits::mail_bytes >> 20),
            {}
        };
    }
    rules::ItemProperties properties{owner_, job.role, std::move(item->categories)};
    mail_ = read_mail(std::move(item->mime), properties);
    job.subject = mail_->mail.subject;
    job.message_id = mail_->mail.message_id;
    co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> Worker::plan(Job& job) {
    Result<void> fetched = co_await read(job);
    const bool gone = !fetched && fetched.error().code == errc::gone;
    const bool looked_before = job.note == not_there;  // outages count as attempts, but not as looks
    if (gone && (!looked_before || job.attempts + 1 < limits::looks_for_item)) {
        co_return Error{errc::transient, std::string(not_there), {}};
    }
    if (gone) {
        job.state = State::done;
        job.note = "taken out of the folder before it was read; nothing was done";
        log::info("gone", {{"mailbox", job.mailbox}, {"role", to_text(job.role)}, {"why", job.note}});
        fetched = co_await save(job);
        co_return fetched;
    }
    if (!fetched) co_return fetched.error();
    if (!is_automatic(job.role)) {
        Result<std::optional<std::string>> original = co_await original_of(job);
        if (!original) co_return original.error();
        mail_->mail.is_copy = original->has_value();
    }
    Result<rules::Decision> decision = co_await decide(policy_, *mail_, in_.directory);
    if (!decision) co_return decision.error();
    if (decision->verdict == rules::Verdict::fail) {
        co_return Error{errc::permanent, decision->reason, {}};
    }
    if (decision->verdict == rules::Verdict::hold) {
        Result<void> held = co_await hold(job, *decision);
        co_return held;
    }
    job.decision = boost::json::serialize(to_json(*decision));
    job.note = "decided, not carried out yet: " + decision->reason;
    job.state = decision->verdict == rules::Verdict::archive ? State::planned : State::archived;
    decision_ = std::move(*decision);
    Result<void> saved = co_await save(job);
    co_return saved;
}

/// It stays where it is, until another policy wants it or, by option, until somebody matches.
boost::asio::awaitable<Result<void>> Worker::hold(const Job& job, const rules::Decision& decision) {
    if (!decision.again) co_return Error{errc::parked, decision.reason, {}};
    const rules::Disposition& disposition = decision.disposition;
    Marking marking{disposition.categories_add, disposition.categories_remove, ""};
    if (merge(mail_->mail.categories, marking) != mail_->mail.categories) {
        Result<void> marked = co_await in_.mailbox.mark(job.item, std::move(marking));
        if (!marked) co_return marked.error();
    }
    co_return Error{errc::unmatched, decision.reason, {}};
}

/// What was decided. What another version of mailferry has written may be unreadable: then nothing, and the job is
/// decided anew; the keys stay the same.
const rules::Decision* Worker::decision_of(Job& job) {
    if (!decision_) decision_ = decision_from_json(job.decision);
    if (decision_) return &*decision_;
    job.state = State::queued;
    return nullptr;
}

boost::asio::awaitable<Result<void>> Worker::archive(Job& job) {
    const rules::Decision* decision = decision_of(job);
    if (decision == nullptr) co_return Result<void>{};
    Result<void> fetched = co_await read(job);
    if (!fetched && fetched.error().code == errc::gone) {
        co_return Error{
            errc::permanent,
            !is_automatic(job.role)
                ? "taken out of the folder while it was being archived; drop it again to complete it"
                : "moved by its user while it was being archived; drop it into '- Create New Email' to complete it",
            {}
        };
    }
    if (!fetched) co_return fetched.error();
    Result<Archived> archived = co_await archive_mail(*decision, *mail_, in_.archive);
    if (!archived && archived.error().code == errc::outdated) job.state = State::queued;
    if (!archived) co_return archived.error();
    job.record = archived->record;
    job.outcome = boost::json::serialize(to_json(*archived));
    job.state = State::archived;
    Result<void> saved = co_await save(job);
    co_return saved;
}

boost::asio::awaitable<Result<void>> Worker::dispose(Job& job) {
    const rules::Decision* decision = decision_of(job);
    if (decision == nullptr) co_return Result<void>{};
    job.note = note_of_success(*decision, job);
    rules::Disposition carried_out = decision->disposition;
    Result<void> given = co_await give_back(job, carried_out);
    if (!given) co_return given.error();
    job.state = State::done;
    job.attempts = 0;
    in_.arrivals.forget(job.item);
    if (in_.observing) job.decision.clear();  // it holds the text of the mail, and the journal lies in memory
    Result<void> saved = co_await save(job);
    if (!saved) co_return saved.error();
    log_decision(job, *decision, carried_out, in_.observing);
    co_return Result<void>{};
}

/// Marks before it moves, so that a move whose answer is lost can be found again. What is purged needs no mark: gone is
/// gone, and the CRM has confirmed it. Afterwards `disposition` says what was really done.
boost::asio::awaitable<Result<void>> Worker::give_back(Job& job, rules::Disposition& disposition) {
    using Move = rules::Disposition::Move;
    if (disposition.copy) {
        Result<bool> removed = co_await remove_copy(job, disposition);
        if (!removed) co_return removed.error();
        if (*removed) co_return Result<void>{};
        disposition.copy = false;
    }
    if (disposition.purge && !job.record.empty()) {
        Result<void> purged = co_await in_.mailbox.purge(job.item);
        if (!purged && purged.error().code == errc::gone) co_return Result<void>{};
        co_return purged;
    }
    const bool moves = disposition.move == Move::inbox || disposition.move == Move::sent_items;
    Marking marking{disposition.categories_add, disposition.categories_remove, mark_of(job)};
    const bool marks = !marking.categories_add.empty() || !marking.categories_remove.empty();
    if (!moves && !marks && job.attempts == 0) co_return Result<void>{};
    if (!moves && !marks) marking.mark.clear();  // nobody asked for it: at most our error is taken back
    marking.categories_remove.push_back(policy_.categories.error);  // from an attempt that failed
    Result<void> marked = co_await in_.mailbox.mark(job.item, std::move(marking));
    if (marked && moves) {
        marked = co_await in_.mailbox.move(job.item, disposition.move);
    }
    const bool gone = !marked && marked.error().code == errc::gone;
    if (gone && moves) {
        marked = co_await trace_move(job, disposition.move);
    } else if (gone) {
        job.note += "; its user has moved the mail meanwhile";
        co_return Result<void>{};
    }
    co_return marked;
}

/// The original gets the categories, then the copy goes. False where the original has gone meanwhile: what was a copy is
/// the mail itself now.
boost::asio::awaitable<Result<bool>> Worker::remove_copy(
    Job& job, const rules::Disposition& disposition
) {
    Result<std::optional<std::string>> original = co_await original_of(job);
    if (!original && original.error().code == errc::gone) co_return true;  // removed, and the answer was lost
    if (!original) co_return original.error();
    if (!*original) co_return false;
    Marking marking{disposition.categories_add, disposition.categories_remove, mark_of(job)};
    Result<void> marked = co_await in_.mailbox.mark(**original, std::move(marking));
    const bool out_of_reach =
        !marked && (marked.error().code == errc::gone || marked.error().code == errc::denied);
    if (out_of_reach) co_return false;
    if (!marked) co_return marked.error();
    Result<void> removed;
    if (disposition.purge && !job.record.empty()) {
        removed = co_await in_.mailbox.purge(job.item);
    } else {
        removed = co_await in_.mailbox.discard(job.item);
    }
    if (!removed && removed.error().code != errc::gone) co_return removed.error();
    job.note += "; it was a copy and is removed, the original stays";
    co_return true;
}

/// Of a mail in a drop folder: the item that it is a copy of. By the event that told, else by looking where the original
/// of a copy would lie.
boost::asio::awaitable<Result<std::optional<std::string>>> Worker::original_of(Job& job) {
    std::optional<std::string> original = in_.arrivals.original_of(job.item);
    if (original) {
        if (original->empty()) original.reset();  // it was moved
        co_return original;
    }
    Result<void> fetched = co_await read(job);
    if (!fetched) co_return fetched.error();
    const auto place = rules::place_of_original(mail_->mail);
    if (!place) co_return original;
    Result<std::optional<std::string>> found = co_await in_.mailbox.original_of(job.item, *place);
    co_return found;
}

/// The mail is not where it was: either our own move happened and its answer was lost, or its user was quicker.
boost::asio::awaitable<Result<void>> Worker::trace_move(Job& job, Mailbox::Place place) {
    Result<bool> there = co_await in_.mailbox.is_there(place, mark_of(job));
    if (!there) co_return there.error();
    if (!*there) job.note += "; its user moved the mail on before it was returned";
    co_return Result<void>{};
}

/// Notes why it has to wait, or gives it up.
boost::asio::awaitable<Result<void>> Worker::put_off(Job& job, Error error) {
    job.attempts = attempts_after(job.attempts, error.code);
    const bool known = job.note == error.text;
    job.note = error.text;
    const bool final = gives_up(job.attempts, error);
    if (final) job.state = State::failed;
    job.due = in_.clock.now() + wait_after(job.attempts, error);
    Result<void> saved = co_await save(job);
    if (!saved) co_return saved;
    if (!known || final) {
        log::warning(
            final ? "failed" : "waits",
            {{"mailbox", job.mailbox},
             {"role", to_text(job.role)},
             {"job", std::to_string(job.id)},
             {"subject", job.subject},
             {"message-id", job.message_id},
             {"attempts", std::to_string(job.attempts)},
             {"why", error.text}}
        );
    }
    const bool visible = final || job.attempts >= limits::visible_attempts;
    if (visible && !is_waiting(error.code) && !concerns_all(error.code)) co_await show_failure(job);
    co_return Result<void>{};
}

boost::asio::awaitable<void> Worker::show_failure(const Job& job) {
    Marking marking{{policy_.categories.error}, {}, ""};
    Result<void> shown = co_await in_.mailbox.mark(job.item, std::move(marking));
    if (shown) co_return;
    log::warning(
        "unmarked",
        {{"mailbox", job.mailbox}, {"job", std::to_string(job.id)}, {"why", shown.error().text}}
    );
}

}  // namespace agent
