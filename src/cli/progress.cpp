// Looks at the clock once in many steps, and writes at most twice a second.
#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace praxe {
namespace {

constexpr std::uint64_t steps_between_looks = 256;
constexpr auto between_lines = std::chrono::milliseconds(500);

}  // namespace

Progress::Progress(bool wanted, std::function<std::string(double)> text)
    : shown_(wanted || isatty(STDERR_FILENO) == 1), text_(std::move(text)) {}

void Progress::step() {
    if (!shown_ || ++steps_ % steps_between_looks != 0) return;
    const auto now = Clock::now();
    if (now < next_) return;
    next_ = now + between_lines;
    print('\r');
}

void Progress::end() {
    if (shown_) print('\n');
}

void Progress::print(char end) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    std::cerr << text_(std::max(seconds, 1e-3)) << end << std::flush;
}

}  // namespace praxe
