// The policy of ../../columns/policy.yaml for json-rules-engine: the first rule by priority answers and stops the run.
//
// usage: node json_rules_engine.mjs plain.jsonl
import { Engine } from "json-rules-engine";
import { leadsOf, measure, versionOf } from "./measure.mjs";

const is = (fact, operator, value) => ({ fact, operator, value });
const equal = (fact, value) => is(fact, "equal", value);
const differs = (fact, value) => is(fact, "notEqual", value);
const oneOf = (fact, ...values) => is(fact, "in", values);
const below = (fact, value) => is(fact, "lessThan", value);
const atLeast = (fact, value) => is(fact, "greaterThanInclusive", value);
const amount = { fact: "amount" };

const rules = [
  ["blocked", "nobody", 0, [equal("blocked", true), differs("stage", "won")]],
  ["lost_long_ago", "nobody", 0, [equal("stage", "lost"), below("opened", 20089), atLeast("calls", 6), below("score", 900)]],
  ["fleet_deal", "manager", 1, [equal("product", "fleet"), atLeast("amount", 5000000), atLeast("score", 600), equal("returning", false), atLeast("age", 25)]],
  ["fleet", "specialist", 2, [oneOf("product", "fleet", "radar"), atLeast("amount", 800000), differs("region", "abroad"), atLeast("visits", 2)]],
  ["won_paid", "seller", 5, [equal("stage", "won"), atLeast("paid", amount), below("visits", 40), atLeast("opened", 19509)]],
  ["won_open", "seller", 2, [equal("stage", "won"), below("paid", amount), below("calls", 3)]],
  ["renewal", "seller", 1, [atLeast("renewed", 20454), below("renewed", 20635), equal("returning", true), atLeast("score", 400)]],
  ["abroad", "partner", 3, [equal("region", "abroad"), oneOf("product", "travel", "health", "life"), below("age", 70), differs("channel", "phone")]],
  ["hot", "manager", 2, [atLeast("score", 850), { any: [atLeast("visits", 10), atLeast("calls", 4)] }, oneOf("stage", "new", "contacted"), atLeast("amount", 90000)]],
  ["partner_lead", "partner", 4, [equal("channel", "partner"), oneOf("region", "north", "northeast", "midwest"), atLeast("score", 300), below("amount", 2000000), equal("returning", false)]],
  ["young_driver", "specialist", 4, [equal("product", "car"), below("age", 25), atLeast("score", 200), atLeast("opened", 20332)]],
  ["senior_life", "specialist", 3, [oneOf("product", "life", "health"), atLeast("age", 60), atLeast("amount", 30000), differs("channel", "campaign")]],
  ["quoted_fresh", "seller", 3, [equal("stage", "quoted"), atLeast("opened", 20574), below("calls", 5), atLeast("score", 100), atLeast("visits", 1)]],
  ["campaign_cold", "queue", 9, [equal("channel", "campaign"), below("score", 250), equal("calls", 0), is("visits", "lessThanInclusive", 1)]],
  ["returning_client", "seller", 4, [equal("returning", true), oneOf("region", "southeast", "south"), is("paid", "greaterThan", 0), atLeast("age", 18), below("age", 80)]],
  ["others", "queue", 7, []],
];

let answer;
const engine = new Engine();
rules.forEach(([rule, route, priority, all], place) =>
  engine.addRule({ conditions: { all }, event: { type: rule, params: { route, priority } }, priority: rules.length - place }));
engine.on("success", (event) => {
  answer = event;
  engine.stop();
});

const leads = leadsOf(process.argv[2]);
await measure("json-rules-engine, an object", versionOf("json-rules-engine"), leads, async (lead) => {
  await engine.run(lead);
  return answer.type;
});
