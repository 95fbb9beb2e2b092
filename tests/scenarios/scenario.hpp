// A scenario as people write it: samples/scenarios/<name>/scenario.txt (samples/scenarios/README.md).
#pragma once

#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "tests/scenarios/world.hpp"

namespace scenario {

/// One mail that a user moves or copies from a folder of hers into a drop folder.
struct Drop {
    std::string mailbox, from, into;
    std::filesystem::path mail;
    std::vector<std::string> categories;  ///< what the item carried before
    bool copy = false;
};

/// A mail comes to lie in a folder, and nobody drags it.
struct Arrival {
    std::string mailbox, folder;
    std::filesystem::path mail;
    std::vector<std::string> categories;
};

/// A user changes the categories of a mail, "+Red" or "-Red".
struct Categorising {
    std::string mailbox, folder;
    std::filesystem::path mail;
    std::vector<std::string> changes;
};

/// A user opens a mail that lies there, or that comes to lie there.
struct Reading {
    std::string mailbox, folder;
    std::filesystem::path mail;
};

/// An admin adds people and records to the CRM.
struct Import {
    std::filesystem::path file;
};

/// The agent ends and starts again.
struct Restart {};

/// The policy file is replaced, and the agent told to read it again.
struct NewPolicy {
    std::filesystem::path file;
};

/// The decision about a mail and all of its trace, without any effect.
struct Explanation {
    std::string mailbox, role;
    std::filesystem::path mail;
    std::vector<std::string> categories;  ///< that it carries
};

using Event = std::variant<Drop, Arrival, Categorising, Reading, Import, Restart, NewPolicy, Explanation>;

struct Scenario {
    std::filesystem::path policy, people;
    std::vector<std::string> mailboxes;
    std::vector<Arrival> before;  ///< mails that lie there when the agent starts for the first time
    bool observe = false;
    std::vector<Event> events;
};

/// The file beside the scenario, else the one of the samples.
inline std::filesystem::path find(
    const std::filesystem::path& folder, const std::string& kind, const std::string& name
) {
    const std::filesystem::path own = folder / name;
    return std::filesystem::exists(own) ? own : world::samples() / kind / name;
}

inline std::string trimmed(const std::string& text) {
    const auto start = text.find_first_not_of(" \t\r");
    if (start == std::string::npos) return "";
    return text.substr(start, text.find_last_not_of(" \t\r") - start + 1);
}

/// What stands in brackets at the end, "[CATEGORY, CATEGORY]".
inline std::vector<std::string> read_list(const std::string& text) {
    std::vector<std::string> list;
    const auto bracket = text.find('[');
    if (bracket == std::string::npos) return list;
    std::istringstream names(text.substr(bracket + 1, text.rfind(']') - bracket - 1));
    for (std::string one; std::getline(names, one, ',');) list.push_back(trimmed(one));
    return list;
}

/// "MAILBOX FOLDER: FILE [CATEGORY, CATEGORY]"
inline Arrival read_arrival(const std::filesystem::path& folder, const std::string& text) {
    const auto space = text.find(' '), colon = text.find(':'), bracket = text.find('[');
    if (space == std::string::npos || colon == std::string::npos || colon < space) {
        throw std::runtime_error("write MAILBOX FOLDER: FILE");
    }
    Arrival arrival;
    arrival.mailbox = text.substr(0, space);
    arrival.folder = trimmed(text.substr(space, colon - space));
    arrival.mail = find(folder, "mail", trimmed(text.substr(colon + 1, bracket - colon - 1)));
    arrival.categories = read_list(text);
    return arrival;
}

/// "MAILBOX FROM -> FOLDER: FILE [CATEGORY, CATEGORY]"
inline Drop read_drop(const std::filesystem::path& folder, const std::string& text) {
    const auto arrow = text.find("->"), colon = text.find(':', arrow), bracket = text.find('[');
    if (arrow == std::string::npos || colon == std::string::npos) {
        throw std::runtime_error("drop: write MAILBOX FROM -> FOLDER: FILE");
    }
    Drop drop;
    std::istringstream head(text.substr(0, arrow));
    head >> drop.mailbox >> drop.from;
    drop.into = trimmed(text.substr(arrow + 2, colon - arrow - 2));
    drop.mail = find(folder, "mail", trimmed(text.substr(colon + 1, bracket - colon - 1)));
    drop.categories = read_list(text);
    return drop;
}

/// "MAILBOX ROLE: FILE [CATEGORY]"
inline Explanation read_explanation(const std::filesystem::path& folder, const std::string& text) {
    Explanation explanation;
    std::istringstream words(text.substr(0, text.find(':')));
    words >> explanation.mailbox >> explanation.role;
    const auto colon = text.find(':'), bracket = text.find('[');
    explanation.mail = find(folder, "mail", trimmed(text.substr(colon + 1, bracket - colon - 1)));
    explanation.categories = read_list(text);
    return explanation;
}

inline Scenario read(const std::filesystem::path& folder) {
    Scenario result;
    result.policy = find(folder, "policies", "typical.xml");
    if (std::filesystem::exists(folder / "policy.xml")) result.policy = folder / "policy.xml";
    result.people = find(folder, "", "people.csv");
    std::istringstream lines(world::read(folder / "scenario.txt"));
    for (std::string line; std::getline(lines, line);) {
        line = trimmed(line);
        if (line.empty() || line.starts_with('#')) continue;
        const auto colon = line.find(':');
        const std::string key = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
        if (key == "policy") {
            result.policy = find(folder, "policies", value);
        } else if (key == "mailbox") {
            result.mailboxes.push_back(value);
        } else if (key == "drop") {
            result.events.push_back(read_drop(folder, value));
        } else if (key == "copy") {
            Drop copy = read_drop(folder, value);
            copy.copy = true;
            result.events.push_back(std::move(copy));
        } else if (key == "before") {
            result.before.push_back(read_arrival(folder, value));
        } else if (key == "arrive") {
            result.events.push_back(read_arrival(folder, value));
        } else if (key == "categorise") {
            const Arrival mail = read_arrival(folder, value);
            result.events.push_back(
                Categorising{mail.mailbox, mail.folder, mail.mail, mail.categories}
            );
        } else if (key == "read") {
            const Arrival mail = read_arrival(folder, value);
            result.events.push_back(Reading{mail.mailbox, mail.folder, mail.mail});
        } else if (key == "import") {
            result.events.push_back(Import{find(folder, "", value)});
        } else if (key == "restart") {
            result.events.push_back(Restart{});
        } else if (key == "observe") {
            result.observe = value == "true";
        } else if (key == "new policy") {
            result.events.push_back(NewPolicy{find(folder, "policies", value)});
        } else if (key == "explain") {
            result.events.push_back(read_explanation(folder, value));
        } else {
            throw std::runtime_error("scenario.txt: no such key: " + key);
        }
    }
    return result;
}

}  // namespace scenario
