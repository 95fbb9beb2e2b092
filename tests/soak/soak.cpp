// The soak: mails at an even rate, faults at random, and the agent among them for as long as asked.
// Exit status 0 says: none lost, none twice, memory flat, no socket leaked, no error in the log
// that no fault explains. The long form is
//   build/release/tests/soak/soak --seconds 3600 --folder NEW-FOLDER
// and tests/soak/plot.py makes the picture of its samples.csv.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <random>
#include <stdexcept>

#include "tests/soak/run.hpp"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::filesystem::path new_folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "mailferry-soak-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    return pattern;
}

int soak_for(const soak::Plan& plan) {
    fmt::print("seed {}\n", plan.seed);
    std::fflush(stdout);
    const soak::Findings findings = soak::Run(plan).run();
    for (const std::string& finding : findings) fmt::print("FOUND {}\n", finding);
    if (!findings.empty()) fmt::print("look into {}\n", plan.folder.string());
    return findings.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        soak::Plan plan;
        plan.agent = MAILFERRY;
        plan.seed = std::random_device()();
        auto length = plan.length.count(), drain = plan.drain.count();
        auto gap = plan.between_faults.count();
        CLI::App app("Mails at an even rate, faults at random, for as long as asked");
        app.add_option(
            "--folder",
            plan.folder,
            "Gets databases, log and samples.csv; without it they go when nothing is found"
        );
        app.add_option("--agent", plan.agent, "The program mailferry");
        app.add_option("--seconds", length, "How long mails come and faults strike");
        app.add_option("--mails", plan.mails_a_second, "A second")->check(CLI::Range(1, 1000));
        app.add_option("--mailboxes", plan.mailboxes)->check(CLI::Range(3, 100));
        app.add_option("--seed", plan.seed, "As an earlier run has printed it");
        app.add_option("--between-faults", gap, "On average")
            ->type_name("MS")
            ->check(CLI::Range(1, 3'600'000));
        app.add_option("--drain", drain, "Seconds to work off what is left when all is well again");
        app.add_option("--slope", plan.slope, "MB an hour that it may grow; 0: any");
        app.add_option("--resident", plan.resident, "MB that it may have; 0: any");
        CLI11_PARSE(app, argc, argv);
        plan.length = seconds(length);
        plan.drain = seconds(drain);
        plan.between_faults = milliseconds(gap);
        if (!plan.folder.empty()) return soak_for(plan);
        plan.folder = new_folder();
        const int exit = soak_for(plan);
        if (exit == 0) std::filesystem::remove_all(plan.folder);
        return exit;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "soak: %s\n", error.what());
        return 2;
    }
}
