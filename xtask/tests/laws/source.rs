//! A Rust source file as the laws see it: its tokens, without comments, doc comments and test code.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The tokens of one file that ship.
pub struct Source {
    shipped: Vec<TokenTree>,
    /// Modules that the file declares for tests only (`#[cfg(test)] mod NAME;`).
    test_modules: BTreeSet<String>,
}

/// A path as written (`std::fs::read`), with nested `use` trees written out.
pub struct Written {
    pub line: usize,
    pub segments: Vec<String>,
}

impl Source {
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens: TokenStream = text.parse().map_err(|why| format!("is not Rust: {why}"))?;
        let mut test_modules = BTreeSet::new();
        let shipped = ship(tokens, &mut test_modules);
        Ok(Self { shipped, test_modules })
    }

    /// Every path and every name by itself.
    pub fn paths(&self) -> Vec<Written> {
        let mut out = Vec::new();
        paths(&self.shipped, &[], &mut out);
        out
    }

    /// Names and literals, as written, with their lines.
    pub fn words(&self) -> Vec<(usize, String)> {
        let mut out = Vec::new();
        each(&self.shipped, &mut |tree, _| match tree {
            TokenTree::Ident(_) | TokenTree::Literal(_) => out.push((line(tree), tree.to_string())),
            _ => {}
        });
        out
    }

    /// Lines where these names follow each other (`static mut`), or a name is called as a macro (`println!`).
    pub fn runs(&self, run: &[&str]) -> Vec<usize> {
        let mut out = Vec::new();
        each(&self.shipped, &mut |tree, rest| {
            if std::iter::once(tree).chain(rest).take(run.len()).map(ToString::to_string).eq(run.iter().copied()) {
                out.push(line(tree));
            }
        });
        out
    }
}

/// The files under a folder, in a settled order; none where there is no such folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return out };
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out
}

/// The Rust files under a `src` folder that ship: without modules that are declared for tests only.
pub fn shipped(src: &Path) -> Vec<(PathBuf, Source)> {
    let mut sources = Vec::new();
    let mut test_only: Vec<PathBuf> = Vec::new();
    for path in files(src).into_iter().filter(|path| path.extension().is_some_and(|ext| ext == "rs")) {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let source = Source::parse(&text).unwrap_or_else(|why| panic!("{} {why}", path.display()));
        let stem = path.file_stem().unwrap_or_default();
        let home = if ["lib", "main", "mod"].iter().any(|name| stem == *name) {
            path.with_file_name("")
        } else {
            path.with_extension("")
        };
        test_only.extend(source.test_modules.iter().map(|name| home.join(name)));
        sources.push((path, source));
    }
    sources.retain(|(path, _)| !test_only.iter().any(|module| path.with_extension("") == *module || path.starts_with(module)));
    sources
}

fn line(tree: &TokenTree) -> usize {
    tree.span().start().line
}

/// Drops documentation and whatever stands under `#[cfg(test)]` or `#[test]`.
fn ship(tokens: TokenStream, test_modules: &mut BTreeSet<String>) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match attribute(&tokens[at..]) {
            Some((inner, kind, _)) if inner && kind == Attribute::Test => return Vec::new(),
            Some((_, Attribute::Doc, width)) => at += width,
            Some((_, Attribute::Test, width)) => {
                at += width;
                while let Some((_, _, width)) = attribute(&tokens[at..]) {
                    at += width;
                }
                at += item(&tokens[at..], test_modules);
            }
            Some((_, Attribute::Other, _)) | None => {
                out.push(match &tokens[at] {
                    TokenTree::Group(group) => {
                        let inside = ship(group.stream(), test_modules).into_iter().collect();
                        let mut kept = proc_macro2::Group::new(group.delimiter(), inside);
                        kept.set_span(group.span());
                        TokenTree::Group(kept)
                    }
                    other => other.clone(),
                });
                at += 1;
            }
        }
    }
    out
}

#[derive(PartialEq)]
enum Attribute {
    Doc,
    Test,
    Other,
}

/// The attribute that begins here: whether it is an inner one, its kind, its width in tokens.
fn attribute(tokens: &[TokenTree]) -> Option<(bool, Attribute, usize)> {
    let sign = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == sign);
    if !sign(0, '#') {
        return None;
    }
    let inner = sign(1, '!');
    let at = 1 + usize::from(inner);
    let Some(TokenTree::Group(group)) = tokens.get(at) else { return None };
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let words: Vec<String> = group.stream().into_iter().map(|tree| tree.to_string()).collect();
    let kind = match words.first().map(String::as_str) {
        Some("doc") => Attribute::Doc,
        Some("test") => Attribute::Test,
        Some("cfg") if words.get(1).is_some_and(|condition| needs_test(condition)) => Attribute::Test,
        _ => Attribute::Other,
    };
    Some((inner, kind, at + 1))
}

