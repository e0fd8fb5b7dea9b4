// One name for each code.
#include "value/error_name.hpp"

namespace praxe {

const char* name_of(Error::Code code) {
    switch (code) {
        case Error::Code::missing_fact:
            return "missing_fact";
        case Error::Code::no_such_field:
            return "no_such_field";
        case Error::Code::no_such_key:
            return "no_such_key";
        case Error::Code::no_such_overload:
            return "no_such_overload";
        case Error::Code::arithmetic:
            return "arithmetic";
        case Error::Code::range:
            return "range";
        case Error::Code::conversion:
            return "conversion";
        case Error::Code::limit:
            return "limit";
        case Error::Code::no_rule:
            return "no_rule";
        case Error::Code::conflict:
            return "conflict";
        case Error::Code::other:
            return "other";
    }
    return "";
}

}  // namespace praxe
