// `praxe_write_cases COUNT`: so many random cases on standard output, one JSON object a line.
#include <cstdio>
#include <cstdlib>

#include "cases.hpp"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: praxe_write_cases COUNT\n", stderr);
        return 2;
    }
    const std::uint64_t count = std::strtoull(argv[1], nullptr, 10);
    for (std::uint64_t number = 0; number < count; ++number) {
        const std::string line = praxe::bench::case_json(number) + "\n";
        if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) return 1;
    }
    return std::fflush(stdout) == 0 ? 0 : 1;
}
