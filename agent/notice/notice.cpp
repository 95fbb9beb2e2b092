#include "agent/notice/notice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "agent/limits.hpp"
#include "agent/terminal_text.hpp"
#include "agent/utc_text.hpp"

namespace agent {

namespace {

std::string time_text(Time time) {
    return utc_text(std::chrono::floor<std::chrono::seconds>(time));
}

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// As a shell takes it for one word.
std::string shell_word(const std::string& text) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+@:,=";
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
    std::string word = "'";
    for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

std::string command(const NoticeContext& context, std::string_view what) {
    return fmt::format(
        "    mailferry {} --config {}\n", what, shell_word(one_line(context.config))
    );
}

std::string list_command(const NoticeContext& context) {
    return command(context, "queue list --mailbox " + shell_word(one_line(context.mailbox)));
}

std::string entry_text(const NoticeEntry& entry) {
    return fmt::format(
        "  job {}, {}: {}\n    {}\n    tried {} since {}\n",
        entry.job,
        entry.role,
        entry.subject.empty() ? "(no subject)"
                              : shortened(one_line(entry.subject), limits::notice_subject),
        entry.why.empty() ? "no reason is known"
                          : shortened(one_line(entry.why), limits::notice_why),
        counted(static_cast<std::size_t>(std::max(entry.attempts, 0)), "time"),
        time_text(entry.since)
    );
}

/// @param count  of all, listed here or not
std::string entries_text(const std::vector<NoticeEntry>& entries, std::size_t count) {
    const std::size_t shown = std::min(entries.size(), limits::notice_entries);
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) text += entry_text(entries[i]) + "\n";
    if (count > shown && shown > 0) text += fmt::format("  and {} more\n\n", count - shown);
    return text;
}

Notice notice_of(const NoticeContext& context, std::string_view kind, std::string subject) {
    Notice notice;
    const auto moment = context.date.time_since_epoch().count();
    notice.key = fmt::format("{}:{}:{}", kind, context.mailbox, moment);
    notice.to = context.to;
    notice.subject = "Mailferry: " + std::move(subject);
    notice.date = context.date;
    return notice;
}

}  // namespace

Notice alarm_notice(
    const NoticeContext& context, std::size_t count, const std::vector<NoticeEntry>& entries
) {
    const std::string errors = counted(count, "error");
    Notice notice =
        notice_of(context, "alarm", fmt::format("{} in the mailbox {}", errors, context.mailbox));
    notice.text = fmt::format(
        "{} of the mailbox {} (policy \"{}\") could not be filed and {} outstanding now, {}",
        counted(count, "mail"),
        context.mailbox,
        context.policy,
        count == 1 ? "is" : "are",
        time_text(context.date)
    );
    if (!entries.empty()) {
        const auto older = [](const auto& a, const auto& b) { return a.since < b.since; };
        const auto oldest = std::min_element(entries.begin(), entries.end(), older);
        notice.text += fmt::format("; the first since {}", time_text(oldest->since));
    }
    notice.text += ".\n\n" + entries_text(entries, count);
    notice.text +=
        "What to do: look at all of them, put right what they name, and let them be tried "
        "again\n\n" +
        list_command(context) + command(context, "queue retry JOB") +
        "\nor, where a mail shall not be filed any more, leave it where it is\n\n" +
        command(context, "queue skip JOB") +
        "\nNo further notice comes for this mailbox until none is outstanding; then one says so.\n";
    return notice;
}

Notice outage_notice(const NoticeContext& context, const std::vector<OutageEntry>& entries) {
    const std::string of = entries.size() == 1 ? "the mailbox " + context.mailbox
                                               : fmt::format("{} mailboxes", entries.size());
    Notice notice = notice_of(context, "outage", of + " cannot be served");
    notice.text = fmt::format(
        "For minutes now {} of the policy \"{}\" cannot be served. Nothing is lost: what users "
        "drop waits and is "
        "filed when this is over.\n\n",
        of,
        context.policy
    );
    const std::size_t shown = std::min(entries.size(), limits::notice_entries);
    for (std::size_t i = 0; i < shown; ++i) {
        notice.text += fmt::format(
            "  {}\n    {}\n\n",
            one_line(entries[i].mailbox),
            shortened(one_line(entries[i].why), limits::notice_why)
        );
    }
    if (entries.size() > shown)
        notice.text += fmt::format("  and {} more\n\n", entries.size() - shown);
    notice.text +=
        "What to do: put right what is named here. What is reachable, and as whom, is told by\n\n" +
        fmt::format("    mailferry check --connect {}\n", shell_word(one_line(context.config))) +
        "\nNo further notice comes of this outage until it is over; then one says so.\n";
    return notice;
}

Notice outage_over_notice(const NoticeContext& context, Time told) {
    Notice notice = notice_of(
        context,
        "outage-over",
        fmt::format("all mailboxes of \"{}\" are served again", context.policy)
    );
    notice.text = fmt::format(
        "Every mailbox of the policy \"{}\" that could not be served is served again since {}; the "
        "outage was told of at "
        "{}.\n\nThere is nothing to do. What still waits, if anything does, is told by\n\n{}",
        context.policy,
        time_text(context.date),
        time_text(told),
        command(context, "queue list")
    );
    return notice;
}

Notice recovery_notice(const NoticeContext& context, Time alarmed) {
    Notice notice = notice_of(
        context, "recovery", fmt::format("no errors left in the mailbox {}", context.mailbox)
    );
    notice.text = fmt::format(
        "Nothing is outstanding any more in the mailbox {} (policy \"{}\") since {}; the alarm was "
        "of {}.\n\n"
        "There is nothing to do. What became of each mail is told by\n\n{}",
        context.mailbox,
        context.policy,
        time_text(context.date),
        time_text(alarmed),
        command(context, "queue list --all --mailbox " + shell_word(one_line(context.mailbox)))
    );
    return notice;
}

Notice loop_notice(
    const NoticeContext& context, const LoopFacts& facts, const std::vector<NoticeEntry>& entries
) {
    const bool of_sender = facts.of == LoopFacts::Of::sender;
    const std::string what = shortened(one_line(facts.what), limits::notice_subject);
    const std::string from = (of_sender ? "from " : "in the thread ") + what;
    Notice notice = notice_of(
        context,
        of_sender ? "loop-sender" : "loop-thread",
        fmt::format("{} {} in the mailbox {}", counted(facts.mails, "mail"), from, context.mailbox)
    );
    notice.text = fmt::format(
        "{} {} came into the mailbox {} (policy \"{}\") within {}, the first at {}. Two programs "
        "may be answering each "
        "other, so from {} on automatic capture takes no more of them for now. They stay where "
        "they are; nothing is "
        "lost.\n\n",
        counted(facts.mails, "mail"),
        from,
        context.mailbox,
        context.policy,
        counted(
            static_cast<std::size_t>(std::max<std::int64_t>(facts.window.count(), 0)), "minute"
        ),
        time_text(facts.first),
        time_text(context.date)
    );
    notice.text += entries_text(entries, entries.size());
    notice.text +=
        "What to do: end the loop at its source, or, if the mails are wanted, raise the limit of "
        "the policy's loop "
        "brakes. What waits is told by\n\n" +
        list_command(context);
    return notice;
}

}  // namespace agent
