// Why an operation was not done, in the words of the protocol: a ResponseCode and a MessageText.
#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <utility>

namespace ews::simulator {

struct Refusal {
    // A constructor of two: as an aggregate it could be made of one text (C++20), and a result of a
    // text could not tell the two apart.
    Refusal() = default;
    Refusal(std::string code_, std::string text_)
        : code(std::move(code_)), text(std::move(text_)) {}

    std::string code;
    std::string text;
};

template <class T>
using Outcome = boost::system::result<T, Refusal>;

}  // namespace ews::simulator
