// Arrow columns put together by hand, in any layout and with any mistake.
#pragma once

#include <cstring>
#include <deque>
#include <memory>
#include <praxe/columns.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace praxe::columns_test {

/// A column: its schema and its array, which live as long as it does.
class HandMade {
  public:
    HandMade(std::string format, std::string name, std::int64_t length)
        : format_(std::move(format)), name_(std::move(name)) {
        array.length = length;
        schema.flags = ARROW_FLAG_NULLABLE;
        schema.release = [](ArrowSchema*) {};
        array.release = [](ArrowArray*) {};
        buffers_.push_back(nullptr);
        refresh();
    }
    HandMade(const HandMade&) = delete;
    HandMade(HandMade&&) = delete;

    /// The rows that are there, as `1101`.
    HandMade& there(std::string_view rows) {
        bytes_.emplace_back((rows.size() + 7) / 8, '\0');
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i] == '1') bytes_.back()[i / 8] = static_cast<char>(bytes_.back()[i / 8] | 1 << (i % 8));
        }
        buffers_[0] = bytes_.back().data();
        return refresh();
    }
    template <typename T>
    HandMade& values(std::initializer_list<T> values) {
        bytes_.emplace_back(values.size() * sizeof(T), '\0');
        std::memcpy(bytes_.back().data(), std::data(values), bytes_.back().size());
        buffers_.push_back(bytes_.back().data());
        return refresh();
    }
    template <typename T>
    HandMade& values(const std::vector<T>& values) {
        bytes_.emplace_back(values.size() * sizeof(T), '\0');
        std::memcpy(bytes_.back().data(), values.data(), bytes_.back().size());
        buffers_.push_back(bytes_.back().data());
        return refresh();
    }
    HandMade& texts(const std::string& all) {
        bytes_.push_back(all);
        buffers_.push_back(bytes_.back().data());
        return refresh();
    }
    HandMade& child(std::unique_ptr<HandMade> column) {
        children_.push_back(std::move(column));
        schemas_.push_back(&children_.back()->schema);
        arrays_.push_back(&children_.back()->array);
        return refresh();
    }
    HandMade& dictionary(std::unique_ptr<HandMade> words) {
        dictionary_ = std::move(words);
        return refresh();
    }
    HandMade& from(std::int64_t offset) {
        array.offset = offset;
        return *this;
    }

    ArrowSchema schema{};
    ArrowArray array{};

  private:
    HandMade& refresh() {
        schema.format = format_.c_str();
        schema.name = name_.c_str();
        schema.n_children = array.n_children = static_cast<std::int64_t>(children_.size());
        schema.children = schemas_.data();
        array.children = arrays_.data();
        array.buffers = buffers_.data();
        array.n_buffers = format_ == "n" ? 0 : static_cast<std::int64_t>(buffers_.size());
        schema.dictionary = dictionary_ ? &dictionary_->schema : nullptr;
        array.dictionary = dictionary_ ? &dictionary_->array : nullptr;
        return *this;
    }

    std::string format_, name_;
    std::vector<const void*> buffers_;
    std::deque<std::string> bytes_;
    std::vector<std::unique_ptr<HandMade>> children_;
    std::vector<ArrowSchema*> schemas_;
    std::vector<ArrowArray*> arrays_;
    std::unique_ptr<HandMade> dictionary_;
};

inline std::unique_ptr<HandMade> column(std::string format, std::string name, std::int64_t length) {
    return std::make_unique<HandMade>(std::move(format), std::move(name), length);
}

}  // namespace praxe::columns_test
