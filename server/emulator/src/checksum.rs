//! The checksums that S3 keeps of objects.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crc_fast::CrcAlgorithm;
use s3s::checksum::ChecksumHasher;
use s3s::crypto::{Checksum as _, Crc32, Crc32c, Crc64Nvme, Sha1, Sha256};
use s3s::dto;

/// An algorithm that a client may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
}

impl Algorithm {
    pub(crate) const ALL: [Self; 5] = [Self::Crc32, Self::Crc32c, Self::Crc64Nvme, Self::Sha1, Self::Sha256];

    /// What S3 computes for itself when no client asks for another.
    pub(crate) const DEFAULT: Self = Self::Crc64Nvme;

    /// As the API names it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    /// The algorithm of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// The header or trailer that carries it.
    pub(crate) const fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
        }
    }

    /// Whether the checksum of a whole can be told from those of its parts.
    pub(crate) const fn combines(self) -> bool {
        self.crc().is_some()
    }

    const fn crc(self) -> Option<CrcAlgorithm> {
        match self {
            Self::Crc32 => Some(CrcAlgorithm::Crc32IsoHdlc),
            Self::Crc32c => Some(CrcAlgorithm::Crc32Iscsi),
            Self::Crc64Nvme => Some(CrcAlgorithm::Crc64Nvme),
            Self::Sha1 | Self::Sha256 => None,
        }
    }

    /// A hasher of this algorithm.
    pub(crate) fn hasher(self) -> Hasher {
        let mut hasher = ChecksumHasher::default();
        match self {
            Self::Crc32 => hasher.crc32 = Some(Crc32::new()),
            Self::Crc32c => hasher.crc32c = Some(Crc32c::new()),
            Self::Crc64Nvme => hasher.crc64nvme = Some(Crc64Nvme::new()),
            Self::Sha1 => hasher.sha1 = Some(Sha1::new()),
            Self::Sha256 => hasher.sha256 = Some(Sha256::new()),
        }
        Hasher { algorithm: self, hasher }
    }
}

/// One checksum being computed.
pub(crate) struct Hasher {
    algorithm: Algorithm,
    hasher: ChecksumHasher,
}

impl Hasher {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// The checksum in base64.
    pub(crate) fn finish(self) -> String {
        let sums = self.hasher.finalize();
        let sum = match self.algorithm {
            Algorithm::Crc32 => sums.checksum_crc32,
            Algorithm::Crc32c => sums.checksum_crc32c,
            Algorithm::Crc64Nvme => sums.checksum_crc64nvme,
            Algorithm::Sha1 => sums.checksum_sha1,
            Algorithm::Sha256 => sums.checksum_sha256,
        };
        sum.unwrap_or_default()
    }
}

/// The checksum of an upload's parts taken together: the hash of their hashes, with their number.
pub(crate) fn composite(algorithm: Algorithm, parts: &[(String, u64)]) -> String {
    let mut hasher = algorithm.hasher();
    for (sum, _) in parts {
        hasher.update(&STANDARD.decode(sum).unwrap_or_default());
    }
    format!("{}-{}", hasher.finish(), parts.len())
}

/// The checksum of the whole, from the checksum and size of every part; `None` where the algorithm cannot tell.
pub(crate) fn full_object(algorithm: Algorithm, parts: &[(String, u64)]) -> Option<String> {
    let crc = algorithm.crc()?;
    let mut sums = parts.iter().map(|(sum, size)| (big_endian(sum), *size));
    let first = sums.next().map_or(0, |(sum, _)| sum);
    let whole = sums.fold(first, |whole, (sum, size)| crc_fast::checksum_combine(crc, whole, sum, size));
    let width = if matches!(algorithm, Algorithm::Crc64Nvme) { 8 } else { 4 };
    Some(STANDARD.encode(&whole.to_be_bytes()[8 - width..]))
}

