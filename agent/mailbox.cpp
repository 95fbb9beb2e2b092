#include "agent/mailbox.hpp"

#include <utility>

#include "agent/setback.hpp"

namespace agent {

awaitable<Result<Mailbox::Results>> Mailbox::mark_each(std::vector<MarkedItem> items) {
    Results results;
    for (MarkedItem& one : items) {
        Result<void> marked = co_await mark(std::move(one.item), std::move(one.marking));
        if (!marked && concerns_all(marked.error().code)) co_return marked.error();
        results.push_back(std::move(marked));
    }
    co_return results;
}

awaitable<Result<Mailbox::Results>> Mailbox::move_each(std::vector<std::string> items, Place to) {
    Results results;
    for (std::string& item : items) {
        Result<void> moved = co_await move(std::move(item), to);
        if (!moved && concerns_all(moved.error().code)) co_return moved.error();
        results.push_back(std::move(moved));
    }
    co_return results;
}

}  // namespace agent
