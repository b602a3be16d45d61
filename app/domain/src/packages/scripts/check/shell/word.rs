//! Words: what a command and its arguments are.

use super::{Bashism, Fault, Position, Walk};

/// A word.
pub struct Word {
    pub start: Position,
    pub end: Position,
    /// As it stands there, shortened.
    pub text: String,
    /// What the shell makes of it, as far as that can be told: expansions leave a `$`.
    pub value: String,
    /// Whether nothing in it is quoted or expanded.
    pub is_plain: bool,
}

impl Word {
    /// The reserved word or operator that it is, if it is quoted nowhere.
    pub fn plain(&self) -> Option<&str> {
        self.is_plain.then_some(self.value.as_str())
    }

    /// Whether nothing in it is expanded, so that its value is known.
    pub fn is_literal(&self) -> bool {
        !self.value.contains('$')
    }

    /// The name and the value, if it is `name=value`.
    pub fn assignment(&self) -> Option<(&str, &str)> {
        let (name, value) = self.value.split_once('=')?;
        let name = name.strip_suffix('+').unwrap_or(name);
        let name = name.split('[').next()?;
        is_name(name).then_some((name, value))
    }
}

pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.chars().all(is_name_character)
}

pub const fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

impl Walk<'_> {
    /// Reads a word. The next character begins one.
    pub fn word(&mut self) -> Result<Word, Fault> {
        let (start, index) = (self.cursor.position(), self.cursor.index());
        let mut value = String::new();
        let mut is_plain = true;
        // The unquoted characters, with a blank for each quoted one.
        let mut unquoted = String::new();
        while let Some(c) = self.cursor.peek() {
            match c {
                ' ' | '\t' | '\r' | '\n' | '|' | '&' | ';' | '<' | '>' | ')' => break,
                '(' => {
                    if !self.parenthesis(start, index, &unquoted)? {
                        break;
                    }
                    is_plain = false;
                    value.push('$');
                }
                '\\' if self.cursor.take("\\\n") => {}
                '\\' => {
                    self.cursor.next();
                    value.extend(self.cursor.next());
                    unquoted.push(' ');
                    is_plain = false;
                }
                '\'' | '"' | '$' | '`' => {
                    is_plain = false;
                    unquoted.push(' ');
                    self.part(&mut value)?;
                }
                c => {
                    self.cursor.next();
                    value.push(c);
                    unquoted.push(c);
                }
            }
        }
        if is_brace_expansion(&unquoted) {
            self.bashism_since(start, index, Bashism::BraceExpansion);
        }
        self.array_or_append(start, index, &unquoted);
        let (end, text) = (self.cursor.position(), self.cursor.since(index));
        Ok(Word { start, end, text, value, is_plain })
    }

    /// A quoted or expanded part of a word.
    fn part(&mut self, value: &mut String) -> Result<(), Fault> {
        let start = self.cursor.position();
        match self.cursor.peek() {
            Some('\'') => {
                self.cursor.next();
                value.push_str(&self.single_quoted(start)?);
            }
            Some('"') => {
                self.cursor.next();
                self.double_quoted(start, value)?;
            }
            Some('`') => {
                self.backquoted()?;
                value.push('$');
            }
            _ => {
                self.dollar(false)?;
                value.push('$');
            }
        }
        Ok(())
    }

    /// What stands up to the next quotation mark.
    pub fn single_quoted(&mut self, start: Position) -> Result<String, Fault> {
        let text = self.cursor.take_while(|c| c != '\'');
        if self.cursor.next().is_some() { Ok(text) } else { self.unclosed(start, "'") }
    }

    /// What stands up to the closing quotation mark, with its expansions.
    pub fn double_quoted(&mut self, start: Position, value: &mut String) -> Result<(), Fault> {
        loop {
            match self.cursor.peek() {
                None => return self.unclosed(start, "\""),
                Some('"') => {
                    self.cursor.next();
                    return Ok(());
                }
                Some('\\') => {
                    self.cursor.next();
                    value.extend(self.cursor.next().filter(|c| *c != '\n'));
                }
                Some('$') => {
                    self.dollar(true)?;
                    value.push('$');
                }
                Some('`') => {
                    self.backquoted()?;
                    value.push('$');
                }
                Some(c) => {
                    self.cursor.next();
                    value.push(c);
                }
            }
        }
    }

    /// An opening parenthesis within a word: an array or a pattern of bash's. Otherwise it ends the word.
    fn parenthesis(&mut self, start: Position, index: usize, before: &str) -> Result<bool, Fault> {
        let name = before.strip_suffix('=').map(|name| name.strip_suffix('+').unwrap_or(name));
        let what = if name.is_some_and(is_name) {
            Bashism::Array
        } else if before.ends_with(['?', '*', '+', '@', '!']) {
            Bashism::ExtendedPattern
        } else {
            return Ok(false);
        };
        let opening = self.cursor.position();
        self.cursor.next();
        self.nested(|walk| walk.up_to_parenthesis(opening))?;
        self.bashism_since(start, index, what);
        Ok(true)
    }

    /// Words and operators up to the closing parenthesis, whatever they mean.
    pub fn up_to_parenthesis(&mut self, opening: Position) -> Result<(), Fault> {
        loop {
            match self.cursor.peek() {
                None => return self.unclosed(opening, "("),
                Some(')') => {
                    self.cursor.next();
                    return Ok(());
                }
                Some('(') => {
                    let opening = self.cursor.position();
                    self.cursor.next();
                    self.nested(|walk| walk.up_to_parenthesis(opening))?;
                }
                Some(' ' | '\t' | '\r' | '\n' | '|' | '&' | ';' | '<' | '>') => {
                    self.cursor.next();
                }
                Some('#') => {
                    self.cursor.take_while(|c| c != '\n');
                }
                Some(_) => {
                    self.word()?;
                }
            }
        }
    }

    fn array_or_append(&mut self, start: Position, index: usize, unquoted: &str) {
        let Some((before, _)) = unquoted.split_once('=') else { return };
        let name = before.strip_suffix('+').unwrap_or(before);
        match name.split_once('[') {
            Some((name, rest)) if is_name(name) && rest.ends_with(']') => {
                self.bashism_since(start, index, Bashism::Array);
            }
            None if before.ends_with('+') && is_name(name) => {
                self.bashism_since(start, index, Bashism::Append);
            }
            _ => {}
        }
    }
}

/// `{a,b}` or `{1..9}`, with nothing quoted between the braces.
fn is_brace_expansion(unquoted: &str) -> bool {
    let mut rest = unquoted;
    while let Some((_, inner)) = rest.split_once('{') {
        let Some((inside, _)) = inner.split_once('}') else { return false };
        let is_list = inside.contains(',')
            || inside.split_once("..").is_some_and(|(from, to)| !from.is_empty() && !to.is_empty());
        if is_list && !inside.contains(' ') {
            return true;
        }
        rest = inner;
    }
    false
}
