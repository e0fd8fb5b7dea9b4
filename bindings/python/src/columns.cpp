// praxe._core.decide_columns: Arrow columns in, Arrow columns out; the GIL is released while they are decided.
//
// Lifetimes: a batch of cases is released when it is decided. Answers are kept by the object that is given back and by
// every structure exported from it, which share their buffers.
#include "columns.hpp"

#include <fmt/format.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <exception>
#include <thread>

#include "answers.hpp"
#include "arrow.hpp"
#include "book.hpp"
#include "columns/bits.hpp"
#include "columns/given_out.hpp"
#include "errors.hpp"

namespace praxe::python {
namespace {

/// The answers to some rows: an array for each decision.
using Piece = std::vector<HeldArray>;
using PiecePtr = std::shared_ptr<const Piece>;

struct Decided {
    Columns columns;
    std::vector<PiecePtr> pieces;
    std::int64_t rows = 0;
    bool is_batch = false;  // one piece, for the cases were one batch
};
using DecidedPtr = std::shared_ptr<const Decided>;

// ------------------------------------------------------------------------------------------------------------ deciding

struct Rows {
    std::int64_t first, count;
};

/// Of a batch, as many as threads share, in whole blocks.
std::vector<Rows> shares_of(std::int64_t rows, std::size_t threads) {
    const auto block = static_cast<std::int64_t>(block_rows);
    const auto number = static_cast<std::int64_t>(threads);
    const std::int64_t share = number == 1 ? rows : ((rows + number - 1) / number + block - 1) / block * block;
    std::vector<Rows> shares;
    for (std::int64_t first = 0; first < rows; first += share) shares.push_back({first, std::min(share, rows - first)});
    if (shares.empty()) shares.push_back({0, 0});  // an empty batch is one of no answers
    return shares;
}

Diagnostics decide_share(const Columns& columns, const ArrowArray& batch, const Rows& rows, PiecePtr& out) {
    std::vector<ArrowArray> arrays(columns.decisions().size());
    Diagnostics wrong = columns.decide(batch, rows.first, rows.count, arrays);
    if (!wrong.empty()) return wrong;
    auto piece = std::make_shared<Piece>();
    for (const ArrowArray& array : arrays) piece->emplace_back(array);
    out = std::move(piece);
    return wrong;
}

/// Decides a batch on so many threads, this one among them. What is thrown on one of them is thrown here.
Diagnostics decide_batch(Decided& decided, const ArrowArray& batch, std::size_t threads) {
    const std::vector<Rows> shares = shares_of(batch.length, threads);
    std::vector<PiecePtr> pieces(shares.size());
    std::vector<Diagnostics> wrong(shares.size());
    std::vector<std::exception_ptr> thrown(shares.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < shares.size(); i = next++) {
            try {
                wrong[i] = decide_share(decided.columns, batch, shares[i], pieces[i]);
            } catch (...) {
                thrown[i] = std::current_exception();
            }
        }
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < shares.size(); ++i) others.emplace_back(work);
        work();
    }
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (thrown[i]) std::rethrow_exception(thrown[i]);
        if (!wrong[i].empty()) return wrong[i];
        decided.pieces.push_back(std::move(pieces[i]));
    }
    decided.rows += batch.length;
    return {};
}

Diagnostics broken_off(ArrowArrayStream& stream) {
    const char* const why = stream.get_last_error(&stream);
    Diagnostics diagnostics;
    diagnostics.error({},
                      fmt::format("the stream of columns broke off: {}", why == nullptr ? "it does not say why" : why));
    return diagnostics;
}

