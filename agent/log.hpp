// The log: one line an event on standard error, `TIME level event key=value …` in UTC, made to be read by
// people and by grep. Never holds a secret or a body; subjects only where a mail is named.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace agent::log {

using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

/// Call once, in main: lines go to standard error.
void start();

/// Lines go to `take` instead, as "LEVEL EVENT key=value …" without the time; for tests.
void start(std::function<void(std::string)> take);

void info(std::string_view event, Fields fields = {});
void warning(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

/// `event key=value key="two words"`: control characters, quotes and line ends are escaped.
std::string line(std::string_view event, Fields fields);

}  // namespace agent::log
