#include "crm/content.hpp"

#include <algorithm>

namespace crm {
namespace {

constexpr std::size_t piece = 256U << 10U;

class ViewReader final : public Content::Reader {
public:
    explicit ViewReader(std::string_view left) : left_(left) {}

    std::string_view next() override {
        const auto taken = left_.substr(0, piece);
        left_.remove_prefix(taken.size());
        return taken;
    }

private:
    std::string_view left_;
};

}  // namespace

Content::Content(std::string bytes)
    : Content(std::make_shared<const std::string>(std::move(bytes))) {}

Content::Content(std::shared_ptr<const std::string> bytes)
    : Content(std::string_view(*bytes), std::shared_ptr<const void>(bytes)) {}

Content::Content(std::string_view view, std::shared_ptr<const void> owner)
    : size_(view.size()), open_([view, owner = std::move(owner)]() -> std::unique_ptr<Reader> {
          return std::make_unique<ViewReader>(view);
      }) {}

std::string Content::whole() const {
    std::string bytes;
    bytes.reserve(size_);
    const auto reader = open();
    for (auto next = reader->next(); !next.empty(); next = reader->next()) bytes += next;
    return bytes;
}

}  // namespace crm
