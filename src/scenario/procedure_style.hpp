// The style sheet of the procedure's page: for screens of any width, light and dark, and for paper.
#pragma once

namespace praxe {

extern const char* const procedure_style;

}  // namespace praxe
