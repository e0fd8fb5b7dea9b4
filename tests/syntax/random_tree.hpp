// Expression trees at random, for tests that must hold of all of them.
#pragma once

#include <random>

#include "syntax/expr.hpp"
#include "syntax/operators.hpp"

namespace praxe {

/// Trees such as the parser can make, at random.
class TreeMaker {
  public:
    explicit TreeMaker(unsigned seed) : random_(seed) {}

    ExprPtr tree(int levels) {
        if (levels == 0 || one_of(8) == 0) return leaf();
        switch (one_of(10)) {
            case 0:
                return unary(levels);
            case 1:
                return select(levels);
            case 2:
                return call(levels);
            case 3:
                return index(levels);
            case 4:
                return list(levels);
            case 5:
                return map(levels);
            case 6:
                return macro(levels);
            case 7:
                return choice(levels);
            default:
                return binary(levels);
        }
    }

  private:
    std::size_t one_of(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
    bool coin() { return one_of(2) == 0; }

    ExprPtr node(ExprKind kind) {
        auto e = std::make_unique<Expr>();
        e->kind = kind;
        return e;
    }
    void add(Expr& e, int levels) { e.args.push_back(tree(levels - 1)); }
    std::string name() { return std::string(1, static_cast<char>('p' + one_of(4))); }

    ExprPtr leaf() {
        ExprPtr e = node(coin() ? ExprKind::ident : ExprKind::literal);
        if (e->kind == ExprKind::ident) {
            e->name = name();
            e->absolute = one_of(6) == 0;
            return e;
        }
        const Value values[] = {Value::integer(7),
                                Value::integer(-7),
                                Value::integer(INT64_MIN),
                                Value::unsigned_integer(UINT64_MAX),
                                Value::real(0.1),
                                Value::real(-1e300),
                                Value::real(-0.0),
                                Value::string("a\"\\\n\x01\U0001F600"),
                                Value::string(std::string("\0", 1)),
                                Value::bytes("\xff\"z"),
                                Value::boolean(true),
                                Value::null()};
        e->value = values[one_of(std::size(values))];
        return e;
    }
    ExprPtr unary(int levels) {
        ExprPtr e = node(ExprKind::call);
        e->name = coin() ? "!_" : "-_";
        add(*e, levels);
        return e;
    }
    ExprPtr binary(int levels) {
        ExprPtr e = node(ExprKind::call);
        e->name = binary_operators[one_of(binary_operators.size())].name;
        if (one_of(3) == 0) e->name = coin() ? "_||_" : "_&&_";
        add(*e, levels);
        add(*e, levels);
        return e;
    }
    ExprPtr choice(int levels) {
        ExprPtr e = node(ExprKind::call);
        e->name = "_?_:_";
        for (int i = 0; i < 3; ++i) add(*e, levels);
        return e;
    }
    ExprPtr select(int levels) {
        ExprPtr e = node(ExprKind::select);
        const char* names[] = {"p", "if", "in", "content-type", "true"};
        e->name = names[one_of(std::size(names))];
        add(*e, levels);
        e->optional = one_of(4) == 0;
        if (e->optional || coin()) return e;
        ExprPtr has = node(ExprKind::has);
        has->args.push_back(std::move(e));
        return has;
    }
    ExprPtr call(int levels) {
        ExprPtr e = node(ExprKind::call);
        e->receiver = coin();
        e->name = e->receiver ? "m" : "f";
        if (e->receiver) add(*e, levels);
        for (std::size_t n = one_of(3); n > 0; --n) add(*e, levels);
        return e;
    }
    ExprPtr index(int levels) {
        ExprPtr e = node(ExprKind::index);
        e->optional = coin();
        add(*e, levels);
        add(*e, levels);
        return e;
    }
    ExprPtr list(int levels) {
        ExprPtr e = node(ExprKind::list);
        for (std::size_t n = one_of(3); n > 0; --n) {
            add(*e, levels);
            e->optionals.push_back(coin());
        }
        return e;
    }
    ExprPtr map(int levels) {
        ExprPtr e = node(ExprKind::map);
        for (std::size_t n = one_of(3); n > 0; --n) {
            add(*e, levels);
            add(*e, levels);
            e->optionals.push_back(coin());
        }
        return e;
    }
    ExprPtr macro(int levels) {
        if (one_of(4) == 0) {
            ExprPtr e = node(ExprKind::bind);
            e->vars = {name()};
            add(*e, levels);
            add(*e, levels);
            return e;
        }
        ExprPtr e = node(ExprKind::comprehension);
        const MacroRow& row = macro_rows[one_of(macro_rows.size())];
        e->macro = row.macro;
        e->vars = {"v", "w"};
        e->vars.resize(row.min_vars + one_of(row.max_vars - row.min_vars + 1));
        add(*e, levels);
        for (std::size_t n = row.min_exprs + one_of(row.max_exprs - row.min_exprs + 1); n > 0; --n) add(*e, levels);
        return e;
    }

    std::mt19937 random_;
};

}  // namespace praxe
