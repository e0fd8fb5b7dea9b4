// Verdicts as JSON and as JUnit's XML.
#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <filesystem>

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
        json_.StartObject();
        number("passed", count_passed(files));
        number("failed", count_failed(files));
        array("files", files, [&](const FileVerdicts& file) {
            text("file", file.file.path);
            array("scenarios", file.verdicts, [&](const Verdict& verdict) { write(verdict); });
        });
        json_.EndObject();
        return buffer_.GetString();
    }

  private:
    void write(const Verdict& verdict) {
        text("name", verdict.scenario);
        number("line", line_of(verdict.place));
        key("passed");
        json_.Bool(verdict.passed());
        if (verdict.passed()) return;
        array("failures", verdict.failures, [&](const Failure& failure) { write(failure); });
    }

    void write(const Failure& failure) {
        text("decision", failure.decision);
        array("mismatches", failure.mismatches, [&](const Mismatch& mismatch) {
            text("path", mismatch.path);
            text("expected", mismatch.expected);
            text("actual", mismatch.actual);
            number("line", line_of(mismatch.place));
            if (mismatch.reason) write(failure.answer.because[*mismatch.reason]);
        });
        array("stopped", failure.stopped, [&](const Stopped& stopped) { write(stopped); });
    }

    void write(const Because& because) {
        key("decided_by");
        json_.StartObject();
        text("decision", because.decision);
        text("rule", because.rule);
        if (!because.exception.empty()) text("exception", because.exception);
        if (!because.item.empty()) text("item", because.item);
        key("cite");
        json_.StartArray();
        for (const std::string& clause : because.cite) string(clause);
        json_.EndArray();
        texts("text", because.text);
        json_.EndObject();
    }

    void write(const Stopped& stopped) {
        text("clause", stopped.clause);
        text("decision", stopped.decision);
        text("rule", stopped.rule);
        if (!stopped.item.empty()) text("item", stopped.item);
        text("why", stopped.why);
        texts("read", stopped.read);
    }

    template <typename Items, typename Write>
    void array(std::string_view name, const Items& items, const Write& write) {
        key(name);
        json_.StartArray();
        for (const auto& item : items) {
            json_.StartObject();
            write(item);
            json_.EndObject();
        }
        json_.EndArray();
    }
    template <typename Pairs>
    void texts(std::string_view name, const Pairs& pairs) {
        if (pairs.empty()) return;
        key(name);
        json_.StartObject();
        for (const auto& [label, value] : pairs) text(label, value);
        json_.EndObject();
    }
    void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
    void string(std::string_view value) { json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
    void text(std::string_view name, std::string_view value) {
        key(name);
        string(value);
    }
    void number(std::string_view name, std::size_t value) {
        key(name);
        json_.Uint64(value);
    }

    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
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
