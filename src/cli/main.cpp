// The praxe command: one verb, one file.
#include <CLI/CLI.hpp>

#include "cli/commands.hpp"

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    CLI::App app("praxe: who owns this lead, until when, what of this debt is forgiven, and why", "praxe");
    app.set_version_flag("--version", PRAXE_VERSION);
    app.require_subcommand(1);
    app.failure_message(CLI::FailureMessage::simple);
    int exit_status = 0;
    praxe::add_decide(app, exit_status);
    praxe::add_test(app, exit_status);
    praxe::add_eval(app, exit_status);
    praxe::add_graph(app, exit_status);
    praxe::add_calendar(app, exit_status);
    praxe::add_cost(app, exit_status);
    praxe::add_replay(app, exit_status);
    praxe::add_overlay(app, exit_status);
    praxe::add_fmt(app, exit_status);
    praxe::add_structs(app, exit_status);
    praxe::add_agenda(app, exit_status);
    praxe::add_measure(app, exit_status);
    praxe::add_duplicates(app, exit_status);
    praxe::add_timeline(app, exit_status);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;  // a wrong call is bad input
    }
    return exit_status;
}
