// The vocabulary: which facts there are, their types, bounds and what their absence means. Read from a YAML file.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/node.hpp"
#include "value/type.hpp"

namespace praxe {

/// Bounds of a fact whose field declares none.
inline constexpr std::size_t default_max_bytes = 64u << 10;  // bytes
inline constexpr std::size_t default_max_items = 10'000;     // items

struct ClosedSet {
    std::string name;
    std::vector<std::string> members;
};

struct Field {
    std::string name;
    Type type;
    bool required = false;  // written without `?`: reading a record without it is an error
    bool happens = false;   // an instant that, while later than the instant judged, reads as absent
    int dated_by = -1;  // `with: FIELD`: reads as absent while that happening field is later than the instant judged
    std::optional<bool> absent;  // how an absent boolean reads
    bool absent_empty =
        false;  // an absent list or map reads as empty; an absent record with `absent: {}` as one without fields
    std::optional<std::int64_t> minimum, maximum;  // of numbers, in the type's own unit (cents, days, …)
    std::size_t max_bytes = 0;                     // bytes of a string; 0: default_max_bytes
    std::size_t max_items = 0;                     // items of a list or map; 0: default_max_items
    std::string one_of;                            // a string that is a key of this fact (`staff`)
    bool checked = false;                          // and reading a case where it is not is an error
    std::string key;                               // of a map written as a list: the element's key field
    bool fixed = false;                            // may not change (for what-if questions)
    Place place;
};

struct RecordType {
    std::string name;
    std::vector<Field> fields;
    int since = -1;  // the field from whose instant on the record is there
    int key = -1;    // the field that identifies it in its list; no two alike
    struct Assumption {
        Excerpt text;  // a condition over the record's own fields
    };
    std::vector<Assumption> assumptions;
    bool is_outcome = false;  // made by a decision; no vocabulary declares it
    Place place;

    int find(std::string_view field) const;  // index, or -1
    std::vector<std::string> field_names() const;
};

struct Schema {
    std::string name;
    std::map<std::string, ClosedSet, std::less<>> closed_sets;
    std::map<std::string, std::unique_ptr<RecordType>, std::less<>> records;
    RecordType facts;  // the case: `at`, `client`, …
};

/// Reads a vocabulary; everything wrong goes to `diagnostics`, and then null is returned.
std::unique_ptr<Schema> read_schema(const Node& document, Diagnostics& diagnostics);

/// One case, read and checked. Shares ownership of its source text only.
struct CaseFacts {
    std::shared_ptr<const Record> facts;  // of type schema.facts
    Node document;                        // for the places of facts
    /// Where a fact stands (`client.appointments[0].owner`); the nearest enclosing node where it is absent itself.
    Place place_of(std::string_view path) const;
};

/// Reads a case against the schema: types, bounds, closed sets, keys. Everything wrong goes to `diagnostics`, and then
/// nothing is returned. Assumptions are the caller's to check (they need the evaluator).
std::optional<CaseFacts> read_case(Node document, const Schema& schema, Diagnostics& diagnostics);

}  // namespace praxe
