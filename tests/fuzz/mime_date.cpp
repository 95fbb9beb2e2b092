// Any text is a date or none: reading it ends, within the years 1 to 9999. A moment that is written
// as RFC 5322 says is read as that moment, in whichever zone.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <fmt/chrono.h>

#include "mime/date.hpp"

namespace {

constexpr std::chrono::sys_seconds begin = std::chrono::sys_days(std::chrono::year(1900) / 1 / 1);
constexpr std::chrono::sys_seconds end = std::chrono::sys_days(std::chrono::year(9999) / 12 / 1);

void round_trip(std::uint64_t random) {
    constexpr auto span = static_cast<std::uint64_t>((end - begin).count());
    const auto moment = begin + std::chrono::seconds(random % span);
    const int zone = static_cast<int>(random / span % (2 * 14 * 60 + 1)) - 14 * 60;
    const int east = zone < 0 ? -zone : zone;
    const auto local = moment + std::chrono::minutes(zone);
    const auto text = fmt::format(
        "{:%a, %d %b %Y %H:%M:%S} {}{:02}{:02}",
        fmt::gmtime(local.time_since_epoch().count()),
        zone < 0 ? '-' : '+',
        east / 60,
        east % 60
    );
    if (mime::read_date(text) != moment) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view field(reinterpret_cast<const char*>(data), size);
    if (const auto read = mime::read_date(field)) {
        const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(*read));
        if (day.year() < std::chrono::year(1) || day.year() > std::chrono::year(9999)) std::abort();
    }
    std::uint64_t random = 0;
    if (size >= sizeof random) {
        std::memcpy(&random, data, sizeof random);
        round_trip(random);
    }
    return 0;
}
