// Colours keep a contrast of 4.5 to 1 or more; what a colour says, a sign or a word says too.
#include "scenario/procedure_style.hpp"

namespace praxe {

const char* const procedure_style =
    R"css(:root { --text: #1d2430; --soft: #55606f; --line: #d8dde5; --page: #fff; --card: #f7f8fa; --mark: #1f4e8c; --good: #17663a; --bad: #a3201d; --good-card: #e7f4ec; --bad-card: #fdeceb; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --soft: #a9b2bf; --line: #38414e; --page: #14181f; --card: #1c222b; --mark: #8fb8ee; --good: #7fd4a0; --bad: #ff9a94; --good-card: #173324; --bad-card: #43201f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 1rem; padding-bottom: .3rem; border-bottom: 2px solid var(--mark); font-size: 1.45rem; }
h3 { margin: 2rem 0 .3rem; font-size: 1.1rem; }
h4 { margin: 0 0 .4rem; font-size: 1rem; }
p { margin: .3rem 0; }
a { color: var(--mark); }
small { color: var(--soft); font-weight: normal; }
nav ol { columns: 2; margin: 0; padding: 0; list-style: none; }
nav h2 { margin-top: 1.5rem; }
nav li { margin: .15rem 0; break-inside: avoid; }
.counts span { display: inline-block; margin: .5rem .5rem 0 0; padding: .2rem .7rem; border-radius: 1rem; background: var(--card); }
.counts .passed, .badge.passed { background: var(--good-card); color: var(--good); }
.counts .failed, .badge.failed { background: var(--bad-card); color: var(--bad); font-weight: bold; }
.id { display: inline-block; margin-right: .3rem; padding: 0 .45rem; border-radius: .3rem; background: var(--mark); color: var(--page); font-size: .9em; }
.rules { margin: .5rem 0; padding-left: 1.2rem; }
var { padding: 0 .2rem; border-bottom: 1px dotted var(--soft); font-style: italic; }
.terms { width: auto; margin: 0 0 1rem; }
.terms caption { padding-bottom: .2rem; color: var(--soft); text-align: left; }
.terms th { padding-right: 2rem; font-weight: normal; text-align: left; }
.terms td { font-weight: bold; }
.scenario { margin: .8rem 0; padding: .8rem 1rem; border: 1px solid var(--line); border-left: .3rem solid var(--good); border-radius: .4rem; background: var(--card); }
.scenario.failed { border-left-color: var(--bad); }
.badge { float: right; margin-left: 1rem; padding: 0 .6rem; border-radius: 1rem; font-size: .85rem; font-weight: normal; }
.facts { margin: .3rem 0; padding: 0; list-style: none; font-size: .93rem; }
.facts b { color: var(--soft); font-weight: 600; }
table { width: 100%; border-collapse: collapse; font-size: .93rem; }
th, td { padding: .35rem .6rem .35rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--soft); font-weight: 600; }
.when { width: 9.5rem; }
.case { width: 32%; }
tr.failed { background: var(--bad-card); }
.answer + .answer { margin-top: .5rem; }
.answer p { margin: 0; font-weight: 600; }
.answer .reason, .answer .error, .answer .until { color: var(--soft); font-weight: normal; }
.answer .reason { margin-bottom: .2rem; }
.question { color: var(--soft); font-size: .85rem; }
.failure { margin-top: .4rem; padding: .3rem .6rem; border: 1px solid var(--bad); border-radius: .3rem; }
ins { color: var(--good); font-weight: bold; text-decoration: none; }
del { color: var(--bad); font-weight: bold; text-decoration: none; }
.failures { padding: .1rem 1rem; border: 2px solid var(--bad); border-radius: .4rem; }
.failures h2 { margin-top: 1rem; border-color: var(--bad); }
.also { font-size: .9rem; }
details { margin-top: .4rem; font-size: .93rem; }
summary { color: var(--mark); cursor: pointer; }
@media (max-width: 40rem) { body { padding: .8rem; } nav ol { columns: 1; } }
@media print { :root { --text: #000; --soft: #444; --line: #bbb; --page: #fff; --card: #fff; --mark: #1f4e8c; --good: #17663a; --bad: #a3201d; --good-card: #fff; --bad-card: #fff; } body { max-width: none; padding: 0; font-size: 9.5pt; } h2, h3, h4 { break-after: avoid; } h2 { break-before: page; } nav h2, .failures h2 { break-before: auto; } tr, .terms { break-inside: avoid; } details { display: none; } a { color: inherit; text-decoration: none; } }
)css";

}  // namespace praxe