Result<DecidedPtr> decide_all(const Ruleset& ruleset, GivenColumns given, const ColumnsOptions& options,
                              std::size_t threads) {
    ArrowArrayStream* const stream = given.stream.get();
    if (!given.is_batch() && stream->get_schema(stream, given.schema.get()) != 0) return broken_off(*stream);
    auto columns = Columns::bind(ruleset, *given.schema, options);
    if (!columns) return columns.diagnostics();
    const auto decided = std::make_shared<Decided>(Decided{*std::move(columns), {}});
    decided->is_batch = given.is_batch() && threads == 1;
    while (true) {
        HeldArray batch = std::move(given.batch);
        if (!batch.is_there() && given.stream.is_there() && stream->get_next(stream, batch.get()) != 0)
            return broken_off(*stream);
        if (!batch.is_there()) return DecidedPtr(decided);
        Diagnostics wrong = decide_batch(*decided, *batch, threads);
        if (!wrong.empty()) return wrong;
    }
}

DecidedPtr decide_columns(const LoadedRuleset& by, const py::object& cases, const AskedOptions& asked,
                          std::int64_t threads) {
    constexpr std::int64_t most_threads = 1'024;
    if (threads < 1 || threads > most_threads)
        throw_call_error(fmt::format("threads are 1 to {}, not {}", most_threads, threads), {});
    ColumnsOptions options{.decisions = asked.options.decisions,
                           .at = asked.options.at,
                           .valid_until = asked.options.valid_until,
                           .horizon = asked.options.horizon};
    GivenColumns given = take_columns(cases);
    auto decided = [&] {
        const py::gil_scoped_release unlocked;
        return decide_all(by.ruleset, std::move(given), options, static_cast<std::size_t>(threads));
    }();
    if (!decided) throw_case_error(decided.diagnostics());
    return *decided;
}

// ------------------------------------------------------------------------------------------------------------- sharing

/// What an exported array points to.
struct Shared {
    PiecePtr piece;
    std::vector<ArrowArray> children{};
    std::vector<ArrowArray*> pointers{};
    ArrowArray dictionary{};
    const void* no_validity = nullptr;
};

Shared* share_children(const PiecePtr& piece, std::size_t count, ArrowArray& out) {
    auto* const owner = new Shared{.piece = piece, .children = std::vector<ArrowArray>(count)};
    for (ArrowArray& child : owner->children) owner->pointers.push_back(&child);
    out.children = owner->pointers.data();
    out.release = release<Shared, ArrowArray>;
    out.private_data = owner;
    return owner;
}

/// An array over the same buffers. The piece is kept until it and all within it are released.
void share(const ArrowArray& of, const PiecePtr& piece, ArrowArray& out) {
    out = of;
    Shared* const owner = share_children(piece, static_cast<std::size_t>(of.n_children), out);
    for (std::size_t i = 0; i < owner->children.size(); ++i) share(*of.children[i], piece, owner->children[i]);
    if (of.dictionary == nullptr) return;
    share(*of.dictionary, piece, owner->dictionary);
    out.dictionary = &owner->dictionary;
}

/// A decision's answers, or all decisions' as the columns of a struct.
using Which = std::optional<std::size_t>;

HeldArray array_of(const PiecePtr& piece, const Which& which) {
    HeldArray out;
    if (which) {
        share(*(*piece)[*which], piece, *out.get());
        return out;
    }
    Shared* const owner = share_children(piece, piece->size(), *out.get());
    for (std::size_t i = 0; i < piece->size(); ++i) share(*(*piece)[i], piece, owner->children[i]);
    out.get()->length = piece->empty() ? 0 : piece->front()->length;
    out.get()->n_children = static_cast<std::int64_t>(piece->size());
    out.get()->n_buffers = 1;
    out.get()->buffers = &owner->no_validity;
    return out;
}

struct SharedSchema {
    std::vector<ArrowSchema> children{};
    std::vector<ArrowSchema*> pointers{};
    ArrowSchema dictionary{};
};

