//! Decision trees, grown by bench/judge/tune.py (`trees.rs`).

/// Three questions, one after the other, each chosen by the answer before.
pub struct Tree {
    /// Which value is asked for: the first, the two after it, the four after those.
    pub asks: [u8; 7],
    /// The answer is whether it is at least so large.
    pub least: [f32; 7],
    /// What the eight ways add to the score.
    pub adds: [f32; 8],
}

/// Trees that vote.
pub struct Forest {
    pub base: f32,
    pub trees: &'static [Tree],
}

impl Forest {
    /// Above 0 rather yes than no.
    pub fn score(&self, values: &[f32]) -> f32 {
        self.base + self.trees.iter().map(|tree| tree.value(values)).sum::<f32>()
    }

    /// The same from 0 to 1.
    pub fn chance(&self, values: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.score(values)).exp())
    }
}

impl Tree {
    fn value(&self, values: &[f32]) -> f32 {
        let mut at = 0;
        while let (Some(ask), Some(least)) = (self.asks.get(at), self.least.get(at)) {
            let value = values.get(usize::from(*ask)).copied().unwrap_or(0.0);
            at = at * 2 + 1 + usize::from(value >= *least);
        }
        self.adds.get(at - self.asks.len()).copied().unwrap_or(0.0)
    }
}
