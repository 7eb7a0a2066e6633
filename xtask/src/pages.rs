//! Outputs in the pages: every ```` ```console ```` block is run, on the sample reports.
//!
//! A line `$ musnad …` is a command, `$ export NAME=VALUE` holds for those after it, and the lines below a command are what
//! it prints, standard error last. A last line `…` says that more follows; a line that ends with `…` may be cut there. Commands run in a folder of their own that holds a
//! copy of `examples/`; what they write stays there from one to the next.

use crate::steps::{Outcome, cargo, root, step, target};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const PAGES: [&str; 1] = ["README.md"];
const MORE: &str = "…";

/// Writes what the commands print now into the pages; with `check`, says where the pages differ.
pub fn run(check: bool) -> Outcome {
    step("build: cargo build -p musnad", cargo().args(["build", "--quiet", "--package", "musnad"]))?;
    let program = target().join("debug").join(format!("musnad{}", std::env::consts::EXE_SUFFIX));
    for name in PAGES {
        let path = root().join(name);
        let told = |why: std::io::Error| format!("{name}: {why}");
        let page = fs::read_to_string(&path).map_err(told)?;
        let folder = target().join("pages");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(told)?;
        }
        copy(&root().join("examples/reports"), &folder.join("examples/reports")).map_err(told)?;
        let now = rewritten(&page, &program, &folder).map_err(|why| format!("{name}: {why}"))?;
        if check {
            if let Some((at, (was, is))) = page.lines().zip(now.lines()).enumerate().find(|(_, (was, is))| was != is) {
                return Err(format!(
                    "{name}:{}: the page says\n  {was}\nbut the command prints\n  {is}\n`cargo xtask pages` writes what is printed now",
                    at + 1
                ));
            }
            if page != now {
                return Err(format!(
                    "{name}: a command prints less than the page says; `cargo xtask pages` writes what is printed now"
                ));
            }
        } else if page != now {
            fs::write(&path, now).map_err(told)?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// The page with the outputs of its commands as they are now.
fn rewritten(page: &str, program: &Path, folder: &Path) -> Result<String, String> {
    let mut out = String::new();
    let mut exported: Vec<(String, String)> = Vec::new();
    let mut lines = page.lines().peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        out += line;
        out.push('\n');
        if line.starts_with("```") {
            inside = line == "```console";
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| inside) else { continue };
        let mut shown = Vec::new();
        while let Some(below) = lines.next_if(|l| !l.starts_with("$ ") && *l != "```") {
            shown.push(below);
        }
        let words = words(command);
        match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["export", given] => {
                let (name, value) = given.split_once('=').ok_or(format!("`{command}`: export NAME=VALUE"))?;
                exported.push((name.into(), value.into()));
            }
            ["musnad", arguments @ ..] => {
                let printed = printed(program, arguments, folder, &exported)?;
                out += &excerpt(&printed, &shown);
            }
            _ => return Err(format!("`{command}`: only `musnad …` and `export NAME=VALUE` can be checked; fence it as sh")),
        }
    }
    Ok(out)
}

/// As much of what was printed as the page shows.
fn excerpt(printed: &str, shown: &[&str]) -> String {
    let cut = shown.last() == Some(&MORE);
    let most = if cut { shown.len() - 1 } else { usize::MAX };
    let line = |(at, line): (usize, &str)| match shown.get(at).and_then(|shown| shown.strip_suffix(MORE)) {
        Some(start) if line.chars().count() > start.chars().count() + 1 => {
            line.chars().take(start.chars().count()).collect::<String>() + MORE + "\n"
        }
        _ => format!("{line}\n"),
    };
    let mut out: String = printed.lines().take(most).enumerate().map(line).collect();
    if cut && printed.lines().count() > most {
        out += MORE;
        out.push('\n');
    }
    out
}

fn printed(program: &Path, arguments: &[&str], folder: &Path, exported: &[(String, String)]) -> Result<String, String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).env_remove("MUSNAD_RECORD").env("NO_COLOR", "1");
    let output = command.envs(exported.iter().cloned()).output().map_err(|why| format!("{}: {why}", program.display()))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if !output.status.success() {
        return Err(format!("`musnad {}` failed: {}", arguments.join(" "), text(&output.stderr)));
    }
    Ok(text(&output.stdout) + &text(&output.stderr))
}

/// The words of a command line, quotation marks heeded.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let (mut word, mut open, mut any) = (String::new(), None, false);
    for c in line.chars() {
        match (open, c) {
            (Some(mark), c) if c == mark => open = None,
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => (open, any) = (Some(c), true),
            (None, c) if c.is_whitespace() => {
                if any || !word.is_empty() {
                    out.push(std::mem::take(&mut word));
                    any = false;
                }
            }
            (None, c) => word.push(c),
        }
    }
    if any || !word.is_empty() {
        out.push(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{excerpt, words};

    #[test]
    fn command_lines_are_cut_as_a_shell_does() {
        assert_eq!(words("musnad match 'a b' \"c d\" --json"), ["musnad", "match", "a b", "c d", "--json"]);
    }

    #[test]
    fn an_excerpt_is_as_long_as_the_page_has_it() {
        assert_eq!(excerpt("a\nb\nc\n", &["x", "…"]), "a\n…\n");
        assert_eq!(excerpt("a\nb\n", &["x"]), "a\nb\n");
        assert_eq!(excerpt("a\n", &["x", "y", "…"]), "a\n");
        assert_eq!(excerpt("abcdef\nab\nabc\n", &["xy…", "xy…", "xy…"]), "ab…\nab\nabc\n");
    }
}
