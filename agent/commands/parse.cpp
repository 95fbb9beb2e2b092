#include <array>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serializer.hpp>

#include "agent/command.hpp"
#include "agent/file.hpp"
#include "agent/limits.hpp"
#include "agent/parse_json.hpp"
#include "mime/parse.hpp"

namespace agent {
namespace {

struct Options {
    std::vector<std::string> files;
    bool json = false;
};

/// In pieces: the text of an object may be tens of megabytes.
void print(const boost::json::value& value) {
    boost::json::serializer serializer;
    serializer.reset(&value);
    std::array<char, 65536> piece;
    while (!serializer.done()) {
        const auto text = serializer.read(piece.data(), piece.size());
        std::cout.write(text.data(), static_cast<std::streamsize>(text.size()));
    }
    std::cout << '\n';
}

int parse_files(const Options& options) {
    int exit = 0;
    for (const auto& file : options.files) {
        const Result<std::string> bytes = read_file(file, limits::mail_bytes);
        if (!bytes) {
            fmt::print(stderr, "mailferry: {}\n", bytes.error().text);
            exit = 3;
            continue;
        }
        const auto message = mime::parse(*bytes);
        if (options.json) {
            print(parse_json(file, *bytes, message));
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
