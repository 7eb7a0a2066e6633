//! The search: all states of a program run side by side over the row, the preferred first, and no state
//! is held twice. What each captured is a list that states share (Pike's machine).

use std::ops::Range;

use crate::class::ClassSet;
use crate::program::{Instruction, Program};
use crate::syntax::Look;

/// A match as the search knows it: its range, and each capture's number with its range, by rising start.
pub(crate) type Found = (Range<usize>, Vec<(usize, Range<usize>)>);

/// Where a search may begin its match.
#[derive(Copy, Clone, Eq, PartialEq)]
pub(crate) enum Anchor {
    /// At the given place only.
    Here,
    /// There or at any later place.
    Onward,
}

/// A state that stands at a [`Instruction::Unit`] whose test the present unit passes.
#[derive(Copy, Clone)]
struct Thread {
    pc: usize,
    start: usize,
    trail: Trail,
}

/// The last of a state's capture events, as its number in [`Closure::events`].
type Trail = Option<usize>;

/// A capture's start or end.
#[derive(Copy, Clone)]
struct Event {
    before: Trail,
    capture: usize,
    opens: bool,
    at: usize,
}

/// What a search works with; kept from one search to the next to save allocations.
#[derive(Default)]
pub(crate) struct Scratch {
    current: Vec<Thread>,
    next: Vec<Thread>,
    closure: Closure,
}

/// Follows the instructions that take no unit.
#[derive(Default)]
struct Closure {
    /// For each state, the number of the last place where it was reached.
    seen: Vec<u32>,
    place: u32,
    stack: Vec<(usize, usize, Trail)>,
    events: Vec<Event>,
}

/// Finds the leftmost, then preferred match that starts at `from`, or onward.
pub(crate) fn search(program: &Program, row: &[ClassSet], from: usize, anchor: Anchor, scratch: &mut Scratch) -> Option<Found> {
    let mut at = match anchor {
        Anchor::Here => program.first.at(row, from).then_some(from)?,
        Anchor::Onward => program.first.next(row, from)?,
    };
    let Scratch { current, next, closure } = scratch;
    closure.prepare(program);
    current.clear();
    next.clear();
    let mut best: Option<(Range<usize>, Trail)> = None;
    loop {
        if best.is_none() && (at == from || anchor == Anchor::Onward) && program.first.at(row, at) {
            let thread = Thread { pc: 0, start: at, trail: None };
            if let Some(trail) = closure.follow(program, row, at, thread, 0, current) {
                best = Some((at..at, trail));
            }
        }
        closure.next_place();
        for thread in current.drain(..) {
            let Instruction::Unit { depth, .. } = program.code[thread.pc] else {
                continue;
            };
            let after = Thread { pc: thread.pc + 1, ..thread };
            if let Some(trail) = closure.follow(program, row, at + 1, after, depth, next) {
                best = Some((thread.start..at + 1, trail));
                break; // the states that remain are less preferred
            }
        }
        std::mem::swap(current, next);
        at += 1;
        if current.is_empty() {
            if best.is_some() || anchor == Anchor::Here {
                break;
            }
            closure.events.clear();
            match program.first.next(row, at) {
                Some(place) => at = place,
                None => break,
            }
            closure.next_place();
        }
    }
    best.map(|(range, trail)| (range, closure.captures(trail)))
}

impl Closure {
    fn prepare(&mut self, program: &Program) {
        self.events.clear();
        self.seen.resize(program.code.len() * program.levels, 0);
        self.next_place();
    }

    /// Forgets what was reached.
    fn next_place(&mut self) {
        self.place = self.place.checked_add(1).unwrap_or_else(|| {
            self.seen.fill(0);
            1
        });
    }

    /// Follows a state to every unit's test that the unit at `at` passes, and adds those in their order
    /// of preference. Ends early if the pattern's end is reached, and then yields the trail.
    ///
    /// `consumed` tells how many of the guarded iterations around, from the outermost, have taken a unit.
    /// An iteration has taken one if any within it has, so this one number is all there is to know, and
    /// with it a state's future depends on nothing but itself: one that was seen need not be seen again.
    fn follow(
        &mut self,
        program: &Program,
        row: &[ClassSet],
        at: usize,
        thread: Thread,
        consumed: usize,
        threads: &mut Vec<Thread>,
    ) -> Option<Trail> {
        self.stack.clear();
        self.stack.push((thread.pc, consumed, thread.trail));
        while let Some((mut pc, mut consumed, mut trail)) = self.stack.pop() {
            loop {
                let instruction = &program.code[pc];
                // Once it has taken its unit, it is one whatever stood before.
                let level = if let Instruction::Unit { .. } = instruction { 0 } else { consumed };
                let seen = &mut self.seen[pc * program.levels + level];
                if *seen == self.place {
                    break;
                }
                *seen = self.place;
                match instruction {
                    Instruction::Unit { test, .. } => {
                        if row.get(at).is_some_and(|unit| test.holds(unit)) {
                            threads.push(Thread { pc, start: thread.start, trail });
                        }
                        break;
                    }
                    Instruction::Look(look) => {
                        if !look.holds(row, at) {
                            break;
                        }
                        pc += 1;
                    }
                    Instruction::Split { first, second } => {
                        self.stack.push((*second, consumed, trail));
                        pc = *first;
                    }
                    Instruction::Jump(to) => pc = *to,
                    Instruction::Open(capture) | Instruction::Close(capture) => {
                        let opens = matches!(instruction, Instruction::Open(_));
                        self.events.push(Event { before: trail, capture: *capture, opens, at });
                        trail = Some(self.events.len() - 1);
                        pc += 1;
                    }
                    Instruction::Guard { depth } => {
                        if consumed <= *depth {
                            break;
                        }
                        consumed = *depth;
                        pc += 1;
                    }
                    Instruction::Match => return Some(trail),
                }
            }
        }
        None
    }

    /// The captures that a trail tells of, in the order in which they started.
    fn captures(&self, trail: Trail) -> Vec<(usize, Range<usize>)> {
        let events = std::iter::successors(trail, |event| self.events[*event].before);
        // From the last event back, so an end comes before its start.
        let (mut captures, mut open) = (Vec::new(), Vec::new());
        for event in events.map(|event| &self.events[event]) {
            if event.opens {
                let end = open.pop().unwrap_or(event.at);
                captures.push((event.capture, event.at..end));
            } else {
                open.push(event.at);
            }
        }
        captures.reverse();
        captures
    }
}

impl Look {
    fn holds(&self, row: &[ClassSet], at: usize) -> bool {
        let passes = |test: &crate::predicate::Predicate, place: Option<usize>| {
            place.and_then(|place| row.get(place)).is_some_and(|unit| test.holds(unit))
        };
        match self {
            Self::Start => at == 0,
            Self::End => at == row.len(),
            Self::Next { test, not } => passes(test, Some(at)) != *not,
            Self::Previous { test, not } => passes(test, at.checked_sub(1)) != *not,
        }
    }
}
