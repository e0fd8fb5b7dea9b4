// Outcomes as whoever asked sees them: without the element that an outcome was made for.
#pragma once

#include <string>
#include <string_view>

#include "check/model.hpp"

namespace praxe {

/// Whether two outcomes look the same to whoever asked.
bool same_shown(const Model& model, const Value& a, const Value& b);

/// All that is shown of an outcome, in few bytes: the same for those that look the same, and for no others of the same
/// decision. None for absence. They are good as long as the model is there.
std::string shown_bytes(const Model& model, const Value& outcome);
/// An outcome that looks as the one did that the bytes were made of.
Value outcome_of_bytes(std::string_view bytes);

}  // namespace praxe
