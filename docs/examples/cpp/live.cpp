// A service whose rules are replaced while it works: a bad version is told and changes nothing.
#include <iostream>
#include <praxe/live.hpp>
#include <praxe/ruleset.hpp>

int main(int argc, char** argv) {
    const std::string path = argc > 1 ? argv[1] : "rules/company.yaml";
    auto first = praxe::Ruleset::load(path);
    if (!first) return std::cerr << first.diagnostics().to_string(), 2;
    praxe::Live<praxe::Ruleset> live(*std::move(first));  // shared by all threads of the service

    // A worker: one handle for one piece of work, which so is of one version.
    const auto serving = live.get();
    std::cout << serving->name() << " answers " << serving->decisions().front() << '\n';

    // Whoever watches the files.
    const auto wrong = live.reload([&] { return praxe::Ruleset::load(path + ".new"); });
    std::cout << (wrong.empty() ? "the new version serves" : "the version before serves on") << '\n';
    std::cout << "versions since the start: " << live.swaps() + 1 << '\n';
}
