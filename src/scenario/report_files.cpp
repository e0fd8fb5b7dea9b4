// Verdicts as JSON and as JUnit's XML.
#include <fmt/format.h>

#include <filesystem>

#include "document/json_writer.hpp"
#include "scenario/markup.hpp"
#include "scenario/report.hpp"

namespace praxe {
namespace {

std::uint32_t line_of(const Place& place) {
    return place.source->position(place.span.begin).line;
}

class JsonVerdicts {
  public:
    std::string of(const std::vector<FileVerdicts>& files) {
        json_.begin_object();
        json_.number("passed", count_passed(files));
        json_.number("failed", count_failed(files));
        json_.objects("files", files, [&](const FileVerdicts& file) {
            json_.text("file", file.file.path);
            json_.objects("scenarios", file.verdicts, [&](const Verdict& verdict) { write(verdict); });
        });
        json_.end_object();
        return json_.take();
    }

  private:
    void write(const Verdict& verdict) {
        json_.text("name", verdict.scenario);
        json_.number("line", line_of(verdict.place));
        json_.boolean("passed", verdict.passed());
        if (verdict.passed()) return;
        json_.objects("failures", verdict.failures, [&](const Failure& failure) { write(failure); });
    }

    void write(const Failure& failure) {
        json_.text("decision", failure.decision);
        json_.objects("mismatches", failure.mismatches, [&](const Mismatch& mismatch) {
            json_.text("path", mismatch.path);
            json_.text("expected", mismatch.expected);
            json_.text("actual", mismatch.actual);
            json_.number("line", line_of(mismatch.place));
            if (mismatch.reason) write(failure.answer.because[*mismatch.reason]);
        });
        json_.objects("stopped", failure.stopped, [&](const Stopped& stopped) { write(stopped); });
    }

    void write(const Because& because) {
        json_.key("decided_by");
        json_.begin_object();
        json_.text("decision", because.decision);
        json_.text("rule", because.rule);
        json_.text_if_any("exception", because.exception);
        json_.text_if_any("item", because.item);
        json_.texts("cite", because.cite);
        if (!because.text.empty()) json_.labelled("text", because.text);
        json_.end_object();
    }

    void write(const Stopped& stopped) {
        json_.text("clause", stopped.clause);
        json_.text("decision", stopped.decision);
        json_.text("rule", stopped.rule);
        json_.text_if_any("item", stopped.item);
        json_.text("why", stopped.why);
        if (!stopped.read.empty()) json_.labelled("read", stopped.read);
    }

    JsonWriter json_;
};

/// `rules/sales/lead_owner.scenario.yaml` → `lead_owner`.
std::string stem_of(const std::string& path) {
    const std::string name = std::filesystem::path(path).filename().string();
    return name.substr(0, name.find('.'));
}

std::string junit_case(const ScenarioFile& file, const Verdict& verdict) {
    const std::string open =
        fmt::format(R"(    <testcase classname="{}" name="{}" file="{}" line="{}")", escaped(stem_of(file.path)),
                    escaped(verdict.scenario), escaped(file.path), line_of(verdict.place));
    if (verdict.passed()) return open + "/>\n";
    const Mismatch& first = verdict.failures.front().mismatches.front();
    return fmt::format("{}>\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n", open,
                       escaped(fmt::format("{}: expected {}, got {}", first.path, first.expected, first.actual)),
                       escaped(failures_text(verdict, {})));
}

}  // namespace

std::string verdicts_json(const std::vector<FileVerdicts>& files) {
    return JsonVerdicts().of(files);
}

std::string verdicts_junit(const std::vector<FileVerdicts>& files) {
    std::size_t tests = 0;
    std::string suites;
    for (const FileVerdicts& file : files) {
        tests += file.verdicts.size();
        std::size_t failed = 0;
        std::string cases;
        for (const Verdict& verdict : file.verdicts) {
            failed += verdict.passed() ? 0 : 1;
            cases += junit_case(file.file, verdict);
        }
        suites += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n{}  </testsuite>\n",
                              escaped(file.file.path), file.verdicts.size(), failed, cases);
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"praxe\" tests=\"{}\" failures=\"{}\" "
        "errors=\"0\">\n{}</testsuites>\n",
        tests, count_failed(files), suites);
}

}  // namespace praxe
