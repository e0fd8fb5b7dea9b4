// Groups by disjoint sets, in three passes over the elements.
#include "value/links.hpp"

#include <absl/hash/hash.h>

#include <boost/pending/disjoint_sets.hpp>
#include <numeric>

namespace praxe {
namespace {

using Number = std::uint32_t;
constexpr Number none = 0xFFFFFFFF;
constexpr Number several = none - 1;

class Sets {
  public:
    explicit Sets(std::size_t size) : rank_(size), parent_(size), sets_(rank_.data(), parent_.data()) {
        std::iota(parent_.begin(), parent_.end(), Number{0});
    }

    Number find(std::size_t element) { return sets_.find_set(static_cast<Number>(element)); }
    void join(std::size_t a, std::size_t b) { sets_.union_set(static_cast<Number>(a), static_cast<Number>(b)); }
    /// With the one that was first remembered under that number.
    void join_first(std::vector<Number>& firsts, Number number, std::size_t element) {
        Number& first = firsts[number];
        first == none ? static_cast<void>(first = static_cast<Number>(element)) : join(first, element);
    }

  private:
    std::vector<Number> rank_, parent_;
    boost::disjoint_sets<Number*, Number*> sets_;
};

/// What is known of an owner, with one more.
Number with(Number known, Number owner) {
    if (known == none || known == owner) return owner;
    return owner == none ? known : several;
}

}  // namespace

std::size_t Links::Texts::Hash::operator()(std::string_view text) const {
    return absl::HashOf(text);  // its seed is not known outside, so collisions cannot be prepared
}

std::uint32_t Links::Texts::number_of(std::string_view text) {
    const auto found = numbers_.find(text);
    if (found != numbers_.end()) return found->second;
    const auto number = static_cast<Number>(numbers_.size());
    numbers_.emplace(text, number);
    return number;
}

void Links::add(std::string_view own, std::span<const std::string_view> shared) {
    own_.push_back(own.empty() ? none : own_texts_.number_of(own));
    for (const std::string_view text : shared) {
        if (!text.empty()) shared_.push_back(shared_texts_.number_of(text));
    }
    ends_.push_back(shared_.size());
}

std::span<const std::uint32_t> Links::shared_by(std::size_t element) const {
    const std::size_t begin = element == 0 ? 0 : ends_[element - 1];
    return std::span(shared_).subspan(begin, ends_[element] - begin);
}

/// By cluster: the own text with whose elements it shares something, `none`, or `several`.
std::vector<std::uint32_t> Links::owners(std::span<const Number> clusters) const {
    std::vector<Number> of_text(shared_texts_.size(), none);
    std::vector<Number> of_cluster(size(), none);
    for (std::size_t i = 0; i < size(); ++i) {
        if (own_[i] == none) continue;
        for (const Number text : shared_by(i)) of_text[text] = with(of_text[text], own_[i]);
    }
    for (std::size_t i = 0; i < size(); ++i) {
        if (own_[i] != none) continue;
        Number& owner = of_cluster[clusters[i]];
        for (const Number text : shared_by(i)) owner = with(owner, of_text[text]);
    }
    return of_cluster;
}

Links::Groups Links::groups() const {
    Sets sets(size());
    std::vector<Number> first_with_own(own_texts_.size(), none);
    std::vector<Number> first_sharing(shared_texts_.size(), none);
    for (std::size_t i = 0; i < size(); ++i) {
        if (own_[i] != none) {
            sets.join_first(first_with_own, own_[i], i);
        } else {
            for (const Number text : shared_by(i)) sets.join_first(first_sharing, text, i);
        }
    }
    std::vector<Number> clusters(size());
    for (std::size_t i = 0; i < size(); ++i) clusters[i] = sets.find(i);
    const std::vector<Number> owner = owners(clusters);

    Groups groups;
    groups.of.resize(size());
    groups.torn.resize(size());
    for (std::size_t i = 0; i < size(); ++i) {
        const Number owned_by = own_[i] == none ? owner[clusters[i]] : none;
        groups.torn[i] = owned_by == several;
        if (owned_by < several) sets.join(i, first_with_own[owned_by]);
    }
    std::vector<Number> numbers(size(), none);
    for (std::size_t i = 0; i < size(); ++i) {
        Number& number = numbers[sets.find(i)];
        if (number == none) number = groups.count++;
        groups.of[i] = number;
    }
    return groups;
}

}  // namespace praxe
