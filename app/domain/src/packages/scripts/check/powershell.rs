//! Walks through a script for Windows PowerShell.

use super::cursor::Cursor;
use super::paths::Paths;
use super::{Finding, Level, Position, ScriptProblem};

struct Walk<'a> {
    cursor: Cursor,
    paths: Paths<'a>,
    findings: Vec<Finding>,
    open: Vec<(Position, char)>,
    words: usize,
    exits: bool,
}

type Fault = (Position, Position, ScriptProblem);

/// Looks at a script.
pub fn check(text: &str, paths: Paths) -> Vec<Finding> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut walk = Walk {
        cursor: Cursor::new(text),
        paths,
        findings: Vec::new(),
        open: Vec::new(),
        words: 0,
        exits: false,
    };
    let fault = walk.walk().err();
    let end = walk.cursor.position();
    let mut findings = walk.findings;
    let mut find = |start, end, level, problem| findings.push(Finding { start, end, level, problem });
    match fault {
        Some((start, end, problem)) => find(start, end, Level::Error, problem),
        None if walk.words == 0 => {
            find(Position::BEGINNING, end, Level::Warning, ScriptProblem::DoesNothing);
        }
        None if !walk.exits => find(end, end, Level::Info, ScriptProblem::NoExit),
        None => {}
    }
    findings
}

impl Walk<'_> {
    fn walk(&mut self) -> Result<(), Fault> {
        while let Some(c) = self.cursor.peek() {
            let start = self.cursor.position();
            match c {
                '#' => {
                    self.cursor.take_while(|c| c != '\n');
                }
                '<' if self.cursor.take("<#") => self.up_to("#>", start, "<#")?,
                '@' if self.cursor.starts_with("@'") || self.cursor.starts_with("@\"") => {
                    self.here_string(start)?;
                }
                '\'' | '"' => self.quoted(c, start)?,
                '`' => self.cursor.skip(2),
                '{' | '(' | '[' => {
                    self.cursor.next();
                    self.open.push((start, c));
                }
                '}' | ')' | ']' => self.close(c, start)?,
                c if c.is_whitespace() || ";|&,=".contains(c) => self.cursor.skip(1),
                _ => self.word(start),
            }
        }
        match self.open.last() {
            Some((start, c)) => Err(unclosed(*start, &c.to_string())),
            None => Ok(()),
        }
    }

    fn close(&mut self, c: char, start: Position) -> Result<(), Fault> {
        self.cursor.next();
        let opened = match c {
            '}' => '{',
            ')' => '(',
            _ => '[',
        };
        match self.open.pop() {
            Some((_, open)) if open == opened => Ok(()),
            _ => Err((start, self.cursor.position(), ScriptProblem::Unexpected { text: c.to_string() })),
        }
    }

    fn up_to(&mut self, end: &str, start: Position, opening: &str) -> Result<(), Fault> {
        while !self.cursor.take(end) {
            if self.cursor.next().is_none() {
                return Err(unclosed(start, opening));
            }
        }
        Ok(())
    }

    /// A text over several lines, which ends with the quotation mark at the beginning of a line.
    fn here_string(&mut self, start: Position) -> Result<(), Fault> {
        let (opening, end) = if self.cursor.starts_with("@'") { ("@'", "\n'@") } else { ("@\"", "\n\"@") };
        self.words += 1;
        self.cursor.skip(2);
        self.up_to(end, start, opening)
    }

    /// A text in quotation marks. A doubled mark stands for itself, and in double ones so does what follows a backquote.
    fn quoted(&mut self, mark: char, start: Position) -> Result<(), Fault> {
        self.cursor.next();
        self.words += 1;
        let mut text = String::new();
        loop {
            match self.cursor.next() {
                None => return Err(unclosed(start, &mark.to_string())),
                Some('`') if mark == '"' => text.extend(self.cursor.next()),
                Some(c) if c == mark => {
                    if self.cursor.peek() != Some(mark) {
                        break;
                    }
                    text.extend(self.cursor.next());
                }
                Some(c) => text.push(c),
            }
        }
        self.path(&text, start);
        Ok(())
    }

    fn word(&mut self, start: Position) {
        let mut word = String::new();
        while let Some(c) = self.cursor.peek() {
            if c.is_whitespace() || "{}()[]'\";|&,=".contains(c) {
                break;
            }
            word.push(c);
            self.cursor.next();
        }
        self.words += 1;
        self.exits |= word.eq_ignore_ascii_case("exit");
        self.path(&word, start);
        let moves = [
            "Set-Location",
            "Push-Location",
            "sl",
            "Expand-Archive",
            "Invoke-WebRequest",
            "iwr",
            "Copy-Item",
        ];
        if moves.iter().any(|name| word.eq_ignore_ascii_case(name)) {
            self.paths.forget();
        }
        self.paths.command(&word);
    }

    fn path(&mut self, text: &str, start: Position) {
        if self.paths.is_missing(text) {
            self.findings.push(Finding {
                start,
                end: self.cursor.position(),
                level: Level::Warning,
                problem: ScriptProblem::NotInZip { path: text.to_owned() },
            });
        }
    }
}

fn unclosed(start: Position, opening: &str) -> Fault {
    let columns = u32::try_from(opening.chars().count()).unwrap_or(u32::MAX);
    let end = Position { line: start.line, column: start.column.saturating_add(columns) };
    (start, end, ScriptProblem::Unclosed { opening: opening.to_owned() })
}
