#include "ews/simulator/simulator.hpp"

#include <fmt/format.h>

#include "ews/simulator/delivery.hpp"
#include "ews/simulator/identifier.hpp"
#include "ews/simulator/simulator_parts.hpp"

namespace ews::simulator {

namespace {

const Folder* find_folder(const Mailbox& mailbox, std::string_view name) {
    if (const auto* const folder = mailbox.find_distinguished(name)) return folder;
    if (const auto* const folder = mailbox.find_folder(name)) return folder;
    const auto& root = mailbox.distinguished("msgfolderroot");
    for (const auto* folder : mailbox.folders_below(root, true))
        if (equal_ignoring_case(folder->display_name, name)) return folder;
    return nullptr;
}

const Folder& ensure_folder(Mailbox& mailbox, std::string_view name) {
    if (const auto* const folder = find_folder(mailbox, name)) return *folder;
    const auto created = mailbox.create_folder(
        mailbox.distinguished("msgfolderroot"), std::string(name), "IPF.Note"
    );
    if (created.has_error()) throw std::invalid_argument(created.error().text);
    return **created;
}

ItemSnapshot snapshot(const Item& item) {
    ItemSnapshot result;
    result.id = item.id;
    result.change_key = write_change_key('I', item.version);
    result.item_class = item.item_class;
    result.subject = item.content->message.subject;
    result.message_id = item.content->message.message_id;
    result.categories = item.categories;
    for (const auto& [key, property] : item.properties) result.properties[key] = property.values;
    result.is_read = item.is_read;
    result.is_draft = item.is_draft;
    result.mime = item.content->mime;
    return result;
}

FolderSnapshot snapshot(const Mailbox& mailbox, const Folder& folder) {
    FolderSnapshot result;
    result.id = folder.id;
    if (folder.parent != 0) result.parent_id = mailbox.folder_id(folder.parent);
    result.display_name = folder.display_name;
    result.distinguished = folder.distinguished;
    result.items = folder.items.size();
    result.unread = folder.unread;
    return result;
}

}  // namespace

Simulator::Simulator(Options options) : implementation_(std::make_unique<Implementation>()) {
    auto& organization = implementation_->organization;
    organization.ways = options.ways;
    organization.subscriptions.limit(options.budget.subscriptions);
    if (options.ways.grommunio) organization.subscriptions.behave_as_grommunio();
    implementation_->options = std::move(options);
}

Simulator::~Simulator() {
    stop();
}

void Simulator::add_mailbox(std::string address, std::string password) {
    const std::lock_guard lock(implementation_->guard);
    implementation_->organization.add_mailbox(std::move(address), std::move(password));
}

void Simulator::add_service_account(std::string name, std::string password) {
    const std::lock_guard lock(implementation_->guard);
    implementation_->organization.add_service_account(std::move(name), std::move(password));
}

void Simulator::allow(std::string_view account, std::vector<std::string> mailboxes) {
    const std::lock_guard lock(implementation_->guard);
    if (!implementation_->organization.allow(account, std::move(mailboxes)))
        throw std::invalid_argument(fmt::format("no account {}", account));
}

void Simulator::add_legacy_name(std::string_view address, std::string_view name) {
    const std::lock_guard lock(implementation_->guard);
    implementation_->organization.legacy_names[lower(name)] = address;
}

void Simulator::start() {
    auto& self = *implementation_;
    if (self.server) return;
    self.server = std::make_unique<Server>(self.options, self.organization, self.guard);
    self.options.port = self.server->port();
}

void Simulator::stop() {
    implementation_->server.reset();
}

std::string Simulator::url() const {
    const auto& options = implementation_->options;
    const auto* const scheme = options.certificate.empty() ? "http" : "https";
    const auto host = options.address.find(':') == std::string::npos
                          ? options.address
                          : fmt::format("[{}]", options.address);
    return fmt::format("{}://{}:{}/EWS/Exchange.asmx", scheme, host, options.port);
}

std::string Simulator::deliver(
    std::string_view mailbox, std::string_view folder, std::string mime
) {
    const std::lock_guard lock(implementation_->guard);
    auto& target = implementation_->mailbox(mailbox);
    const auto& place = ensure_folder(target, folder);
    return simulator::deliver(target, place, std::move(mime)).id;
}

std::string Simulator::move(
    std::string_view mailbox, std::string_view item, std::string_view to_folder
) {
    const std::lock_guard lock(implementation_->guard);
    auto& place = implementation_->mailbox(mailbox);
    const auto* const found = place.find_item(item);
    if (found == nullptr) return {};
    return place.move(*found, ensure_folder(place, to_folder)).id;
}

std::string Simulator::copy(
    std::string_view mailbox, std::string_view item, std::string_view to_folder
) {
    const std::lock_guard lock(implementation_->guard);
    auto& place = implementation_->mailbox(mailbox);
    const auto* const found = place.find_item(item);
    if (found == nullptr) return {};
    return place.copy(*found, ensure_folder(place, to_folder)).id;
}

bool Simulator::categorise(
    std::string_view mailbox, std::string_view item, std::vector<std::string> categories
) {
    const std::lock_guard lock(implementation_->guard);
    auto& place = implementation_->mailbox(mailbox);
    const auto* const found = place.find_item(item);
    if (found == nullptr) return false;
    const auto set = [&categories](Item& edited) { edited.categories = std::move(categories); };
    place.update(*found, {{"item:Categories", set}});
    return true;
}

bool Simulator::set_property(
    std::string_view mailbox, std::string_view item, std::string key, std::string value
) {
    const std::lock_guard lock(implementation_->guard);
    auto& place = implementation_->mailbox(mailbox);
    const auto* const found = place.find_item(item);
    if (found == nullptr) return false;
    const auto set = [&](Item& edited) { edited.properties[key] = {"String", {value}}; };
    place.update(*found, {{key, set}});
    return true;
}

bool Simulator::mark_read(std::string_view mailbox, std::string_view item) {
    const std::lock_guard lock(implementation_->guard);
    auto& place = implementation_->mailbox(mailbox);
    const auto* const found = place.find_item(item);
    if (found == nullptr) return false;
    place.update(*found, {{"message:IsRead", [](Item& edited) { edited.is_read = true; }}});
    return true;
}

bool Simulator::erase(std::string_view mailbox, std::string_view item) {
    const std::lock_guard lock(implementation_->guard);
    auto& place = implementation_->mailbox(mailbox);
    const auto* const found = place.find_item(item);
    if (found != nullptr) place.remove(*found, DeleteType::hard);
    return found != nullptr;
}

std::string Simulator::create_folder(std::string_view mailbox, std::string_view display_name) {
    const std::lock_guard lock(implementation_->guard);
    return ensure_folder(implementation_->mailbox(mailbox), display_name).id;
}

void Simulator::protect(std::string_view mailbox, std::string_view folder) {
    const std::lock_guard lock(implementation_->guard);
    auto& place = implementation_->mailbox(mailbox);
    place.edit_folder(ensure_folder(place, folder)).is_read_only = true;
}

std::vector<ItemSnapshot> Simulator::items(std::string_view mailbox, std::string_view folder)
    const {
    const std::lock_guard lock(implementation_->guard);
    const auto& place = implementation_->mailbox(mailbox);
    std::vector<ItemSnapshot> result;
    const auto* const found = find_folder(place, folder);
    if (found == nullptr) return result;
    for (const auto* item : place.items(*found)) result.push_back(snapshot(*item));
    return result;
}

std::vector<FolderSnapshot> Simulator::folders(std::string_view mailbox) const {
    const std::lock_guard lock(implementation_->guard);
    const auto& place = implementation_->mailbox(mailbox);
    const auto& root = place.distinguished("root");
    std::vector<FolderSnapshot> result{snapshot(place, root)};
    for (const auto* folder : place.folders_below(root, true))
        result.push_back(snapshot(place, *folder));
    return result;
}

}  // namespace ews::simulator
