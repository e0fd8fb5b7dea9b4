// The policy in LuaJIT (policy.lua), as a C++ host calls it: a case becomes tables, the answers are read back.
#pragma once

#include <memory>
#include <string>

#include "by_hand/facts.hpp"

struct lua_State;

namespace by_hand {

class LuaPolicy {
  public:
    /// Ends the program where the script is wrong.
    LuaPolicy(const std::string& path, const Calendar& calendar);

    void decide(const Case& c, Ids& ids, Answers& out);

  private:
    struct Close {
        void operator()(lua_State* state) const;
    };
    std::unique_ptr<lua_State, Close> state_;
};

}  // namespace by_hand
