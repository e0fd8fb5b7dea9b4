// Telephone numbers by libphonenumber.
#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include "value/phone.hpp"

namespace praxe {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// The library's own: made once, read by any number of threads. It would print what it cannot read.
const PhoneNumberUtil& numbers() {
    static PhoneNumberUtil& util = [&]() -> PhoneNumberUtil& {
        PhoneNumberUtil* made = PhoneNumberUtil::GetInstance();
        made->SetLogger(new i18n::phonenumbers::NullLogger());  // becomes its own
        return *made;
    }();
    return util;
}

}  // namespace

std::optional<std::string> e164(std::string_view text, std::string_view region) {
    PhoneNumber number;
    if (numbers().Parse(std::string(text), std::string(region), &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
        !numbers().IsValidNumber(number))
        return std::nullopt;
    std::string written;
    numbers().Format(number, PhoneNumberUtil::E164, &written);
    return written;
}

}  // namespace praxe
