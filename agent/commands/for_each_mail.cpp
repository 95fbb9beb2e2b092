#include "agent/commands/for_each_mail.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <optional>
#include <utility>

#include "agent/mail_source.hpp"

namespace agent {

namespace {

volatile std::sig_atomic_t is_stop_asked = 0;

/// While it lives, SIGINT and SIGTERM only set is_stop_asked.
class StopBetweenMails {
public:
    StopBetweenMails() {
        is_stop_asked = 0;
        struct sigaction action {};
        action.sa_handler = [](int) { is_stop_asked = 1; };
        action.sa_flags = SA_RESTART;  // or a mail would be cut off where it was being read
        ::sigaction(SIGINT, &action, &interrupt_);
        ::sigaction(SIGTERM, &action, &terminate_);
    }
    ~StopBetweenMails() {
        ::sigaction(SIGINT, &interrupt_, nullptr);
        ::sigaction(SIGTERM, &terminate_, nullptr);
    }
    StopBetweenMails(const StopBetweenMails&) = delete;
    StopBetweenMails& operator=(const StopBetweenMails&) = delete;

private:
    struct sigaction interrupt_ {}, terminate_ {};
};

}  // namespace

void add_mail_paths(CLI::App& command, std::vector<std::string>& paths) {
    command
        .add_option("paths", paths, "Messages (.eml), folders of them, mbox files; - for standard input")
        ->required()
        ->type_name("PATH");
}

Progress::Progress() : is_shown_(::isatty(STDERR_FILENO) == 1) {}

void Progress::show(std::size_t done, std::size_t all) const {
    if (!is_shown_ || all < 20) return;
    constexpr std::size_t width = 30;
    const std::size_t filled = done * width / all;
    fmt::print(stderr, "\r[{:#<{}}{: <{}}] {}/{}", "", filled, "", width - filled, done, all);
}

void Progress::clear() const {
    if (is_shown_) fmt::print(stderr, "\r\033[K");
}

Reading for_each_mail(
    const std::vector<std::string>& paths,
    const rules::ItemProperties& item,
    const Progress& progress,
    const TakeMail& take
) {
    Reading reading;
    std::optional<StopBetweenMails> stop;
    if (std::ranges::find(paths, "-") == paths.end()) stop.emplace();
    MailSource source(paths);
    const std::size_t files = source.files_left();
    while (!reading.stopped) {
        std::optional<SourcedMail> mail = source.next();
        if (!mail) break;
        if (mail->bytes) {
            take(mail->name, read_mail(std::move(*mail->bytes), item));
        } else {
            ++reading.unreadable;
            progress.clear();
            fmt::print(stderr, "mailferry: {}\n", mail->bytes.error().text);
        }
        progress.show(files - source.files_left(), files);
        reading.stopped = is_stop_asked != 0;
    }
    progress.clear();
    return reading;
}

}  // namespace agent
