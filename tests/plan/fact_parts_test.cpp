// Which parts of the facts each decision reads, and in which parts two cases differ.
#include "plan/fact_parts.hpp"

#include <gtest/gtest.h>

#include <praxe/ruleset.hpp>
#include <set>

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(
vocabulary: v
records:
  Call: {fields: {"at?": timestamp, "by?": string}}
  Person: {fields: {id: string}}
  Wish: {since: since, fields: {"since?": timestamp, "term?": string}}
  Client:
    fields:
      id?: string
      note?: {is: string, with: noted_at}
      noted_at?: {is: timestamp, happens: true}
      wish?: Wish
      calls?: {list: Call, absent: []}
facts:
  at?: timestamp
  client?: Client
  staff?: {map: Person, by: id, absent: {}}
)";

constexpr const char* rules = R"(
ruleset: r
vocabulary: v.yaml
define:
  wanted: client.?wish.?term.orValue("")
decisions:
  by_name: {needs: [client], gives: {x: string}, always: {x: client.id}}
  dated: {gives: {x: bool}, always: {x: has(client.note)}}
  deep: {gives: {x: bool}, always: {x: 'has(client.wish) && has(client.wish.term)'}}
  defined: {gives: {x: string}, always: {x: wanted}}
  listed: {gives: {x: int}, always: {x: 'client.calls.filter(c, c.by == "ana").size()'}}
  picked: {pick: {c: client.calls}, order: [c.at]}
  looked_up: {gives: {x: string}, always: {x: 'staff["ana"].id'}}
  used: {gives: {x: string}, always: {x: by_name.x + called("a").y}}
  called: {given: {n: string}, gives: {y: string}, always: {y: 'n + looked_up.x'}}
  passed_on: {gives: {x: bool}, always: {x: '[client].size() == 1'}}
  needing: {needs: [client.wish, client.calls], gives: {x: int}, always: {x: 1}}
  nothing: {gives: {x: int}, always: {x: 1}}
)";

Ruleset load() {
    auto loaded = Ruleset::load("r.yaml", [](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "r.yaml" ? rules : vocabulary);
    });
    EXPECT_TRUE(loaded) << loaded.diagnostics().to_string();
    return *loaded;
}

using Names = std::set<std::string>;

void add_names(const FactParts::Branch& branch, const std::string& path, const PartSet& parts, Names& names) {
    for (std::size_t i = 0; i < branch.fields.size(); ++i) {
        const FactParts::Branch& field = branch.fields[i];
        const std::string name = (path.empty() ? "" : path + ".") + branch.record->fields[i].name;
        if (parts[field.first]) names.insert(name);
        if (field.record != nullptr) add_names(field, name, parts, names);
    }
}

Names names_of(const FactParts& all, const PartSet& parts) {
    Names names;
    add_names(all.whole(), "", parts, names);
    return names;
}

TEST(FactParts, AreReadByDecisions) {
    const Ruleset ruleset = load();
    const FactParts parts(ruleset.model().schema->facts);
    const std::vector<PartSet> read = parts_read(ruleset.model(), parts);
    const Names wish = {"client", "client.wish", "client.wish.since", "client.wish.term"};
    const Names all = {"client",      "client.id",         "client.note",      "client.noted_at",
                       "client.wish", "client.wish.since", "client.wish.term", "client.calls"};
    const std::map<std::string, Names> expected = {
        {"by_name", {"client", "client.id"}},
        {"dated", {"client", "client.note", "client.noted_at"}},
        {"deep", wish},
        {"defined", wish},
        {"listed", {"client", "client.calls"}},
        {"picked", {"client", "client.calls"}},
        {"looked_up", {"staff"}},
        {"used", {"client", "client.id", "staff"}},
        {"called", {"staff"}},
        {"passed_on", all},
        {"needing", {"client", "client.wish", "client.wish.since", "client.calls"}},
        {"nothing", {}},
    };
    ASSERT_EQ(read.size(), expected.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
        const std::string& name = ruleset.model().decisions[i]->name;
        EXPECT_EQ(names_of(parts, read[i]), expected.at(name)) << name;
    }
}

TEST(FactParts, DifferWhereAnythingInThemDoes) {
    const Ruleset ruleset = load();
    const FactParts parts(ruleset.model().schema->facts);
    const auto facts = [&](const std::string& json) {
        const auto read = ruleset.read_case(std::make_shared<const Source>("c", json), true);
        EXPECT_TRUE(read) << read.diagnostics().to_string();
        return ruleset.facts(*read);
    };
    const std::string base = R"({"client": {"id": "c1", "calls": [{"by": "ana"}, {"by": "bia"}]}})";
    const auto differing = [&](const std::string& json) {
        return names_of(parts, parts.differing(*facts(base), *facts(json)));
    };
    EXPECT_EQ(differing(base), Names{});
    EXPECT_EQ(differing(R"({"client": {"id": "c2", "calls": [{"by": "ana"}, {"by": "bia"}]}})"), Names{"client.id"});
    EXPECT_EQ(differing(R"({"client": {"id": "c1", "calls": [{"by": "bia"}, {"by": "ana"}]}})"), Names{"client.calls"});
    EXPECT_EQ(differing(R"({"client": {"id": "c1", "calls": [{"by": "ana"}]}})"), Names{"client.calls"});
    EXPECT_EQ(
        differing(R"({"client": {"id": "c1", "calls": [{"by": "ana"}, {"by": "bia", "at": "2024-05-01T00:00:00Z"}]}})"),
        Names{"client.calls"});
    EXPECT_EQ(
        differing(R"({"client": {"id": "c1", "wish": {"term": "long"}, "calls": [{"by": "ana"}, {"by": "bia"}]}})"),
        (Names{"client.wish", "client.wish.since", "client.wish.term"}));
    EXPECT_EQ(differing(R"({"at": "2024-05-01T00:00:00Z", "staff": [{"id": "ana"}],
                            "client": {"id": "c1", "calls": [{"by": "ana"}, {"by": "bia"}]}})"),
              (Names{"at", "staff"}));
    EXPECT_TRUE(overlap({true, false}, {true, true}));
    EXPECT_FALSE(overlap({true, false}, {false, true}));
}

}  // namespace
}  // namespace praxe
