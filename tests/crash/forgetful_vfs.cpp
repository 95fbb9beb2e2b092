// Longer than other files: SQLite wants a VFS to be one table of functions.
#include "tests/crash/forgetful_vfs.hpp"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tests/crash/unsynced.hpp"

namespace crash {

namespace {

/// One file, however often it is open.
struct Shared {
    Unsynced unsynced;
    std::vector<sqlite3_file*> open;  ///< the real ones
};

/// What SQLite holds of an open file; the real one lies behind it.
struct OpenFile {
    sqlite3_file base{};
    Shared* shared = nullptr;  ///< nullptr: a temporary file, which no power cut concerns
    std::string* path = nullptr;
    sqlite3_file* real = nullptr;
};

struct PlannedFault {
    FileFault fault;
    std::uint64_t left;
};

/// The one VFS of the process. Never destroyed: SQLite may close files when the program ends.
struct Vfs {
    VfsOptions options;
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs own{};
    std::mutex guard;  ///< of all below
    std::map<std::string, std::unique_ptr<Shared>> files;
    std::vector<PlannedFault> faults;
    std::mutex telling;  ///< events come one after the other
};

Vfs& vfs() {
    static Vfs* const only = new Vfs;
    return *only;
}

OpenFile& of(sqlite3_file* file) {
    return *reinterpret_cast<OpenFile*>(file);
}

std::string_view name_of(const OpenFile& file) {
    const std::string_view path = *file.path;
    return path.substr(path.rfind('/') + 1);
}

void tell(const OpenFile& file, FileOperation operation, bool after) {
    if (file.shared == nullptr || !vfs().options.on_event) return;
    const std::lock_guard lock(vfs().telling);
    vfs().options.on_event({operation, name_of(file), after});
}

/// The one with which this operation is to fail, nullptr if it is not.
const FileFault* planned_fault(const OpenFile& file, FileOperation operation) {
    for (PlannedFault& planned : vfs().faults) {
        const FileFault& fault = planned.fault;
        if (fault.operation != operation ||
            name_of(file).find(fault.file) == std::string_view::npos)
            continue;
        if (planned.left > 1) {
            --planned.left;
            continue;
        }
        if (planned.left == 0 && !fault.lasting) continue;
        planned.left = 0;
        return &fault;
    }
    return nullptr;
}

bool forgets(const OpenFile& file) {
    return file.shared != nullptr && vfs().options.memory != Memory::plain;
}

int fail(OpenFile& file, const FileFault& fault) {
    if (fault.loses && fault.operation == FileOperation::sync && forgets(file)) {
        file.shared->unsynced.lose();
    }
    return fault.code;
}

/// `work` on the file, unless it is to fail, with an event before and after.
template <class Work>
int change(sqlite3_file* file, FileOperation operation, const Work& work) {
    OpenFile& open = of(file);
    tell(open, operation, false);
    int code = SQLITE_OK;
    {
        const std::lock_guard lock(vfs().guard);
        const FileFault* fault = open.shared ? planned_fault(open, operation) : nullptr;
        code = fault != nullptr ? fail(open, *fault) : work(open);
    }
    if (code == SQLITE_OK) tell(open, operation, true);
    return code;
}

int close(sqlite3_file* file) {
    OpenFile& open = of(file);
    const std::lock_guard lock(vfs().guard);
    if (open.shared != nullptr) {
        auto& all = open.shared->open;
        std::erase(all, open.real);
        if (all.empty()) open.shared->unsynced.settle(*open.real);
    }
    delete std::exchange(open.path, nullptr);
    return open.real->pMethods->xClose(open.real);
}

int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
    OpenFile& open = of(file);
    if (!forgets(open)) return open.real->pMethods->xRead(open.real, to, amount, offset);
    const std::lock_guard lock(vfs().guard);
    return open.shared->unsynced.read(*open.real, static_cast<char*>(to), amount, offset);
}

int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    return change(file, FileOperation::write, [&](OpenFile& open) {
        if (!forgets(open)) return open.real->pMethods->xWrite(open.real, from, amount, offset);
        return open.shared->unsynced.write(
            *open.real, static_cast<const char*>(from), amount, offset
        );
    });
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return change(file, FileOperation::truncate, [&](OpenFile& open) {
        if (!forgets(open)) return open.real->pMethods->xTruncate(open.real, size);
        return open.shared->unsynced.truncate(*open.real, size);
    });
}

int sync(sqlite3_file* file, int flags) {
    return change(file, FileOperation::sync, [&](OpenFile& open) {
        int code = SQLITE_OK;
        if (forgets(open)) code = open.shared->unsynced.settle(*open.real);
        if (code != SQLITE_OK || !vfs().options.really_sync) return code;
        return open.real->pMethods->xSync(open.real, flags);
    });
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    OpenFile& open = of(file);
    if (!forgets(open)) return open.real->pMethods->xFileSize(open.real, size);
    const std::lock_guard lock(vfs().guard);
    return open.shared->unsynced.size(*open.real, *size);
}

