//! How fast names are compared, and how well blocks bring them together: JSON Lines `{"a", "b", "same"}` in.

use std::hint::black_box;
use std::io::{self, BufRead};
use std::time::Instant;

use musnad_language::names::{NameKey, block_keys, compare_keys, key};
use serde_json::Value;

fn main() {
    let (mut names, mut met, mut same) = (Vec::new(), 0, 0);
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(case) = serde_json::from_str::<Value>(&line) else {
            continue;
        };
        let name = |field: &str| case[field].as_str().unwrap_or_default().to_owned();
        let (a, b) = (name("a"), name("b"));
        if case["same"] == true {
            same += 1;
            let (x, y) = (block_keys(&key(&a)), block_keys(&key(&b)));
            let meet = x.iter().any(|k| y.contains(k));
            met += meet as usize;
            if !meet {
                println!("no block for {a} | {b}");
            }
        }
        names.extend([a, b]);
    }
    let start = Instant::now();
    let keys: Vec<NameKey> = names.iter().map(|name| key(name)).collect();
    let built = start.elapsed();
    println!("{met} of {same} pairs meet; {:.0} keys/s", keys.len() as f64 / built.as_secs_f64());
    let blocks: Vec<Vec<u64>> = keys.iter().map(block_keys).collect();
    println!("{:.1} block keys a name", blocks.iter().map(Vec::len).sum::<usize>() as f64 / blocks.len() as f64);
    for together in [false, true] {
        let (mut pairs, mut found) = (0u32, 0u32);
        let start = Instant::now();
        let mut spent = std::time::Duration::ZERO;
        for (n, a) in keys.iter().enumerate() {
            let others: Vec<&NameKey> = (0..keys.len())
                .filter(|&m| m != n && (!together || blocks[n].iter().any(|k| blocks[m].contains(k))))
                .map(|m| &keys[m])
                .collect();
            let start = Instant::now();
            for b in others {
                pairs += 1;
                found += black_box(compare_keys(black_box(a), b)).same as u32;
            }
            spent += start.elapsed();
        }
        let kind = if together { "that share a block" } else { "of all names" };
        println!(
            "{pairs} pairs {kind}: {:.0} pairs/s, {found} same; {:?}",
            f64::from(pairs) / spent.as_secs_f64(),
            start.elapsed()
        );
    }
}
