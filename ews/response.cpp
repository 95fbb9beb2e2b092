#include "ews/response.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "ews/limits.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

/// The named values of a MessageXml, such as InnerErrorResponseCode; at any depth, "" if there is
/// none.
std::string named_value(pugi::xml_node values, std::string_view name) {
    const auto found = values.find_node([&](pugi::xml_node node) {
        return local_name(node) == "Value" && name == node.attribute("Name").value();
    });
    return trimmed_text(found);
}

/// As the server asks, anywhere inside; white space around it is no matter, what is no number is no
/// wish.
std::optional<std::chrono::milliseconds> back_off(pugi::xml_node inside) {
    const auto found = inside.find_node([](pugi::xml_node node) {
        return local_name(node) == "Value" &&
               std::string_view(node.attribute("Name").value()) == "BackOffMilliseconds";
    });
    const std::uint64_t value = number(found);
    if (value == 0) return std::nullopt;
    const auto longest = static_cast<std::uint64_t>(limits::back_off.count());
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::min(value, longest)));
}

/// `values` holds MessageXml, or is it.
Error make_error(std::string response_code, std::string message, pugi::xml_node values) {
    Error error{errc::other, std::move(response_code), std::move(message), back_off(values)};
    // ErrorInternalServerError says nothing; what happened may stand inside.
    const std::string inner = named_value(values, "InnerErrorResponseCode");
    if (inner.starts_with("Error")) {
        error.response_code = inner;
        const std::string inner_text = named_value(values, "InnerErrorMessageText");
        if (!inner_text.empty()) error.text = inner_text;
    }
    error.code = errc_of(error.response_code);
    if (error.text.empty()) error.text = error.response_code;
    return error;
}

}  // namespace

std::optional<Error> error_of(pugi::xml_node message) {
    const std::string_view verdict = message.attribute("ResponseClass").value();
    const std::string response_code = trimmed_text(child(message, "ResponseCode"));
    if (verdict == "Success") return std::nullopt;
    if (verdict == "Warning" && errc_of(response_code) != errc::batch_stopped) return std::nullopt;
    return make_error(
        response_code, trimmed_text(child(message, "MessageText")), child(message, "MessageXml")
    );
}

Error fault_error(pugi::xml_node fault) {
    const auto detail = child(fault, "detail");
    std::string response_code = trimmed_text(child(detail, "ResponseCode"));
    std::string message = trimmed_text(child(detail, "Message"));
    if (response_code.empty()) {
        // Without detail, a code may still stand in faultcode, behind a prefix.
        const std::string code = trimmed_text(child(fault, "faultcode"));
        const auto name = code.substr(code.find(':') + 1);
        if (name.starts_with("Error")) response_code = name;
    }
    if (message.empty()) message = trimmed_text(child(fault, "faultstring"));
    auto error = make_error(response_code, message, detail);
    // A fault concerns the server, not the item that was asked about: of a code that nobody knows,
    // trying later may help; without one, the next item may fare better.
    if (error.response_code.empty()) {
        error.code = errc::internal_error;
    } else if (error.code == errc::other || error.code == errc::transient) {
        error.code = errc::server_trouble;
    }
    if (error.text.empty()) error.text = "the server answered with a fault that gives no reason";
    if (error.code == errc::invalid_request) {
        const std::string violation = trimmed_text(path(detail, {"MessageXml", "Violation"}));
        if (!violation.empty()) error.text += fmt::format(" ({})", violation);
    }
    return error;
}

Result<std::vector<pugi::xml_node>> messages(pugi::xml_node response, std::size_t count) {
    auto found = elements(child(response, "ResponseMessages"));
    if (found.size() == count) return found;
    return protocol_error(fmt::format(
        "{} answers {} things where {} were asked for", local_name(response), found.size(), count
    ));
}

Result<std::vector<Result<void>>> read_batch(pugi::xml_node response, std::size_t count) {
    auto found = messages(response, count);
    if (!found) return found.error();
    std::vector<Result<void>> results;
    for (auto message : *found) {
        if (auto error = error_of(message)) {
            results.emplace_back(*std::move(error));
        } else {
            results.emplace_back();
        }
    }
    return results;
}

Result<void> read_single(pugi::xml_node response) {
    auto found = messages(response, 1);
    if (!found) return found.error();
    if (auto error = error_of(found->front())) return *std::move(error);
    return {};
}

Error protocol_error(std::string text) {
    return {errc::protocol, {}, std::move(text), {}};
}

Result<std::optional<ItemId>> read_new_id(pugi::xml_node message) {
    const auto items = elements(child(message, "Items"));
    if (items.empty()) return std::optional<ItemId>();
    const auto id = child(items.front(), "ItemId");
    if (!id) return std::optional<ItemId>();
    return std::optional<ItemId>(read_item_id(id));
}

Result<ItemId> read_one_item_id(pugi::xml_node message) {
    auto id = read_new_id(message);
    if (!id) return id.error();
    if (*id) return **std::move(id);
    return protocol_error(fmt::format("{} succeeds without an item id", local_name(message)));
}

Result<Folder> read_one_folder(pugi::xml_node message) {
    auto folders = read_folders(child(message, "Folders"));
    if (!folders.empty()) return std::move(folders.front());
    return protocol_error(fmt::format("{} succeeds without a folder", local_name(message)));
}

Result<FolderId> read_one_folder_id(pugi::xml_node message) {
    auto folder = read_one_folder(message);
    if (!folder) return folder.error();
    return folder->id;
}

}  // namespace ews
