#include "tests/crash/unsynced.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace crash {

int Unsynced::begin(sqlite3_file& disk) {
    if (size_) return SQLITE_OK;
    sqlite3_int64 on_disk = 0;
    const int code = disk.pMethods->xFileSize(&disk, &on_disk);
    if (code != SQLITE_OK) return code;
    size_ = floor_ = on_disk;
    return SQLITE_OK;
}

/// What the disk has of the file; the rest is zero.
int Unsynced::read_disk(sqlite3_file& disk, char* to, sqlite3_int64 amount, sqlite3_int64 offset)
    const {
    std::memset(to, 0, static_cast<std::size_t>(amount));
    const auto there = std::min(amount, floor_ - offset);
    if (there <= 0) return SQLITE_OK;
    const int code = disk.pMethods->xRead(&disk, to, static_cast<int>(there), offset);
    return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

int Unsynced::read(sqlite3_file& disk, char* to, int amount, sqlite3_int64 offset) const {
    if (!size_) return disk.pMethods->xRead(&disk, to, amount, offset);
    const int code = read_disk(disk, to, amount, offset);
    if (code != SQLITE_OK) return code;
    const sqlite3_int64 end = offset + amount;
    for (const Sectors* some : {&lost_, &sectors_}) {
        for (auto one = some->lower_bound(offset / sector_bytes);
             one != some->end() && one->first * sector_bytes < end;
             ++one) {
            const auto start = one->first * sector_bytes;
            const auto first = std::max(start, offset), last = std::min(start + sector_bytes, end);
            std::memcpy(
                to + (first - offset),
                one->second.data() + (first - start),
                static_cast<std::size_t>(last - first)
            );
        }
    }
    if (end <= *size_) return SQLITE_OK;
    const auto valid = std::max<sqlite3_int64>(*size_ - offset, 0);
    std::memset(to + valid, 0, static_cast<std::size_t>(amount - valid));
    return SQLITE_IOERR_SHORT_READ;
}

/// What a new unsynced sector begins with. One that was lost is not any more.
int Unsynced::fetch(sqlite3_file& disk, Sector& sector, sqlite3_int64 index) {
    if (const auto lost = lost_.extract(index)) {
        sector = lost.mapped();
        return SQLITE_OK;
    }
    return read_disk(disk, sector.data(), sector_bytes, index * sector_bytes);
}

int Unsynced::write(sqlite3_file& disk, const char* from, int amount, sqlite3_int64 offset) {
    if (const int code = begin(disk); code != SQLITE_OK) return code;
    const sqlite3_int64 end = offset + amount;
    for (auto index = offset / sector_bytes; index * sector_bytes < end; ++index) {
        const auto start = index * sector_bytes;
        const auto [sector, is_new] = sectors_.try_emplace(index);
        if (is_new) {
            const int code = fetch(disk, sector->second, index);
            if (code != SQLITE_OK) return code;
        }
        const auto first = std::max(start, offset), last = std::min(start + sector_bytes, end);
        std::memcpy(
            sector->second.data() + (first - start),
            from + (first - offset),
            static_cast<std::size_t>(last - first)
        );
    }
    size_ = std::max(*size_, end);
    return SQLITE_OK;
}

int Unsynced::truncate(sqlite3_file& disk, sqlite3_int64 size) {
    if (const int code = begin(disk); code != SQLITE_OK) return code;
    size_ = size;
    floor_ = std::min(floor_, size);
    const auto past = (size + sector_bytes - 1) / sector_bytes;
    for (Sectors* some : {&lost_, &sectors_}) some->erase(some->lower_bound(past), some->end());
    if (auto lost = lost_.extract(size / sector_bytes)) sectors_.insert(std::move(lost));
    const auto last = sectors_.find(size / sector_bytes);
    if (last != sectors_.end()) {
        std::fill(last->second.begin() + size % sector_bytes, last->second.end(), '\0');
    }
    return SQLITE_OK;
}

int Unsynced::size(sqlite3_file& disk, sqlite3_int64& size) const {
    if (!size_) return disk.pMethods->xFileSize(&disk, &size);
    size = *size_;
    return SQLITE_OK;
}

int Unsynced::put(sqlite3_file& disk, sqlite3_int64 index, const Sector& sector) const {
    const auto start = index * sector_bytes;
    const auto amount = std::min(sector_bytes, *size_ - start);
    return disk.pMethods->xWrite(&disk, sector.data(), static_cast<int>(amount), start);
}

int Unsynced::settle(sqlite3_file& disk) {
    if (!size_) return SQLITE_OK;
    sqlite3_int64 on_disk = 0;
    int code = disk.pMethods->xFileSize(&disk, &on_disk);
    if (code == SQLITE_OK && floor_ < on_disk) code = disk.pMethods->xTruncate(&disk, floor_);
    for (const auto& [index, sector] : sectors_) {
        if (code == SQLITE_OK) code = put(disk, index, sector);
    }
    if (code == SQLITE_OK) code = disk.pMethods->xFileSize(&disk, &on_disk);
    if (code == SQLITE_OK && on_disk != *size_) code = disk.pMethods->xTruncate(&disk, *size_);
    if (code != SQLITE_OK) return code;
    sectors_.clear();
    floor_ = *size_;
    if (lost_.empty()) size_.reset();
    return SQLITE_OK;
}

void Unsynced::lose() {
    lost_.merge(sectors_);  // has none of them yet
}

int Unsynced::tear(sqlite3_file& disk, std::mt19937_64& dice) const {
    if (!size_) return SQLITE_OK;
    const bool in_order = dice() % 2 == 0;  // the first ones, or any
    const sqlite3_int64 together = dice() % 2 == 0 ? 1 : 8;
    const std::size_t most = dice() % (sectors_.size() + 1);
    int code = SQLITE_OK;
    sqlite3_int64 on_disk = 0;
    if (dice() % 2 == 0) code = disk.pMethods->xFileSize(&disk, &on_disk);
    if (code == SQLITE_OK && floor_ < on_disk) code = disk.pMethods->xTruncate(&disk, floor_);
    std::size_t seen = 0;
    sqlite3_int64 block = -1;
    bool arrives = false;
    for (const auto& [index, sector] : sectors_) {
        if (index / together != block) arrives = in_order ? seen < most : dice() % 2 == 0;
        block = index / together;
        ++seen;
        if (arrives && code == SQLITE_OK) code = put(disk, index, sector);
    }
    return code;
}

void Unsynced::forget() {
    size_.reset();
    sectors_.clear();
    lost_.clear();
}

}  // namespace crash
