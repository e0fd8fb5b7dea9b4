// A host's own structs as facts and outcomes: bound once by member, read in place, checked against the ruleset.
//
//     praxe::Binder binder(*ruleset);
//     binder.record<Appointment>("Appointment").field("id", &Appointment::id).field("owner", &Appointment::owner);
//     binder.facts<Lead>().field("at", &Lead::now).field("client", &Lead::client);
//     binder.record<Owner>("lead_owner").field("route", &Owner::route).field("owner", &Owner::who);
//     auto lead = binder.facts_of<Lead>();           // Result<Facts<Lead>>: everything wrong, told at once
//     auto owner = binder.outcome_of<Owner>();       // Result<Outcome<Owner>>
//     auto answers = ruleset->decide(lead->of(my_lead));
//
// Which C++ type stands for which fact: praxe/host.hpp. A getter may also be any callable on `const Struct&`; what it
// returns by value is copied, and may not be or hold a bound struct. Fields that are not bound are absent.
//
// Thread safety: Facts and Outcome are immutable; any number of threads may use them at once. A Case of a host's object
// is for one thread at a time.
// Lifetimes: the object (with all it holds) outlives the Case and does not change during `decide`; answers share
// nothing with it. Facts, Outcome and the cases they make keep the ruleset alive.
// Errors: a value that the vocabulary does not allow is told when it is read, as the error of the decision that reads
// it; Ruleset::check looks at all of them.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <praxe/host.hpp>
#include <praxe/look.hpp>
#include <praxe/ruleset.hpp>
#include <praxe/session.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace praxe {

/// The part of a Binder that does not know the types.
class PRAXE_API BoundTypesBuilder {
  public:
    using Read = std::function<Value(const void* object, const FieldReading& reading)>;
    using Write = std::function<bool(void* object, const Value& value, const FieldWriting& writing)>;

    /// The same as Read without a Value; empty where only a Value tells.
    using Look = std::function<HostCell(const void* object, HostItems& items)>;

    explicit BoundTypesBuilder(const Ruleset& ruleset);
    ~BoundTypesBuilder();
    BoundTypesBuilder(BoundTypesBuilder&&) noexcept;
    BoundTypesBuilder& operator=(BoundTypesBuilder&&) noexcept;

    void members(std::type_index type, std::string_view set, std::vector<std::pair<std::int64_t, std::string>> names);
    std::size_t record(std::type_index type, std::string_view name);
    std::size_t facts(std::type_index type);
    void field(std::size_t record, std::string_view name, const HostType& type, Read read, Write write, Look look = {});
    /// What is bound so far, if `type` is, with all that it holds. `as_facts`: it is a case; otherwise an outcome.
    Result<std::shared_ptr<const BoundTypes>> build(std::type_index type, bool as_facts) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

PRAXE_API Case bound_case(const std::shared_ptr<const BoundTypes>& types, std::type_index type, const void* object);
PRAXE_API HostObject bound_object(const BoundTypes& types, std::type_index type, const void* object);
/// Writes a record of an answer to a struct; otherwise says what is in the way.
PRAXE_API bool write_outcome(const BoundTypes& types, std::type_index type, void* object, const Value& outcome,
                             const Answer& answer, Diagnostics& diagnostics);

/// Writes the facts of a case to a struct; otherwise says what is in the way.
PRAXE_API bool write_facts(const BoundTypes& types, std::type_index type, void* object, const Case& facts,
                           Diagnostics& diagnostics);

/// Makes cases of a host's objects.
template <typename T>
class Facts {
  public:
    Case of(const T& object) const { return bound_case(types_, typeid(T), &object); }
    Case of(const T&&) const = delete;  // the case would outlive the object

    /// The same for a Session, which makes nothing of it. This and the object outlive its answers.
    HostObject in_place(const T& object) const {
        HostObject made = in_place_;
        made.object = &object;
        return made;
    }
    HostObject in_place(const T&&) const = delete;

    /// The other way round: the facts of any case of the ruleset, copied to a struct of the host's.
    Result<T> read(const Case& facts) const {
        Diagnostics diagnostics;
        T out{};
        if (!write_facts(*types_, typeid(T), &out, facts, diagnostics)) return diagnostics;
        return out;
    }

