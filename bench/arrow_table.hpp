// Columns of a batch over buffers that stand elsewhere, as Arrow has them; and how long work on them takes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <deque>
#include <praxe/columns.hpp>
#include <string>
#include <thread>
#include <vector>

namespace praxe::bench {

inline constexpr std::size_t chunk_rows = 1 << 16;  // of one call: what a host would hand over at a time

/// Cases that consist of one record, with a column for each of its fields. The buffers must outlive it.
class ArrowTable {
  public:
    explicit ArrowTable(std::size_t count) : count_(static_cast<std::int64_t>(count)) {}
    ArrowTable(const ArrowTable&) = delete;
    const ArrowSchema& schema() const { return cases_.schema; }
    const ArrowArray& array() const { return cases_.array; }

    void add(const char* format, const char* name, const void* values, const void* validity = nullptr) {
        fields_.push_back(column(format, name));
        Held& held = fields_.back();
        held.buffers = {validity, values};
        held.array.n_buffers = 2;
        held.array.buffers = held.buffers.data();
    }
    void words(const char* name, const std::vector<std::int8_t>& indices, const std::vector<std::string>& all) {
        add("c", name, indices.data());
        Held& held = fields_.back();
        std::string& text = texts_.emplace_back();
        std::vector<std::int32_t>& offsets = offsets_.emplace_back(1, 0);
        for (const std::string& word : all) {
            text += word;
            offsets.push_back(static_cast<std::int32_t>(text.size()));
        }
        Held& dictionary = dictionaries_.emplace_back(column("u", ""));
        dictionary.buffers = {nullptr, offsets.data(), text.data()};
        dictionary.array.n_buffers = 3;
        dictionary.array.buffers = dictionary.buffers.data();
        dictionary.array.length = static_cast<std::int64_t>(all.size());
        held.schema.dictionary = &dictionary.schema;
        held.array.dictionary = &dictionary.array;
    }

    /// Once all columns are there.
    void finish(const char* record) {
        record_ = column("+s", record);
        record_.children(fields_);
        cases_ = column("+s", "");
        one_.push_back(std::move(record_));
        cases_.children(one_);
    }

  private:
    struct Held {
        ArrowSchema schema{};
        ArrowArray array{};
        std::vector<const void*> buffers;
        std::vector<ArrowSchema*> schemas;
        std::vector<ArrowArray*> arrays;
        void children(std::deque<Held>& of) {
            for (Held& child : of) {
                schemas.push_back(&child.schema);
                arrays.push_back(&child.array);
            }
            schema.n_children = array.n_children = static_cast<std::int64_t>(of.size());
            schema.children = schemas.data();
            array.children = arrays.data();
        }
    };

    Held column(const char* format, const char* name) const {
        Held held;
        held.schema.format = format;
        held.schema.name = name;
        held.schema.release = [](ArrowSchema*) {};
        held.array.release = [](ArrowArray*) {};
        held.array.length = count_;
        held.buffers = {nullptr};
        held.array.n_buffers = 1;
        held.array.buffers = held.buffers.data();
        return held;
    }
    std::int64_t count_;
    std::deque<Held> fields_, one_, dictionaries_;
    std::deque<std::string> texts_;
    std::deque<std::vector<std::int32_t>> offsets_;
    Held record_, cases_;
};

inline double median(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

/// Seconds of the processor, of all threads together, for `work(first, count)` on all chunks of the rows.
template <typename Work>
double seconds(const Work& work, std::size_t rows, std::size_t threads) {
    const std::clock_t begin = std::clock();
    std::vector<std::thread> others;
    const auto share = [&](std::size_t thread) {
        for (std::size_t first = thread * chunk_rows; first < rows; first += threads * chunk_rows)
            work(first, std::min(chunk_rows, rows - first));
    };
    for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(share, thread);
    share(0);
    for (std::thread& other : others) other.join();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace praxe::bench
