//! Everything that is looked at in a script.

use super::paths::Paths;
use super::{Bashism, Finding, Level, Position, ScriptProblem, grammar, powershell, shell};
use crate::packages::scripts::Language;

/// Looks at a script that lies in a zip beside these files.
#[must_use]
pub fn check(language: Language, text: &str, files: &[&str]) -> Vec<Finding> {
    let mut findings = match language {
        Language::Sh => sh(text, files),
        Language::PowerShell => powershell::check(text, Paths::new(files)),
    };
    findings.sort_by_key(|finding| (finding.start, finding.level));
    findings
}

fn sh(text: &str, files: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => {
            findings.push(at_beginning(Level::Error, ScriptProblem::ByteOrderMark));
            rest
        }
        None => text,
    };
    findings.extend(carriage_returns(text));
    findings.extend(interpreter(text));
    let report = shell::check(text, Paths::new(files));
    if report.is_sound && !report.findings.iter().any(is_keyword) {
        findings.extend(grammar::check(text));
    }
    findings.extend(report.findings);
    findings
}

/// Whether it is a word that the parser does not know.
const fn is_keyword(finding: &Finding) -> bool {
    matches!(finding.problem, ScriptProblem::Bashism { what: Bashism::Keyword, .. })
}

fn at_beginning(level: Level, problem: ScriptProblem) -> Finding {
    Finding { start: Position::BEGINNING, end: Position::BEGINNING, level, problem }
}

fn carriage_returns(text: &str) -> Option<Finding> {
    let (line, first) = (1..).zip(text.split_inclusive('\n')).find(|(_, line)| line.ends_with("\r\n"))?;
    let column = u32::try_from(first.chars().count()).unwrap_or(u32::MAX).saturating_sub(1);
    Some(Finding {
        start: Position { line, column },
        end: Position { line, column: column + 1 },
        level: Level::Error,
        problem: ScriptProblem::CarriageReturns,
    })
}

/// The interpreter of the first line, if it is not a plain shell.
fn interpreter(text: &str) -> Option<Finding> {
    let line = text.strip_prefix("#!")?.lines().next()?;
    let mut words = line.split_whitespace();
    let first = words.next()?;
    let program = if first.ends_with("/env") { words.find(|word| !word.starts_with('-'))? } else { first };
    let name = program.rsplit('/').next()?;
    if matches!(name, "sh" | "dash" | "ash") {
        return None;
    }
    // Other shells are near enough for the script to begin; python is not.
    let level = if name.ends_with("sh") { Level::Warning } else { Level::Error };
    let column = u32::try_from(line.chars().count()).unwrap_or(u32::MAX).saturating_add(3);
    Some(Finding {
        start: Position::BEGINNING,
        end: Position { line: 1, column },
        level,
        problem: ScriptProblem::Interpreter { name: name.to_owned() },
    })
}
