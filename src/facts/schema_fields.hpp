// The fields of a record type, as a vocabulary writes them.
#pragma once

#include "facts/schema.hpp"

namespace praxe {

class FieldsReader {
  public:
    /// REQUIRES: `schema` holds every closed set and (perhaps still without fields) every record type already.
    FieldsReader(const Schema& schema, Diagnostics& diagnostics) : schema_(schema), diagnostics_(diagnostics) {}

    /// Reads the map `fields` into `record`.
    void read(const Node& fields, RecordType& record);
    /// After the last one: looks up the fields and facts that fields name.
    void resolve();

  private:
    enum class Role { dated_by, map_key, one_of };
    /// A name in a field that can be looked up only when all fields are known.
    struct LateName {
        Role role;
        RecordType* record;
        std::size_t field;
        Excerpt name;
    };

    void read_field(const Node& key, const Node& value, RecordType& record);
    void read_attributes(const Node& value, const std::string& what, RecordType& record, Field& field);
    Type read_type(const Excerpt& name);
    void read_absence(const Node& value, Field& field);
    std::optional<std::int64_t> read_bound(const Node* value, const std::string& attribute, const Field& field);
    void resolve_dated_by(const LateName& late);
    void resolve_map_key(const LateName& late);
    void resolve_one_of(const LateName& late);

    const Schema& schema_;
    Diagnostics& diagnostics_;
    std::vector<LateName> late_names_;
};

/// `did you mean "x"?`, or else all of the known names.
std::string suggestion(std::string_view wrong, const std::vector<std::string>& known);
/// Letters, digits and `_`, not beginning with a digit.
bool is_name(std::string_view text);

}  // namespace praxe