  private:
    friend class Binder;
    explicit Facts(std::shared_ptr<const BoundTypes> types)
        : types_(std::move(types)), in_place_(bound_object(*types_, typeid(T), nullptr)) {}
    std::shared_ptr<const BoundTypes> types_;
    HostObject in_place_;  // of no object
};

/// Makes a host's structs of answers.
template <typename T>
class Outcome {
  public:
    /// REQUIRES: T is bound to the outcome of the decision that the answer is of.
    Result<T> of(const Answer& answer) const {
        Diagnostics diagnostics;
        T out{};
        if (!write_outcome(*types_, typeid(T), &out, answer.outcome, answer, diagnostics)) return diagnostics;
        return out;
    }
    /// Of a decision that gives a list: one for each item.
    Result<std::vector<T>> all_of(const Answer& answer) const {
        Diagnostics diagnostics;
        std::vector<T> out;
        const bool is_list = answer.outcome.is(Kind::list);
        for (std::size_t i = 0; i < (is_list ? answer.outcome.as_list().size() : 1); ++i) {
            const Value& item = is_list ? answer.outcome.as_list()[i] : answer.outcome;
            if (!write_outcome(*types_, typeid(T), &out.emplace_back(), item, answer, diagnostics)) return diagnostics;
        }
        return out;
    }

  private:
    friend class Binder;
    explicit Outcome(std::shared_ptr<const BoundTypes> types) : types_(std::move(types)) {}
    std::shared_ptr<const BoundTypes> types_;
};

class Binder {
  public:
    explicit Binder(const Ruleset& ruleset) : builder_(ruleset) {}

    /// Names the members of an enum as the closed set does (`client_status`, or `lead_owner.route` for a set that a
    /// decision declares).
    template <typename E>
    Binder& members(std::string_view closed_set, std::initializer_list<std::pair<E, std::string_view>> names) {
        static_assert(std::is_enum_v<E>);
        std::vector<std::pair<std::int64_t, std::string>> all;
        for (const auto& [value, name] : names) all.emplace_back(static_cast<std::int64_t>(value), name);
        builder_.members(typeid(E), closed_set, std::move(all));
        return *this;
    }

    template <typename T>
    class Fields {
      public:
        /// `get`: a pointer to a member, or a callable on `const T&`.
        template <typename Get>
        Fields& field(std::string_view name, Get get) {
            using Got = std::invoke_result_t<const Get&, const T&>;
            using M = std::remove_cvref_t<Got>;
            constexpr bool stays = std::is_lvalue_reference_v<Got>;
            static_assert(stays || host::stands_alone<M>(),
                          "a struct is read after its getter returned: return a reference or a pointer to it");
            BoundTypesBuilder::Write write;
            if constexpr (std::is_member_object_pointer_v<Get> && host::is_writable<M>()) {
                write = [get](void* object, const Value& value, const FieldWriting& writing) {
                    return host::write(static_cast<T*>(object)->*get, value, writing);
                };
            }
            BoundTypesBuilder::Look look;
            if constexpr (host::can_look<M>(stays)) {
                look = [get](const void* object, HostItems& items) {
                    return host::look<M>(std::invoke(get, *static_cast<const T*>(object)), items);
                };
            }
            builder_->field(
                record_, name, host::type_of<M>(),
                [get](const void* object, const FieldReading& reading) {
                    const T& host = *static_cast<const T*>(object);
                    return host::read<M>(std::invoke(get, host), stays ? reading : reading.copying());
                },
                std::move(write), std::move(look));
            return *this;
        }

      private:
        friend class Binder;
        Fields(BoundTypesBuilder& builder, std::size_t record) : builder_(&builder), record_(record) {}
        BoundTypesBuilder* builder_;
        std::size_t record_;
    };

    /// Binds a struct to a record of the vocabulary, or to the outcome of a decision, by its name.
    template <typename T>
    Fields<T> record(std::string_view name) {
        return {builder_, builder_.record(typeid(T), name)};
    }
    /// Binds a struct to the case itself: `at`, `client`, `staff`, …
    template <typename T>
    Fields<T> facts() {
        return {builder_, builder_.facts(typeid(T))};
    }

    template <typename T>
    Result<Facts<T>> facts_of() const {
        auto types = builder_.build(typeid(T), true);
        if (!types) return types.diagnostics();
        return Facts<T>(*types);
    }
    template <typename T>
    Result<Outcome<T>> outcome_of() const {
        auto types = builder_.build(typeid(T), false);
        if (!types) return types.diagnostics();
        return Outcome<T>(*types);
    }

  private:
    BoundTypesBuilder builder_;
};

}  // namespace praxe
