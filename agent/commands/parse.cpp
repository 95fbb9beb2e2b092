#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serialize.hpp>

#include "agent/command.hpp"
#include "agent/parse_json.hpp"
#include "mime/parse.hpp"

namespace agent {
namespace {

struct Options {
    std::vector<std::string> files;
    bool json = false;
};

std::optional<std::string> read_all(const std::string& file) {
    if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::ifstream in(file, std::ios::binary);
    std::string bytes;
    // A folder opens, but cannot be read.
    if (!in || (in.peek() == std::ifstream::traits_type::eof() && in.bad())) return {};
    bytes.assign(std::istreambuf_iterator<char>(in), {});
    if (in.bad()) return {};
    return bytes;
}

int parse_files(const Options& options) {
    int exit = 0;
    for (const auto& file : options.files) {
        const auto bytes = read_all(file);
        if (!bytes) {
            fmt::print(stderr, "mailferry: {}: cannot be read\n", file);
            exit = 3;
            continue;
        }
        const auto message = mime::parse(*bytes);
        if (options.json) {
            std::cout << boost::json::serialize(parse_json(file, *bytes, message)) << '\n';
        } else {
            if (&file != &options.files.front()) std::cout << '\n';
            std::cout << parse_text(file, *bytes, message);
        }
    }
    std::cout.flush();
    return exit;
}

}  // namespace

void add_parse(CLI::App& app, int& exit) {
    auto* command = app.add_subcommand("parse", "Shows messages as the rules see them");
    const auto options = std::make_shared<Options>();
    command->add_flag("--json", options->json, "One JSON object per message, one per line");
    command->add_option("files", options->files, "Messages (.eml); - for standard input")
        ->required()
        ->type_name("FILE.eml");
    command->callback([options, &exit] { exit = parse_files(*options); });
}

}  // namespace agent
