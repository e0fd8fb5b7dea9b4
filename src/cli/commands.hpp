// The verbs of the praxe command; each adds itself to the command line and leaves an exit status.
#pragma once

#include <CLI/App.hpp>

namespace praxe {

/// `praxe decide -r RULESET CASE…`: answers for cases.
void add_decide(CLI::App& app, int& exit_status);
/// `praxe test PATH…`: scenario files.
void add_test(CLI::App& app, int& exit_status);
/// `praxe graph RULESET`: what the decisions need of one another.
void add_graph(CLI::App& app, int& exit_status);
/// `praxe cost RULESET`: what each decision can take at its worst.
void add_cost(CLI::App& app, int& exit_status);
/// `praxe eval EXPR`: one expression, or lines of them.
void add_eval(CLI::App& app, int& exit_status);
/// What `praxe eval --functions` prints: name, signature (none of a macro), what it does or how it is written, steps.
void print_functions();
/// `praxe calendar [NAME|FILE]`: a calendar for a person.
void add_calendar(CLI::App& app, int& exit_status);
/// `praxe replay -r RULESET… EVENTS`: a stream of events through time.
void add_replay(CLI::App& app, int& exit_status);
/// `praxe overlay RULESET`: what a ruleset changes in the one it extends.
void add_overlay(CLI::App& app, int& exit_status);
/// `praxe fmt FILE…`: files in their one form.
void add_fmt(CLI::App& app, int& exit_status);
/// `praxe structs RULESET`: its facts and outcomes as C++ structs.
void add_structs(CLI::App& app, int& exit_status);
/// `praxe agenda -r RULESET CASE…`: the day's lists of many cases.
void add_agenda(CLI::App& app, int& exit_status);
/// `praxe measure -r RULESET CASES.jsonl`: the ruleset's indicators over many cases.
void add_measure(CLI::App& app, int& exit_status);
/// `praxe duplicates -r RULESET REGISTRATIONS`: which registrations of a whole base are one client's.
void add_duplicates(CLI::App& app, int& exit_status);
/// `praxe timeline -r RULESET CASE`: one case through time, as SVG.
void add_timeline(CLI::App& app, int& exit_status);

}  // namespace praxe
