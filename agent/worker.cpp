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
#include "agent/mail_spool.hpp"
#include "agent/outcome_json.hpp"
#include "agent/setback.hpp"
#include "rules/disposition.hpp"

namespace agent {

namespace {

constexpr std::string_view not_there = "announced, but not there (yet)";

/// What the journal tells of a mail that has come through, whatever was noted on the way.
std::string note_of_success(const rules::Decision& decision, const Job& job) {
    std::string note = decision.reason;
    if (!decision.known && mail_existed(job.outcome)) {
        note += "; it came into the CRM meanwhile, so nothing was doubled";
    }
    for (const LeftOut& one : left_out_of(job.outcome)) {
        note += fmt::format("; without {}: {}", one.key, one.why);
    }
    for (const rules::TraceStep& step : decision.trace) {
        if (step.stage == "reading" && step.subject == server_said) note += "; " + step.seen;
    }
    return note;
}

/// What an admin shall hear that the mail itself does not say.
std::vector<std::string> words_of_server(const ReadMail& mail) {
    std::vector<std::string> words;
    for (const mime::Problem& problem : mail.message.problems) {
        if (problem.where == server_said) words.push_back(problem.what);
    }
    return words;
}

std::vector<std::string> items_to_read(const std::vector<Job>& jobs) {
    std::vector<std::string> items;
    for (const Job& job : jobs) {
        if (job.state == State::queued || job.state == State::planned) items.push_back(job.item);
    }
    return items;
}

}  // namespace

Worker::Worker(Surroundings surroundings, const rules::Policy& policy, rules::Owner owner)
    : in_(std::move(surroundings)),
      policy_(policy),
      owner_(std::move(owner)),
      showing_(in_.mailbox, in_.journal, in_.clock, policy.categories) {}

boost::asio::awaitable<Result<void>> Worker::save(Job& job) {
    Result<void> saved = co_await agent::save(in_.journal, in_.clock, job);
    co_return saved;
}

boost::asio::awaitable<Result<bool>> Worker::step(Which which, int most_automatic) {
    Result<void> shown = co_await show_waiting();
    if (!shown) co_return shown.error();
    const int limit = in_.observing || alone_ > 0 ? 1 : limits::together;
    if (alone_ > 0) --alone_;
    auto work = [mailbox = name(), now = in_.clock.now(), which, limit](Journal& journal) {
        return journal.next_few(mailbox, now, which, limit);
    };
    Result<std::vector<Job>> next = co_await in_.journal.run(work);
    if (!next) co_return next.error();
    if (next->empty()) co_return false;
    const auto most = static_cast<std::size_t>(std::max(most_automatic, 1));
    if (is_automatic(next->front().role) && next->size() > most) next->resize(most);
    Result<bool> worked = co_await work_on(std::move(*next));
    co_return worked;
}

/// One after the other until the CRM has them: what the first has created, the second shall find.
boost::asio::awaitable<Result<bool>> Worker::work_on(std::vector<Job> jobs) {
    std::optional<Time> begun;  // to wait
    several_ = jobs.size() > 1;
    if (several_) in_.mailbox.expect(items_to_read(jobs));
    returning_.clear();
    Result<bool> result = true;
    for (Job& job : jobs) {
        decision_.reset();
        if (is_automatic(job.role)) ++taken_automatically_;
        Result<void> done = co_await work_on(job);
        const Time now = in_.clock.now();
        if (done && goes_along(job)) {
            if (!begun) begun = now;
            Marking marking = marking_of(job, decision_->disposition, policy_.categories);
            std::string note = note_of_success(*decision_, job);
            returning_.push_back({std::move(job), std::move(*decision_), std::move(marking), std::move(note)});
        } else {
            result = co_await settle(job, done);
            if (!result || !done) break;  // the others must not wait for what follows
        }
        if (begun && (now < *begun || now - *begun > limits::together_for)) break;
    }
    several_ = false;
    if (!result) in_.mailbox.expect({});  // what was read ahead is old when it is wanted
    std::vector<Returning> mails = std::exchange(returning_, {});
    if (mails.empty()) co_return result;
    if (!result && !crm_failed_) {  // no way to give them back now
        co_await note_archived(in_.journal, in_.clock, mails);
        co_return result;
    }
    Result<bool> given = co_await give_back_all(std::move(mails));
    if (result) co_return given;
    crm_failed_ = true;
    co_return result;
}

boost::asio::awaitable<Result<void>> Worker::work_on(Job& job) {
    mail_.reset();
    crm_failed_ = false;
    Result<void> result;
    while (result && is_open(job) && !goes_along(job)) result = co_await attempt(job);
    mail_.reset();  // a large one keeps others from being read
    co_return result;
}

/// Notes what has stopped it; an error where that concerns all.
boost::asio::awaitable<Result<bool>> Worker::settle(Job& job, Result<void> result) {
    if (result || result.error().code == errc::overtaken) co_return true;
    const Error error = judge(job, result.error());
    if (error.code == errc::journal || error.code == errc::cancelled) co_return error;
    Result<void> noted = co_await put_off(job, error);
    if (!noted && noted.error().code != errc::overtaken) co_return noted.error();
    if (concerns_all(error.code)) co_return error;
    co_return true;
}

/// It is archived, and waits until the others are.
bool Worker::goes_along(Job& job) {
    if (!several_ || job.state != State::archived) return false;
    const rules::Decision* decision = decision_of(job);
    return decision != nullptr && is_plain(job, decision->disposition);
}

/// The same mail, or a copy, waits to be given back: whether this is the copy shows when that is where it belongs.
bool Worker::has_twin(const Job& job) const {
    return std::ranges::any_of(returning_, [&job](const Returning& other) {
        return other.job.message_id == job.message_id && other.job.subject == job.subject;
    });
}

/// Those that did not come through with the others go alone, with all that may then be to do.
boost::asio::awaitable<Result<bool>> Worker::give_back_all(std::vector<Returning> mails) {
    crm_failed_ = false;
    Result<void> given;
    try {
        given = co_await give_back_together(in_.mailbox, in_.journal, in_.clock, mails);
    } catch (const std::exception&) {  // a bug: attempt() tells which mail it is
    }
    if (!given) alone_ = limits::together;
    for (Returning& mail : mails) {
        if (mail.outcome == Returning::Outcome::overtaken) continue;
        if (mail.outcome == Returning::Outcome::done) {
            in_.arrivals.forget(mail.job.item);
            log_decision(mail.job, mail.decision, mail.decision.disposition, false);
            continue;
        }
        if (!given && concerns_all(given.error().code)) {
            const Error error = given.error();
            if (error.code == errc::journal || error.code == errc::cancelled) co_return error;
            Result<void> noted = co_await put_off(mail.job, error);
            if (!noted && noted.error().code != errc::overtaken) co_return noted.error();
            co_return error;
        }
        decision_ = std::move(mail.decision);
        Result<void> done = co_await work_on(mail.job);
        Result<bool> settled = co_await settle(mail.job, done);
        if (!settled) co_return settled;
    }
    co_return true;
}

/// Some servers answer "busy" where they cannot read an item: again and again for the same one, it holds the others up no
/// longer, and waits by itself.
Error Worker::judge(const Job& job, Error error) {
    if (!error.answered_busy) {
        if (!concerns_all(error.code)) busy_answers_ = 0;  // else nobody has asked for the mail meanwhile
        return error;
    }
    if (busy_job_ != job.id) busy_answers_ = 0;
    busy_job_ = job.id;
    if (++busy_answers_ < limits::busy_answers) return error;
    error.code = errc::transient;
    error.text += "; so it is for this mail alone, the others go on";
    return error;
}

/// Once in a while: a backlog must not cost more than its mails.
boost::asio::awaitable<Result<void>> Worker::show_waiting() {
    const Time now = in_.clock.now();
    if (in_.observing || (now >= shown_waiting_ && now - shown_waiting_ < limits::pending_after)) {
        co_return Result<void>{};
    }
    shown_waiting_ = now;
    auto work = [mailbox = name(), before = now - limits::pending_after](Journal& journal) {
        return journal.shown_wrongly(mailbox, before, limits::pending_at_once);
    };
    Result<std::vector<Job>> jobs = co_await in_.journal.run(work);
    if (!jobs) co_return jobs.error();
    std::vector<Job> pending;
    for (Job& job : *jobs) {
        if (!is_open(job)) {
            co_await showing_.clear(job);
        } else if (may_show_pending(job)) {
            pending.push_back(std::move(job));
        }
    }
    Result<void> shown = co_await showing_.show_pending(std::move(pending));
    co_return shown;
}

boost::asio::awaitable<void> Worker::withdraw() {
    auto work = [mailbox = name()](Journal& journal) {
        return journal.shown_pending(mailbox, limits::withdrawn);
    };
    Result<std::vector<Job>> jobs = co_await in_.journal.run(work);
    if (!jobs) co_return;
    for (Job& job : *jobs) {
        Result<void> cleared = co_await showing_.clear(job);
        if (!cleared && concerns_all(cleared.error().code)) co_return;  // the others would wait as long
    }
}

/// Where nobody has asked for a mail it is not touched before it is certain that it is archived.
bool Worker::may_show_pending(const Job& job) const {
    if (in_.observing) return false;
    const rules::AutomaticCapture* capture = rules::capture_of(policy_, job.role);
    return capture == nullptr || capture->required_category || job.state != State::queued;
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
    const bool is_of_this_mail = !item && !concerns_all(item.error().code) && item.error().code != errc::gone;
    if (is_of_this_mail) co_await call_by_name(job);
    if (!item) co_return item.error();
    if (item->mime.size() > limits::mail_bytes) {
        co_return too_large_mail();
    }
    rules::ItemProperties properties{owner_, job.role, std::move(item->categories)};
    if (in_.big_mails != nullptr && item->mime.size() > limits::big_mail) {
        auto reading = [mime = std::move(item->mime), properties, words = std::move(item->words)] {
            return read_mail(mime, properties, words);
        };
        ReadMail mail = co_await in_.big_mails->run(std::move(reading));
        mail_ = std::move(mail);
    } else {
        mail_ = read_mail(std::move(item->mime), properties, item->words);
    }
    job.subject = mail_->mail.subject;
    job.message_id = mail_->mail.message_id;
    for (const std::string& words : words_of_server(*mail_)) {
        log::warning(
            "noted",
            {{"mailbox", job.mailbox},
             {"role", to_text(job.role)},
             {"job", std::to_string(job.id)},
             {"subject", job.subject},
             {"message-id", job.message_id},
             {"why", words}}
        );
    }
    co_return Result<void>{};
}

/// Queue and log shall not speak of a mail by its number alone, once it could be asked for its name.
boost::asio::awaitable<void> Worker::call_by_name(Job& job) {
    if (!job.subject.empty() || !job.message_id.empty()) co_return;
    MailName name = co_await in_.mailbox.name_of(job.item);
    job.subject = std::move(name.subject);
    job.message_id = std::move(name.message_id);
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
        log::info(
            "gone",
            {{"mailbox", job.mailbox},
             {"role", to_text(job.role)},
             {"job", std::to_string(job.id)},
             {"why", job.note}}
        );
        co_await showing_.follow(job);  // what cannot be done now, show_waiting does later
        fetched = co_await save(job);
        co_return fetched;
    }
    if (!fetched) co_return fetched.error();
    if (has_twin(job)) co_return Error{errc::overtaken, "the same mail is given back first", {}};
    if (!is_automatic(job.role)) {
        Result<std::optional<std::string>> original = co_await original_of(job);
        if (!original) co_return original.error();
        mail_->mail.is_copy = original->has_value();
        job.original = original->value_or("");
    }
    Result<rules::Decision> decision = co_await ask(job);
    if (!decision) co_return decision.error();
    if (decision->verdict == rules::Verdict::fail || decision->verdict == rules::Verdict::hold) {
        job.decision = boost::json::serialize(to_json(abridged(*decision)));  // for `queue show`: why
    }
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

boost::asio::awaitable<Result<rules::Decision>> Worker::ask(Job& job) {
    rules::Facts facts;
    if (is_automatic(job.role)) {
        facts.recent = brakes_.recent(mail_->mail, policy_.loop_brakes.window, in_.clock.now());
    }
    Result<rules::Decision> decision = Error{};
    auto asking = [&]() -> boost::asio::awaitable<void> {
        decision = co_await decide(policy_, *mail_, in_.directory, facts);
    };
    auto work = asking();
    co_await showing_.during(job, may_show_pending(job), std::move(work));
    crm_failed_ = !decision;
    co_return decision;
}

boost::asio::awaitable<Result<Archived>> Worker::store(Job& job, const rules::Decision& decision) {
    Result<Archived> archived = Error{};
    auto storing = [&]() -> boost::asio::awaitable<void> {
        archived = co_await archive_mail(decision, *mail_, policy_.permission_errors, in_.archive);
    };
    auto work = storing();
    co_await showing_.during(job, may_show_pending(job), std::move(work));
    crm_failed_ = !archived;
    co_return archived;
}

/// It stays where it is: until another policy wants it, until somebody matches, or until a loop brake lets go.
boost::asio::awaitable<Result<void>> Worker::hold(Job& job, const rules::Decision& decision) {
    if (decision.braked) {
        in_.on_brake(brakes_.facts(mail_->mail, policy_.loop_brakes, in_.clock.now()));
        Result<void> cleared = co_await showing_.clear(job);
        if (!cleared) co_return cleared.error();
        co_return Error{errc::braked, decision.reason, policy_.loop_brakes.window};
    }
    if (!decision.again) {
        Result<void> cleared = co_await showing_.clear(job);
        if (!cleared) co_return cleared.error();
        co_return Error{errc::parked, decision.reason, {}};
    }
    const rules::Disposition& disposition = decision.disposition;
    Marking marking{disposition.categories_add, disposition.categories_remove, ""};
    if (job.shown != Shown::nothing) marking.categories_remove.push_back(policy_.categories.pending);
    if (job.shown != Shown::nothing || merge(mail_->mail.categories, marking) != mail_->mail.categories) {
        Result<void> marked = co_await in_.mailbox.mark(job.item, std::move(marking));
        if (!marked) co_return marked.error();
    }
    job.shown = Shown::nothing;
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
    Result<Archived> archived = co_await store(job, *decision);
    if (!archived && archived.error().code == errc::outdated) job.state = State::queued;
    if (!archived) co_return archived.error();
    job.record = archived->record;
    job.outcome = boost::json::serialize(to_json(*archived));
    job.decision = boost::json::serialize(to_json(abridged(*decision)));
    job.state = State::archived;
    Result<void> saved;
    if (!goes_along(job)) saved = co_await save(job);  // else it is written together with the others
    if (saved && is_automatic(job.role)) brakes_.count(mail_->mail, policy_.loop_brakes.window, in_.clock.now());
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
    job.shown = Shown::nothing;
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
    if (disposition.copy) {
        Result<bool> removed = co_await remove_copy(job, disposition);
        if (!removed) co_return removed.error();
        if (*removed) co_return Result<void>{};
        disposition.copy = false;
    }
    if (disposition.purge && !job.record.empty()) {
        Result<void> purged = co_await in_.mailbox.purge(job.item);
        if (!purged && purged.error().code == errc::gone) purged = co_await showing_.follow(job);
        co_return purged;
    }
    const bool is_moved = moves(disposition);
    if (!is_plain(job, disposition) && job.attempts == 0 && job.shown == Shown::nothing) co_return Result<void>{};
    Marking marking = marking_of(job, disposition, policy_.categories);
    Result<void> marked = co_await in_.mailbox.mark(job.item, marking);
    if (marked && is_moved) {
        marked = co_await in_.mailbox.move(job.item, disposition.move);
    }
    const bool gone = !marked && marked.error().code == errc::gone;
    if (gone && is_moved) {
        marked = co_await trace_move(job, disposition.move, std::move(marking));
    } else if (gone) {
        job.note += "; its user has moved the mail meanwhile";
        marked = co_await showing_.follow(job);
    }
    co_return marked;
}

/// The original gets the categories, then the copy goes. False where the original has gone meanwhile: what was a copy is
/// the mail itself now.
boost::asio::awaitable<Result<bool>> Worker::remove_copy(
    Job& job, const rules::Disposition& disposition
) {
    std::string original = job.original;
    if (original.empty()) {  // decided by an older version
        Result<std::optional<std::string>> found = co_await original_of(job);
        if (!found && found.error().code == errc::gone) co_return true;  // removed, and the answer was lost
        if (!found) co_return found.error();
        if (!*found) co_return false;
        original = std::move(**found);
    }
    Result<void> removed = co_await showing_.clear(job);  // before the original bears the same mark
    if (!removed && removed.error().code != errc::gone) co_return removed.error();
    Marking marking{disposition.categories_add, disposition.categories_remove, mark_of(job)};
    Result<void> marked = co_await in_.mailbox.mark(original, std::move(marking));
    const bool out_of_reach =
        !marked && (marked.error().code == errc::gone || marked.error().code == errc::denied);
    if (out_of_reach) co_return false;
    if (!marked) co_return marked.error();
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
boost::asio::awaitable<Result<void>> Worker::trace_move(Job& job, Mailbox::Place place, Marking marking) {
    Result<std::optional<std::string>> there = co_await in_.mailbox.find_marked(place, marking.mark);
    if (!there) co_return there.error();
    if (!*there) {
        job.note += "; its user moved the mail on before it was returned";
        Result<void> followed = co_await showing_.follow(job);
        co_return followed;
    }
    if (job.shown == Shown::nothing) co_return Result<void>{};
    // Its mark may be older than what is to be set: a mail that is pending has one already.
    Result<void> marked = co_await in_.mailbox.mark(**there, std::move(marking));
    if (!marked && marked.error().code != errc::gone) co_return marked.error();
    co_return Result<void>{};
}

/// Notes why it has to wait, or gives it up.
boost::asio::awaitable<Result<void>> Worker::put_off(Job& job, Error error) {
    job.attempts = attempts_after(job.attempts, error.code);
    const bool known = job.note == error.text;
    job.note = error.text;
    const bool final = gives_up(in_.retry, job.attempts, error);
    if (final) job.state = State::failed;
    job.due = in_.clock.now() + wait_after(in_.retry, job.attempts, error);
    Result<void> saved = co_await save(job);
    if (!saved) co_return saved;
    const bool of_all = concerns_all(error.code);  // told once for all of them: Troubles
    // An event may come before its mail: told is only what is not there at the second look.
    const bool is_news = error.text == not_there ? job.attempts == 2 : !known;
    if ((is_news && !of_all) || final) {
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
    const bool in_error = final || job.attempts >= limits::visible_attempts;
    if (is_waiting(error.code) || (of_all && !crm_failed_)) co_return Result<void>{};  // nothing to show, or no way
    if (in_error && !of_all) {
        co_await showing_.show(job, Shown::error);
    } else if (job.shown != Shown::error && may_show_pending(job)) {
        co_await showing_.show(job, Shown::pending);
    }
    co_return Result<void>{};
}

}  // namespace agent
