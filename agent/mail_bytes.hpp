// The bytes of a mail, wherever they lie: in memory, or in a file that is mapped because it is
// large. Copies share them. From the mailbox (agent/mail_spool) to the reader and the CRM.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace agent {

class MailBytes {
public:
    MailBytes() : MailBytes(std::string()) {}
    MailBytes(std::string bytes) : kept_(std::make_shared<const Kept>(std::move(bytes))) {}
    MailBytes(const char* bytes) : MailBytes(std::string(bytes)) {}
    /// `owner` keeps the bytes that `view` names, and whatever must last as long as they are in
    /// use.
    MailBytes(std::string_view view, std::shared_ptr<const void> owner)
        : kept_(std::make_shared<const Kept>(view, std::move(owner))) {}

    /// As long as one copy of this, or its owner(), is there.
    std::string_view view() const { return kept_->view; }
    std::size_t size() const { return kept_->view.size(); }
    std::shared_ptr<const void> owner() const { return kept_; }

    friend bool operator==(const MailBytes& a, const MailBytes& b) { return a.view() == b.view(); }

private:
    struct Kept {
        explicit Kept(std::string whole) : bytes(std::move(whole)), view(bytes) {}
        Kept(std::string_view elsewhere, std::shared_ptr<const void> keeper)
            : view(elsewhere), owner(std::move(keeper)) {}
        Kept(const Kept&) = delete;
        Kept& operator=(const Kept&) = delete;

        std::string bytes;
        std::string_view view;
        std::shared_ptr<const void> owner;
    };

    std::shared_ptr<const Kept> kept_;
};

}  // namespace agent
