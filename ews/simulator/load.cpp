#include "ews/simulator/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

namespace ews::simulator {

namespace {

namespace fs = std::filesystem;

/// Sorted by name, so that every run gives the same order.
std::vector<fs::path> entries_of(const fs::path& directory) {
    std::vector<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(directory)) entries.push_back(entry.path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t load_folder(
    Simulator& simulator,
    const fs::path& directory,
    const std::string& mailbox,
    const std::string& folder
) {
    std::size_t count = 0;
    for (const auto& path : entries_of(directory)) {
        if (path.extension() != ".eml" || !fs::is_regular_file(path)) continue;
        simulator.deliver(mailbox, folder, read_file(path));
        ++count;
    }
    return count;
}

std::size_t load_mailbox(
    Simulator& simulator, const fs::path& directory, const std::string& mailbox
) {
    std::size_t count = 0;
    for (const auto& path : entries_of(directory))
        if (fs::is_directory(path))
            count += load_folder(simulator, path, mailbox, path.filename().string());
    return count;
}

}  // namespace

std::size_t load(
    Simulator& simulator, const fs::path& directory, const std::vector<std::string>& mailboxes
) {
    std::size_t count = 0;
    if (!mailboxes.empty()) count = load_folder(simulator, directory, mailboxes.front(), "inbox");
    for (const auto& path : entries_of(directory)) {
        if (!fs::is_directory(path)) continue;
        const auto name = path.filename().string();
        if (std::find(mailboxes.begin(), mailboxes.end(), name) != mailboxes.end())
            count += load_mailbox(simulator, path, name);
        else
            fmt::print(stderr, "mailferry-exchange: {} is no mailbox, left out\n", name);
    }
    return count;
}

}  // namespace ews::simulator
