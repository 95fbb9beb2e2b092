// What every reader of an element of the configuration needs: its texts, files that count from the folder of the
// configuration, where a secret comes from, and a list of what is wrong.
#pragma once

#include <filesystem>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "agent/config.hpp"

namespace agent {

class ConfigNodes {
public:
    /// `xml` and `problems` outlive this.
    ConfigNodes(const std::filesystem::path& file, std::string_view xml, FileProblems& problems);

    static std::string text(const pugi::xml_node& node, const char* attribute);
    /// Of a list, separated by white space.
    static std::vector<std::string> words(const pugi::xml_node& node, const char* attribute);
    std::string resolve(const std::filesystem::path& path) const;
    /// A <password> or <secret>; a problem unless exactly one source is given.
    SecretSource secret(const pugi::xml_node& node);
    /// At the place of the element.
    void problem(const pugi::xml_node& node, std::string text);

private:
    std::string file_;  ///< as given, for messages
    std::filesystem::path folder_;
    std::string_view xml_;
    FileProblems& problems_;
};

}  // namespace agent
