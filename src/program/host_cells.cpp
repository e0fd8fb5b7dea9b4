// Members against what the vocabulary asks of them, as facts/host_value.cpp has it for Values; what is wrong has no
// words.
#include "program/host_cells.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/utf8.hpp"

namespace praxe {
namespace {

using As = HostField::As;

constexpr std::uint64_t scalar_bytes = 8;  // as written out (Value::written_bytes)

std::uint64_t bytes_of_record(const RecordLayout& layout) {
    return scalar_bytes * (1 + layout.type->fields.size());
}

const HostCells& host_of(const FactCells& cells) {
    return static_cast<const HostCells&>(cells);
}

Datum of_state(HostCell::State state) {
    return state == HostCell::State::absent ? Datum::none() : Datum::error();
}

Datum whole(std::int64_t number, const HostField& host) {
    return number < host.least || number > host.most ? Datum::error() : Datum::of(number);
}

/// An item of a list is as long as its bound allows, like a text of its own.
Datum text_of(const HostCell& found, const HostField& host) {
    const std::string_view text(found.bytes, found.length);
    const bool fits = text.size() <= host.most_bytes && (host.has_items || valid_utf8(text));
    return fits ? Datum::of(text) : Datum::error();
}

Datum member(std::int64_t enumerator, const HostField& host) {
    const auto place = static_cast<std::uint64_t>(enumerator) - static_cast<std::uint64_t>(host.first_enumerator);
    const bool has_name = place < host.member_of.size() && host.member_of[place] >= 0;
    return has_name ? Datum::of(std::int64_t{host.member_of[place]}) : Datum::error();
}

Datum member_named(std::string_view name, const ClosedSet& set) {
    const auto found = std::find(set.members.begin(), set.members.end(), name);
    return found == set.members.end() ? Datum::error() : Datum::of(std::int64_t{found - set.members.begin()});
}

/// Of the frequent kinds the most frequent first.
inline Datum scalar(const HostCell& found, const HostField& host) {
    if (host.as == As::whole) return whole(found.whole, host);
    if (host.as == As::member) return member(found.whole, host);
    switch (host.as) {
        case As::real:
            return Datum::of(found.real);
        case As::text:
            return text_of(found, host);
        case As::member_text:
            return member_named({found.bytes, found.length}, *host.set);
        default:
            return Datum::error();
    }
}

std::uint64_t bytes_of(const Datum& item, const HostField& host) {
    if (host.as == As::text) return scalar_bytes + item.length;
    return scalar_bytes + (host.set == nullptr ? 0 : host.set->members[static_cast<std::size_t>(item.whole)].size());
}

void append_path(const HostCells& cells, std::string& to) {
    if (cells.parent == nullptr) return;
    append_path(*cells.parent, to);
    if (!to.empty()) to += '.';
    to += cells.parent->layout->type->fields[cells.field].name;
    if (cells.item != HostCells::no_item) fmt::format_to(std::back_inserter(to), "[{}]", cells.item);
}

/// True if no two are alike. Few are compared with each other.
bool differ(HostMemory::Keys& keys, bool in_order) {
    constexpr std::size_t few = 8;
    if (keys.size() > few || in_order) {
        if (!std::is_sorted(keys.begin(), keys.end())) std::sort(keys.begin(), keys.end());
        return std::adjacent_find(keys.begin(), keys.end(),
                                  [](const auto& a, const auto& b) { return a.first == b.first; }) == keys.end();
    }
    for (std::size_t i = 1; i < keys.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (keys[i].first == keys[k].first) return false;
        }
    }
    return true;
}

}  // namespace

const HostCells* HostCellsMaker::begin_case(const HostReader& reader, const void* object,
                                            const std::shared_ptr<const Record>& facts) {
    memory_.clear();
    facts_ = facts;
    HostCells* const cells = lay_out(reader, *program_.facts, 1, nullptr, 0);
    cells->object = object;
    return cells;
}

