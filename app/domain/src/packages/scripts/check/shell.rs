//! Walks through a script for sh: its words, its structure, and what each command does.

mod command;
mod expansion;
mod redirection;
mod reserved;
mod structure;
mod word;

use super::bash::is_variable;
use super::cursor::Cursor;
use super::paths::Paths;
use super::{Bashism, Finding, Level, Position, ScriptProblem};
use std::collections::BTreeSet;
use word::Word;

/// How deep commands and expansions may be nested: no script that a person wrote comes near.
const DEPTH: usize = 24;

/// What was found.
pub struct Report {
    pub findings: Vec<Finding>,
    /// Whether the walk came to the end without a fault.
    pub is_sound: bool,
}

/// What keeps the walk from going on.
struct Fault {
    start: Position,
    end: Position,
    problem: ScriptProblem,
}

/// A here-document that begins with the next line.
struct HereDocument {
    opening: Word,
    end: String,
    strips_tabs: bool,
}

struct Walk<'a> {
    cursor: Cursor,
    paths: Paths<'a>,
    findings: Vec<Finding>,
    here_documents: Vec<HereDocument>,
    depth: usize,
    /// Variables that the script sets itself.
    assigned: BTreeSet<String>,
    /// Uses of variables that only bash sets.
    variables: Vec<(Position, Position, String)>,
    commands: usize,
    exits: bool,
}

/// Looks at a script.
pub fn check(text: &str, paths: Paths) -> Report {
    let mut walk = Walk {
        cursor: Cursor::new(text),
        paths,
        findings: Vec::new(),
        here_documents: Vec::new(),
        depth: 0,
        assigned: BTreeSet::new(),
        variables: Vec::new(),
        commands: 0,
        exits: false,
    };
    let fault = walk.list(None).err();
    let is_sound = fault.is_none();
    walk.finish(fault);
    Report { findings: walk.findings, is_sound }
}

impl Walk<'_> {
    fn finish(&mut self, fault: Option<Fault>) {
        for (start, end, name) in std::mem::take(&mut self.variables) {
            if !self.assigned.contains(&name) {
                self.bashism(start, end, Bashism::Variable, format!("${name}"));
            }
        }
        let end = self.cursor.position();
        match fault {
            Some(Fault { start, end, problem }) => {
                let level = if problem == ScriptProblem::TooDeep { Level::Info } else { Level::Error };
                self.findings.push(Finding { start, end, level, problem });
            }
            None if self.commands == 0 => {
                let (start, problem) = (Position::BEGINNING, ScriptProblem::DoesNothing);
                self.findings.push(Finding { start, end, level: Level::Warning, problem });
            }
            None if !self.exits => {
                let problem = ScriptProblem::NoExit;
                self.findings.push(Finding { start: end, end, level: Level::Info, problem });
            }
            None => {}
        }
    }

    fn warn(&mut self, start: Position, end: Position, problem: ScriptProblem) {
        self.findings.push(Finding { start, end, level: Level::Warning, problem });
    }

    fn bashism(&mut self, start: Position, end: Position, what: Bashism, text: String) {
        self.warn(start, end, ScriptProblem::Bashism { what, text });
    }

    /// A bashism between there and here.
    fn bashism_since(&mut self, start: Position, index: usize, what: Bashism) {
        let text = self.cursor.since(index);
        self.bashism(start, self.cursor.position(), what, text);
    }

    /// Something that began there and is not ended.
    fn unclosed<T>(&self, start: Position, opening: &str) -> Result<T, Fault> {
        let columns = u32::try_from(opening.chars().count()).unwrap_or(u32::MAX);
        let end = Position { line: start.line, column: start.column.saturating_add(columns) };
        Err(Fault { start, end, problem: ScriptProblem::Unclosed { opening: opening.to_owned() } })
    }

    fn unexpected<T>(&self, start: Position, index: usize) -> Result<T, Fault> {
        let problem = ScriptProblem::Unexpected { text: self.cursor.since(index) };
        Err(Fault { start, end: self.cursor.position(), problem })
    }

    /// Notes the use of a variable, which the script may set further down.
    fn variable(&mut self, start: Position, name: &str) {
        if is_variable(name) {
            self.variables.push((start, self.cursor.position(), name.to_owned()));
        }
    }

    /// Goes one level deeper.
    fn nested<T>(&mut self, walk: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth == DEPTH {
            let here = self.cursor.position();
            return Err(Fault { start: here, end: here, problem: ScriptProblem::TooDeep });
        }
        self.depth += 1;
        let answer = walk(self);
        self.depth -= 1;
        answer
    }
}
