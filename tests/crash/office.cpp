#include "tests/crash/office.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "crm/embedded/schema.hpp"

namespace crash {

namespace {

constexpr std::string_view policy_start =
    "<policy xmlns=\"urn:mailferry:policy:1\" name=\"Sales\" enabled=\"true\">\n"
    "  <category name=\"Company CRM\"/>\n"
    "  <own-domains><domain>us.example</domain></own-domains>\n"
    "  <modules><opportunity/><case/><project/><quote/></modules>\n";

constexpr std::string_view filing =
    "  <smart-convert enabled=\"true\"/>\n"
    "  <inbox enabled=\"true\"><create people=\"true\"/></inbox>\n"
    "  <sent-items enabled=\"true\"><create people=\"true\"/></sent-items>\n"
    "</policy>\n";

constexpr std::string_view purging =
    "  <smart-convert enabled=\"true\" delete-after-success=\"true\"/>\n"
    "</policy>\n";

void write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path) << text;
}

std::filesystem::path new_folder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "mailferry-crash-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    return pattern;
}

}  // namespace

Office::Office(std::string program, std::vector<std::string> users)
    : program_(std::move(program)), users_(std::move(users)), folder_(new_folder()) {
    for (const std::string& user : users_) exchange_.add_mailbox(user);
    exchange_.add_service_account("ferry@us.example");
    exchange_.on_request([this](std::string_view operation, bool carried_out) {
        return witness(operation, carried_out);
    });
    exchange_.start();
    configure();
    const auto made = crm::embedded::open_database(crm().string(), crm::embedded::Opening::create);
    if (!made) throw std::runtime_error(made.error().text);
}

Office::~Office() {
    exchange_.on_request({});
    agent_.reset();
    std::error_code ec;
    if (!kept_) std::filesystem::remove_all(folder_, ec);
}

void Office::configure() const {
    write(folder_ / "password", "secret\n");
    using std::filesystem::perms;
    std::filesystem::permissions(folder_ / "password", perms::owner_read | perms::owner_write);
    write(folder_ / "filing.xml", std::string(policy_start).append(filing));
    write(folder_ / "purging.xml", std::string(policy_start).append(purging));
    std::string filed, purged;
    for (const std::string& user : users_) {
        (user == purging_user ? purged : filed) += "    <mailbox address=\"" + user + "\"/>\n";
    }
    std::string xml =
        "<mailferry xmlns=\"urn:mailferry:config:1\">\n  <journal file=\"journal.sqlite\"/>\n"
        "  <exchange name=\"simulator\" url=\"" +
        exchange_.url() +
        "\" user=\"ferry@us.example\" settle-ms=\"0\">\n    <password file=\"password\"/>\n  "
        "</exchange>\n"
        "  <crm name=\"embedded\" url=\"sqlite:crm.sqlite\"/>\n";
    const auto add = [&xml](const char* file, const std::string& mailboxes) {
        if (mailboxes.empty()) return;
        xml +=
            fmt::format("  <policy file=\"{}\" exchange=\"simulator\" crm=\"embedded\">\n", file);
        xml += mailboxes + "  </policy>\n";
    };
    add("filing.xml", filed);
    add("purging.xml", purged);
    write(folder_ / "mailferry.xml", xml + "</mailferry>\n");
}

/// On the thread of the server, as long as the simulator lives.
bool Office::witness(std::string_view operation, bool carried_out) {
    if (operation == "Subscribe" && carried_out) ++subscribed_;
    if (++moment_ != kill_moment_) return true;
    last_request_ =
        fmt::format("{} {}", operation, carried_out ? "carried out, not answered" : "lost");
    agent_->kill();
    return false;
}

void Office::drop(const Mail& mail) {
    for (const std::string& user : mail.users) {
        const std::string item = exchange_.deliver(user, mail.origin(), mail.mime);
        if (mail.is_captured()) {
            exchange_.categorise(user, item, {"Company CRM"});
        } else if (mail.is_copied()) {
            exchange_.copy(user, item, mail.drop_folder());
        } else {
            exchange_.move(user, item, mail.drop_folder());
        }
    }
}

void Office::start(const Life& life) {
    start_and_kill_at_request(life, 0);
}

/// The agent of the life before has died, so that no request of it is counted here but one that was
/// on its way.
void Office::start_and_kill_at_request(const Life& life, std::uint64_t moment) {
    if (is_alive()) throw std::logic_error("the agent is running");
    agent_.reset();
    // A power cut takes the shared memory with it.
    for (const auto& file : {journal(), crm()}) std::filesystem::remove(file.string() + "-shm");
    std::filesystem::remove(folder_ / "events.txt");
    last_request_.clear();
    subscribed_ = 0;
    kill_moment_ = 0;
    moment_ = 0;
    agent_ = std::make_unique<AgentProcess>(
        program_, folder_ / "mailferry.xml", folder_ / "agent.log", folder_ / "events.txt", life
    );
    kill_moment_ = moment;
}

void Office::kill() {
    agent_->kill();
    agent_->wait();
}

bool Office::stop() {
    if (!is_alive()) return false;
    agent_->end(patience);
    return agent_->ending() == "exit status 0";
}

bool Office::listens() const {
    return subscribed_ >= users_.size();
}

bool Office::has_open_drops() const {
    for (const std::string& user : users_) {
        for (const auto& folder : exchange_.folders(user)) {
            if (folder.items > 0 && folder.display_name.starts_with("- Create New ")) return true;
        }
    }
    return false;
}

std::string Office::last_event() const {
    if (!last_request_.empty()) return last_request_;
    std::ifstream events(folder_ / "events.txt");
    std::string last;
    for (std::string line; std::getline(events, line);) last = line;
    return last;
}

}  // namespace crash
