// The written policy's sections, as a ruleset lists them for its readers.
#include <fmt/format.h>

#include "document/rule_shapes.hpp"

namespace praxe {
namespace {

RawReading read_reading(const Node& id, const Node& node, Diagnostics& diagnostics) {
    RawReading reading{id.text, {}, {}, {}};
    Fields fields(node, fmt::format("what is said of \"{}\"", id.text.text), diagnostics);
    reading.text.place = node.place();
    read_languages(fields, reading.text);
    reading.by = fields.texts("by");
    reading.tests = fields.texts("tests");
    fields.finish();
    return reading;
}

}  // namespace

void read_section(const Node& node, std::vector<RawSection>& sections, Diagnostics& diagnostics) {
    Fields fields(node, "a section", diagnostics);
    RawSection section;
    const auto id = fields.need_text("section");
    const Node* const title = fields.need("title");
    if (title != nullptr) section.title = read_text(*title, "\"title\"", diagnostics);
    section.files = fields.texts("files");
    for (const auto& [name, reading] : fields.map("says"))
        section.says.push_back(read_reading(name, reading, diagnostics));
    fields.finish();
    if (!id) return;
    section.id = *id;
    sections.push_back(std::move(section));
}

}  // namespace praxe
