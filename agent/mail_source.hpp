// Where `replay` and `compare` get their mails: files, folders of .eml files (recursively, sorted by name) and mbox
// files, one mail at a time, so that a large archive never lies in memory.
#pragma once

#include <deque>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "agent/error.hpp"

namespace agent {

struct SourcedMail {
    std::string name;           ///< path; with ":N" behind it for the N-th mail of an mbox file
    Result<std::string> bytes;  ///< the error names the file and why
};

class MailSource {
public:
    explicit MailSource(const std::vector<std::string>& paths);

    /// The next mail, nothing at the end.
    std::optional<SourcedMail> next();
    /// How many files are still to be read, the present one included.
    std::size_t files_left() const { return files_.size() + (mbox_.is_open() ? 1 : 0); }

private:
    void add(const std::filesystem::path& path);
    std::optional<SourcedMail> next_of_mbox();

    std::deque<std::filesystem::path> files_;
    std::ifstream mbox_;
    std::filesystem::path mbox_path_;
    int mbox_count_ = 0;
    std::string separator_;  ///< the "From " line that has been read ahead
};

}  // namespace agent
