//! From a pattern's source to its tree.

use crate::class::{Classes, MAX_CLASSES};
use crate::error::PatternError;
use crate::predicate::Predicate;

/// How deep groups, captures and brackets may stand in one another.
const MAX_NESTING: usize = 64;

/// The largest count in `{m,n}`.
const MAX_COUNT: usize = 1000;

/// A pattern's tree.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// One unit that passes.
    Unit(Predicate),
    /// A test that takes no unit.
    Look(Look),
    /// What the node takes, kept under the name of this number.
    Capture(usize, Box<Node>),
    /// One after the other.
    Sequence(Vec<Node>),
    /// The first that leads to a match.
    Choice(Vec<Node>),
    /// Again and again.
    Repeat { node: Box<Node>, least: usize, most: Option<usize>, greedy: bool },
}

/// A test of a place in the row.
#[derive(Clone, Debug)]
pub(crate) enum Look {
    /// The row starts here.
    Start,
    /// The row ends here.
    End,
    /// There is a next unit that passes; or, if `not`, there is none.
    Next { test: Predicate, not: bool },
    /// There is a unit before that passes; or, if `not`, there is none.
    Previous { test: Predicate, not: bool },
}

impl Node {
    /// Whether it may take no unit.
    pub fn can_be_empty(&self) -> bool {
        match self {
            Self::Unit(_) => false,
            Self::Look(_) => true,
            Self::Capture(_, node) => node.can_be_empty(),
            Self::Sequence(nodes) => nodes.iter().all(Self::can_be_empty),
            Self::Choice(nodes) => nodes.iter().any(Self::can_be_empty),
            Self::Repeat { node, least, .. } => *least == 0 || node.can_be_empty(),
        }
    }
}

/// Reads a pattern: its tree, and the names of its captures in the order of their first mention.
pub(crate) fn parse(src: &str, classes: &Classes) -> Result<(Node, Vec<Box<str>>), PatternError> {
    let mut parser = Parser { src, at: 0, classes, names: Vec::new(), nesting: 0 };
    let node = parser.choice()?;
    // `choice` stops at the end or at a parenthesis that nothing opened.
    match parser.peek() {
        None => Ok((node, parser.names)),
        Some(_) => Err(parser.error(parser.at, "`)` closes nothing", "take it out, or open a group with `(`")),
    }
}

struct Parser<'a> {
    src: &'a str,
    at: usize,
    classes: &'a Classes,
    names: Vec<Box<str>>,
    nesting: usize,
}

