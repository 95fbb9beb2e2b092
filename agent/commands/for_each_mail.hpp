// The mails of a command that takes many, one after the other, with a progress bar on a terminal.
// Used by replay and compare.
#pragma once

#include <CLI/App.hpp>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "agent/read_mail.hpp"

namespace agent {

/// Adds the PATH… of messages, folders and mbox files.
void add_mail_paths(CLI::App& command, std::vector<std::string>& paths);

/// On standard error, if that is a terminal.
class Progress {
public:
    Progress();
    void show(std::size_t done, std::size_t all) const;
    void clear() const;  ///< before anything else is printed

private:
    bool is_shown_;
};

using TakeMail = std::function<void(const std::string& name, const ReadMail& read)>;

struct Reading {
    int unreadable = 0;    ///< each said on standard error; the others go on
    bool stopped = false;  ///< by SIGINT or SIGTERM, after the mail that was under way
    bool operator==(const Reading&) const = default;
};

/// Reads every mail of `paths` as lying at `item` and hands it to `take`. Where standard input is
/// among them a signal ends the process at once: a terminal may never give the rest.
Reading for_each_mail(
    const std::vector<std::string>& paths,
    const rules::ItemProperties& item,
    const Progress& progress,
    const TakeMail& take
);

}  // namespace agent
