//! What is checked of the compound file before its database is opened.

use super::Source;
use crate::packages::software::{Part, SoftwareFault};
use cfb::{CompoundFile, OpenOptions};
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::PathBuf;

/// How much may be read to open the file, in bytes: its allocation tables and its directory. A file of 1 GB in the
/// smallest sectors has 8 MB of them.
const OPENING: u64 = 16 << 20;

/// How many files a directory may have.
const STREAMS: usize = 65_536;

/// The first character of a database table's stream.
const TABLE: char = '\u{4840}';

/// The streams that the reader of the database loads, and how large each may be, in bytes. The largest installers have
/// some 100,000 strings in some MB.
const LOADED: [(&str, Part, u64); 6] = [
    ("_StringPool", Part::StringPool, 2 << 20),
    ("_StringData", Part::StringPool, 16 << 20),
    ("_Tables", Part::Table, 1 << 20),
    ("_Columns", Part::Table, 4 << 20),
    ("_Validation", Part::Table, 4 << 20),
    ("Property", Part::PropertyTable, 1 << 20),
];

const SUMMARY: &str = "\u{5}SummaryInformation";

/// How large the summary information may be, in bytes.
const SUMMARY_LIMIT: u64 = 1 << 20;

const PACKAGE: &str = "000c1084-0000-0000-c000-000000000046";
const PATCH: &str = "000c1086-0000-0000-c000-000000000046";
const TRANSFORM: &str = "000c1082-0000-0000-c000-000000000046";

struct Stream {
    path: PathBuf,
    name: String,
    size: u64,
}

/// Checks that the file is an installer, that it is all there, and that its database is of a size to be read.
pub fn check<R: Read + Seek>(source: &mut Source<R>) -> Result<(), SoftwareFault> {
    source.allow(OPENING);
    source.go(0);
    let opened = OpenOptions::new().max_buffer_size(4096).open_with(&mut *source);
    let mut file = match opened {
        Ok(file) => file,
        Err(error) => return Err(opening(error.kind(), source)),
    };
    check_class(&file)?;
    let mut streams = Vec::new();
    for entry in file.read_root_storage().filter(|entry| entry.is_stream()) {
        if streams.len() == STREAMS {
            return Err(SoftwareFault::TooLarge { part: Part::CompoundFile, limit: OPENING });
        }
        let (path, name) = (entry.path().to_owned(), decode(entry.name()));
        streams.push(Stream { path, name, size: entry.len() });
    }
    check_sizes(&streams)?;
    if !streams.iter().all(|stream| is_whole(&mut file, stream)) {
        drop(file);
        return Err(truncated(source).unwrap_or(SoftwareFault::Damaged(Part::CompoundFile)));
    }
    check_strings(&mut file, &streams)
}

/// A file that was cut has lost the tables at its end, or the sectors that they name.
fn opening(kind: ErrorKind, source: &mut Source<impl Read + Seek>) -> SoftwareFault {
    if source.exhausted() {
        return SoftwareFault::TooLarge { part: Part::CompoundFile, limit: OPENING };
    }
    truncated(source).unwrap_or_else(|| match kind {
        ErrorKind::UnexpectedEof => {
            SoftwareFault::Truncated { expected: source.len() + 1, actual: source.len() }
        }
        _ => SoftwareFault::Damaged(Part::CompoundFile),
    })
}

fn truncated(source: &mut Source<impl Read + Seek>) -> Option<SoftwareFault> {
    let actual = source.len();
    let expected = described_length(source).filter(|expected| *expected > actual)?;
    Some(SoftwareFault::Truncated { expected, actual })
}

/// How long the file must be for the sectors that its header names and its first allocation tables count.
fn described_length(source: &mut Source<impl Read + Seek>) -> Option<u64> {
    let mut header = [0; 512];
    source.allow(OPENING);
    source.go(0);
    source.read_exact(&mut header).ok()?;
    let shift = u16::from_le_bytes([header[30], header[31]]);
    if !matches!(shift, 9 | 12) {
        return None;
    }
    // The first sector follows the header, which takes as much room as one.
    let end = |sector: u64| (sector + 2) << shift;
    // Where the directory, the table of small sectors, the list of tables and the tables themselves begin.
    let named = [&header[48..52], &header[60..64], &header[68..72], &header[76..]].concat();
    let mut longest = sectors(&named).map(end).max()?;
    let mut table = vec![0; 1 << shift];
    let counted = 1_u64 << (shift - 2);
    for (position, sector) in (0..).zip(sectors(&header[76..])) {
        if end(sector) > source.len() {
            break;
        }
        source.go(end(sector) - (1 << shift));
        source.read_exact(&mut table).ok()?;
        let used = table.as_chunks().0.iter().rposition(|bytes| *bytes != [0xFF; 4] && *bytes != [0; 4]);
        if let Some(used) = used {
            longest = longest.max(end(position * counted + used as u64));
        }
    }
    Some(longest)
}

