// Where the bytes of a mail go while they arrive: into memory, or, beyond limits::big_mail, into a
// file that has no name and goes with its last user. Apart from the mailbox because files and what
// can be wrong with them are its only business.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "agent/error.hpp"
#include "agent/mail_bytes.hpp"

namespace agent {

class MailSpool {
public:
    /// `folder` is where a file would be made: not in memory, as some have /tmp.
    /// @param most  bytes of a mail that are taken
    MailSpool(std::filesystem::path folder, std::size_t most);
    MailSpool(const MailSpool&) = delete;
    MailSpool& operator=(const MailSpool&) = delete;
    ~MailSpool();

    /// False once there is an error.
    bool add(std::string_view bytes);
    /// permanent: too large; transient: the file cannot be written (the disk is full …).
    const std::optional<Error>& error() const { return error_; }
    std::size_t size() const { return size_; }
    /// All that was added, in order; the spool is empty afterwards.
    Result<MailBytes> finish();

private:
    bool open_file();
    bool write(std::string_view bytes);
    bool fail(int number);

    std::filesystem::path folder_;
    std::size_t most_;
    std::size_t size_ = 0;
    std::string memory_;
    int file_ = -1;
    std::optional<Error> error_;
};

/// The system's, or /tmp where the environment names none that is there.
std::filesystem::path temporary_folder();

/// What is said of a mail that has more than limits::mail_bytes.
Error too_large_mail();

}  // namespace agent