fn big_endian(sum: &str) -> u64 {
    STANDARD.decode(sum).unwrap_or_default().iter().fold(0, |value, byte| (value << 8) | u64::from(*byte))
}

/// A checksum in the form that answers carry it.
pub(crate) fn answered(algorithm: Algorithm, sum: &str, kind: &str) -> dto::Checksum {
    let sum = Some(sum.to_owned());
    let mut answer = dto::Checksum {
        checksum_type: Some(dto::ChecksumType::from(kind.to_owned())),
        ..dto::Checksum::default()
    };
    match algorithm {
        Algorithm::Crc32 => answer.checksum_crc32 = sum,
        Algorithm::Crc32c => answer.checksum_crc32c = sum,
        Algorithm::Crc64Nvme => answer.checksum_crc64nvme = sum,
        Algorithm::Sha1 => answer.checksum_sha1 = sum,
        Algorithm::Sha256 => answer.checksum_sha256 = sum,
    }
    answer
}

/// A structure of the API with the members that carry a checksum: `with_checksum!(sum => Type { member: value, .. })`.
macro_rules! with_checksum {
    ($sum:expr => $type:ident { $($member:ident: $value:expr,)* }) => {
        $type {
            $($member: $value,)*
            checksum_crc32: $sum.checksum_crc32,
            checksum_crc32c: $sum.checksum_crc32c,
            checksum_crc64nvme: $sum.checksum_crc64nvme,
            checksum_sha1: $sum.checksum_sha1,
            checksum_sha256: $sum.checksum_sha256,
        }
    };
    ($sum:expr => $type:ident { $($member:ident: $value:expr,)* .. }) => {
        $type {
            $($member: $value,)*
            checksum_crc32: $sum.checksum_crc32,
            checksum_crc32c: $sum.checksum_crc32c,
            checksum_crc64nvme: $sum.checksum_crc64nvme,
            checksum_sha1: $sum.checksum_sha1,
            checksum_sha256: $sum.checksum_sha256,
            ..$type::default()
        }
    };
}
pub(crate) use with_checksum;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sum(algorithm: Algorithm, bytes: &[u8]) -> String {
        let mut hasher = algorithm.hasher();
        hasher.update(bytes);
        hasher.finish()
    }

    #[test]
    fn the_check_values_are_the_published_ones() {
        let of = |algorithm| STANDARD.decode(sum(algorithm, b"123456789")).unwrap();
        assert_eq!(of(Algorithm::Crc32), 0xcbf4_3926_u32.to_be_bytes());
        assert_eq!(of(Algorithm::Crc32c), 0xe306_9283_u32.to_be_bytes());
        assert_eq!(of(Algorithm::Crc64Nvme), 0xae8b_1486_0a79_9888_u64.to_be_bytes());
        assert_eq!((of(Algorithm::Sha1).len(), of(Algorithm::Sha256).len()), (20, 32));
    }

    #[test]
    fn a_composite_is_the_hash_of_the_hashes() {
        let parts: Vec<_> = ["a", "b"].map(|part| (sum(Algorithm::Sha256, part.as_bytes()), 1)).into();
        let raw: Vec<u8> = parts.iter().flat_map(|(sum, _)| STANDARD.decode(sum).unwrap()).collect();
        assert_eq!(composite(Algorithm::Sha256, &parts), format!("{}-2", sum(Algorithm::Sha256, &raw)));
        assert_eq!(full_object(Algorithm::Sha256, &parts), None);
    }

    proptest! {
        #[test]
        fn the_parts_tell_the_whole(parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 1..6)) {
            let whole = parts.concat();
            for algorithm in [Algorithm::Crc32, Algorithm::Crc32c, Algorithm::Crc64Nvme] {
                let sums: Vec<_> = parts.iter().map(|part| (sum(algorithm, part), part.len() as u64)).collect();
                prop_assert_eq!(full_object(algorithm, &sums), Some(sum(algorithm, &whole)));
            }
        }
    }
}
