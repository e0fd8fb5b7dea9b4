// Texts in an SVG picture.
#include "timeline/svg_text.hpp"

#include <fmt/format.h>

#include "value/utf8.hpp"

namespace praxe {

namespace {

constexpr double letter_width = 6.2;  // pixels, of an average letter of the fonts named below at 12 pixels
constexpr std::size_t fewest_letters = 1;

}  // namespace

std::string xml(std::string_view text) {
    static constexpr std::string_view special = "&<>\"";
    static constexpr const char* written[] = {"&amp;", "&lt;", "&gt;", "&quot;"};
    std::string out;
    for (const char c : text) {
        const std::size_t at = special.find(c);
        if (at != std::string_view::npos) {
            out += written[at];
        } else if (static_cast<unsigned char>(c) < ' ') {
            out += "\uFFFD";
        } else {
            out += c;
        }
    }
    return out;
}

double text_width(std::string_view text) {
    return letter_width * static_cast<double>(count_code_points(text));
}

std::string fitting(const std::string& text, double room) {
    if (text_width(text) <= room) return text;
    const auto letters = static_cast<std::size_t>(room > 0 ? room / letter_width : 0);
    if (letters < fewest_letters + 1) return {};
    std::size_t end = 0;
    for (std::size_t i = 0; i + 1 < letters; ++i) next_code_point(text, end);
    return text.substr(0, end) + "…";
}

std::string svg_label(double x, double y, std::string_view look, const std::string& text, double room) {
    return fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.0f}\">{}</text>\n", look, x, y,
                       xml(fitting(text, room)));
}

std::string svg_label_ending(double x, double y, std::string_view look, const std::string& text) {
    return fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.0f}\" text-anchor=\"end\">{}</text>\n", look, x, y,
                       xml(text));
}

std::string svg_hint(const std::string& text) {
    return text.empty() ? "" : fmt::format("<title>{}</title>", xml(text));
}

const char* const svg_style = R"(<style>
text { font: 12px system-ui, "DejaVu Sans", sans-serif; fill: #1f2937; }
.name { font-size: 20px; font-weight: 600; }
.heading { font-weight: 600; }
.quiet { fill: #6b7280; }
.page { fill: #ffffff; }
.off { fill: #f1f3f5; }
.tick { stroke: #d1d5db; stroke-width: 1; }
.now { stroke: #dc2626; stroke-width: 2; }
.now-text { fill: #dc2626; font-weight: 600; }
.mark circle { fill: #4b5563; }
.look0 rect { fill: #bfdbfe; } .look1 rect { fill: #fde68a; } .look2 rect { fill: #bbf7d0; } .look3 rect { fill: #fecaca; }
.look4 rect { fill: #ddd6fe; } .look5 rect { fill: #fed7aa; } .look6 rect { fill: #a5f3fc; } .look7 rect { fill: #e5e7eb; }
.failed rect { fill: #ffffff; stroke: #dc2626; stroke-dasharray: 4 3; }
@media (prefers-color-scheme: dark) {
text { fill: #e5e7eb; }
.quiet { fill: #9ca3af; }
.page { fill: #111827; }
.off { fill: #1b2433; }
.tick { stroke: #374151; }
.now { stroke: #f87171; }
.now-text { fill: #f87171; }
.mark circle { fill: #d1d5db; }
.look0 rect { fill: #1e40af; } .look1 rect { fill: #854d0e; } .look2 rect { fill: #166534; } .look3 rect { fill: #991b1b; }
.look4 rect { fill: #5b21b6; } .look5 rect { fill: #9a3412; } .look6 rect { fill: #155e75; } .look7 rect { fill: #4b5563; }
.failed rect { fill: #111827; stroke: #f87171; }
}
</style>
)";

}  // namespace praxe
