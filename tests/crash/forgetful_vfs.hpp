// SQLite's files as a power cut would leave them: what was not synced when the process is killed
// has never been written. Also tells of every operation on a file, and lets single ones fail. For
// tests of the whole agent, which takes it as the default VFS without knowing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace crash {

enum class Memory {
    plain,      ///< what was written stays written, as when a process alone dies
    forgetful,  ///< unsynced writes and truncations are forgotten
    torn        ///< of those a random part has reached the disk
};

enum class FileOperation { write, sync, truncate };
std::string_view to_text(FileOperation operation);

/// One operation on a database or its log, told before it and after it.
struct FileEvent {
    FileOperation operation = FileOperation::write;
    std::string_view file;  ///< "journal.sqlite-wal", without its folder
    bool after = false;
};
std::string to_text(const FileEvent& event);  ///< "sync journal.sqlite-wal before"

struct VfsOptions {
    Memory memory = Memory::plain;
    std::uint64_t seed = 0;    ///< of what a torn write leaves
    bool really_sync = false;  ///< slow, and of no use while the machine itself stays up
    /// Called on the threads of SQLite, one after the other. Must not use SQLite; may call
    /// cut_power().
    std::function<void(const FileEvent&)> on_event;
};

/// Registers it as the default of this process, once and before any database is opened; throws
/// where that fails.
///
/// The shared memory of a log (*-shm) is the real one: whoever starts after a power cut deletes it,
/// as the power cut would. While a process forgets, another must not read its databases. What is
/// unsynced when a file is closed in good order reaches the disk; what a sync has lost does not.
void register_forgetful_vfs(VfsOptions options);

/// An operation that fails.
struct FileFault {
    FileOperation operation = FileOperation::write;
    std::string file;  ///< a part of the file's name, "journal.sqlite"
    int code = 0;      ///< SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_READONLY …
    std::uint64_t nth = 1;  ///< of the operations that fit, from now on
    bool lasting = false;   ///< and all after it
    /// A sync: what it was to write stays readable, though never reaches the disk unless it is
    /// written again, and the next sync succeeds, as with Linux. Only this process can read it
    /// then, however often it opens the file anew, so that such a life had best end with
    /// cut_power(). Without effect on Memory::plain.
    bool loses = false;
};
void inject(FileFault fault);
void lift_faults();

/// Leaves the files as a power cut would and ends the process with SIGKILL.
[[noreturn]] void cut_power();

}  // namespace crash
