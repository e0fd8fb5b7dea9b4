// Texts in an SVG picture: escaped, and cut to the room there is; the picture's one style sheet.
#pragma once

#include <string>
#include <string_view>

namespace praxe {

/// For text and for attributes; what XML 1.0 cannot hold becomes U+FFFD.
std::string xml(std::string_view text);
/// About how wide a text is drawn, in pixels.
double text_width(std::string_view text);
/// As much of the text as has room, with `…` where it was cut; empty where not even that has.
std::string fitting(const std::string& text, double room);

/// A text that begins at x, with its base line at y, cut to the room.
std::string svg_label(double x, double y, std::string_view look, const std::string& text, double room);
/// A text that ends at x.
std::string svg_label_ending(double x, double y, std::string_view look, const std::string& text);
/// What is shown when the pointer rests on the element around it; nothing for an empty text.
std::string svg_hint(const std::string& text);

/// Colours with enough contrast on light and on dark pages, told apart by those who see few colours too.
extern const char* const svg_style;

}  // namespace praxe
