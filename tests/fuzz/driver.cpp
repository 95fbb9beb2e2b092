// Runs a fuzz target without libFuzzer, so that any compiler and any sanitizer can use it in ctest:
// every given file (folders are walked), then mutations of them, the same ones each time. A failure
// is a crash or an exception; the input that caused it is the last one, kept in TARGET.input in the
// working directory. usage: TARGET [-runs=N] [-seconds=S] FILE-OR-FOLDER...   S bounds the
// mutations, not the files
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

struct Options {
    std::size_t runs = 2000;
    std::chrono::seconds time{5};
    std::vector<fs::path> files;
};

constexpr std::size_t longest_mutated = 64 * 1024;  // larger inputs run once, as they are

/// Bytes that parsers of mail, XML and CSV treat specially.
constexpr std::string_view telling_bytes("\0\r\n\t \"\\;:,<>()[]=?-_*%&/@'\x80\xc3\xff", 28);

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void run(const std::string& input, const std::string& kept) {
    std::ofstream(kept, std::ios::binary) << input;
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());  // exact bounds for ASan
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

Options read_options(const std::vector<std::string>& arguments) {
    Options options;
    for (const std::string& argument : arguments) {
        if (argument.starts_with("-runs=")) {
            options.runs = std::stoul(argument.substr(6));
        } else if (argument.starts_with("-seconds=")) {
            options.time = std::chrono::seconds(std::stoul(argument.substr(9)));
        } else if (fs::is_directory(argument)) {
            for (const fs::directory_entry& entry : fs::recursive_directory_iterator(argument)) {
                if (entry.is_regular_file()) options.files.push_back(entry.path());
            }
        } else if (fs::exists(argument)) {
            options.files.emplace_back(argument);
        } else {
            throw std::invalid_argument("there is no " + argument);
        }
    }
    std::sort(options.files.begin(), options.files.end());
    return options;
}

class Mutator {
public:
    explicit Mutator(const std::vector<std::string>& seeds) : seeds_(seeds) {}

    std::string next() {
        std::string input = seeds_[below(seeds_.size())];
        if (input.size() > longest_mutated) input.resize(longest_mutated);
        for (std::size_t edits = 1 + below(8); edits > 0; --edits) edit(input);
        return input;
    }

private:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

    void edit(std::string& input) {
        const std::size_t at = below(input.size() + 1);
        const std::size_t length = 1 + below(below(4) == 0 ? 512 : 8);
        switch (below(6)) {
            case 0:
                input.erase(at, length);
                break;
            case 1:
                input.insert(at, 1, telling_bytes[below(telling_bytes.size())]);
                break;
            case 2:
                input.insert(at, input.substr(at, length));
                break;
            case 3:
                input.resize(at);
                break;
            case 4:
                splice(input, at, length);
                break;
            default:
                if (at < input.size()) input[at] = static_cast<char>(random_() & 0xff);
        }
    }

    void splice(std::string& input, std::size_t at, std::size_t length) {
        const std::string& other = seeds_[below(seeds_.size())];
        input.insert(at, other, below(other.size() + 1), length);
    }

    const std::vector<std::string>& seeds_;
    std::mt19937 random_{20261123};
};

void run_all(const Options& options, const std::string& kept) {
    std::vector<std::string> seeds;
    for (const fs::path& file : options.files) seeds.push_back(read(file));
    for (const std::string& seed : seeds) run(seed, kept);
    seeds.emplace_back();
    Mutator mutator(seeds);
    std::size_t mutations = 0;
    const auto end = std::chrono::steady_clock::now() + options.time;
    while (mutations < options.runs && std::chrono::steady_clock::now() < end) {
        run(mutator.next(), kept);
        ++mutations;
    }
    std::cout << options.files.size() << " files, " << mutations << " mutations\n";
}

}  // namespace

int main(int count, char** values) {
    const std::string kept = fs::path(values[0]).filename().string() + ".input";
    try {
        const Options options = read_options({values + 1, values + count});
        if (options.files.empty()) throw std::invalid_argument("nothing to start from");
        run_all(options, kept);
    } catch (const std::exception& error) {
        std::cerr << error.what() << " (the last input lies in " << kept << ")\n";
        return 1;
    }
    fs::remove(kept);
}