type Parsed<T> = Result<T, PatternError>;

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<u8> {
        self.src.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'#' => self.at += self.src[self.at..].find('\n').unwrap_or(self.src.len() - self.at),
                b if b.is_ascii_whitespace() => self.at += 1,
                _ => return,
            }
        }
    }

    fn error(&self, offset: usize, problem: impl Into<String>, advice: impl Into<String>) -> PatternError {
        PatternError::new(self.src, offset, problem, advice)
    }

    /// What stands at the present place, for messages.
    fn here(&self) -> String {
        match self.src.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(char) => format!("`{}`", char.escape_debug()),
            None => "the end of the pattern".into(),
        }
    }

    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.nesting == MAX_NESTING {
            let problem = format!("more than {MAX_NESTING} groups within one another");
            return Err(self.error(self.at, problem, "write it flatter"));
        }
        self.nesting += 1;
        let result = inner(self);
        self.nesting -= 1;
        result
    }

    fn choice(&mut self) -> Parsed<Node> {
        let mut branches = vec![self.sequence()?];
        while self.eat(b'|') {
            branches.push(self.sequence()?);
        }
        Ok(one_or(branches, Node::Choice))
    }

    fn sequence(&mut self) -> Parsed<Node> {
        let mut items = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None | Some(b'|' | b')') => break,
                Some(_) => items.push(self.item()?),
            }
        }
        if items.is_empty() {
            let problem = format!("nothing stands before {}", self.here());
            return Err(self.error(self.at, problem, "write an item there, or make a whole group optional with `?`"));
        }
        Ok(one_or(items, Node::Sequence))
    }

    /// An item with its quantifier.
    fn item(&mut self) -> Parsed<Node> {
        let look = match self.peek() {
            Some(b'^') => Some(self.edge(Look::Start)),
            Some(b'$') => Some(self.edge(Look::End)),
            Some(b'>') => Some(self.neighbour(|test, not| Look::Next { test, not })?),
            Some(b'<') => Some(self.neighbour(|test, not| Look::Previous { test, not })?),
            _ => None,
        };
        if let Some(look) = look {
            return match self.peek() {
                Some(b'?' | b'*' | b'+' | b'{') => Err(self.error(
                    self.at,
                    "a test that takes no unit cannot be repeated",
                    "take the quantifier away, or write `|` between what may follow",
                )),
                _ => Ok(Node::Look(look)),
            };
        }
        let node = self.atom()?;
        self.quantified(node)
    }

    fn edge(&mut self, look: Look) -> Look {
        self.at += 1;
        look
    }

    fn neighbour(&mut self, look: impl FnOnce(Predicate, bool) -> Look) -> Parsed<Look> {
        self.at += 1;
        if !self.eat(b'!') {
            return Ok(look(self.conjunction()?, false));
        }
        let test = self.class_or_list()?;
        if self.peek() == Some(b'&') {
            return Err(self.error(
                self.at,
                "it is unclear how far this `!` reaches",
                "write `>![A&B]` where A and B must not stand together, `>!A >!B` where neither may stand (so with `<`)",
            ));
        }
        Ok(look(test, true))
    }

    /// A unit's test, a group or a capture.
    fn atom(&mut self) -> Parsed<Node> {
        match self.peek() {
            Some(b'(') => self.group(),
            Some(b'a'..=b'z') => self.capture(),
            Some(b'?' | b'*' | b'+' | b'{') => {
                let problem = format!("{} has nothing to repeat", self.here());
                Err(self.error(self.at, problem, "put one quantifier right after a class, a list or a group"))
            }
            _ => Ok(Node::Unit(self.conjunction()?)),
        }
    }

    fn group(&mut self) -> Parsed<Node> {
        let open = self.at;
        self.at += 1;
        let node = self.nested(Self::choice)?;
        if self.eat(b')') {
            return Ok(node);
        }
        Err(self.error(open, "this group is not closed", "write `)` after its last item"))
    }

    fn capture(&mut self) -> Parsed<Node> {
        let start = self.at;
        let name = self.word();
        if self.peek() != Some(b':') {
            let (problem, advice) = (format!("`{name}` is neither a class nor a capture"), self.suggest(name));
            return Err(self.error(start, problem, advice));
        }
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(self.not_a_name(start, name));
        }
        self.at += 1;
        self.skip_space();
        let number = match self.names.iter().position(|known| **known == *name) {
            Some(number) => number,
            None => {
                self.names.push(name.into());
                self.names.len() - 1
            }
        };
        if let Some(b'^' | b'$' | b'<' | b'>') = self.peek() {
            let problem = format!("`{name}:` has no unit to capture");
            return Err(self.error(self.at, problem, "capture a class, a list or a group"));
        }
        let node = self.nested(Self::atom)?;
        Ok(Node::Capture(number, Box::new(node)))
    }

    fn not_a_name(&self, start: usize, name: &str) -> PatternError {
        let problem = format!("the capture's name `{name}` is not in lower case");
        self.error(start, problem, "write it with `a-z`, `0-9` and `_`, a letter first")
    }

    fn suggest(&self, name: &str) -> String {
        let class = name.to_ascii_uppercase();
        match self.classes.get(&class) {
            Some(_) => {
                format!("write the class as `{class}`, or `{name}:` before what is captured")
            }
            None => format!("write classes in capitals, or `{name}:` before what is captured"),
        }
    }

    fn quantified(&mut self, node: Node) -> Parsed<Node> {
        let start = self.at;
        let (least, most) = match self.peek() {
            Some(b'?') => (0, Some(1)),
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'{') => self.counts()?,
            _ => return Ok(node),
        };
        if self.src.as_bytes()[start] != b'{' {
            self.at += 1;
        }
        let greedy = !self.eat(b'?');
        Ok(Node::Repeat { node: Box::new(node), least, most, greedy })
    }

    /// `{m}`, `{m,}` or `{m,n}`.
    fn counts(&mut self) -> Parsed<(usize, Option<usize>)> {
        let start = self.at;
        self.at += 1;
        let least = self.count()?;
        let most = if self.eat(b',') {
            self.skip_space();
            if self.peek() == Some(b'}') { None } else { Some(self.count()?) }
        } else {
            Some(least)
        };
        if !self.eat(b'}') {
            let problem = format!("{} stands where a count should end", self.here());
            return Err(self.error(self.at, problem, "write `{m}`, `{m,}` or `{m,n}`"));
        }
        match most {
            Some(0) => Err(self.error(start, "this repeats nothing", "take the item out, or raise the count")),
            Some(most) if most < least => {
                Err(self.error(start, format!("{least} is more than {most}"), "put the smaller count first"))
            }
            _ => Ok((least, most)),
        }
    }

    fn count(&mut self) -> Parsed<usize> {
        self.skip_space();
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = &self.src[start..self.at];
        if digits.is_empty() {
            let problem = format!("{} stands where a count should", self.here());
            return Err(self.error(start, problem, "write `{m}`, `{m,}` or `{m,n}`"));
        }
        let count = digits.parse().ok().filter(|count| *count <= MAX_COUNT);
        self.skip_space();
        count.ok_or_else(|| {
            let advice = format!("write a count up to {MAX_COUNT}, or `{{m,}}` for no bound");
            self.error(start, format!("the count {digits} is too large"), advice)
        })
    }

    /// `A&B&!C`
    fn conjunction(&mut self) -> Parsed<Predicate> {
        let mut parts = vec![self.term()?];
        while self.eat(b'&') {
            parts.push(self.term()?);
        }
        Ok(one_or(parts, Predicate::every))
    }

    /// One class or list, perhaps negated.
    fn term(&mut self) -> Parsed<Predicate> {
        if self.eat(b'!') { Ok(self.class_or_list()?.negate()) } else { self.class_or_list() }
    }

    fn class_or_list(&mut self) -> Parsed<Predicate> {
        match self.peek() {
            Some(b'.') => {
                self.at += 1;
                Ok(Predicate::any())
            }
            Some(b'[') => self.list(),
            Some(b'A'..=b'Z' | b'0'..=b'9' | b'_') => self.class(),
            _ => {
                let problem = format!("{} stands where a class should", self.here());
                let advice = "write a class in capitals, `.` for any unit, or a list `[A B]`; `&`, `!`, `<` and `>` \
                              stand right before one, without a space";
                Err(self.error(self.at, problem, advice))
            }
        }
    }

    /// `[A B&!C D]`
    fn list(&mut self) -> Parsed<Predicate> {
        let open = self.at;
        self.at += 1;
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b']') => break,
                None => {
                    return Err(self.error(open, "this list is not closed", "write `]` after its last class"));
                }
                Some(_) => parts.push(self.nested(Self::conjunction)?),
            }
        }
        self.at += 1;
        if parts.is_empty() {
            return Err(self.error(open, "this list is empty", "name its classes, or write `.` for any unit"));
        }
        Ok(Predicate::either(parts))
    }

    fn class(&mut self) -> Parsed<Predicate> {
        let start = self.at;
        let name = self.word();
        if self.peek() == Some(b':') {
            return Err(self.not_a_name(start, name));
        }
        match self.classes.get(name) {
            Some(class) if usize::from(class.0) < MAX_CLASSES => Ok(Predicate::has(class)),
            Some(_) => {
                let problem = format!("the class `{name}` is beyond the first {MAX_CLASSES}");
                Err(self.error(start, problem, "have fewer classes"))
            }
            None => {
                let advice = match self.classes.nearest(&name.to_ascii_uppercase()) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "use a class that is known, or make it known first".into(),
                };
                Err(self.error(start, format!("there is no class `{name}`"), advice))
            }
        }
    }

    /// The letters, digits and underscores from here on.
    fn word(&mut self) -> &'a str {
        let rest = &self.src[self.at..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }
}

fn one_or<T>(mut parts: Vec<T>, several: impl FnOnce(Vec<T>) -> T) -> T {
    match parts.len() {
        1 => parts.remove(0),
        _ => several(parts),
    }
}