/// The numbers in a list of sectors that are sectors: the highest ones mark something else.
fn sectors(list: &[u8]) -> impl Iterator<Item = u64> {
    const MARKS: u64 = 0xFFFF_FFFA;
    let number = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    list.as_chunks().0.iter().map(number).filter(|sector| *sector < MARKS)
}

fn check_class<F: Read + Seek>(file: &CompoundFile<F>) -> Result<(), SoftwareFault> {
    match file.root_entry().clsid().to_string().as_str() {
        PACKAGE => Ok(()),
        PATCH => Err(SoftwareFault::Patch),
        TRANSFORM => Err(SoftwareFault::Transform),
        _ => Err(SoftwareFault::OtherCompoundFile),
    }
}

fn check_sizes(streams: &[Stream]) -> Result<(), SoftwareFault> {
    let loaded = LOADED.into_iter().chain([(SUMMARY, Part::SummaryInformation, SUMMARY_LIMIT)]);
    for (name, part, limit) in loaded {
        let size = streams.iter().find(|stream| stream.name == name).map(|stream| stream.size);
        if size.is_some_and(|size| size > limit) {
            return Err(SoftwareFault::TooLarge { part, limit });
        }
    }
    let needed = [
        (SUMMARY, Part::SummaryInformation),
        ("_StringPool", Part::StringPool),
        ("_StringData", Part::StringPool),
    ];
    for (name, part) in needed {
        if !streams.iter().any(|stream| stream.name == name) {
            return Err(SoftwareFault::Missing(part));
        }
    }
    Ok(())
}

/// Whether the last byte is there: the payload itself is not read.
fn is_whole<F: Read + Seek>(file: &mut CompoundFile<F>, stream: &Stream) -> bool {
    let last = file.open_stream(&stream.path).and_then(|mut content| {
        content.seek(SeekFrom::End(-1))?;
        content.read_exact(&mut [0])
    });
    stream.size == 0 || last.is_ok()
}

/// No string is longer than all strings together: the database's reader claims memory for what the pool says.
fn check_strings<F: Read + Seek>(
    file: &mut CompoundFile<F>,
    streams: &[Stream],
) -> Result<(), SoftwareFault> {
    let damaged = |_| SoftwareFault::Damaged(Part::StringPool);
    let find = |name: &str| streams.iter().find(|stream| stream.name == name);
    let (Some(pool), Some(data)) = (find("_StringPool"), find("_StringData")) else {
        return Err(SoftwareFault::Missing(Part::StringPool));
    };
    let mut reader = BufReader::new(file.open_stream(&pool.path).map_err(damaged)?);
    let mut next = || -> io::Result<u64> {
        let mut bytes = [0; 4];
        reader.read_exact(&mut bytes)?;
        Ok(u64::from(u32::from_le_bytes(bytes)))
    };
    let mut entries = pool.size / 4;
    let mut total = 0;
    // The first entry is the code page. Of the others the lower half is the length, the upper one counts references; a
    // used string without length has its length in the next entry.
    for position in 0.. {
        if entries == 0 {
            break;
        }
        entries -= 1;
        let entry = next().map_err(damaged)?;
        if position == 0 {
            continue;
        }
        let long = entry & 0xFFFF == 0 && entry > 0 && entries > 0;
        total += if long {
            entries -= 1;
            next().map_err(damaged)?
        } else {
            entry & 0xFFFF
        };
        if total > data.size {
            return Err(SoftwareFault::Damaged(Part::StringPool));
        }
    }
    Ok(())
}

/// A stream's name, in which Windows Installer packs two characters of 64 into one.
fn decode(name: &str) -> String {
    const CHARACTERS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
    let character = |value: u32| char::from(CHARACTERS[(value & 0x3F) as usize]);
    let mut text = String::new();
    let Some(packed) = name.strip_prefix(TABLE) else { return name.to_owned() };
    for c in packed.chars() {
        match u32::from(c) {
            pair @ 0x3800..0x4800 => {
                text.push(character(pair - 0x3800));
                text.push(character((pair - 0x3800) >> 6));
            }
            single @ 0x4800..0x4840 => text.push(character(single - 0x4800)),
            _ => text.push(c),
        }
    }
    text
}
