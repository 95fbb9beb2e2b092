#include "agent/mail_spool.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include "agent/limits.hpp"

namespace agent {

namespace {

/// A file that nobody finds, and that is gone with its last descriptor and mapping, also after a
/// crash.
int open_nameless(const std::filesystem::path& folder) {
    const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return file;
    std::string path = (folder / "mailferry-XXXXXX").string();
    const int named = ::mkostemp(path.data(), O_CLOEXEC);
    if (named >= 0) ::unlink(path.c_str());
    return named;
}

/// Of a whole file, for reading.
class Mapping {
public:
    Mapping(int file, std::size_t size)
        : size_(size), start_(::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0)) {}
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping() {
        if (is_there()) ::munmap(start_, size_);
    }
    bool is_there() const { return start_ != MAP_FAILED; }
    std::string_view view() const { return {static_cast<const char*>(start_), size_}; }

private:
    std::size_t size_;
    void* start_;
};

}  // namespace

MailSpool::MailSpool(std::filesystem::path folder, std::size_t most)
    : folder_(std::move(folder)), most_(most) {}

MailSpool::~MailSpool() {
    if (file_ >= 0) ::close(file_);
}

bool MailSpool::add(std::string_view bytes) {
    if (error_) return false;
    if (bytes.size() > most_ - size_) {
        error_ = too_large_mail();
        return false;
    }
    size_ += bytes.size();
    if (size_ <= limits::big_mail) {
        memory_ += bytes;
        return true;
    }
    if (file_ < 0 && !open_file()) return false;
    return write(bytes);
}

bool MailSpool::open_file() {
    file_ = open_nameless(folder_);
    if (file_ < 0) return fail(errno);
    const std::string until_now = std::exchange(memory_, std::string());
    return write(until_now);
}

bool MailSpool::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail(errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool MailSpool::fail(int number) {
    const char* what =
        number == ENOSPC || number == EDQUOT ? "free some space there" : "check that folder";
    error_ = Error{
        errc::transient,
        fmt::format(
            "a large mail cannot be kept in {} while it is read: {}; {}",
            folder_.string(),
            std::strerror(number),
            what
        ),
        {}};
    return false;
}

Result<MailBytes> MailSpool::finish() {
    if (error_) return *error_;
    const std::size_t size = std::exchange(size_, 0);
    if (file_ < 0) return MailBytes(std::exchange(memory_, std::string()));
    auto mapping = std::make_shared<const Mapping>(file_, size);
    const int number = errno;
    ::close(std::exchange(file_, -1));
    if (!mapping->is_there()) {
        fail(number);
        return *error_;
    }
    const std::string_view view = mapping->view();
    return MailBytes(view, std::move(mapping));
}

std::filesystem::path temporary_folder() {
    std::error_code none;
    std::filesystem::path folder = std::filesystem::temp_directory_path(none);
    return none ? std::filesystem::path("/tmp") : folder;
}

Error too_large_mail() {
    return {
        errc::permanent,
        fmt::format("the mail is larger than {} MiB", limits::mail_bytes >> 20),
        {}};
}

}  // namespace agent
