#include "agent/config_nodes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "rules/xml_places.hpp"
#include "rules/xml_value.hpp"

namespace agent {

ConfigNodes::ConfigNodes(
    const std::filesystem::path& file, std::string_view xml, FileProblems& problems
)
    : file_(file.string()),
      folder_(std::filesystem::absolute(file).parent_path()),
      xml_(xml),
      problems_(problems) {}

std::string ConfigNodes::text(const pugi::xml_node& node, const char* attribute) {
    return rules::xml_text(node.attribute(attribute).value());
}

std::vector<std::string> ConfigNodes::words(const pugi::xml_node& node, const char* attribute) {
    std::istringstream text(node.attribute(attribute).value());
    std::vector<std::string> words;
    for (std::string word; text >> word;) words.push_back(std::move(word));
    return words;
}

std::string ConfigNodes::resolve(const std::filesystem::path& path) const {
    return (folder_ / path).lexically_normal().string();
}

void ConfigNodes::problem(const pugi::xml_node& node, std::string text) {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 1));
    const rules::XmlPosition place = rules::position(xml_, offset - 1);
    problems_.push_back({file_, {place.line, place.column, std::move(text)}});
}

SecretSource ConfigNodes::secret(const pugi::xml_node& node) {
    constexpr std::pair<const char*, SecretSource::Kind> kinds[] = {
        {"file", SecretSource::Kind::file},
        {"environment", SecretSource::Kind::environment},
        {"credential", SecretSource::Kind::credential}};
    SecretSource source;
    int given = 0;
    for (const auto& [attribute, kind] : kinds) {
        if (!node.attribute(attribute)) continue;
        ++given;
        source.kind = kind;
        source.name = text(node, attribute);
    }
    if (source.kind == SecretSource::Kind::file) source.name = resolve(source.name);
    if (given != 1) {
        problem(
            node, fmt::format("{}: give exactly one of file, environment, credential", node.name())
        );
    }
    return source;
}

}  // namespace agent
