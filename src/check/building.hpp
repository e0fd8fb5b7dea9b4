// What the parts of the building share: parsing, names, and the parts themselves (build.cpp puts them together).
#pragma once

#include <set>
#include <unordered_map>

#include "check/model.hpp"
#include "document/rules.hpp"

namespace praxe {

/// A model in the making, and where to say what is wrong.
struct Building {
    const RawRuleset& raw;
    Model& model;
    Diagnostics& diagnostics;

    std::optional<Expression> parse(const Excerpt& text) const;
    void parse_all(const std::vector<Excerpt>& texts, std::vector<Expression>& out) const;
    /// A name and its expression; what cannot be parsed (reported) keeps its name, so that its uses are not wrong too.
    Binding bind(const RawAssignment& assignment) const;
};

/// The names that a decision's own expressions may use, beside those of the whole ruleset.
using OwnNames = std::set<std::string, std::less<>>;

Languages languages_of(const RawText& text);

/// `"x"` must be a name, no word of the expression language, and `general` no other's.
/// False, and reported, if it is none of these.
bool check_name(const Excerpt& name, Diagnostics& diagnostics);

/// parameters.cpp
Parameter build_parameter(const RawParameter& raw, const Building& building);

/// type_names.cpp: true if the name means a built-in type or one of the vocabulary.
bool is_type_name(std::string_view name, const Schema& schema);
/// A type's name, or a list of members that makes a closed set called `set_name`.
Type type_or_members(const Node& node, const std::string& set_name, Model& model, Diagnostics& diagnostics);

/// build_decision.cpp. REQUIRES: every name of the ruleset is known (`model.globals`, `model.decisions`).
void build_decision(const RawDecision& raw, Decision& decision, const Building& building);

/// The part of it that an indicator has too: needs, arguments, elements, names of its own, `where`, `order`.
OwnNames build_frame(const RawDecision& raw, Decision& decision, const Building& building);

/// build_indicator.cpp. REQUIRES: as above.
std::shared_ptr<Indicator> build_indicator(const RawIndicator& raw, const Building& building);

/// build_rule.cpp: false, and reported, if there is no such clause.
bool check_clause(const Excerpt& clause, const Building& building);

/// decision_shape.cpp: what a decision says must make sense together.
void check_shape(const RawDecision& raw, const Decision& decision, Diagnostics& diagnostics);

/// build_rule.cpp: the rules with what their groups and the exceptions that stand apart add to them.
void build_rules(const RawDecision& raw, Decision& decision, const OwnNames& own, const Building& building);
/// One assignment to an output, into `out`; a member of a closed set may stand bare.
void build_output(const RawAssignment& raw, const Decision& decision, const OwnNames& own, const Building& building,
                  std::vector<Output>& out);
void report_unknown_output(const Excerpt& name, const Decision& decision, Diagnostics& diagnostics);

/// build_sections.cpp. REQUIRES: everything else is built.
void build_sections(const Building& building);

/// build_cell.cpp: the cells of a decision's table. Those that are written alike and are constant are built once.
class CellBuilder {
  public:
    CellBuilder(Decision& decision, const OwnNames& own, const Building& building)
        : decision_(decision), own_(own), building_(building) {}

    /// A condition over a column; nothing if the column cannot be parsed (reported).
    std::optional<Condition> build(const RawAssignment& raw);

  private:
    /// A column as its header writes it, and the text of a cell below.
    struct Written {
        const Source* source;
        std::uint32_t column;
        std::string_view text;
        friend bool operator==(const Written&, const Written&) = default;
    };
    struct Hash {
        std::size_t operator()(const Written& written) const;
    };

    /// Null, and reported, if it cannot be parsed.
    const Expression* column(const Excerpt& name);
    const Cell* cell(const Expression& column, const Excerpt& text);
    bool is_constant(const Expr& value) const;

    Decision& decision_;
    const OwnNames& own_;
    const Building& building_;
    std::unordered_map<Written, const Expression*, Hash> columns_;
    std::unordered_map<Written, const Cell*, Hash> cells_;  // those that are constant
};

/// build_text.cpp: texts with holes between `<` and `>`.
Texts build_texts(const RawText& raw, const Building& building);

}  // namespace praxe
