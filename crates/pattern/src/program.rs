//! From a pattern's tree to the program that a search runs.

use crate::class::ClassSet;
use crate::predicate::Predicate;
use crate::syntax::{Look, Node};

/// How many instructions a program may have.
pub(crate) const MAX_INSTRUCTIONS: usize = 10_000;

/// One step of a program. Control falls to the next instruction unless the step says otherwise.
#[derive(Clone, Debug)]
pub(crate) enum Instruction {
    /// Takes one unit that passes. `depth` counts the [guarded](Instruction::Guard) iterations around it.
    Unit { test: Predicate, depth: usize },
    /// Tests the place.
    Look(Look),
    /// Goes to `first`, or else to `second`.
    Split { first: usize, second: usize },
    /// Goes there.
    Jump(usize),
    /// The capture of this number starts here.
    Open(usize),
    /// It ends here.
    Close(usize),
    /// Ends an iteration that stands within `depth` other guarded ones: fails if it took no unit.
    Guard { depth: usize },
    /// The pattern has matched.
    Match,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub code: Vec<Instruction>,
    /// One more than the deepest nesting of guarded iterations.
    pub levels: usize,
    pub first: First,
}

/// Where a match can begin.
#[derive(Clone, Debug)]
pub(crate) struct First {
    /// Only at the start of the row.
    row_start: bool,
    /// The match may be empty, so that the unit there says nothing.
    anything: bool,
    /// The first unit has one of these classes; `None` where it need not have any.
    pub classes: Option<ClassSet>,
    /// The first unit passes one of these.
    tests: Vec<Predicate>,
}

/// The pattern unfolds to more than [`MAX_INSTRUCTIONS`].
#[derive(Debug)]
pub(crate) struct TooLarge;

impl Program {
    pub fn new(tree: &Node) -> Result<Self, TooLarge> {
        let mut compiler = Compiler { code: Vec::new(), depth: 0, deepest: 0 };
        compiler.node(tree)?;
        compiler.push(Instruction::Match)?;
        let first = First::new(&compiler.code);
        Ok(Self { code: compiler.code, levels: compiler.deepest + 1, first })
    }
}

struct Compiler {
    code: Vec<Instruction>,
    depth: usize,
    deepest: usize,
}

impl Compiler {
    fn push(&mut self, instruction: Instruction) -> Result<usize, TooLarge> {
        if self.code.len() == MAX_INSTRUCTIONS {
            return Err(TooLarge);
        }
        self.code.push(instruction);
        Ok(self.code.len() - 1)
    }

    /// Every node but an empty sequence, which the syntax does not make, adds an instruction: the bound on
    /// their number bounds the work too.
    fn node(&mut self, node: &Node) -> Result<(), TooLarge> {
        match node {
            Node::Unit(test) => {
                self.push(Instruction::Unit { test: test.clone(), depth: self.depth })?;
            }
            Node::Look(look) => {
                self.push(Instruction::Look(look.clone()))?;
            }
            Node::Capture(number, inner) => {
                self.push(Instruction::Open(*number))?;
                self.node(inner)?;
                self.push(Instruction::Close(*number))?;
            }
            Node::Sequence(nodes) => {
                for node in nodes {
                    self.node(node)?;
                }
            }
            Node::Choice(nodes) => self.choice(nodes)?,
            Node::Repeat { node, least, most, greedy } => self.repeat(node, *least, *most, *greedy)?,
        }
        Ok(())
    }

    fn choice(&mut self, nodes: &[Node]) -> Result<(), TooLarge> {
        let Some((last, others)) = nodes.split_last() else {
            return Ok(());
        };
        let mut jumps = Vec::new();
        for node in others {
            let split = self.push(Instruction::Jump(0))?;
            self.node(node)?;
            jumps.push(self.push(Instruction::Jump(0))?);
            self.code[split] = Instruction::Split { first: split + 1, second: self.code.len() };
        }
        self.node(last)?;
        for jump in jumps {
            self.code[jump] = Instruction::Jump(self.code.len());
        }
        Ok(())
    }

