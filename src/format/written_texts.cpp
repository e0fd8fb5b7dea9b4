// The keys of rulesets and vocabularies under which something other than plain text stands.
#include "format/written_texts.hpp"

#include <array>

#include "syntax/parser.hpp"

namespace praxe {
namespace {

enum class Room { none, top, record, decision, rule, indicator };

/// How what stands under a key holds its texts.
enum class Shape {
    texts,        // one scalar or a list
    values,       // a map's values
    conditional,  // `{NAME: text}` alone or in a list
    rooms,        // more to look into: the items of a list or the values of a map
};

struct Key {
    Room room;
    std::string_view name;
    Shape shape;
    WrittenText text;
    Room inside;
};

constexpr std::array keys = {
    Key{Room::top, "define", Shape::values, WrittenText::expression, Room::none},
    Key{Room::top, "decisions", Shape::rooms, {}, Room::decision},
    Key{Room::top, "indicators", Shape::rooms, {}, Room::indicator},
    Key{Room::top, "records", Shape::rooms, {}, Room::record},
    Key{Room::record, "assume", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::decision, "needs", Shape::conditional, WrittenText::expression, Room::none},
    Key{Room::decision, "require", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::decision, "each", Shape::values, WrittenText::expression, Room::none},
    Key{Room::decision, "pick", Shape::values, WrittenText::expression, Room::none},
    Key{Room::decision, "where", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::decision, "order", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::decision, "let", Shape::values, WrittenText::expression, Room::none},
    Key{Room::decision, "always", Shape::values, WrittenText::output, Room::none},
    Key{Room::decision, "table", Shape::texts, WrittenText::table, Room::none},
    Key{Room::decision, "rules", Shape::rooms, {}, Room::rule},
    Key{Room::decision, "exceptions", Shape::rooms, {}, Room::rule},
    Key{Room::decision, "replace", Shape::rooms, {}, Room::rule},
    Key{Room::rule, "cite", Shape::conditional, WrittenText::expression, Room::none},
    Key{Room::rule, "when", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::rule, "unless", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::rule, "any", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::rule, "require", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::rule, "then", Shape::values, WrittenText::output, Room::none},
    Key{Room::rule, "say", Shape::values, WrittenText::texts, Room::none},
    Key{Room::rule, "rules", Shape::rooms, {}, Room::rule},
    Key{Room::rule, "except", Shape::rooms, {}, Room::rule},
    Key{Room::indicator, "needs", Shape::conditional, WrittenText::expression, Room::none},
    Key{Room::indicator, "each", Shape::values, WrittenText::expression, Room::none},
    Key{Room::indicator, "where", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::indicator, "let", Shape::values, WrittenText::expression, Room::none},
    Key{Room::indicator, "count", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::indicator, "share", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::indicator, "sum", Shape::texts, WrittenText::expression, Room::none},
    Key{Room::indicator, "ratio", Shape::values, WrittenText::expression, Room::none},
    Key{Room::indicator, "percentile", Shape::values, WrittenText::expression, Room::none},
    Key{Room::indicator, "by", Shape::texts, WrittenText::expression, Room::none},
};

class Walk {
  public:
    void into(const Node& node, Room room) {
        for (const auto& [name, value] : node.entries) {
            for (const Key& key : keys) {
                if (key.room == room && key.name == name.text.text) take(key, value);
            }
        }
    }
    WrittenTexts found() { return std::move(found_); }

  private:
    void take(const Key& key, const Node& value) {
        switch (key.shape) {
            case Shape::texts:
                add(key, value);
                for (const Node& item : value.items) add(key, item);
                return;
            case Shape::values:
                add_values(key, value);
                return;
            case Shape::conditional:
                add_values(key, value);
                for (const Node& item : value.items) add_values(key, item);
                return;
            case Shape::rooms:
                for (const Node& item : value.items) into(item, key.inside);
                for (const auto& [name, inner] : value.entries) into(inner, key.inside);
                return;
        }
    }
    void add(const Key& key, const Node& node) {
        if (node.is_scalar()) found_.emplace(&node, key.text);
    }
    void add_values(const Key& key, const Node& node) {
        for (const auto& [name, value] : node.entries) add(key, value);
    }

    WrittenTexts found_;
};

void check_holes(const Excerpt& said, Diagnostics& diagnostics) {
    for (std::size_t open = said.text.find('<'); open != std::string::npos; open = said.text.find('<', open + 1)) {
        const std::size_t close = said.text.find('>', open);
        if (close == std::string::npos) return;  // for the ruleset's reader to report
        parse_expression(said.part(open + 1, close), diagnostics);
        open = close;
    }
}

}  // namespace

WrittenTexts written_texts(const Node& document) {
    Walk walk;
    walk.into(document, Room::top);
    return walk.found();
}

void check_expressions(const WrittenTexts& texts, Diagnostics& diagnostics) {
    for (const auto& [node, text] : texts) {
        if (text == WrittenText::expression) parse_expression(node->text, diagnostics);
        if (text == WrittenText::texts) check_holes(node->text, diagnostics);
    }
}

}  // namespace praxe
