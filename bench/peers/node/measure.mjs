// How both peers in node tell what they measured: a line of JSON, as the peers in C++ do (../lead.hpp).
import { readFileSync } from "node:fs";

const runs = 5;

export const leadsOf = (path) => readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line));
export const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;

/// `decide(lead)` gives the rule that decides. Time is of the processor, the median of some runs.
export async function measure(engine, version, leads, decide) {
  const rules = [];
  for (const lead of leads) rules.push(await decide(lead));
  const taken = [];
  for (let run = 0; run < runs; ++run) {
    const begin = process.cpuUsage();
    for (const lead of leads) await decide(lead);
    const used = process.cpuUsage(begin);
    taken.push(((used.user + used.system) * 1000) / leads.length);
  }
  taken.sort((a, b) => a - b);
  console.log(JSON.stringify({ engine, version, nanoseconds: taken[runs >> 1], rules }));
}