HeldSchema schema_of(const Columns& columns, const Which& which) {
    HeldSchema out;
    if (which) {
        columns.schema(*which, *out.get());
        return out;
    }
    auto* const owner = new SharedSchema{.children = std::vector<ArrowSchema>(columns.decisions().size())};
    for (std::size_t i = 0; i < owner->children.size(); ++i) {
        columns.schema(i, owner->children[i]);
        owner->pointers.push_back(&owner->children[i]);
    }
    *out.get() = {.format = "+s",
                  .name = "",
                  .metadata = nullptr,
                  .flags = 0,
                  .n_children = static_cast<std::int64_t>(owner->children.size()),
                  .children = owner->pointers.data(),
                  .dictionary = nullptr,
                  .release = release<SharedSchema, ArrowSchema>,
                  .private_data = owner};
    return out;
}

struct Streaming {
    DecidedPtr decided;
    Which which;
    std::size_t next = 0;
};

Streaming& streaming_of(ArrowArrayStream* stream) {
    return *static_cast<Streaming*>(stream->private_data);
}

/// Memory is all that can be short here.
template <typename Work>
int told(const Work& work) {
    try {
        work();
    } catch (...) {
        return ENOMEM;
    }
    return 0;
}

HeldStream stream_of(const DecidedPtr& decided, const Which& which) {
    HeldStream out;
    *out.get() = {
        .get_schema =
            [](ArrowArrayStream* stream, ArrowSchema* schema) {
                const Streaming& at = streaming_of(stream);
                return told([&] { *schema = std::exchange(*schema_of(at.decided->columns, at.which).get(), {}); });
            },
        .get_next =
            [](ArrowArrayStream* stream, ArrowArray* array) {
                Streaming& at = streaming_of(stream);
                *array = {};  // the end
                if (at.next == at.decided->pieces.size()) return 0;
                return told([&] {
                    *array = std::exchange(*array_of(at.decided->pieces[at.next], at.which).get(), {});
                    ++at.next;
                });
            },
        .get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; },
        .release =
            [](ArrowArrayStream* stream) {
                delete &streaming_of(stream);
                stream->release = nullptr;
            },
        .private_data = new Streaming{decided, which}};
    return out;
}

Which which_of(const Decided& decided, const std::optional<std::string>& name) {
    if (!name) return std::nullopt;
    const auto& names = decided.columns.decisions();
    const auto found = std::find(names.begin(), names.end(), *name);
    if (found == names.end())
        throw_call_error(fmt::format("the decision \"{}\" was not asked for", *name), hint_for_name(*name, names));
    return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

void define_columns(py::module_& module) {
    using Name = std::optional<std::string>;
    py::class_<Decided, std::shared_ptr<Decided>>(module, "DecidedColumns", "Answers as Arrow columns; immutable.")
        .def(
            "schema",
            [](const Decided& decided, const Name& decision) {
                return capsule_of(schema_of(decided.columns, which_of(decided, decision)));
            },
            py::arg("decision"))
        .def(
            "array",
            [](const Decided& decided, const Name& decision) {
                return capsule_of(array_of(decided.pieces.front(), which_of(decided, decision)));
            },
            py::arg("decision"))
        .def(
            "stream",
            [](const std::shared_ptr<Decided>& decided, const Name& decision) {
                return capsule_of(stream_of(decided, which_of(*decided, decision)));
            },
            py::arg("decision"))
        .def_property_readonly("decisions",
                               [](const Decided& decided) { return py::tuple(py::cast(decided.columns.decisions())); })
        .def_property_readonly("is_batch", [](const Decided& decided) { return decided.is_batch; })
        .def_property_readonly("rows", [](const Decided& decided) { return decided.rows; });
    module.def(
        "decide_columns",
        [](const LoadedRuleset& by, const py::object& cases, const AskedOptions& asked, std::int64_t threads) {
            return std::const_pointer_cast<Decided>(decide_columns(by, cases, asked, threads));
        },
        py::arg("ruleset"), py::arg("cases"), py::arg("options"), py::arg("threads"));
}

}  // namespace praxe::python
