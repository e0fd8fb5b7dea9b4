// Scenario files (`*.scenario.yaml`): cases with what is expected of their decisions.
//
//   ruleset: ../sales.yaml             # relative to this file; `praxe test -r FILE` stands in its place
//   background:                        # optional: facts that every scenario of the file starts from
//     staff: [{id: ana, team: sales}]
//   scenarios:
//     - name: the owner is present
//       pt: o dono está presente       # optional: the name in a language; or en
//       about: zone                    # optional: what a section of the policy says and no rule cites; or several
//       given: {at: …, client: {…}}    # laid over the background: maps are merged, lists replaced
//       expect:
//         lead_owner:                  # a decision, and of its outcome whatever matters here
//           route: transfer            # money compares as money, instants as instants
//           absent: [candidates]       # fields that the outcome leaves out
//           because: CLAUSE            # one clause or several, all cited by what decided
//           valid_until: 2024-05-04T00:00:00-03:00     # or never
//         reservations:                # a list: records are looked for by their key (`id`), other items may be there;
//           - {id: a1, state: live, because: CLAUSE}   # an item has its own reason and, if made per item, validity
//         debt: {error: is not given}  # the decision is an error, and its message contains this
//
// Of a decision that gives a list, `{items: […], only: true, because: …, valid_until: …}` says more: no items but
// these, reasons and validity of the whole. An empty list is always the whole list; so are lists of what has no key. A
// decision that picks from a list may pick `nothing`.
//
// Variations of one case stand in `cases` instead of `expect`, each with what differs and what it expects:
//
//     - name: the term ends at midnight
//       given: {client: {…}}
//       cases:
//         - {at: 2024-05-03T23:59:59-03:00, expect: {…}}               # `at` is short for given: {at: …}
//         - {name: on the day after, given: {at: …}, expect: {…}}
#pragma once

#include <map>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

#include "scenario/expectation.hpp"

namespace praxe {

struct Scenario {
    std::string name;              // of a variation: `NAME / VARIATION`
    std::string title;             // NAME alone
    Languages titles, variations;  // NAME and VARIATION for readers; the author may have named no variation
    Place place;                   // of its name
    Case facts;
    std::vector<ExpectedAnswer> expect;
    std::vector<std::string> about;  // readings of the ruleset's sections that no answer cites
};

struct ScenarioFile {
    std::string path;
    Ruleset ruleset;
    std::vector<Scenario> scenarios;
};

/// The rulesets that scenario files name; each is loaded once, and what is wrong with it reported once.
class Rulesets {
  public:
    /// Null when it does not load. `named_at`: where a file names it, for rulesets that cannot be read at all.
    const Ruleset* load(const std::string& path, const Place& named_at, Diagnostics& diagnostics);

  private:
    std::map<std::string, Result<Ruleset>> loaded_;
};

/// Reads a file of scenarios with all their facts. `ruleset_path`, if not empty, stands in the place of the ruleset
/// that the file names. Everything wrong goes to `diagnostics`, and then nothing is returned.
std::optional<ScenarioFile> read_scenarios(const SourcePtr& source, const std::string& ruleset_path, Rulesets& rulesets,
                                           Diagnostics& diagnostics);

}  // namespace praxe
