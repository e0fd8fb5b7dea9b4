// Which elements belong together by the texts they have: connected components that never join what is known to differ.
//
// Elements with the same own text are one group. An element without an own text belongs with those of its like that it
// shares a text with, directly or through others of them: a cluster. A cluster that shares a text with elements of
// exactly one own text is of their group; one that shares with several is torn, and stays by itself. So no two own
// texts ever stand in one group, and the order of the elements does not matter.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace praxe {

class Links {
  public:
    /// The next element: its own text, empty where it has none, and those that it shares; an empty one is none.
    void add(std::string_view own, std::span<const std::string_view> shared);
    std::size_t size() const { return own_.size(); }

    struct Groups {
        std::vector<std::uint32_t> of;  // the group of each element; they are numbered in the order of their first
        std::uint32_t count = 0;
        std::vector<bool> torn;  // whether an element's cluster is
    };
    Groups groups() const;

  private:
    /// A text by its number, in the order of first appearance.
    class Texts {
      public:
        std::uint32_t number_of(std::string_view text);
        std::size_t size() const { return numbers_.size(); }

      private:
        struct Hash {
            using is_transparent = void;
            std::size_t operator()(std::string_view text) const;
        };
        std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
    };
    std::span<const std::uint32_t> shared_by(std::size_t element) const;
    std::vector<std::uint32_t> owners(std::span<const std::uint32_t> clusters) const;

    Texts own_texts_, shared_texts_;
    std::vector<std::uint32_t> own_;     // of each element; `none` where it has none
    std::vector<std::uint32_t> shared_;  // those of all elements, one element behind the other
    std::vector<std::size_t> ends_;      // where each element's end in `shared_`
};

}  // namespace praxe
