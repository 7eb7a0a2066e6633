use serde::{Deserialize, Serialize};

/// Byte offsets `start..end` into one [`Text`], always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`; both in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end}");
        Span { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// How often the index from bytes to code points and UTF-16 units is anchored, in bytes.
const STRIDE: usize = 256;

/// An immutable text and the index that turns its byte offsets into code points and UTF-16 units.
#[derive(Debug, Clone)]
pub struct Text {
    source: String,
    /// For each multiple of [`STRIDE`] bytes (rounded up to a boundary): byte, code points before it, UTF-16 units before it.
    anchors: Vec<(usize, usize, usize)>,
}

impl Text {
    /// Takes the text as it is; nothing is normalised.
    pub fn new(source: impl Into<String>) -> Self {
        let source = source.into();
        let mut anchors = vec![(0, 0, 0)];
        let (mut points, mut units) = (0, 0);
        for (byte, c) in source.char_indices() {
            if byte >= anchors.len() * STRIDE {
                anchors.push((byte, points, units));
            }
            points += 1;
            units += c.len_utf16();
        }
        Text { source, anchors }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// The exact words of a span.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries of this text.
    pub fn slice(&self, span: Span) -> &str {
        &self.source[span.start..span.end]
    }

    /// Byte offset to code-point offset.
    pub fn point(&self, byte: usize) -> usize {
        let (from, points, _) = self.anchors[self.anchors.partition_point(|a| a.0 <= byte) - 1];
        points + self.source[from..byte].chars().count()
    }

    /// Byte offset to UTF-16 offset.
    pub fn unit(&self, byte: usize) -> usize {
        let (from, _, units) = self.anchors[self.anchors.partition_point(|a| a.0 <= byte) - 1];
        units + self.source[from..byte].encode_utf16().count()
    }

    /// Code-point offset to byte offset; `None` past the end.
    pub fn byte(&self, point: usize) -> Option<usize> {
        let (from, points, _) = self.anchors[self.anchors.partition_point(|a| a.1 <= point) - 1];
        let mut rest = self.source[from..].char_indices().map(|(i, _)| from + i).chain([self.source.len()]);
        rest.nth(point - points)
    }

    /// A span in code points, as every face hands it out.
    pub fn points(&self, span: Span) -> [usize; 2] {
        [self.point(span.start), self.point(span.end)]
    }

    /// A span from code points; `None` if it does not lie in this text.
    pub fn span(&self, points: [usize; 2]) -> Option<Span> {
        let (start, end) = (self.byte(points[0])?, self.byte(points[1])?);
        (start <= end).then(|| Span::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_points_and_units_go_round(s in "\\PC{0,600}") {
            let text = Text::new(s.clone());
            let (mut point, mut unit) = (0, 0);
            for (byte, c) in s.char_indices() {
                prop_assert_eq!(text.point(byte), point);
                prop_assert_eq!(text.unit(byte), unit);
                prop_assert_eq!(text.byte(point), Some(byte));
                point += 1;
                unit += c.len_utf16();
            }
            prop_assert_eq!(text.byte(point), Some(s.len()));
            prop_assert_eq!(text.byte(point + 1), None);
            prop_assert_eq!(text.point(s.len()), point);
        }
    }
}
