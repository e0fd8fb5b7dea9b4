// The leads decided by ZEN from node: its context is a JavaScript object.
//
// usage: node zen.mjs leads.json plain.jsonl
import { ZenEngine } from "@gorules/zen-engine";
import { readFileSync } from "node:fs";
import { leadsOf, measure, versionOf } from "./measure.mjs";

const decision = new ZenEngine().createDecision(JSON.parse(readFileSync(process.argv[2], "utf8")));
const leads = leadsOf(process.argv[3]);
await measure("ZEN, from node, an object", versionOf("@gorules/zen-engine"), leads, async (lead) => (await decision.evaluate(lead)).result.rule);
