//! What librpm checks of a header before it trusts it (`hdrblobVerifyInfo`), with limits of ours: each value lies in the
//! data, none overlaps another, and strings end. The crate that reads the header afterwards then needs memory and time
//! in proportion to it.

use super::Source;
use crate::packages::software::{Part, SoftwareFault};
use std::io::{BufRead, BufReader, Read, Seek};

const LEAD: u64 = 96;
const MAGIC: [u8; 4] = [0x8E, 0xAD, 0xE8, 0x01];
const INTRO: u64 = 16;
const ENTRY: u64 = 16;

/// How many tags a header may have. rpm knows some 400.
const TAGS: u32 = 1_024;

/// How much data a header may have, in bytes. It grows with the number of files: 100,000 have some 11 MB.
const DATA: u32 = 16 << 20;

/// The tags around the signed and the immutable region, whose data lie at the region's end.
const REGIONS: [u32; 2] = [62, 63];

/// Where the parts of a package begin, in bytes.
pub struct Shape {
    pub header: u64,
    pub payload: u64,
}

/// Checks both headers.
pub fn check(source: &mut Source<impl Read + Seek>) -> Result<Shape, SoftwareFault> {
    if source.len() < LEAD {
        return Err(SoftwareFault::Truncated { expected: LEAD, actual: source.len() });
    }
    let end = check_header(source, LEAD, Part::SignatureHeader)?;
    let header = end.next_multiple_of(8);
    let payload = check_header(source, header, Part::Header)?;
    Ok(Shape { header, payload })
}

/// Checks the header that begins there. Returns where it ends.
fn check_header(source: &mut Source<impl Read + Seek>, start: u64, part: Part) -> Result<u64, SoftwareFault> {
    let actual = source.len();
    let whole = |expected: u64| {
        if expected > actual { Err(SoftwareFault::Truncated { expected, actual }) } else { Ok(()) }
    };
    let damaged = SoftwareFault::Damaged(part);
    whole(start + INTRO)?;
    source.go(start);
    source.allow(INTRO + u64::from(TAGS) * ENTRY + u64::from(DATA) + (1 << 16));
    let mut reader = BufReader::new(&mut *source);
    let mut magic = [0; 8];
    reader.read_exact(&mut magic).map_err(|_| damaged.clone())?;
    if magic[..4] != MAGIC {
        return Err(damaged);
    }
    let tags = number(&mut reader).ok_or_else(|| damaged.clone())?;
    let data = number(&mut reader).ok_or_else(|| damaged.clone())?;
    if tags > TAGS || data > DATA {
        return Err(SoftwareFault::TooLarge { part, limit: DATA.into() });
    }
    let end = start + INTRO + u64::from(tags) * ENTRY + u64::from(data);
    whole(end)?;
    let entries = (0..tags).map(|_| Entry::read(&mut reader)).collect::<Option<Vec<_>>>();
    let entries = entries.ok_or_else(|| damaged.clone())?;
    match check_entries(&entries, data, &mut reader) {
        Some(()) => Ok(end),
        None => Err(damaged),
    }
}

fn number(reader: &mut impl Read) -> Option<u32> {
    let mut bytes = [0; 4];
    reader.read_exact(&mut bytes).ok()?;
    Some(u32::from_be_bytes(bytes))
}

struct Entry {
    tag: u32,
    kind: u32,
    offset: u32,
    count: u32,
}

impl Entry {
    fn read(reader: &mut impl Read) -> Option<Self> {
        let mut next = || number(reader);
        Some(Self { tag: next()?, kind: next()?, offset: next()?, count: next()? })
    }

    /// How many bytes its values have at least: a string may be empty but for its end.
    fn least(&self) -> Option<u32> {
        let width = match self.kind {
            0 => 0,
            3 => 2,
            4 => 4,
            5 => 8,
            1 | 2 | 6..=9 => 1,
            _ => return None,
        };
        self.count.checked_mul(width)
    }

    const fn is_text(&self) -> bool {
        matches!(self.kind, 6 | 8 | 9)
    }
}

/// Whether each entry's values lie in the data behind the index and before those of the next entry.
fn check_entries(entries: &[Entry], data: u32, reader: &mut impl BufRead) -> Option<()> {
    let is_region = |entry: &&Entry| REGIONS.contains(&entry.tag);
    let regions = usize::from(entries.first().filter(is_region).is_some());
    if let [region, ..] = &entries[..regions] {
        let end = region.offset.checked_add(region.count)?;
        (region.kind == 7 && region.count == 16 && end <= data).then_some(())?;
    }
    let mut position = 0;
    let entries = &entries[regions..];
    for (index, entry) in entries.iter().enumerate() {
        let next = entries.get(index + 1).map_or(data, |entry| entry.offset);
        let enough = entry.offset.checked_add(entry.least()?)? <= next;
        if entry.offset < position || next > data || !enough {
            return None;
        }
        strings(reader, entry.offset - position)?;
        let ends = strings(reader, next - entry.offset)?;
        if entry.is_text() && ends < entry.count {
            return None;
        }
        position = next;
    }
    Some(())
}

/// How many strings end in the next bytes.
fn strings(reader: &mut impl BufRead, mut bytes: u32) -> Option<u32> {
    let mut ends = 0;
    while bytes > 0 {
        let buffer = reader.fill_buf().ok()?;
        let length = buffer.len().min(usize::try_from(bytes).ok()?);
        if length == 0 {
            return None;
        }
        let found = buffer[..length].iter().filter(|byte| **byte == 0).count();
        ends += u32::try_from(found).ok()?;
        bytes -= u32::try_from(length).ok()?;
        reader.consume(length);
    }
    Some(ends)
}