/// So many records that stand in a field of another, with no field of theirs read yet.
HostCells* HostCellsMaker::lay_out(const HostReader& reader, const RecordLayout& layout, std::size_t count,
                                   const HostCells* parent, std::uint32_t field) {
    const std::size_t width = layout.fields.size();
    auto* const made = arena_.room<HostCells>(count);
    auto* const fields = arena_.room<Datum>(count * width);
    Datum::set_unread(fields, count * width);
    for (std::size_t i = 0; i < count; ++i)
        new (made + i)
            HostCells{{&layout, nullptr, nullptr, fields + i * width}, this, &reader, nullptr, parent, field};
    return made;
}

Datum HostCellsMaker::read(const HostCells& cells, const FieldRead& field) {
    const HostField& host = cells.reader->by_field[field.field];
    if (host.as <= As::record || host.has_items || cells.parent == nullptr) return read_other(cells, field, host);
    const HostCell found = host.look(cells.object, found_);
    return found.state == HostCell::State::there ? scalar(found, host) : of_state(found.state);
}

/// Neither a number nor a text nor a member, or of the case itself, which keeps some.
Datum HostCellsMaker::read_other(const HostCells& cells, const FieldRead& field, const HostField& host) {
    if (host.as == As::absent) return Datum::none();
    const bool is_kept = cells.parent == nullptr && !facts_->unread[field.field];
    if (host.as == As::value || is_kept) return Datum::unread();
    if (host.has_items) return items(cells, field, host);
    const HostCell found = host.look(cells.object, found_);
    if (found.state != HostCell::State::there) return of_state(found.state);
    return host.as == As::record ? record(cells, field, host, found.object) : scalar(found, host);
}

Datum HostCellsMaker::items(const HostCells& of, const FieldRead& field, const HostField& host) {
    found_.clear();
    const HostCell found = host.look(of.object, found_);
    if (found.state != HostCell::State::there) return of_state(found.state);
    if (found_.empty() && host.empty_is_absent) return Datum::none();
    if (found_.size() > host.most_items) return Datum::error();
    return host.as == As::record ? records(of, field, host) : scalars(host);
}

Datum HostCellsMaker::record(const HostCells& of, const FieldRead& field, const HostField& host, const void* object) {
    if (field.shape->layout == nullptr) return Datum::error();
    HostCells* const made = lay_out(*host.held, *field.shape->layout, 1, &of, field.field);
    made->object = object;
    return Datum::of(static_cast<const FactCells*>(made));
}

Datum HostCellsMaker::scalars(const HostField& host) {
    const std::size_t count = found_.size();
    auto* const cells = arena_.room<Datum>(count);
    auto* const items = arena_.make<Items>(1);
    items->written_bytes = scalar_bytes;
    for (const HostCell& found : found_) {
        if (found.state != HostCell::State::there) return Datum::error();
        const Datum item = scalar(found, host);
        if (item.is_error()) return item;
        items->written_bytes += bytes_of(item, host);
        cells[items->count++] = item;
    }
    items->cells = cells;
    return Datum::of(static_cast<const Items*>(items));
}

/// A list of records, or a map of them by their keys.
Datum HostCellsMaker::records(const HostCells& of, const FieldRead& field, const HostField& host) {
    const RecordLayout* const layout = field.shape->part->layout;
    if (layout == nullptr) return Datum::error();
    const std::size_t count = found_.size();
    HostCells* const made = lay_out(*host.held, *layout, count, &of, field.field);
    for (std::size_t i = 0; i < count; ++i) {
        if (found_[i].state != HostCell::State::there) return Datum::error();
        made[i].object = found_[i].object;
        made[i].item = static_cast<std::uint32_t>(i);
    }
    if (host.key >= 0 && !read_keys(made, count, *layout, host)) return Datum::error();
    auto* const cells = arena_.room<Datum>(count);
    if (!host.is_map) {
        for (std::size_t i = 0; i < count; ++i) cells[i] = Datum::of(static_cast<const FactCells*>(made + i));
        auto* const items = arena_.make<Items>(1);
        items->cells = cells;
        items->count = static_cast<std::uint32_t>(count);
        items->written_bytes = scalar_bytes + count * bytes_of_record(*layout);
        return Datum::of(static_cast<const Items*>(items));
    }
    auto* const map = arena_.make<MapCells>(1);
    auto* const keys = arena_.room<Datum>(count);
    map->written_bytes = scalar_bytes;
    for (const auto& [key, place] : memory_.filled_keys()) {
        keys[map->count] = Datum::of(key);
        cells[map->count++] = Datum::of(static_cast<const FactCells*>(made + place));
        map->written_bytes += scalar_bytes + key.size() + bytes_of_record(*layout);
    }
    map->keys = keys;
    map->values = cells;
    map->in_order = true;
    return Datum::of(static_cast<const MapCells*>(map));
}

