#include "agent/commands/for_each_mail.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdio>
#include <utility>

#include "agent/mail_source.hpp"

namespace agent {

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

int for_each_mail(
    const std::vector<std::string>& paths,
    const rules::ItemProperties& item,
    const Progress& progress,
    const TakeMail& take
) {
    int unreadable = 0;
    MailSource source(paths);
    const std::size_t files = source.files_left();
    while (std::optional<SourcedMail> mail = source.next()) {
        if (mail->bytes) {
            take(mail->name, read_mail(std::move(*mail->bytes), item));
        } else {
            ++unreadable;
            progress.clear();
            fmt::print(stderr, "mailferry: {}\n", mail->bytes.error().text);
        }
        progress.show(files - source.files_left(), files);
    }
    progress.clear();
    return unreadable;
}

}  // namespace agent
