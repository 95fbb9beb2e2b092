#include "ews/srv_record.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>

#include "ews/autodiscover_limits.hpp"

namespace ews {
namespace {

constexpr std::size_t header_size = 12;
constexpr unsigned type_srv = 33, class_internet = 1;

/// Reads on from `at`; whatever would lie outside makes it fail for good.
class Reader {
public:
    explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    bool failed() const { return failed_; }
    std::size_t at() const { return at_; }

    void skip(std::size_t count) {
        if (count > bytes_.size() - at_)
            fail();
        else
            at_ += count;
    }

    std::uint16_t number() {
        const std::size_t here = at_;
        skip(2);
        if (failed_) return 0;
        return static_cast<std::uint16_t>(bytes_[here] << 8 | bytes_[here + 1]);
    }

    /// RFC 1035 §4.1.4, labels joined by dots. Each pointer has to lead further back than the one
    /// before, so that there is an end.
    std::string name() {
        std::string name;
        std::size_t here = at_, lowest = at_;
        std::optional<std::size_t> behind;
        while (here < bytes_.size() && bytes_[here] != 0) {
            const std::size_t length = bytes_[here];
            if (length >= 0xC0) {
                if (here + 1 >= bytes_.size()) return fail();
                const std::size_t target = (length & 0x3F) << 8 | bytes_[here + 1];
                if (!behind) behind = here + 2;
                if (target >= lowest) return fail();
                here = lowest = target;
                continue;
            }
            if (length > 63 || length >= bytes_.size() - here) return fail();
            if (!name.empty()) name += '.';
            for (const std::uint8_t byte : bytes_.subspan(here + 1, length))
                name += static_cast<char>(byte);
            if (name.size() > limits::domain_name) return fail();
            here += length + 1;
        }
        if (here >= bytes_.size()) return fail();
        at_ = behind.value_or(here + 1);
        return name;
    }

private:
    std::string fail() {
        failed_ = true;
        at_ = bytes_.size();
        return {};
    }

    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

/// In lower case; "" if it is none, as "." is.
std::string host_name(std::string name) {
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const bool is_usual =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!is_usual) return {};
    }
    return name;
}

void read_record(Reader& reader, std::vector<SrvRecord>& records) {
    reader.name();
    const unsigned type = reader.number();
    const unsigned kind = reader.number();
    reader.skip(4);  // how long it may be kept
    const std::size_t length = reader.number();
    const std::size_t start = reader.at();
    Reader data = reader;
    reader.skip(length);
    if (reader.failed() || type != type_srv || kind != class_internet) return;
    SrvRecord record;
    record.priority = data.number();
    record.weight = data.number();
    record.port = data.number();
    record.target = host_name(data.name());
    if (data.failed() || data.at() != start + length) return;
    if (!record.target.empty() && record.port != 0) records.push_back(std::move(record));
}

}  // namespace

Result<std::vector<SrvRecord>> read_srv_answer(std::span<const std::uint8_t> bytes) {
    Reader reader(bytes);
    reader.skip(2);
    const bool is_answer = (reader.number() & 0x8000U) != 0;
    const std::size_t questions = reader.number();
    const std::size_t answers = std::min<std::size_t>(reader.number(), limits::dns_records);
    reader.skip(header_size - reader.at());
    for (std::size_t i = 0; i < questions && !reader.failed(); ++i) {
        reader.name();
        reader.skip(4);
    }
    std::vector<SrvRecord> records;
    for (std::size_t i = 0; i < answers && !reader.failed(); ++i) read_record(reader, records);
    if (reader.failed() || !is_answer)
        return Error{errc::protocol, {}, "the DNS answer is cut or no DNS answer", {}};
    std::ranges::sort(records, {}, [](const SrvRecord& record) {
        return std::tuple(record.priority, -int{record.weight}, record.target, record.port);
    });
    return records;
}

}  // namespace ews
