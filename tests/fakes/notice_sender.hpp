// A Sender that sends nothing and remembers everything; the n-th call can be refused, or carried
// out with its answer lost.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "agent/notice/sender.hpp"

namespace fakes {

class NoticeSender final : public agent::Sender {
public:
    struct Mail {
        agent::Notice notice;
        std::string to;
    };

    std::vector<Mail> sent;  ///< a repetition after a lost answer stands here twice
    std::size_t calls = 0;
    std::map<std::size_t, agent::Error> failures;  ///< number of the call, from 1: nothing is done
    std::map<std::size_t, agent::Error>
        lost_answers;                             ///< number of the call: done, then this error
    std::map<std::string, agent::Error> refused;  ///< recipient: never sent to

    boost::asio::awaitable<agent::Result<void>> send(agent::Notice notice, std::string to)
        override {
        ++calls;
        if (const auto failure = failures.find(calls); failure != failures.end()) {
            co_return failure->second;
        }
        if (const auto refusal = refused.find(to); refusal != refused.end())
            co_return refusal->second;
        sent.push_back({std::move(notice), std::move(to)});
        if (const auto lost = lost_answers.find(calls); lost != lost_answers.end()) {
            co_return lost->second;
        }
        co_return agent::Result<void>{};
    }

    /// "anna@us.example: Mailferry: …", a line for each mail.
    std::string text() const {
        std::string lines;
        for (const Mail& mail : sent) lines += mail.to + ": " + mail.notice.subject + "\n";
        return lines;
    }
};

}  // namespace fakes
