//! What stands before any format: decompression, limits, encoding.

use crate::trouble::Problem;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Input as formats read it: uncompressed, buffered.
pub(crate) type Input = Box<dyn BufRead + Send>;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const BOM: &[u8] = "\u{feff}".as_bytes();

/// Unpacks `raw` where its first bytes say so, whatever its name; counts the bytes taken from it in `taken`.
pub(crate) fn open(raw: impl Read + Send + 'static, taken: Arc<AtomicU64>) -> Result<Input, Problem> {
    let mut raw = Counted { raw, taken };
    let mut head = Vec::new();
    raw.by_ref().take(4).read_to_end(&mut head).map_err(|source| Problem::Io { source })?;
    if head == ZSTD {
        return Err(Problem::Zstd);
    }
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(Problem::Utf16);
    }
    let gzip = head.starts_with(GZIP);
    let whole = BufReader::new(Cursor::new(head).chain(raw));
    Ok(if gzip { Box::new(BufReader::new(MultiGzDecoder::new(whole))) } else { Box::new(whole) })
}

struct Counted<R> {
    raw: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.raw.read(buffer)?;
        self.taken.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// The next bytes of an input, none at its end.
fn fill(input: &mut Input) -> io::Result<&[u8]> {
    // The borrow checker does not let the retry loop return what it borrowed.
    while let Err(why) = input.fill_buf() {
        if why.kind() != io::ErrorKind::Interrupted {
            return Err(why);
        }
    }
    input.fill_buf()
}

/// Whether the input begins, after white space, with the brace of a JSON object.
pub(crate) fn looks_like_json(input: &mut Input) -> bool {
    let head = fill(input).unwrap_or_default();
    let head = head.strip_prefix(BOM).unwrap_or(head);
    head.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{')
}

/// One line of an input: its number, from 1, and its words or what is wrong with them.
pub(crate) type Line = (u64, Result<String, Problem>);

/// The lines of an input, each decoded by itself, so that a bad one does not spoil the rest. After an error of
/// the input itself there are no more.
pub(crate) struct Lines {
    input: Option<Input>,
    limit: usize,
    number: u64,
    offset: u64,
}

impl Lines {
    pub fn of(input: Input, limit: usize) -> Lines {
        Lines { input: Some(input), limit, number: 0, offset: 0 }
    }
}

impl Iterator for Lines {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let input = self.input.as_mut()?;
        let (from, mut line, mut length, mut ended) = (self.offset, Vec::new(), 0_u64, false);
        while !ended {
            let bytes = match fill(input) {
                Ok(bytes) => bytes,
                Err(source) => {
                    self.input = None;
                    return Some((self.number + 1, Err(Problem::Io { source })));
                }
            };
            if bytes.is_empty() {
                if length == 0 {
                    return None;
                }
                break;
            }
            let feed = bytes.iter().position(|&b| b == b'\n');
            ended = feed.is_some();
            let taken = feed.map_or(bytes.len(), |at| at + 1);
            length += taken as u64;
            if length <= self.limit as u64 {
                line.extend_from_slice(&bytes[..taken]);
            }
            input.consume(taken);
        }
        self.number += 1;
        self.offset += length;
        if length > self.limit as u64 {
            return Some((self.number, Err(Problem::TooLong { limit: self.limit })));
        }
        let (bom, line) = without_bom(line, self.number == 1);
        Some((self.number, decode(line, from + bom)))
    }
}

/// A whole input as one text.
pub(crate) fn whole(input: Input, limit: usize) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|source| Problem::Io { source })?;
    if bytes.len() > limit {
        return Err(Problem::TooLong { limit });
    }
    let (bom, bytes) = without_bom(bytes, true);
    decode(bytes, bom)
}

fn without_bom(mut bytes: Vec<u8>, at_start: bool) -> (u64, Vec<u8>) {
    if at_start && bytes.starts_with(BOM) {
        bytes.drain(..BOM.len());
        return (BOM.len() as u64, bytes);
    }
    (0, bytes)
}

fn decode(bytes: Vec<u8>, from: u64) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|why| Problem::NotUtf8 { byte: from + why.utf8_error().valid_up_to() as u64 })
}

/// Lets only so many bytes through until it is told that they served their purpose.
pub(crate) struct Guarded {
    input: Input,
    left: usize,
}

/// What [`Guarded`] says when it shuts.
#[derive(Debug, thiserror::Error)]
#[error("too long")]
pub(crate) struct Shut;

impl Guarded {
    pub fn new(input: Input, limit: usize) -> Guarded {
        Guarded { input, left: limit }
    }

    /// From here on, so many bytes.
    pub fn allow(&mut self, limit: usize) {
        self.left = limit;
    }
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(Shut));
        }
        let most = buffer.len().min(self.left);
        let n = self.input.read(&mut buffer[..most])?;
        self.left -= n;
        Ok(n)
    }
}
