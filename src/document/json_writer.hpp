// JSON as text: members and lists written by their names, in the order they are told.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <concepts>
#include <string>
#include <string_view>

namespace praxe {

class JsonWriter {
  public:
    void begin_object() { json_.StartObject(); }
    void end_object() { json_.EndObject(); }
    void begin_list() { json_.StartArray(); }
    void end_list() { json_.EndArray(); }
    void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }

    void null() { json_.Null(); }
    void boolean(bool value) { json_.Bool(value); }
    void text(std::string_view value) { json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
    void number(std::signed_integral auto value) { json_.Int64(value); }
    void number(std::unsigned_integral auto value) { json_.Uint64(value); }
    /// REQUIRES: JSON.
    void raw(std::string_view value) { json_.RawValue(value.data(), value.size(), rapidjson::kNumberType); }

    /// Members: a name and what it stands for.
    void text(std::string_view name, std::string_view value) {
        key(name);
        text(value);
    }
    void text_if_any(std::string_view name, std::string_view value) {
        if (!value.empty()) text(name, value);
    }
    void number(std::string_view name, std::integral auto value) {
        key(name);
        number(value);
    }
    void boolean(std::string_view name, bool value) {
        key(name);
        boolean(value);
    }
    /// `write` writes one item.
    template <typename Items, typename Write>
    void list(std::string_view name, const Items& items, const Write& write) {
        key(name);
        begin_list();
        for (const auto& item : items) write(item);
        end_list();
    }
    /// `write` writes the members of one item.
    template <typename Items, typename Write>
    void objects(std::string_view name, const Items& items, const Write& write) {
        list(name, items, [&](const auto& item) {
            begin_object();
            write(item);
            end_object();
        });
    }
    template <typename Texts>
    void texts(std::string_view name, const Texts& texts) {
        list(name, texts, [&](const auto& one) { text(one); });
    }
    /// An object of texts by their labels.
    template <typename Pairs>
    void labelled(std::string_view name, const Pairs& pairs) {
        key(name);
        begin_object();
        for (const auto& [label, value] : pairs) text(label, value);
        end_object();
    }

    std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

  private:
    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
};

}  // namespace praxe
