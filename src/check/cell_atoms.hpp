// What a table's cells take in, as sets of the parts into which the values that they name cut a column.
#pragma once

#include <string>
#include <vector>

#include "check/model.hpp"

namespace praxe {

/// Parts of a column, numbered in order: each value that a cell names, and what lies before, between and beyond them.
/// A set of them is a list of runs, ascending and apart.
struct AtomRun {
    int first = 0, last = 0;  // both included
    bool operator==(const AtomRun&) const = default;
};
using Atoms = std::vector<AtomRun>;

bool meet(const Atoms& a, const Atoms& b);
Atoms common(const Atoms& a, const Atoms& b);
Atoms without(const Atoms& a, const Atoms& b);
bool takes_in(const Atoms& all, const Atoms& some);
std::size_t count(const Atoms& atoms);

/// True where no value lies between the two: whole numbers, one after the other. REQUIRES: they are of one kind.
bool nothing_between(const Value& a, const Value& b);

/// A column of a table as its cells cut it.
class ColumnAtoms {
  public:
    /// `named`: the values that the cells over this column name.
    ColumnAtoms(const Type& type, const std::vector<Value>& named, const Schema& schema);

    Atoms all() const;
    /// REQUIRES: the values are among those named.
    Atoms of(const Cell& cell, const std::vector<Value>& values) const;
    /// One of the atoms as a condition on the column: `product == "radar"`, `amount > money("5.00")`.
    std::string described(const std::string& column, int atom) const;

  private:
    enum class Part { point, before, between, beyond, other };
    struct Atom {
        Part part = Part::point;
        std::size_t value = 0;  // of `between` the one before it
    };
    void cut_in_order();
    void add_point(std::size_t value);
    void cut_apart(const Type& type, const Schema& schema);
    int atom_of(const Value& value) const;

    std::vector<Value> values_;
    bool is_ordered_;
    std::vector<int> points_;  // the atom of each value
    std::vector<Atom> atoms_;
};

}  // namespace praxe
