#include "tests/crash/expectation.hpp"

#include <utility>

namespace crash {

void Findings::add(int Findings::*kind, std::string line) {
    ++(this->*kind);
    lines.push_back(std::move(line));
}

void Findings::add(const Findings& more) {
    lost += more.lost;
    doubled += more.doubled;
    wrong += more.wrong;
    lines.insert(lines.end(), more.lines.begin(), more.lines.end());
}

}  // namespace crash
