// The types of columns that are made, and their Arrow schemas.
#pragma once

#include <map>
#include <praxe/columns.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "check/model.hpp"

namespace praxe {

/// What a column of answers is, known before any is made.
struct MadeType {
    enum class Form {
        boolean,
        integer,
        unsigned_integer,
        real,
        date,
        instant,
        duration,
        amount,  // money and percent, in hundredths
        text,
        bytes,
        json,  // a text: a value that no column holds, as answers write it
        word,  // of a dictionary
        list,
        structure
    };
    std::string name;
    Form form = Form::json;
    const Model* model = nullptr;    // of json
    std::vector<std::string> words;  // of a dictionary
    std::map<std::string, int, std::less<>> index;
    std::vector<MadeType> children;  // of a list: one

    static MadeType dictionary(std::string name, std::vector<std::string> words);
    static MadeType list(std::string name, MadeType items);
    int index_of(std::string_view word) const;  // or -1
    bool has_offsets() const;                   // texts and lists lie one after another
    /// The bytes of a value, or of a dictionary's index: as few as its words take. 0: not of one width.
    std::size_t width() const;
};

/// The type of a column that holds values of a declared type.
MadeType made_type(std::string name, const Type& type, const Model& model);
void write_schema(const MadeType& type, ArrowSchema& out);

}  // namespace praxe
