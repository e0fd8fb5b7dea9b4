// The machines of one ruleset: as many as decide at once, each lent to one thread at a time.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "machine/machine.hpp"

namespace praxe {

class Machines {
  public:
    /// The model holds the program, and holds this: it outlives both.
    explicit Machines(const Model& model) : model_(model) {}

    struct GiveBack {
        Machines* to = nullptr;
        void operator()(Machine* machine) const { to->take_back(std::unique_ptr<Machine>(machine)); }
    };
    using Lent = std::unique_ptr<Machine, GiveBack>;

    Lent lend() {
        const std::lock_guard lock(mutex_);
        if (idle_.empty()) return {std::make_unique<Machine>(model_, *model_.program).release(), GiveBack{this}};
        Lent lent(idle_.back().release(), GiveBack{this});
        idle_.pop_back();
        return lent;
    }

  private:
    void take_back(std::unique_ptr<Machine> machine) {
        machine->end_case();
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(machine));
    }

    const Model& model_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Machine>> idle_;
};

}  // namespace praxe
