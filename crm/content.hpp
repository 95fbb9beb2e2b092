// The bytes of a mail or of a file in it, as a CRM takes them: piece by piece, because all of them
// may be more than should lie in memory. Whoever has them says how they are read; copies share
// that.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace crm {

class Content {
public:
    /// One passage over the bytes, from the first to the last.
    class Reader {
    public:
        virtual ~Reader() = default;
        /// The next piece, "" at the end; valid until the next call.
        virtual std::string_view next() = 0;
    };
    using Open = std::function<std::unique_ptr<Reader>()>;

    Content() : Content(std::string()) {}
    Content(std::string bytes);
    Content(const char* bytes) : Content(std::string(bytes)) {}
    Content(std::shared_ptr<const std::string> bytes);
    /// `owner` keeps the bytes that `view` names.
    Content(std::string_view view, std::shared_ptr<const void> owner);
    /// `open` may be called on any thread, also after its maker has gone; `size` is what its
    /// readers give in all.
    Content(std::size_t size, Open open) : size_(size), open_(std::move(open)) {}

    std::size_t size() const { return size_; }
    std::unique_ptr<Reader> open() const { return open_(); }
    /// All of it, for what is small.
    std::string whole() const;

    friend bool operator==(const Content& a, const Content& b) {
        return a.size() == b.size() && a.whole() == b.whole();
    }

private:
    std::size_t size_;
    Open open_;
};

}  // namespace crm