/// False where a key is not as it should be, or two are alike. Those that may be read later without any more to look at
/// stand in their cells then.
bool HostCellsMaker::read_keys(HostCells* records, std::size_t count, const RecordLayout& layout,
                               const HostField& host) {
    const HostField& own = host.held->by_field[static_cast<std::size_t>(host.key)];
    HostMemory::Keys& keys = memory_.keys();
    const bool is_laid_out = layout.key >= 0 && host.key == layout.type->key && !layout.assumes;
    const bool stays = is_laid_out && program_.fields[layout.fields[static_cast<std::size_t>(layout.key)]].known_in < 0;
    for (std::size_t i = 0; i < count; ++i) {
        const HostCell found = own.look(records[i].object, found_);
        if (found.state == HostCell::State::absent) continue;
        const Datum key = found.state == HostCell::State::there ? text_of(found, own) : Datum::error();
        if (key.is_error()) return false;
        keys.emplace_back(key.text(), static_cast<std::uint32_t>(i));
        if (stays) records[i].fields[layout.key] = key;
    }
    return differ(keys, host.is_map);
}

std::string_view HostCellsMaker::text(const HostCells& cells, std::size_t field) {
    const HostField& host = cells.reader->by_field[field];
    if (host.as == As::text && !host.has_items) {
        const HostCell found = host.look(cells.object, found_);
        const Datum read = found.state == HostCell::State::there ? text_of(found, host) : Datum::error();
        return read.is_ok() ? read.text() : std::string_view();
    }
    const Value& value = record_of(cells).at(field);
    return value.is(Kind::string) ? std::string_view(value.as_string()) : std::string_view();
}

std::string_view HostCellsMaker::path(const HostCells& cells) {
    path_.clear();
    append_path(cells, path_);
    auto* const bytes = arena_.room<char>(path_.size());
    std::copy(path_.begin(), path_.end(), bytes);
    return {bytes, path_.size()};
}

void HostCellsMaker::make_record(const HostCells& cells) {
    if (cells.parent == nullptr) {
        cells.made = facts_.get();
        return;
    }
    const auto record = memory_.record(*cells.reader, *cells.layout->type, cells.object);
    record->path = path(cells);
    cells.made = record.get();
    cells.made_value = &memory_.kept(Value::record(record));
}

std::optional<std::int64_t> whole_of(const HostReader& reader, const void* object, std::size_t field) {
    const HostField& host = reader.by_field[field];
    if (host.as != As::whole || host.has_items) return std::nullopt;
    HostItems none;
    const HostCell found = host.look(object, none);
    const Datum read = found.state == HostCell::State::there ? whole(found.whole, host) : Datum::none();
    return read.is_ok() ? std::optional(read.whole) : std::nullopt;
}

bool same_record(const FactCells& a, const FactCells& b) {
    const auto known = [](const FactCells& cells) {
        return cells.record != nullptr ? cells.record : host_of(cells).made;
    };
    return &a == &b || (known(a) != nullptr && known(a) == known(b));
}

const Record& record_of(const FactCells& cells) {
    if (cells.record != nullptr) return *cells.record;
    const HostCells& host = host_of(cells);
    if (host.made == nullptr) host.maker->make_record(host);
    return *host.made;
}

const Value& value_of(const FactCells& cells) {
    if (cells.value != nullptr) return *cells.value;
    record_of(cells);
    return *host_of(cells).made_value;
}

std::uint64_t written_bytes_of(const FactCells& cells) {
    return cells.value != nullptr ? cells.value->written_bytes() : bytes_of_record(*cells.layout);
}

std::string_view path_of(const FactCells& cells) {
    return cells.record != nullptr ? std::string_view(cells.record->path) : host_of(cells).maker->path(host_of(cells));
}

}  // namespace praxe
