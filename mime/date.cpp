// Longer than most files here: the shapes of dates that programs write need one reader of pieces.
#include "mime/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "mime/ascii.hpp"

namespace mime {
namespace {

/// A run of digits or of letters, or one other character.
struct Piece {
    enum class Kind { number, word, sign };
    Kind kind = Kind::sign;
    std::string_view text;
    bool gap = false;  ///< behind a blank, a comma or a comment

    bool is(char c) const { return kind == Kind::sign && text.front() == c; }
};

/// More of them than any date has; the rest is not read.
constexpr std::size_t most_pieces = 32;

/// Behind a comment (RFC 5322 §3.2.2) that begins at `at`.
std::size_t comment_end(std::string_view field, std::size_t at) {
    for (int depth = 0; at < field.size(); ++at) {
        if (field[at] == '\\')
            ++at;
        else if (field[at] == '(')
            ++depth;
        else if (field[at] == ')' && --depth == 0)
            return at + 1;
    }
    return field.size();
}

std::vector<Piece> pieces_of(std::string_view field) {
    std::vector<Piece> pieces;
    bool gap = true;
    for (std::size_t i = 0; i < field.size() && pieces.size() < most_pieces;) {
        if (field[i] == '(') {
            i = comment_end(field, i);
            gap = true;
            continue;
        }
        if (is_space(field[i]) || field[i] == ',') {
            ++i;
            gap = true;
            continue;
        }
        auto end = i + 1;
        auto kind = Piece::Kind::sign;
        if (is_digit(field[i])) {
            kind = Piece::Kind::number;
            while (end < field.size() && is_digit(field[end])) ++end;
        } else if (is_letter(field[i])) {
            kind = Piece::Kind::word;
            while (end < field.size() && is_letter(field[end])) ++end;
        }
        pieces.push_back({kind, field.substr(i, end - i), gap});
        gap = false;
        i = end;
    }
    return pieces;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

/// By its first three letters, as "Sept" and "November" are written as well.
std::optional<unsigned> month_of(const Piece& piece) {
    constexpr std::array<std::string_view, 12> months{
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    if (piece.kind != Piece::Kind::word) return {};
    const auto name = lower(piece.text.substr(0, 3));
    const auto found = std::ranges::find(months, std::string_view(name));
    if (found == months.end()) return {};
    return static_cast<unsigned>(found - months.begin()) + 1;
}

/// RFC 5322 §4.3: 00–49 are 20xx, 50–99 and three digits are from 1900 on.
int full_year(int year, std::size_t digits) {
    if (digits == 3) return year + 1900;
    if (year < 100) return year + (year < 50 ? 2000 : 1900);
    return year;
}

/// Hours east of Greenwich of the names in RFC 5322 §4.3. Nothing for others: several zones share
/// one name, and the letters of the military were defined with the wrong sign.
std::optional<int> hours_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, int>, 12> zones{{
        {"gmt", 0},
        {"utc", 0},
        {"ut", 0},
        {"z", 0},
        {"edt", -4},
        {"est", -5},
        {"cdt", -5},
        {"cst", -6},
        {"mdt", -6},
        {"mst", -7},
        {"pdt", -7},
        {"pst", -8},
    }};
    const auto found =
        std::ranges::find_if(zones, [&](const auto& zone) { return equal(zone.first, name); });
    if (found == zones.end()) return {};
    return found->second;
}

class DateReader {
public:
    explicit DateReader(std::string_view field) : pieces_(pieces_of(field)) {}

    std::optional<std::chrono::sys_seconds> run() {
        const bool colons = std::ranges::any_of(pieces_, [](const auto& p) { return p.is(':'); });
        if (!find_time(colons ? ':' : '.')) begin_ = end_ = pieces_.size();  // a day alone
        if (!sound_) return {};
        const auto zone = read_zone();
        const auto day = year_first() ? numeric_day() : named_day();
        if (!day) return {};
        const std::chrono::sys_seconds moment = std::chrono::sys_days(*day) + time_ - zone;
        constexpr std::chrono::sys_days first = std::chrono::year(1) / 1 / 1;
        constexpr std::chrono::sys_days end = std::chrono::year(10'000) / 1 / 1;
        if (moment < first || moment >= end) return {};  // by its zone
        return moment;
    }

private:
    using Minutes = std::chrono::minutes;

    bool is_number(std::size_t at) const {
        return at < pieces_.size() && pieces_[at].kind == Piece::Kind::number;
    }
    bool is_year(std::size_t at) const { return is_number(at) && pieces_[at].text.size() == 4; }
    /// The number behind a sign. Only colons may have blanks and comments around them (§4.3).
    std::optional<int> joined(std::size_t at, char sign) const {
        if (!is_number(at + 1) || !pieces_[at].is(sign)) return {};
        const bool gap = pieces_[at].gap || pieces_[at + 1].gap;
        if ((gap && sign != ':') || pieces_[at + 1].text.size() > 2) return {};
        return number(pieces_[at + 1].text);
    }

    /// "9:05", "09:05:00", "09.05.00", "9:05 PM"; fractions of a second are passed over.
    bool find_time(char colon) {
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (!is_number(i) || pieces_[i].text.size() > 2) continue;
            const auto minute = joined(i + 1, colon);
            if (!minute) continue;
            const auto second = joined(i + 3, colon);
            begin_ = i;
            end_ = second ? i + 5 : i + 3;
            if (is_number(end_ + 1) && pieces_[end_].is('.') && !pieces_[end_].gap) end_ += 2;
            set_time(*number(pieces_[i].text), *minute, second.value_or(0));
            return true;
        }
        return false;
    }

    void set_time(int hour, int minute, int second) {
        if (end_ < pieces_.size() && hour <= 12) {
            const bool morning = equal(pieces_[end_].text, "am");
            const bool evening = equal(pieces_[end_].text, "pm");
            if (morning || evening) hour = hour % 12 + (evening ? 12 : 0);
        }
        time_ = std::chrono::hours(hour) + Minutes(minute) + std::chrono::seconds(second);
        sound_ = hour < 24 && minute < 60 && second <= 60;  // with a leap second
    }

    /// "+0100", "+01:00", "GMT+1"; a number wins over a name.
    Minutes read_zone() {
        std::optional<int> named;
        for (auto i = end_; i < pieces_.size(); ++i) {
            const auto& piece = pieces_[i];
            const bool begins = piece.gap || i == end_ || hours_of(pieces_[i - 1].text);
            if (begins && (piece.is('+') || piece.is('-')) && is_number(i + 1)) {
                end_of_zone_ = i;
                const auto offset = offset_at(i + 1);
                return piece.is('-') ? -offset : offset;
            }
            if (!named) named = hours_of(piece.text);
        }
        return std::chrono::hours(named.value_or(0));
    }

    /// §3.3 allows 99 hours; minutes that no hour has make a zone unknown.
    Minutes offset_at(std::size_t at) const {
        const auto digits = pieces_[at].text;
        const auto value = number(digits).value_or(0);
        if (digits.size() <= 2) {
            const auto minutes = joined(at + 1, ':').value_or(0);
            return minutes < 60 ? std::chrono::hours(value) + Minutes(minutes) : Minutes{};
        }
        if (digits.size() > 4 || value % 100 > 59) return Minutes{};
        return std::chrono::hours(value / 100) + Minutes(value % 100);
    }

    /// ISO 8601.
    bool year_first() const {
        return is_year(0) && joined(1, separator()) && joined(3, separator());
    }
    char separator() const { return pieces_.size() > 1 ? pieces_[1].text.front() : '-'; }
    std::optional<std::chrono::year_month_day> numeric_day() const {
        return checked(pieces_[0], static_cast<unsigned>(*joined(1, separator())), pieces_[4]);
    }

    /// Day and year on either side of the month, or behind it: "23 Nov 2026", "Nov 23 2026".
    std::optional<std::chrono::year_month_day> named_day() const {
        std::optional<unsigned> month;
        std::vector<const Piece*> numbers, before;
        for (std::size_t i = 0; i < end_of_zone_ && i < pieces_.size(); ++i) {
            if (i >= begin_ && i < end_) continue;
            // The last one before the time: "mar" may be the Tuesday of others.
            if (const auto found = month_of(pieces_[i]); found && (!month || i < begin_)) {
                month = found;
                before = std::exchange(numbers, {});
            }
            if (is_number(i)) numbers.push_back(&pieces_[i]);
        }
        if (!before.empty()) numbers.insert(numbers.begin(), before.back());
        // "Wed Mar 4 08:55:27 -0500 2009"
        for (auto i = end_of_zone_ + 2; i < pieces_.size() && numbers.size() == 1; ++i)
            if (is_year(i)) numbers.push_back(&pieces_[i]);
        if (!month || numbers.size() < 2) return {};
        // Without a time it takes a full year to tell a date from other words.
        if (begin_ == end_ && numbers[0]->text.size() < 4 && numbers[1]->text.size() < 4) return {};
        const bool swapped = numbers[0]->text.size() > 2;
        return checked(*numbers[swapped ? 0 : 1], *month, *numbers[swapped ? 1 : 0]);
    }

    static std::optional<std::chrono::year_month_day> checked(
        const Piece& year, unsigned month, const Piece& day
    ) {
        const auto years = number(year.text), days = number(day.text);
        if (!years || !days || *years > 9999 || *days > 31) return {};
        const std::chrono::year_month_day date{
            std::chrono::year(full_year(*years, year.text.size())),
            std::chrono::month(month),
            std::chrono::day(static_cast<unsigned>(*days))};
        if (!date.ok()) return {};
        return date;
    }

    std::vector<Piece> pieces_;
    std::size_t begin_ = 0, end_ = 0;        ///< the time of day
    std::size_t end_of_zone_ = most_pieces;  ///< from here on nothing belongs to the day
    std::chrono::seconds time_{};
    bool sound_ = true;  ///< the time of day is one
};

}  // namespace

std::optional<std::chrono::sys_seconds> read_date(std::string_view field) {
    return DateReader(field).run();
}

}  // namespace mime
