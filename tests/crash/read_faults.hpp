// Files of SQLite that cannot be read: a VFS on top of the default one, whatever that is. Apart
// from the forgetful VFS, which knows of writes alone, because a read has nothing to forget.
#pragma once

#include <sqlite3.h>

#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace crash {

class ReadFaults {
public:
    /// Becomes the default VFS of this process, once and before any database is opened.
    static void register_vfs() {
        sqlite3_vfs* const below = sqlite3_vfs_find(nullptr);
        if (below == nullptr) throw std::runtime_error("SQLite has no VFS");
        all().below = below;
        all().own = *below;
        all().own.zName = "read-faults";
        all().own.pNext = nullptr;
        all().own.xOpen = open;
        if (sqlite3_vfs_register(&all().own, 1) != SQLITE_OK)
            throw std::runtime_error("SQLite refuses the VFS");
    }

    /// From now on reading any file with `file` in its path gives `code`: SQLITE_IOERR_READ,
    /// SQLITE_CORRUPT …
    static void inject(std::string file, int code) {
        const std::lock_guard lock(all().guard);
        all().fault = {std::move(file), code};
    }
    static void lift() {
        const std::lock_guard lock(all().guard);
        all().fault.reset();
    }

private:
    struct All {
        sqlite3_vfs* below = nullptr;
        sqlite3_vfs own{};
        const sqlite3_io_methods* methods_below = nullptr;  ///< the same for every file
        sqlite3_io_methods methods{};
        std::mutex guard;  ///< of all below
        std::map<sqlite3_file*, std::string> paths;
        std::optional<std::pair<std::string, int>> fault;
    };
    static All& all() {
        static All* const only = new All;  // SQLite may read files when the program ends
        return *only;
    }

    static int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
        const int code = all().below->xOpen(all().below, path, file, flags, out_flags);
        if (file->pMethods == nullptr) return code;
        const std::lock_guard lock(all().guard);
        if (all().methods_below == nullptr) {
            all().methods_below = file->pMethods;
            all().methods = *file->pMethods;
            all().methods.xRead = read;
        }
        if (file->pMethods == all().methods_below) file->pMethods = &all().methods;
        all().paths[file] = path == nullptr ? "" : path;
        return code;
    }

    static int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
        {
            const std::lock_guard lock(all().guard);
            const auto& fault = all().fault;
            if (fault && all().paths[file].find(fault->first) != std::string::npos)
                return fault->second;
        }
        return all().methods_below->xRead(file, to, amount, offset);
    }
};

}  // namespace crash
