#include "mime/tnef_attribute.hpp"

#include <fmt/format.h>

#include "mime/byte_reader.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

constexpr std::uint32_t signature = 0x223E9F78;

std::uint16_t checksum(std::string_view data) {
    std::uint32_t sum = 0;
    for (const char c : data) sum += static_cast<unsigned char>(c);
    return static_cast<std::uint16_t>(sum & 0xFFFFU);
}

bool is_padding(std::string_view bytes) {
    return bytes.find_first_not_of(std::string_view("\0\r\n", 3)) == bytes.npos;
}

class Stream {
public:
    explicit Stream(std::string_view bytes) : bytes_(bytes), reader_(bytes) {}

    TnefAttributes run() {
        const bool is_tnef = reader_.u32() == signature;
        reader_.u16();  // the key, which refers to nothing
        if (!is_tnef)
            problem("message", "is no TNEF: it does not begin with its signature");
        else if (reader_.is_cut())
            problem("message", "is cut off");
        else
            while (reader_.left() > 0 && attribute()) continue;
        return std::move(result_);
    }

private:
    void problem(std::string_view where, std::string_view what) {
        if (result_.problems.size() < limits::problems)
            result_.problems.push_back(fmt::format("{}: {}", where, what));
    }

    /// Whether there may be another one.
    bool attribute() {
        const auto at = reader_.at();
        const auto level = reader_.u8();
        if (level != 1 && level != 2) {
            if (!is_padding(bytes_.substr(at)))
                problem(
                    fmt::format("byte {}", at), "no attribute begins here; the rest is not read"
                );
            return false;
        }
        if (result_.list.size() == limits::tnef_attributes) {
            problem(fmt::format("byte {}", at), "more attributes than are read");
            return false;
        }
        TnefAttribute attribute{static_cast<TnefLevel>(level), TnefTag{reader_.u32()}, {}};
        const auto where = fmt::format(
            "attribute 0x{:08X} at byte {}", static_cast<std::uint32_t>(attribute.tag), at
        );
        const auto size = reader_.u32();
        attribute.data = reader_.take(size);
        const bool is_whole = !reader_.is_cut();
        const auto sum = reader_.u16();
        if (reader_.is_cut())
            problem(where, "is cut off");
        else if (sum != checksum(attribute.data))
            problem(where, "its checksum does not match");
        if (is_whole || !attribute.data.empty()) result_.list.push_back(attribute);
        return !reader_.is_cut();
    }

    std::string_view bytes_;
    ByteReader reader_;
    TnefAttributes result_;
};

}  // namespace

TnefAttributes read_tnef_attributes(std::string_view stream) {
    return Stream(stream).run();
}

}  // namespace mime
