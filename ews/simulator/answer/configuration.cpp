#include "ews/simulator/answer/configuration.hpp"

namespace ews::simulator {

namespace {

struct Writer : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override {
        text.append(static_cast<const char*>(data), size);
    }
};

/// A copy of `from` below `to`, with the prefix that the replies use.
void copy_as_types(const pugi::xml_node& from, pugi::xml_node to) {
    auto copy = to.append_child(("t:" + std::string(local_name(from))).c_str());
    const auto parts = elements(from);
    for (const auto& part : parts) copy_as_types(part, copy);
    if (parts.empty()) copy.text().set(printable(from.text().get()).c_str());
}

}  // namespace

Outcome<ConfigurationPlace> find_configuration(Call& call, const pugi::xml_node& node) {
    const auto ids = elements(node);
    if (ids.empty()) return Refusal{"ErrorInvalidRequest", "No folder is named."};
    const auto folder = find_folder(call, ids.front());
    if (folder.has_error()) return folder.error();
    const std::string name = node.attribute("Name").value();
    auto& configurations = folder->mailbox->edit_folder(*folder->folder).configurations;
    const auto found = configurations.find(name);
    return ConfigurationPlace{
        *folder, name, found == configurations.end() ? nullptr : &found->second};
}

void take_parts(const pugi::xml_node& node, Configuration& configuration) {
    if (const auto dictionary = child(node, "Dictionary")) {
        pugi::xml_document document;
        for (const auto& entry : elements(dictionary)) copy_as_types(entry, document);
        Writer writer;
        for (const auto& entry : elements(document)) entry.print(writer, "", pugi::format_raw);
        configuration.dictionary = std::move(writer.text);
    }
    if (child(node, "XmlData")) configuration.xml_data = child_text(node, "XmlData");
    if (child(node, "BinaryData")) configuration.binary_data = child_text(node, "BinaryData");
}

}  // namespace ews::simulator
