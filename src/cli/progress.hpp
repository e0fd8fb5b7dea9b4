// How far a long task has come: a line on standard error, written anew now and then.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace praxe {

class Progress {
  public:
    /// `text` says how far it has come, given the seconds it took so far, never 0. Shown on a terminal, and elsewhere
    /// where it is `wanted`.
    Progress(bool wanted, std::function<std::string(double seconds)> text);

    void step();
    /// Says it a last time, and ends the line.
    void end();

  private:
    using Clock = std::chrono::steady_clock;
    void print(char end) const;

    bool shown_;
    std::function<std::string(double)> text_;
    std::uint64_t steps_ = 0;
    Clock::time_point begun_ = Clock::now();
    Clock::time_point next_ = begun_;
};

}  // namespace praxe