/// Whether a `cfg` condition holds in tests only.
fn needs_test(condition: &str) -> bool {
    let bare: String = condition.chars().filter(|c| !c.is_whitespace()).collect();
    bare == "(test)"
        || (bare.starts_with("(all(") && bare.split(['(', ')', ',']).any(|word| word == "test") && !bare.contains("not(test"))
}

/// The width in tokens of the item that begins here; notes a module whose body lies in another file.
fn item(tokens: &[TokenTree], test_modules: &mut BTreeSet<String>) -> usize {
    let mut module = None;
    for (at, tree) in tokens.iter().enumerate() {
        match tree {
            TokenTree::Ident(word) if *word == "mod" => module = tokens.get(at + 1).map(ToString::to_string),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return at + 1,
            TokenTree::Punct(sign) if sign.as_char() == ';' => {
                test_modules.extend(module);
                return at + 1;
            }
            _ => {}
        }
    }
    tokens.len()
}

/// Calls `visit` on every token, with those that follow it in its group.
fn each<'a>(tokens: &'a [TokenTree], visit: &mut dyn FnMut(&TokenTree, &[TokenTree])) {
    for (at, tree) in tokens.iter().enumerate() {
        visit(tree, &tokens[at + 1..]);
        if let TokenTree::Group(group) = tree {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            each(&inside, visit);
        }
    }
}

fn paths(tokens: &[TokenTree], stem: &[String], out: &mut Vec<Written>) {
    let colons = |at: usize| {
        let colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
        colon(at) && colon(at + 1)
    };
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(first) => {
                let line = line(&tokens[at]);
                let mut segments = stem.to_vec();
                segments.push(first.to_string());
                at += 1;
                while colons(at) {
                    match tokens.get(at + 2) {
                        Some(TokenTree::Ident(next)) => segments.push(next.to_string()),
                        Some(TokenTree::Punct(star)) if star.as_char() == '*' => segments.push("*".into()),
                        Some(TokenTree::Group(tree)) if tree.delimiter() == Delimiter::Brace => {
                            let inside: Vec<TokenTree> = tree.stream().into_iter().collect();
                            paths(&inside, &segments, out);
                        }
                        _ => break,
                    }
                    at += 3;
                }
                out.push(Written { line, segments });
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                paths(&inside, &[], out);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

mod tests {
    use super::Source;

    fn words(text: &str) -> Vec<String> {
        Source::parse(text).unwrap().words().into_iter().map(|(_, word)| word).collect()
    }

    #[test]
    fn documentation_and_comments_do_not_ship() {
        assert_eq!(words("//! قال\n/// قال\nfn f() {} // قال\n/* قال */"), ["fn", "f"]);
    }

    #[test]
    fn other_attributes_ship() {
        assert!(words("#[error(\"قال\")] struct E;").contains(&"\"قال\"".into()));
    }

    #[test]
    fn test_code_does_not_ship() {
        assert_eq!(words("#[cfg(test)] #[allow(x)] mod tests { const A: &str = \"قال\"; } fn f() {}"), ["fn", "f"]);
        assert_eq!(words("#[cfg(all(test, unix))] use a::b; fn f() {}"), ["fn", "f"]);
        assert_eq!(words("#![cfg(test)] fn f() {}"), [""; 0]);
        assert_eq!(words("mod a { #[test] fn t() { b } }"), ["mod", "a"]);
    }

    #[test]
    fn code_for_non_tests_ships() {
        assert!(words("#[cfg(not(test))] fn f() {}").contains(&"f".into()));
        assert!(words("#[cfg(any(test, feature = \"x\"))] fn f() {}").contains(&"f".into()));
    }

    #[test]
    fn modules_in_other_files_are_known_as_tests() {
        let source = Source::parse("mod a; #[cfg(test)] mod tests; mod b;").unwrap();
        assert_eq!(source.test_modules.into_iter().collect::<Vec<_>>(), ["tests"]);
    }

    #[test]
    fn use_trees_are_written_out() {
        let source = Source::parse("use std::{fs, io::{self, Read}, time::*}; fn f() { ::std::env::var(\"A\") }").unwrap();
        let paths: Vec<String> = source.paths().into_iter().map(|path| path.segments.join("::")).collect();
        for path in ["std::fs", "std::io::self", "std::io::Read", "std::time::*", "std::env::var"] {
            assert!(paths.contains(&path.into()), "{path} is not among {paths:?}");
        }
    }

    #[test]
    fn runs_are_found_inside_groups() {
        let source = Source::parse("fn f() {\n println!(\"a\");\n static mut X: u8 = 0; }").unwrap();
        assert_eq!(source.runs(&["println", "!"]), [2]);
        assert_eq!(source.runs(&["static", "mut"]), [3]);
    }
}
