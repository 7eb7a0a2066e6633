//! The averaged perceptron: whenever the best row of tags is not the right one, the right one's features gain and the wrong one's
//! lose; the weights are the mean over all steps, which forgets what was learnt from the last rows only.

use crate::model::{Model, best};
use crate::tag::{TAGS, Tag};

/// One row of words to learn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The features of each word.
    pub features: Vec<Vec<u32>>,
    /// What each word is.
    pub tags: Vec<Tag>,
}

/// Learns weights from examples. The order is shuffled by a fixed sequence: the same examples give the same model.
#[derive(Debug, Clone)]
pub struct Learner {
    rows: usize,
    weights: Vec<f32>,
    totals: Vec<f64>,
    step: f64,
    chance: u64,
}

impl Learner {
    /// For features below `rows`, a power of two.
    pub fn new(rows: usize) -> Learner {
        let rows = rows.next_power_of_two();
        let size = (rows + TAGS + 1) * TAGS;
        Learner { rows, weights: vec![0.0; size], totals: vec![0.0; size], step: 1.0, chance: 0x2545_f491_4f6c_dd1d }
    }

    /// Goes over the examples `rounds` times; gives the number of words that were tagged wrongly in the last one.
    pub fn learn(&mut self, examples: &[Example], rounds: usize) -> usize {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut wrong = 0;
        for _ in 0..rounds {
            for i in (1..order.len()).rev() {
                order.swap(i, (self.draw() % (i as u64 + 1)) as usize);
            }
            wrong = order.iter().map(|i| self.take(&examples[*i])).sum();
        }
        wrong
    }

    /// One step of a fixed sequence (xorshift).
    fn draw(&mut self) -> u64 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        self.chance >> 11
    }

    fn take(&mut self, example: &Example) -> usize {
        let mask = self.rows - 1;
        let score = |features: &Vec<u32>| {
            let mut sum = [0.0_f32; TAGS];
            for f in features {
                let at = (*f as usize & mask) * TAGS;
                for (s, w) in sum.iter_mut().zip(&self.weights[at..at + TAGS]) {
                    *s += w;
                }
            }
            sum
        };
        let scores: Vec<[f32; TAGS]> = example.features.iter().map(score).collect();
        let guess = best(&scores, |before, tag| self.weights[(self.rows + before) * TAGS + tag]);
        let mut wrong = 0;
        let (mut told, mut held) = (TAGS, TAGS);
        for (features, (right, taken)) in example.features.iter().zip(example.tags.iter().zip(&guess)) {
            let (right, taken) = (right.number(), taken.number());
            if right != taken {
                wrong += 1;
                for f in features {
                    let at = (*f as usize & mask) * TAGS;
                    self.change(at + right, 1.0);
                    self.change(at + taken, -1.0);
                }
            }
            if (told, right) != (held, taken) {
                self.change((self.rows + told) * TAGS + right, 1.0);
                self.change((self.rows + held) * TAGS + taken, -1.0);
            }
            (told, held) = (right, taken);
        }
        self.step += 1.0;
        wrong
    }

    fn change(&mut self, at: usize, by: f32) {
        self.weights[at] += by;
        self.totals[at] += self.step * f64::from(by);
    }

    /// The model: mean weights, scaled so that all but a few in ten thousand of those that count fit a byte.
    pub fn model(&self, made_of: &str) -> Model {
        let mean = |i: usize| f64::from(self.weights[i]) - self.totals[i] / self.step;
        let mut sizes: Vec<f64> = (0..self.rows * TAGS).map(|i| mean(i).abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f64::total_cmp);
        let largest = sizes.get(sizes.len() - sizes.len().div_ceil(5000).min(sizes.len())).copied().unwrap_or(1.0);
        let scale = f64::from(i8::MAX) / largest.max(f64::MIN_POSITIVE);
        let weight = |i: usize| (mean(i) * scale).round();
        let weights = (0..self.rows).map(|r| std::array::from_fn(|t| weight(r * TAGS + t).clamp(-127.0, 127.0) as i8)).collect();
        let after =
            std::array::from_fn(|b| std::array::from_fn(|t| weight((self.rows + b) * TAGS + t).clamp(-32000.0, 32000.0) as i16));
        Model::new(made_of.into(), weights, after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lore, Name, marked};
    use proptest::prelude::*;

    /// A word that follows word 1 is a person; word 7 after a person goes on with it.
    fn toy(words: &[u32]) -> Example {
        let features = (0..words.len()).map(|i| vec![words[i], 100 + i.checked_sub(1).map_or(0, |b| words[b])]).collect();
        let mut tags = Vec::new();
        for i in 0..words.len() {
            let person = matches!(tags.last(), Some(Tag::First(_) | Tag::Next(_)));
            tags.push(match i.checked_sub(1).map(|b| words[b]) {
                _ if words[i] == 7 && person => Tag::Next(Name::Person),
                Some(1) => Tag::First(Name::Person),
                _ => Tag::Outside,
            });
        }
        Example { features, tags }
    }

    fn learnt() -> Model {
        let mut number = 1_u32;
        let mut word = || {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            [1, 7, 7, 2, 3, 4, 5, 6][(number >> 24) as usize % 8]
        };
        let rows: Vec<Example> = (0..60).map(|_| toy(&[(); 9].map(|()| word()))).collect();
        let mut learner = Learner::new(1 << 10);
        assert_eq!(learner.learn(&rows, 20), 0);
        learner.model("a toy")
    }

    #[test]
    fn a_toy_problem_is_learnt() {
        let model = learnt();
        let fresh = toy(&[3, 1, 6, 7, 7, 2]);
        assert_eq!(model.tag(&fresh.features), fresh.tags);
        assert_eq!(marked(&model.tag(&fresh.features))[0].words, 2..5);
    }

    #[test]
    fn the_same_examples_give_the_same_bytes() {
        let mut tally = crate::Tally::new();
        tally.add("w", Tag::Outside);
        let lore = tally.lore(1);
        let bytes = learnt().to_bytes(&lore);
        assert_eq!(bytes, learnt().to_bytes(&lore));
        let (model, read) = Model::from_bytes(&bytes).expect("what was written");
        assert_eq!((model.to_bytes(&read), model.made_of.as_str()), (bytes, "a toy"));
    }

    #[test]
    fn what_is_no_file_of_weights_is_refused() {
        let bytes = learnt().to_bytes(&Lore::default());
        assert!(Model::from_bytes(b"").is_err());
        assert!((0..bytes.len()).step_by(97).all(|n| Model::from_bytes(&bytes[..n]).is_err()));
    }

    proptest! {
        #[test]
        fn whatever_the_features_names_are_whole(rows in prop::collection::vec(prop::collection::vec(any::<u32>(), 0..5), 0..9)) {
            let tags = learnt().tag(&rows);
            prop_assert_eq!(tags.len(), rows.len());
            let before = std::iter::once(None).chain(tags.iter().copied().map(Some));
            prop_assert!(tags.iter().zip(before).all(|(t, b)| t.follows(b)));
        }
    }
}
