//! Compiles `language/ar` into the program. Fails with the file and line of everything that is wrong.

#[path = "src/compile/mod.rs"]
#[allow(missing_docs, dead_code)]
mod compile;
#[path = "src/model.rs"]
#[allow(missing_docs, dead_code)]
mod model;

use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../language/ar");
    println!("cargo::rerun-if-changed={}", root.join("lexicon").display());
    println!("cargo::rerun-if-changed={}", root.join("rules").display());
    println!("cargo::rerun-if-changed=src/compile");
    println!("cargo::rerun-if-changed=src/model.rs");
    let compiled = match compile::compile(&root) {
        Ok(c) => c,
        Err(errors) => {
            for e in errors {
                println!("cargo::error=language/ar/{e}");
            }
            return;
        }
    };
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let lexicon = postcard::to_allocvec(&compiled.lexicon).expect("the lexicon serialises");
    std::fs::write(Path::new(&out).join("arabic.fst"), &compiled.phrases).expect("OUT_DIR is writable");
    std::fs::write(Path::new(&out).join("arabic.lexicon"), lexicon).expect("OUT_DIR is writable");
}
