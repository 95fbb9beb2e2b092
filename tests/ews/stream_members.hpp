// Mailboxes that listen to a tests/ews/streaming_server.hpp, and what the tests of ews/stream_group
// and ews/stream_groups want to know of them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ews/stream_groups.hpp"
#include "tests/ews/streaming_server.hpp"

namespace wire {

using namespace std::chrono_literals;

using News = ews::StreamNews::Kind;
using Ids = std::vector<ews::SubscriptionId>;

constexpr const char* anna = "anna@us.example";
constexpr const char* ben = "ben@us.example";
constexpr const char* carl = "carl@us.example";

inline ews::StreamPaces quick() {
    ews::StreamPaces paces;
    paces.quiet = 1ms;
    paces.longest_quiet = 2ms;
    paces.poll = 20ms;
    paces.unsubscribe = 50ms;
    paces.probe = 50ms;
    paces.stream.opening = 20ms;
    return paces;
}

class StreamMembers : public StreamingTest {
protected:
    ews::Client& client(const std::string& mailbox) {
        auto& one = clients_[mailbox];
        if (!one) one = std::make_unique<ews::Client>(server, acting_as(mailbox));
        return *one;
    }
    std::unique_ptr<ews::StreamMember> join(const std::string& mailbox) {
        std::vector<ews::FolderId> folders{{"F-" + mailbox, ""}};
        return run(groups.join(client(mailbox), std::move(folders))).value();
    }
    ews::Error refusal(const std::string& mailbox) {
        std::vector<ews::FolderId> folders{{"F", ""}};
        return run(groups.join(client(mailbox), std::move(folders))).error();
    }
    ews::StreamNews next(ews::StreamMember& member) { return run(member.next()).value(); }
    ews::errc error(ews::StreamMember& member) {
        for (;;) {
            const auto news = run(member.next());
            if (!news) return news.error().code;
        }
    }
    ews::StreamNews await_news(ews::StreamMember& member, News kind) {
        ews::StreamNews news = next(member);
        while (news.kind != kind) news = next(member);
        return news;
    }
    /// That many members take part in the stream that is open.
    StreamingServer::Line& stream_of(std::size_t members) {
        until([&] {
            return !server.lines.empty() && !server.lines.back()->is_closed &&
                   server.lines.back()->bytes_to_come.empty() && streamed() == members;
        });
        return *server.lines.back();
    }
    std::size_t streamed() const {
        const std::string& body = server.last("GetStreamingEvents").body;
        std::size_t found = 0;
        const std::string tag = "<t:SubscriptionId>";
        for (auto at = body.find(tag); at != std::string::npos; at = body.find(tag, at + 1))
            ++found;
        return found;
    }

    std::map<std::string, std::unique_ptr<ews::Client>> clients_;
    std::map<std::string, Ids> remembered;
    ews::StreamGroups groups{
        quick(),
        [this](const std::string& mailbox, const std::vector<ews::StandingSubscription>& living) {
            remembered[mailbox].clear();
            for (const auto& one : living) remembered[mailbox].push_back(one.id);
        }};
};

}  // namespace wire
