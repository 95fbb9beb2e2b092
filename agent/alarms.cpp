// Longer than other files: what one look finds, decides and writes is read in one place.
#include "agent/alarms.hpp"

#include <algorithm>
#include <utility>

#include "agent/limits.hpp"
#include "agent/log.hpp"
#include "agent/notice/alarm.hpp"

namespace agent {

namespace {

NoticeEntry entry_of(const Job& job) {
    return {job.id, to_text(job.role), job.subject, job.note, job.attempts, job.queued};
}

std::vector<PendingNotice> pending(const Notice& notice) {
    std::vector<PendingNotice> list;
    if (notice.key.empty()) return list;
    for (const std::string& to : notice.to) {
        list.push_back({notice.key, to, notice.subject, notice.text, notice.date, 0, notice.date});
    }
    return list;
}

std::chrono::steady_clock::duration lasts(const Troubles::Trouble& trouble) {
    return std::chrono::steady_clock::now() - trouble.since;
}

}  // namespace

Alarms::Alarms(
    const boost::asio::any_io_executor& executor,
    JournalThread& journal,
    const Clock& clock,
    std::unique_ptr<Sender> sender,
    std::string config
)
    : journal_(journal),
      clock_(clock),
      sender_(std::move(sender)),
      config_(std::move(config)),
      wake_(executor) {}

void Alarms::watch(Watched mailbox) { watched_.push_back(std::move(mailbox)); }

void Alarms::braked(const std::string& mailbox, LoopFacts facts) {
    brakes_.insert_or_assign(mailbox, std::move(facts));
    wake_.notify();
}

void Alarms::stop() {
    stopping_ = true;
    if (sender_) sender_->stop();
    wake_.notify();
}

boost::asio::awaitable<void> Alarms::run() {
    while (!stopping_ && sender_ && !watched_.empty()) {
        co_await look();  // of a journal that fails every mailbox tells
        if (!stopping_) co_await wake_.wait_for(limits::look_for_errors);
    }
}

boost::asio::awaitable<Result<void>> Alarms::look() {
    auto read = [](Journal& journal) -> Result<std::pair<Counts, States>> {
        Result<Counts> counts = journal.outstanding();
        if (!counts) return counts.error();
        Result<States> states = journal.mailboxes();
        if (!states) return states.error();
        return std::pair(std::move(*counts), std::move(*states));
    };
    Result<std::pair<Counts, States>> found = co_await journal_.run(read);
    if (!found) co_return found.error();
    auto& [counts, states] = *found;
    for (const Watched& one : watched_) {
        states[one.mailbox];  // which it may not have yet
        Result<void> looked = co_await look_at(one, counts, states);
        if (!looked) co_return looked;
    }
    Result<void> done = co_await look_for_outages(states);
    if (done) done = co_await tell_brakes();
    if (done) done = co_await send();
    co_return done;
}

NoticeContext Alarms::context(const std::string& mailbox, const rules::Policy& policy) const {
    return {mailbox, policy.name, policy.error_notices.to, config_, clock_.now()};
}

boost::asio::awaitable<Result<void>> Alarms::look_at(
    const Watched& one, const Counts& counts, States& states
) {
    const auto count = counts.find(one.mailbox);
    const bool alarmed = states[one.mailbox].alarm != Alarm::none;
    const int errors = count == counts.end() ? 0 : count->second;
    if (errors == 0 && !one.is_served()) co_return Result<void>{};  // not over; whether it is new, look_for_outages says
    AlarmStep step =
        next_step(alarmed ? AlarmState::alarmed : AlarmState::calm, one.policy.error_notices.threshold, errors);
    const bool outage_over = states[one.mailbox].alarm == Alarm::outage && one.is_served();
    if (outage_over) step.tell = Tell::recovery;  // whatever else is outstanding: that is another alarm
    Result<void> told;
    if (step.tell == Tell::alarm) told = co_await tell_alarm(one, errors);
    if (step.tell == Tell::recovery) told = co_await tell_recovery(one, states);
    if (step.tell == Tell::alarm) states[one.mailbox].alarm = Alarm::errors;
    if (step.tell == Tell::recovery) states[one.mailbox].alarm = Alarm::none;
    co_return told;
}

boost::asio::awaitable<Result<void>> Alarms::tell_alarm(const Watched& one, int count) {
    auto read = [mailbox = one.mailbox](Journal& journal) { return journal.outstanding(mailbox); };
    Result<std::vector<Job>> jobs = co_await journal_.run(read);
    if (!jobs) co_return jobs.error();
    std::vector<NoticeEntry> entries;
    for (const Job& job : *jobs) entries.push_back(entry_of(job));
    Notice notice = alarm_notice(context(one.mailbox, one.policy), static_cast<std::size_t>(count), entries);
    Result<void> written = co_await write(one.mailbox, Alarm::errors, std::move(notice));
    co_return written;
}

/// Of an outage that held many, one notice when the last of them is served again.
boost::asio::awaitable<Result<void>> Alarms::tell_recovery(const Watched& one, const States& states) {
    const MailboxState& state = states.at(one.mailbox);
    const auto is_held = [&](const Watched& other) {
        const auto found = states.find(other.mailbox);
        return &other.policy == &one.policy && other.mailbox != one.mailbox && found != states.end() &&
               found->second.alarm == Alarm::outage;
    };
    Notice notice;
    if (state.alarm == Alarm::errors) {
        notice = recovery_notice(context(one.mailbox, one.policy), state.alarmed);
    } else if (std::ranges::none_of(watched_, is_held)) {
        notice = outage_over_notice(context(one.mailbox, one.policy), state.alarmed);
    }
    Result<void> written = co_await write(one.mailbox, Alarm::none, std::move(notice));
    co_return written;
}

/// Each minute in which a mailbox cannot be served counts as one error. When one of a policy has too many, all of that
/// policy that are in trouble are told of together.
boost::asio::awaitable<Result<void>> Alarms::look_for_outages(const States& states) {
    struct Held {
        std::string mailbox;
        Troubles::Trouble trouble;
    };
    std::map<const rules::Policy*, std::vector<Held>> in_trouble;  // as it is now: it may change while this is written
    for (const Watched& one : watched_) {
        const auto trouble = one.trouble();
        if (trouble && states.at(one.mailbox).alarm == Alarm::none) {
            in_trouble[&one.policy].push_back({one.mailbox, *trouble});
        }
    }
    for (const auto& [policy, held] : in_trouble) {
        const auto too_long = limits::cycle_in_vain * policy->error_notices.threshold;
        const bool is_alarm = std::ranges::any_of(held, [&](const Held& one) { return lasts(one.trouble) >= too_long; });
        if (!is_alarm) continue;
        std::vector<OutageEntry> entries;
        for (const Held& one : held) entries.push_back({one.mailbox, one.trouble.error.text});
        Notice notice = outage_notice(context(held.front().mailbox, *policy), entries);
        for (const Held& one : held) {
            Notice once = std::exchange(notice, Notice());
            Result<void> written = co_await write(one.mailbox, Alarm::outage, std::move(once));
            if (!written) co_return written;
        }
    }
    co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> Alarms::tell_brakes() {
    for (const Watched& one : watched_) {
        const auto braked = brakes_.find(one.mailbox);
        if (braked == brakes_.end()) continue;
        const LoopFacts facts = std::move(braked->second);
        brakes_.erase(braked);
        const auto told = braked_.find(one.mailbox);
        const Time now = clock_.now();
        if (told != braked_.end() && now - told->second < facts.window) continue;
        auto keep = [notice = loop_notice(context(one.mailbox, one.policy), facts, {})](Journal& journal) {
            return journal.tell(pending(notice));
        };
        Result<void> kept = co_await journal_.run(keep);
        if (!kept) co_return kept;  // the next mail that is held says it again
        braked_[one.mailbox] = now;
    }
    co_return Result<void>{};
}

/// The state of the mailbox and what is to be told of it, at once; a notice without a key is none.
boost::asio::awaitable<Result<void>> Alarms::write(std::string mailbox, Alarm alarm, Notice notice) {
    log::warning(alarm == Alarm::none ? "calm" : "alarm", {{"mailbox", mailbox}, {"notice", notice.subject}});
    auto work = [mailbox = std::move(mailbox), alarm, now = clock_.now(), notice = std::move(notice)](
                    Journal& journal
                ) { return journal.tell(mailbox, alarm, now, pending(notice)); };
    Result<void> written = co_await journal_.run(work);
    co_return written;
}

boost::asio::awaitable<Result<void>> Alarms::send() {
    auto read = [now = clock_.now()](Journal& journal) { return journal.notices(now); };
    Result<std::vector<PendingNotice>> due = co_await journal_.run(read);
    if (!due) co_return due.error();
    for (PendingNotice& one : *due) {
        if (stopping_) break;
        Notice notice{one.key, {}, one.subject, one.text, one.made};
        Result<void> sent = co_await sender_->send(std::move(notice), one.recipient);
        if (!sent && sent.error().code == errc::cancelled) break;
        ++one.attempts;
        const bool lost = !sent && (sent.error().code == errc::permanent || one.attempts >= limits::attempts);
        if (sent || lost) {
            auto forget = [one](Journal& journal) { return journal.told(one); };
            Result<void> forgotten = co_await journal_.run(forget);
            if (!forgotten) co_return forgotten;
        } else {
            const auto step = std::min<std::size_t>(static_cast<std::size_t>(one.attempts), limits::notice_waits.size());
            one.due = clock_.now() + limits::notice_waits[step - 1];
            auto put_off = [one](Journal& journal) { return journal.put_off(one); };
            Result<void> kept = co_await journal_.run(put_off);
            if (!kept) co_return kept;
        }
        if (sent) {
            log::info("told", {{"to", one.recipient}, {"notice", one.subject}});
        } else {
            log::error(
                lost ? "notice-lost" : "notice-waits",
                {{"to", one.recipient}, {"notice", one.subject}, {"why", sent.error().text}}
            );
        }
    }
    co_return Result<void>{};
}

}  // namespace agent
