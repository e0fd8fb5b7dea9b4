// The leads decided by ZEN in its own language: for each a context is made of the host's struct.
//
// usage: zen_peer leads.json plain.jsonl
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use std::{env, fs, hint::black_box};
use zen_engine::{model::DecisionContent, DecisionEngine};

const RUNS: usize = 5;

#[derive(Serialize, Deserialize)]
struct Lead {
    stage: String,
    product: String,
    region: String,
    channel: String,
    age: i64,
    score: i64,
    visits: i64,
    calls: i64,
    amount: i64,
    paid: i64,
    opened: i64,
    renewed: i64,
    returning: bool,
    blocked: bool,
}

/// Time of the processor that this process has used, in nanoseconds.
fn used() -> f64 {
    let mut at = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut at) };
    at.tv_sec as f64 * 1e9 + at.tv_nsec as f64
}

async fn measure(policy: &str, leads: &[Lead]) -> Value {
    let content: DecisionContent = serde_json::from_str(policy).expect("the policy");
    let mut decision = DecisionEngine::default().create_decision(content.into()).expect("a graph");
    decision.compile();
    let mut rules = Vec::new();
    for lead in leads {
        let context = serde_json::to_value(lead).expect("a lead").into();
        let answer = decision.evaluate(context).await.expect("an answer");
        rules.push(answer.result.to_value()["rule"].clone());
    }
    let mut taken = [0.0; RUNS];
    for nanoseconds in &mut taken {
        let begin = used();
        for lead in leads {
            let context = serde_json::to_value(lead).expect("a lead").into();
            black_box(decision.evaluate(context).await.expect("an answer"));
        }
        *nanoseconds = (used() - begin) / leads.len() as f64;
    }
    taken.sort_by(f64::total_cmp);
    json!({"engine": "ZEN, in Rust, from a struct", "version": "2.1.6", "nanoseconds": taken[RUNS / 2], "rules": rules})
}

fn main() {
    let paths: Vec<String> = env::args().collect();
    let policy = fs::read_to_string(&paths[1]).expect("the policy");
    let lines = fs::read_to_string(&paths[2]).expect("the leads");
    let leads: Vec<Lead> = lines.lines().map(|line| serde_json::from_str(line).expect("a lead")).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    println!("{}", runtime.block_on(measure(&policy, &leads)));
}
