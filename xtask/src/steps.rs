//! Running programs, one announced step after the other.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a step that failed says.
pub type Outcome = Result<(), String>;

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// The cargo that started us.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Announces a step, runs it, and tells what failed.
pub fn step(name: &str, command: &mut Command) -> Outcome {
    eprintln!("── {name}");
    let status = command.status().map_err(|why| format!("{name}: cannot start {:?}: {why}", command.get_program()))?;
    if status.success() { Ok(()) } else { Err(format!("{name} failed ({status})")) }
}

/// All that must hold before a change is taken.
pub fn test() -> Outcome {
    step("formatting: cargo fmt --all --check", cargo().args(["fmt", "--all", "--check"]))?;
    step(
        "lints: cargo clippy --workspace --all-targets -- -D warnings",
        cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )?;
    step("tests: cargo test --workspace", cargo().args(["test", "--workspace"]))?;
    if installed("deny") {
        step("licences: cargo deny check", cargo().args(["deny", "check"]))
    } else {
        eprintln!("── licences: skipped, cargo-deny is not installed (cargo install --locked cargo-deny)");
        Ok(())
    }
}

/// Whether `cargo NAME` is there.
fn installed(name: &str) -> bool {
    let mut probe = cargo();
    probe.args([name, "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}
