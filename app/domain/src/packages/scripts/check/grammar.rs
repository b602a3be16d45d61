//! The grammar of the shell, by a parser that others maintain.

use super::{Finding, Level, Position, ScriptProblem};
use brush_parser::{ParseError, Parser, ParserOptions, SourcePosition};
use std::io::Cursor;
use std::panic::catch_unwind;

/// What is wrong with the grammar, with bash's additions allowed: they are findings of their own. The script must not
/// be nested deeply, since the parser descends as the script does.
pub fn check(text: &str) -> Option<Finding> {
    let parse = || {
        let options = ParserOptions::default();
        Parser::new(Cursor::new(text.as_bytes()), &options).parse_program().err()
    };
    // A parser that gives up says nothing about the script.
    let (start, unexpected) = match catch_unwind(parse).ok()?? {
        ParseError::ParsingNear(position) => (place(&position), near(text, &position)),
        ParseError::ParsingAtEndOfInput => (end(text), String::new()),
        ParseError::Tokenizing { position, .. } => {
            (position.as_ref().map_or_else(|| end(text), place), String::new())
        }
    };
    let columns = u32::try_from(unexpected.chars().count()).unwrap_or(u32::MAX);
    Some(Finding {
        start,
        end: Position { line: start.line, column: start.column.saturating_add(columns) },
        level: Level::Error,
        problem: ScriptProblem::Unexpected { text: unexpected },
    })
}

fn place(position: &SourcePosition) -> Position {
    let number = |number: usize| u32::try_from(number.max(1)).unwrap_or(u32::MAX);
    Position { line: number(position.line), column: number(position.column) }
}

/// The word that stands there.
fn near(text: &str, position: &SourcePosition) -> String {
    let line = text.lines().nth(position.line.saturating_sub(1)).unwrap_or_default();
    let rest = line.chars().skip(position.column.saturating_sub(1));
    rest.take_while(|c| !c.is_whitespace()).take(40).collect()
}

fn end(text: &str) -> Position {
    let line = text.split('\n').count();
    let column = text.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position { line: number(line), column: number(column) }
}
