// Helpers of the tests of crm/: run a coroutine to its end, a database file that vanishes with the
// test.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace crm_test {

/// Results of all coroutines, which run at the same time.
template <class T>
std::vector<T> run_all(
    boost::asio::io_context& context, std::vector<boost::asio::awaitable<T>> coroutines
) {
    std::vector<std::optional<T>> results(coroutines.size());
    for (std::size_t i = 0; i < coroutines.size(); ++i) {
        boost::asio::co_spawn(
            context,
            std::move(coroutines[i]),
            [&results, i](const std::exception_ptr& failure, T result) {
                if (failure) std::rethrow_exception(failure);
                results[i] = std::move(result);
            }
        );
    }
    context.restart();
    context.run();
    std::vector<T> values;
    for (auto& result : results) values.push_back(std::move(result.value()));
    return values;
}

template <class T>
T run(boost::asio::io_context& context, boost::asio::awaitable<T> coroutine) {
    std::vector<boost::asio::awaitable<T>> coroutines;
    coroutines.push_back(std::move(coroutine));
    return std::move(run_all(context, std::move(coroutines)).front());
}

/// A folder of its own for each test.
class Folder {
public:
    Folder() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        auto name = std::string(test->test_suite_name()) + "." + test->name();
        for (auto& c : name) c = c == '/' ? '-' : c;
        path_ = std::filesystem::path(testing::TempDir()) / ("mailferry-" + name);
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

}  // namespace crm_test
