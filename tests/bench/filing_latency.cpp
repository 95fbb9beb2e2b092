// How long from "a user drops a mail" to "filed": simulator, agent and embedded CRM in one process, one mail at a
// time, settle time 0. Prints minimum, median, 95th percentile and maximum; asserts nothing.
// usage: filing_latency [MAILS]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/scenarios/world.hpp"

namespace {

using Clock = std::chrono::steady_clock;
constexpr const char* anna = "anna@us.example";
constexpr const char* folder = "- Create New Opportunity";

std::string mail(int number) {
    return fmt::format(
        "From: Person {0} <person{0}@company{1}.example>\r\nTo: Anna <anna@us.example>\r\n"
        "Subject: Enquiry {0}\r\nMessage-ID: <{0}@company.example>\r\n\r\nHow much is it?\r\n",
        number,
        number % 50
    );
}

double file_one(world::World& world, int number) {
    const std::string item = world.exchange.deliver(anna, "inbox", mail(number));
    const std::size_t filed = world.logged("info filed");
    const auto start = Clock::now();
    world.exchange.move(anna, item, folder);
    while (world.logged("info filed") == filed) {
        world.context.restart();
        world.context.run_one_for(std::chrono::milliseconds(1));
    }
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
    const int mails = argc > 1 ? std::atoi(argv[1]) : 300;
    world::World world(world::samples() / "policies" / "typical.xml", world::samples() / "people.csv", {anna});
    world.configure(world.exchange.url());
    world.start();
    world.pump([&] { return world.logged("info listening") == 1; });
    std::vector<double> times;
    for (int i = 0; i < mails; ++i) times.push_back(file_one(world, i));
    world.stop();
    std::sort(times.begin(), times.end());
    const auto at = [&times](double part) {
        return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
    };
    fmt::print(
        "{} mails, one at a time, each with a new contact and opportunity: "
        "min {:.1f}, median {:.1f}, p95 {:.1f}, max {:.1f} ms from drop to filed\n",
        mails,
        times.front(),
        at(0.5),
        at(0.95),
        times.back()
    );
}