/// What goes to the real file as it is.
template <auto method>
struct Passed;
template <class... Arguments, int (*sqlite3_io_methods::*method)(sqlite3_file*, Arguments...)>
struct Passed<method> {
    static int call(sqlite3_file* file, Arguments... arguments) {
        sqlite3_file* const real = of(file).real;
        return (real->pMethods->*method)(real, arguments...);
    }
};

void shm_barrier(sqlite3_file* file) {
    of(file).real->pMethods->xShmBarrier(of(file).real);
}

/// Version 2: with a log, without memory mapping, which would go past us.
const sqlite3_io_methods& methods() {
    using M = sqlite3_io_methods;
    static const M all = [] {
        M table{};
        table.iVersion = 2;
        table.xClose = close;
        table.xRead = read;
        table.xWrite = write;
        table.xTruncate = truncate;
        table.xSync = sync;
        table.xFileSize = file_size;
        table.xLock = Passed<&M::xLock>::call;
        table.xUnlock = Passed<&M::xUnlock>::call;
        table.xCheckReservedLock = Passed<&M::xCheckReservedLock>::call;
        table.xFileControl = Passed<&M::xFileControl>::call;
        table.xSectorSize = Passed<&M::xSectorSize>::call;
        table.xDeviceCharacteristics = Passed<&M::xDeviceCharacteristics>::call;
        table.xShmMap = Passed<&M::xShmMap>::call;
        table.xShmLock = Passed<&M::xShmLock>::call;
        table.xShmBarrier = shm_barrier;
        table.xShmUnmap = Passed<&M::xShmUnmap>::call;
        return table;
    }();
    return all;
}

constexpr int lasting = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    OpenFile& open =
        *new (file) OpenFile;  // SQLite frees the memory; nothing in it needs a destructor
    open.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(OpenFile));
    const int code = vfs().real->xOpen(vfs().real, path, open.real, flags, out_flags);
    if (open.real->pMethods == nullptr) return code;
    open.base.pMethods = &methods();
    open.path = new std::string(path == nullptr ? "" : path);
    if (path == nullptr || (flags & lasting) == 0) return code;
    const std::lock_guard lock(vfs().guard);
    auto& shared = vfs().files[path];
    if (!shared) shared = std::make_unique<Shared>();
    shared->open.push_back(open.real);
    open.shared = shared.get();
    return code;
}

int remove(sqlite3_vfs*, const char* path, int sync_folder) {
    const std::lock_guard lock(vfs().guard);
    if (const auto found = vfs().files.find(path); found != vfs().files.end()) {
        found->second->unsynced.forget();
    }
    return vfs().real->xDelete(vfs().real, path, vfs().options.really_sync ? sync_folder : 0);
}

}  // namespace

std::string_view to_text(FileOperation operation) {
    switch (operation) {
        case FileOperation::write:
            return "write";
        case FileOperation::sync:
            return "sync";
        case FileOperation::truncate:
            return "truncate";
    }
    return "unknown";
}

std::string to_text(const FileEvent& event) {
    std::string text(to_text(event.operation));
    return text.append(" ").append(event.file).append(event.after ? " after" : " before");
}

void register_forgetful_vfs(VfsOptions options) {
    Vfs& all = vfs();
    if (all.real != nullptr) throw std::logic_error("the forgetful VFS is registered already");
    all.options = std::move(options);
    all.real = sqlite3_vfs_find(nullptr);
    if (all.real == nullptr) throw std::runtime_error("SQLite has no VFS");
    all.own = *all.real;  // what concerns no open file goes to the real one, which looks at its own
                          // data only
    all.own.zName = "forgetful";
    all.own.szOsFile = static_cast<int>(sizeof(OpenFile)) + all.real->szOsFile;
    all.own.pNext = nullptr;
    all.own.xOpen = open;
    all.own.xDelete = remove;
    if (sqlite3_vfs_register(&all.own, 1) != SQLITE_OK)
        throw std::runtime_error("SQLite refuses the VFS");
}

void inject(FileFault fault) {
    const std::lock_guard lock(vfs().guard);
    const std::uint64_t nth = std::max<std::uint64_t>(fault.nth, 1);
    vfs().faults.push_back({std::move(fault), nth});
}

void lift_faults() {
    const std::lock_guard lock(vfs().guard);
    vfs().faults.clear();
}

void cut_power() {
    const std::lock_guard lock(vfs().guard);  // never given back: nobody writes any more
    if (vfs().options.memory == Memory::torn) {
        std::mt19937_64 dice(vfs().options.seed);
        for (auto& [path, file] : vfs().files) {
            if (!file->open.empty()) file->unsynced.tear(*file->open.front(), dice);
        }
    }
    for (;;) ::raise(SIGKILL);
}

}  // namespace crash
