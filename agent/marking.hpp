// What is set on an item of a mailbox in one call. Separate, because who only watches (agent/observed_mailbox) has to
// come to the same categories as who writes.
#pragma once

#include <string>
#include <vector>

namespace agent {

struct Marking {
    std::vector<std::string> categories_add, categories_remove;
    std::string mark;  ///< our named property; left alone where it is empty
    bool operator==(const Marking&) const = default;
};

struct MarkedItem {
    std::string item;
    Marking marking;
};

/// What is there, less what shall go, plus what shall come; order kept, each once. Case does not count.
std::vector<std::string> merge(std::vector<std::string> categories, const Marking& marking);

}  // namespace agent
