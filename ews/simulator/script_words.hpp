// The words of a line of a fault script, from left to right. Used by fault_script only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ews::simulator {

/// Keeps the first thing that is wrong with the line; from then on there are no more words.
class Words {
public:
    explicit Words(std::string_view line) : rest_(line) { skip(); }

    bool empty() const { return rest_.empty(); }
    const std::string& problem() const { return problem_; }
    void refuse(std::string problem);

    /// The next word, which stays; "" at the end.
    std::string_view peek() const;
    /// The next word; at the end it is refused that `what` is missing.
    std::string_view take(const char* what);
    bool take_if(std::string_view word);
    /// From 1 to limits::script_number, else it is refused and 1.
    std::size_t take_number(const char* what);
    /// The same of a word that was taken.
    std::size_t read_number(std::string_view word, const char* what);
    std::string take_rest(const char* what);

private:
    void skip();

    std::string_view rest_;
    std::string problem_;
};

}  // namespace ews::simulator
