// What was written to one file since it was last synced: in memory, as a disk's cache would hold
// it. A power cut forgets it, or leaves a part of it. Pure bookkeeping for
// tests/crash/forgetful_vfs; the file itself is SQLite's.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <random>

namespace crash {

/// Functions return SQLite's result codes, and take the file as it is on the disk. While nothing is
/// unsynced or lost, all goes straight to it.
class Unsynced {
public:
    int read(sqlite3_file& disk, char* to, int amount, sqlite3_int64 offset) const;
    int write(sqlite3_file& disk, const char* from, int amount, sqlite3_int64 offset);
    int truncate(sqlite3_file& disk, sqlite3_int64 size);
    int size(sqlite3_file& disk, sqlite3_int64& size) const;

    /// All of it reaches the disk, and nothing is unsynced any more.
    int settle(sqlite3_file& disk);
    /// The written sectors stay readable, and no longer count as unsynced: only those that are
    /// written again, or have an end cut off, ever reach the disk. A truncation stays unsynced; so
    /// does the size, which the disk fills with zeros.
    void lose();
    /// A random part of it reaches the disk, in sectors of 512 or 4096 bytes.
    int tear(sqlite3_file& disk, std::mt19937_64& dice) const;
    /// The file has gone.
    void forget();

private:
    static constexpr sqlite3_int64 sector_bytes = 512;
    using Sector = std::array<char, sector_bytes>;

    using Sectors = std::map<sqlite3_int64, Sector>;  ///< by offset / sector_bytes, whole

    int begin(sqlite3_file& disk);
    int fetch(sqlite3_file& disk, Sector& sector, sqlite3_int64 index);
    int read_disk(sqlite3_file& disk, char* to, sqlite3_int64 amount, sqlite3_int64 offset) const;
    int put(sqlite3_file& disk, sqlite3_int64 index, const Sector& sector) const;

    std::optional<sqlite3_int64> size_;  ///< nothing: nothing is unsynced or lost
    sqlite3_int64 floor_ = 0;            ///< the disk beyond is not part of the file any more
    Sectors sectors_;                    ///< unsynced
    Sectors lost_;                       ///< none of which is unsynced
};

}  // namespace crash
