// A compiled ruleset: load it once, put cases to it.
//
// Thread safety: a Ruleset and a Case are immutable after loading; any number of threads may use them at once.
// Lifetimes: a Ruleset is a handle: copies share one compiled program, which lives as long as any handle, case or
// answer that came of it. A Case belongs to the ruleset that read it and may be put to no other. Errors: what the
// author of rules or facts did wrong is returned as diagnostics, all of it; what fails in one decision is an error
// value in its answer. Nothing throws, prints, exits or reads the environment or the clock.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <praxe/cost.hpp>
#include <praxe/decision.hpp>
#include <praxe/diagnostics.hpp>
#include <praxe/export.hpp>
#include <praxe/limits.hpp>
#include <praxe/overlay.hpp>
#include <praxe/result.hpp>
#include <praxe/value.hpp>
#include <string>
#include <typeindex>
#include <vector>

namespace praxe {

struct BoundTypes;
struct Model;
class CaseCells;
struct CaseData;
struct Node;
class Ruleset;

/// One case: facts that were read and checked against the ruleset's vocabulary, or a host's object (praxe/bind.hpp).
class PRAXE_API Case {
  public:
    /// The instant of decision, if the case holds one.
    std::optional<std::int64_t> at() const;
    /// Where a fact stands in the text it was read from (`client.appointments[0].owner`).
    Place place_of(const std::string& path) const;

  private:
    friend class Ruleset;
    friend Result<Case> read_case(const Ruleset& ruleset, Node document);  // src/located_case.hpp
    friend Case case_of(const Ruleset& ruleset, std::shared_ptr<const Record> facts);
    friend bool write_facts(const BoundTypes& types, std::type_index type, void* object, const Case& facts,
                            Diagnostics& diagnostics);
    friend Case bound_case(const std::shared_ptr<const BoundTypes>& types, std::type_index type, const void* object);
    Case(std::shared_ptr<const Model> model, std::shared_ptr<const CaseData> data)
        : model_(std::move(model)), data_(std::move(data)) {}
    std::shared_ptr<const Model> model_;
    std::shared_ptr<const CaseData> data_;
};

class PRAXE_API Ruleset {
  public:
    /// Reads the text of a file; on failure nothing, and says why in `message`.
    using FileReader = std::function<SourcePtr(const std::string& path, std::string& message)>;

    /// Loads a ruleset file with all that it names: vocabulary, calendars, parts, what it extends. Names of files are
    /// relative to the file that holds them. Everything wrong in all of them is reported in one run.
    static Result<Ruleset> load(const std::string& path);
    static Result<Ruleset> load(const std::string& path, const FileReader& read_file, const RulesetLimits& limits = {});
    /// Reads a file from disk.
    static SourcePtr read_file(const std::string& path, std::string& message);

    /// Reads one case: JSON where the source's name ends in `.json` or `json` is true, otherwise YAML.
    Result<Case> read_case(const SourcePtr& source, bool json = false) const;

    /// Answers the decisions asked for, in the order of the ruleset; after them, errors for names that cannot be asked.
    /// An instant of decision must be given in the case or the options; without one each answer is an error.
    std::vector<Answer> decide(const Case& facts, const DecideOptions& options = {}) const;

    /// Everything that is wrong in the facts of a host's object; nothing for a case that was read from a text, which
    /// would not be there.
    Diagnostics check(const Case& facts) const;

    /// The answer as text, as docs/guide.md describes it: one JSON object with `decision`, `outcome`, `because`,
    /// `valid_until`.
    std::string to_json(const Answer& answer) const;
    /// `{"decisions": {NAME: …}}`, on one line.
    std::string to_json(const std::vector<Answer>& answers) const;
    const std::string& name() const;
    /// The version of the IANA time zone database that was in force when the ruleset was loaded ("2024b"), or empty.
    const std::string& zone_data() const;
    /// All decisions that take no arguments; those that are questions (`asks`) first.
    std::vector<std::string> decisions() const;
    /// What each decision of `decisions()` can take at its worst, in the order of the ruleset.
    const std::vector<Cost>& costs() const;
    /// What it changes in the ruleset it extends, and that one in its own base, in the order they are written.
    const std::vector<OverlayChange>& changes() const;
    /// The compiled program, for the tools of this project; not part of the stable interface.
    const Model& model() const { return *model_; }
    const std::shared_ptr<const Model>& shared_model() const { return model_; }
    std::shared_ptr<const Record> facts(const Case& facts) const;
    /// The same facts as the ruleset's program reads them; null of a host's object.
    const CaseCells* laid_out(const Case& facts) const;
    /// True if the case was read for this ruleset, so that it may be put to it.
    bool takes(const Case& facts) const { return facts.model_ == model_; }

  private:
    friend Result<Case> read_case(const Ruleset& ruleset, Node document);
    friend Case case_of(const Ruleset& ruleset, std::shared_ptr<const Record> facts);
    explicit Ruleset(std::shared_ptr<const Model> model) : model_(std::move(model)) {}
    std::shared_ptr<const Model> model_;
};

}  // namespace praxe
