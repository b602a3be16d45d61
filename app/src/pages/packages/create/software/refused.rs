//! What is wrong with a file, and what to do about it.

use domain::language::Language;
use domain::packages::drafts::FileRefused;
use domain::packages::software::{OtherFormat, Part, SoftwareFault};

use crate::pages::packages::size::{limit_text, size_text};
use crate::text::publish_software as text;

/// Why a file is not taken.
#[must_use]
pub fn refused_text(language: Language, reason: &FileRefused) -> String {
    match reason {
        FileRefused::Empty => text::refused_empty(language).to_owned(),
        FileRefused::TooLarge { max } => text::refused_too_large(language, limit_text(*max)),
        FileRefused::TooMany { max } => text::refused_too_many(language, max),
        FileRefused::FileName => text::refused_file_name(language).to_owned(),
        FileRefused::ScriptName => text::refused_script_name(language).to_owned(),
        FileRefused::NameTaken => text::refused_name_taken(language).to_owned(),
        FileRefused::Quota { left } => text::refused_quota(language, size_text(*left)),
        FileRefused::DiskFull => text::refused_disk_full(language).to_owned(),
        FileRefused::Longer => text::refused_longer(language).to_owned(),
        FileRefused::Software { fault } => fault_text(language, fault),
    }
}

fn fault_text(language: Language, fault: &SoftwareFault) -> String {
    match fault {
        SoftwareFault::Empty => text::refused_empty(language).to_owned(),
        SoftwareFault::Unknown => text::fault_unknown(language).to_owned(),
        SoftwareFault::Other(format) => text::fault_other(language, format_text(language, *format)),
        SoftwareFault::OtherCompoundFile => text::fault_other_compound(language).to_owned(),
        SoftwareFault::Patch => text::fault_patch(language).to_owned(),
        SoftwareFault::Transform => text::fault_transform(language).to_owned(),
        SoftwareFault::SourcePackage => text::fault_source(language).to_owned(),
        SoftwareFault::Truncated { expected, actual } => {
            text::fault_truncated(language, size_text(*actual), size_text(*expected))
        }
        SoftwareFault::Damaged(part) => text::fault_damaged(language, part_text(language, *part)),
        SoftwareFault::Missing(part) => text::fault_missing(language, part_text(language, *part)),
        SoftwareFault::TooLarge { part, limit } => {
            text::fault_too_large(language, part_text(language, *part), size_text(*limit))
        }
        SoftwareFault::Compression(name) => text::fault_compression(language, name),
        SoftwareFault::NoField(field) => text::fault_no_field(language, field),
        SoftwareFault::Field { field, value } => text::fault_field(language, field, value),
        SoftwareFault::Architecture(name) => text::fault_architecture(language, name),
        SoftwareFault::OperatingSystem(name) => text::fault_system(language, name),
    }
}

fn format_text(language: Language, format: OtherFormat) -> &'static str {
    match format {
        OtherFormat::Exe => text::format_exe(language),
        OtherFormat::Pkg => text::format_pkg(language),
        OtherFormat::Gzip => text::format_gzip(language),
        OtherFormat::Xz => text::format_xz(language),
        OtherFormat::Bzip2 => text::format_bzip2(language),
        OtherFormat::Zstd => text::format_zstd(language),
        OtherFormat::Tar => text::format_tar(language),
        OtherFormat::Zip => text::format_zip(language),
        OtherFormat::SevenZip => text::format_seven_zip(language),
        OtherFormat::Rar => text::format_rar(language),
        OtherFormat::Cabinet => text::format_cabinet(language),
        OtherFormat::Elf => text::format_elf(language),
        OtherFormat::StaticLibrary => text::format_library(language),
        OtherFormat::Script => text::format_script(language),
        OtherFormat::Html => text::format_html(language),
        OtherFormat::DeltaRpm => text::format_delta_rpm(language),
        OtherFormat::OldDeb => text::format_old_deb(language),
    }
}

fn part_text(language: Language, part: Part) -> &'static str {
    match part {
        Part::Archive => text::part_archive(language),
        Part::FormatVersion => text::part_format_version(language),
        Part::ControlArchive => text::part_control_archive(language),
        Part::ControlFile => text::part_control_file(language),
        Part::DataArchive => text::part_data_archive(language),
        Part::Lead => text::part_lead(language),
        Part::SignatureHeader => text::part_signature_header(language),
        Part::Header => text::part_header(language),
        Part::CompoundFile => text::part_compound_file(language),
        Part::SummaryInformation => text::part_summary(language),
        Part::StringPool => text::part_string_pool(language),
        Part::Table => text::part_table(language),
        Part::PropertyTable => text::part_property_table(language),
    }
}
