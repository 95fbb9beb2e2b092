// The agent is killed, and nothing may be lost or doubled: at random points, or at every edge of
// the state machine. Exit status 0: so it was. The short form runs among the tests; the long one is
// named in CMakeLists.txt.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/crash/edges.hpp"
#include "tests/crash/random_kills.hpp"

namespace {

std::uint64_t new_seed() {
    std::random_device device;
    return device();
}

/// For a step over edges: so that every edge has its turn some day.
std::uint64_t rotated(std::uint64_t step, std::uint64_t seed) {
    return 1 + seed % step;
}

struct Options {
    crash::RandomPlan random;
    crash::EdgesPlan edges;
    std::vector<std::string> fates, memories;
    std::uint64_t seed = new_seed();
    bool files = false, requests = false;
};

int run_random(Options& options) {
    options.random.memories = options.memories;
    options.random.seed = options.seed;
    return crash::kill_at_random(options.random) ? 0 : 1;
}

int run_edges(Options& options) {
    crash::EdgesPlan& plan = options.edges;
    plan.memories = options.memories;
    plan.seed = options.seed;
    plan.files = options.files || !options.requests;
    plan.requests = options.requests || !options.files;
    plan.first_start = options.fates.empty();
    if (plan.first == 0) plan.first = rotated(plan.step, plan.seed);
    if (options.fates.empty())
        plan.fates.assign(std::begin(crash::all_fates), std::end(crash::all_fates));
    for (const std::string& name : options.fates) {
        if (name == "first-start") {
            plan.first_start = true;
            continue;
        }
        const auto fate = crash::fate(name);
        if (!fate) throw std::runtime_error("no fate is called " + name);
        plan.fates.push_back(*fate);
    }
    return crash::kill_at_edges(plan) ? 0 : 1;
}

void add_common(CLI::App& command, Options& options) {
    command.add_option("--seed", options.seed, "As an earlier run has printed it");
    command
        .add_option(
            "--memory",
            options.memories,
            "What a kill leaves: plain, forgetful, torn; all by default"
        )
        ->delimiter(',')
        ->check(CLI::IsMember({"plain", "forgetful", "torn"}));
}

}  // namespace

int main(int argc, char** argv) {
    try {
        Options options;
        options.random.program = options.edges.program = CRASHING_AGENT;
        CLI::App app("Kills the agent and looks whether mails were lost or doubled");
        app.require_subcommand(1);
        CLI::App* random = app.add_subcommand("random", "Kills at random points");
        add_common(*random, options);
        random->add_option("--mails", options.random.mails, "How many are dropped");
        random->add_option("--kills", options.random.kills, "How often the agent is killed");
        random->add_option(
            "--kills-a-check", options.random.kills_a_check, "After how many all is looked at"
        );
        CLI::App* edges =
            app.add_subcommand("edges", "Kills at every edge, for each fate of a mail");
        add_common(*edges, options);
        edges->add_option("--fate", options.fates, "These alone, copy-removed or first-start, say")
            ->delimiter(',');
        edges->add_flag(
            "--files", options.files, "Kills at syncs and writes of the databases alone"
        );
        edges->add_flag("--requests", options.requests, "Kills around requests to Exchange alone");
        edges->add_option(
            "--first", options.edges.first, "Number of the first edge; 0 takes one by the seed"
        );
        edges->add_option("--step", options.edges.step, "Every n-th edge");
        edges->add_option("--last", options.edges.last, "Number of the last edge");
        CLI11_PARSE(app, argc, argv);
        if (options.memories.empty()) options.memories = {"plain", "forgetful", "torn"};
        return *random ? run_random(options) : run_edges(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "crash_harness: %s\n", error.what());
        return 2;
    }
}