    fn repeat(&mut self, node: &Node, least: usize, most: Option<usize>, greedy: bool) -> Result<(), TooLarge> {
        let Some(most) = most else {
            return self.unbounded(node, least, greedy);
        };
        for _ in 0..least {
            self.node(node)?;
        }
        let mut splits = Vec::new();
        for _ in least..most {
            splits.push(self.push(Instruction::Jump(0))?);
            self.iteration(node)?;
        }
        let exit = self.code.len();
        for split in splits {
            self.code[split] = prefer(split + 1, exit, greedy);
        }
        Ok(())
    }

    fn unbounded(&mut self, node: &Node, least: usize, greedy: bool) -> Result<(), TooLarge> {
        // A body that always takes a unit is the same in the last iteration asked for and in those beyond.
        let shared = least > 0 && !node.can_be_empty();
        for _ in 0..least - usize::from(shared) {
            self.node(node)?;
        }
        if shared {
            let body = self.code.len();
            self.node(node)?;
            let exit = self.code.len() + 1;
            self.push(prefer(body, exit, greedy))?;
        } else {
            let split = self.push(Instruction::Jump(0))?;
            self.iteration(node)?;
            self.push(Instruction::Jump(split))?;
            self.code[split] = prefer(split + 1, self.code.len(), greedy);
        }
        Ok(())
    }

    /// An iteration beyond the least count, which must take a unit.
    fn iteration(&mut self, node: &Node) -> Result<(), TooLarge> {
        if !node.can_be_empty() {
            return self.node(node);
        }
        let depth = self.depth;
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        self.node(node)?;
        self.depth = depth;
        self.push(Instruction::Guard { depth })?;
        Ok(())
    }
}

fn prefer(body: usize, exit: usize, greedy: bool) -> Instruction {
    if greedy { Instruction::Split { first: body, second: exit } } else { Instruction::Split { first: exit, second: body } }
}

impl First {
    fn new(code: &[Instruction]) -> Self {
        let (tests, anything) = reachable(code, true);
        let (elsewhere, anything_elsewhere) = reachable(code, false);
        let classes =
            if anything { None } else { tests.iter().try_fold(ClassSet::new(), |union, test| Some(union.union(&test.needs()?))) };
        Self { row_start: elsewhere.is_empty() && !anything_elsewhere, anything, classes, tests }
    }

    /// The first place at or after `from` where a match could begin.
    pub fn next(&self, row: &[ClassSet], from: usize) -> Option<usize> {
        if self.row_start {
            return (from == 0 && self.at(row, 0)).then_some(0);
        }
        if self.anything {
            return (from <= row.len()).then_some(from);
        }
        let units = row.get(from..)?.iter();
        let skipped = match &self.classes {
            Some(classes) => units.enumerate().find(|(_, unit)| classes.intersects(unit) && self.passes(unit)),
            None => units.enumerate().find(|(_, unit)| self.passes(unit)),
        };
        skipped.map(|(skipped, _)| from + skipped)
    }

    /// Whether a match could begin at `at`.
    pub fn at(&self, row: &[ClassSet], at: usize) -> bool {
        if self.row_start && at != 0 {
            return false;
        }
        match row.get(at) {
            Some(unit) => self.anything || self.passes(unit),
            None => self.anything && at == row.len(),
        }
    }

    fn passes(&self, unit: &ClassSet) -> bool {
        self.tests.iter().any(|test| test.holds(unit))
    }
}

/// The units' tests that can be the first, and whether the pattern's end can be reached without one.
/// Tests of the place are taken to hold, but that for the row's start only if `at_start`.
fn reachable(code: &[Instruction], at_start: bool) -> (Vec<Predicate>, bool) {
    let mut seen = vec![false; code.len()];
    let mut stack = vec![0];
    let (mut tests, mut end) = (Vec::new(), false);
    while let Some(pc) = stack.pop() {
        if std::mem::replace(&mut seen[pc], true) {
            continue;
        }
        match &code[pc] {
            Instruction::Unit { test, .. } if tests.contains(test) => {}
            Instruction::Unit { test, .. } => tests.push(test.clone()),
            Instruction::Look(Look::Start) if !at_start => {}
            Instruction::Look(_) | Instruction::Open(_) | Instruction::Close(_) | Instruction::Guard { .. } => {
                stack.push(pc + 1);
            }
            Instruction::Split { first, second } => stack.extend([*second, *first]),
            Instruction::Jump(to) => stack.push(*to),
            Instruction::Match => end = true,
        }
    }
    (tests, end)
}
