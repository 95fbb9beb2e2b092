// How many mails a second the whole path takes: users drag mails into drop folders as fast as they can; simulator (a
// thread of its own), agent and embedded CRM (SQLite, synchronous writes) in one process on one machine. Every mail
// makes a new contact and a new opportunity. Prints mails a second from the first drag to the last "filed", and what
// was asked of Exchange; asserts nothing. The settle time is 200 ms, so that a folder is read now and then and not for
// every event.
// With `memory` the journal lies in memory, which shows what it costs on disk; else its size is printed.
// usage: throughput [MAILS [MAILBOXES [memory]]]
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "tests/scenarios/world.hpp"

namespace {

using Clock = std::chrono::steady_clock;

std::string mail(int number, const std::string& mailbox) {
    return fmt::format(
        "From: Person {0} <person{0}@company{1}.example>\r\nTo: <{2}>\r\n"
        "Subject: Enquiry {0}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{0}@company.example>\r\n"
        "\r\n{3}\r\n",
        number,
        number % 50,
        mailbox,
        std::string(2000, 'x')
    );
}

}  // namespace

int main(int argc, char** argv) {
    const int mails = argc > 1 ? std::atoi(argv[1]) : 5000;
    const int boxes = argc > 2 ? std::atoi(argv[2]) : 4;
    std::vector<std::string> mailboxes;
    for (int i = 0; i < boxes; ++i) mailboxes.push_back(fmt::format("user{}@us.example", i));
    world::World world(
        world::samples() / "policies" / "typical.xml", world::samples() / "people.csv", mailboxes
    );
    world.configure(world.exchange.url(), "settle-ms=\"200\"");
    const bool in_memory = argc > 3;
    if (in_memory) {
        std::string xml = world::read(world.config_file());
        const std::string file = "journal.sqlite";
        world::write(world.config_file(), xml.replace(xml.find(file), file.size(), ":memory:"));
    }
    world.start();
    world.pump([&] { return world.logged("info listening") == mailboxes.size(); });
    std::vector<std::pair<std::string, std::string>> items;
    for (int i = 0; i < mails; ++i) {
        const std::string& mailbox = mailboxes[static_cast<std::size_t>(i) % mailboxes.size()];
        items.emplace_back(mailbox, world.exchange.deliver(mailbox, "inbox", mail(i, mailbox)));
    }
    world.settle();
    world.log.clear();
    const auto before = world.exchange.requests();
    const auto start = Clock::now();
    for (const auto& [mailbox, item] : items) {
        world.exchange.move(mailbox, item, "- Create New Opportunity");
    }
    while (world.logged("info filed") < static_cast<std::size_t>(mails)) {
        world.context.restart();
        world.context.run_for(std::chrono::milliseconds(5));
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const std::size_t filed = world.logged("info filed");
    fmt::print(
        "{} of {} mails filed over {} mailboxes in {:.2f} s: {:.0f} a second\n",
        filed,
        mails,
        boxes,
        seconds,
        static_cast<double>(filed) / seconds
    );
    for (const auto& [operation, count] : world.exchange.requests()) {
        const auto known = before.find(operation);
        const std::size_t more = count - (known == before.end() ? 0 : known->second);
        if (more > 0) fmt::print("  {:22} {:8}\n", operation, more);
    }
    world.stop();
    if (!in_memory) {
        fmt::print("the journal has {} bytes a mail\n", std::filesystem::file_size(world.journal()) / filed);
    }
    return filed == static_cast<std::size_t>(mails) ? 0 : 1;
}
