// The program `mailferry`: what is around its command line in a process.
#include <sys/stat.h>

#include <cstdio>
#include <exception>

#include "agent/command_line.hpp"

int main(int argc, char** argv) {
    ::umask(S_IRWXG | S_IRWXO);  // what is created holds mail: for this user alone
    try {
        return agent::run_command_line({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "mailferry: %s\n", error.what());
        return 3;
    }
}
