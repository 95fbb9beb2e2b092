// Fuzz target: the CSV reader and the file of people. Neither may crash, hang or lose a line
// number.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crm/csv.hpp"
#include "crm/embedded/people_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto rows = crm::csv::read(text)) {
        int line = 0;
        for (const auto& row : *rows) {
            if (row.line <= line || row.cells.empty()) std::abort();
            line = row.line;
        }
    } else if (rows.error().empty()) {
        std::abort();
    }
    if (const auto people = crm::embedded::read_people(text)) {
        for (const auto& person : *people) {
            if (person.name.empty()) std::abort();
        }
    } else if (people.error().empty()) {
        std::abort();
    }
    return 0;
}
