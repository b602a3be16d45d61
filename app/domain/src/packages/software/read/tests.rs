use super::*;
use proptest::prelude::*;
use std::io::Cursor;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// A small file of each kind.
fn fixtures() -> [Vec<u8>; 3] {
    static FILES: LazyLock<[Vec<u8>; 3]> =
        LazyLock::new(|| [deb::tests::fixture(), rpm::tests::fixture(), msi::tests::fixture()]);
    FILES.clone()
}

fn fault(file: &[u8]) -> SoftwareFault {
    match read(Cursor::new(file)) {
        Err(ReadError::Fault(fault)) => fault,
        answer => panic!("{answer:?}"),
    }
}

/// Reads it, which may go wrong, but neither panics nor takes long.
fn read_quickly(file: &[u8]) -> Result<Software, ReadError> {
    let begun = Instant::now();
    let answer = read(Cursor::new(file));
    assert!(begun.elapsed() < Duration::from_secs(5), "took {:?}", begun.elapsed());
    answer
}

#[test]
fn the_content_tells_the_kind() {
    let kinds = fixtures().map(|file| read(Cursor::new(file)).unwrap().kind);
    assert_eq!(kinds, SoftwareKind::ALL);
    assert_eq!(fault(b"MZ\x90\x00"), SoftwareFault::Other(super::super::OtherFormat::Exe));
    assert_eq!(fault(b""), SoftwareFault::Empty);
}

#[test]
fn a_file_that_was_cut_anywhere_says_so() {
    // The last sector of a compound file may end with its content.
    for (file, filling) in fixtures().into_iter().zip([0, 0, 4096]) {
        for length in (512..file.len() - filling).step_by(97) {
            let SoftwareFault::Truncated { expected, actual } = fault(&file[..length]) else {
                panic!("{length} of {}: {:?}", file.len(), fault(&file[..length]));
            };
            assert_eq!(actual, length as u64);
            assert!(expected > actual);
        }
    }
}

#[test]
fn a_failing_disk_is_not_the_files_fault() {
    struct Failing(Cursor<Vec<u8>>);
    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.position() > 100 {
                return Err(io::Error::other("bad sector"));
            }
            let length = buffer.len().min(64);
            self.0.read(&mut buffer[..length])
        }
    }
    impl Seek for Failing {
        fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }
    for file in fixtures() {
        let answer = read(Failing(Cursor::new(file)));
        assert!(matches!(answer, Err(ReadError::Io(_))), "{answer:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn noise_behind_a_true_beginning_is_survived(kind in 0..3_usize, noise in prop::collection::vec(any::<u8>(), 0..4096)) {
        let beginnings: [&[u8]; 3] = [
            b"!<arch>\ndebian-binary   ",
            b"\xED\xAB\xEE\xDB\x03\x00",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        ];
        let file = [beginnings[kind], &noise].concat();
        prop_assert!(read_quickly(&file).is_err());
    }

    #[test]
    fn changed_bytes_are_survived(
        kind in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut file = fixtures()[kind].clone();
        for (index, byte) in changes {
            let index = index.index(file.len());
            file[index] = byte;
        }
        // The payload may have changed, or a description.
        let _ = read_quickly(&file);
    }

    #[test]
    fn changed_numbers_are_survived(
        kind in 0..3_usize,
        index in any::<prop::sample::Index>(),
        number in prop::sample::select(vec![0, 1, 0x7FFF_FFFF, 0x8000_0000, u32::MAX, 0xFFFF_FFFE, 0x00FF_FFFF]),
        big in any::<bool>(),
    ) {
        let mut file = fixtures()[kind].clone();
        let index = index.index(file.len() / 4) * 4;
        file[index..index + 4].copy_from_slice(&if big { number.to_be_bytes() } else { number.to_le_bytes() });
        let _ = read_quickly(&file);
    }
}
