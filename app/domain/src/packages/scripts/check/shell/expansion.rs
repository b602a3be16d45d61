//! What begins with `$`, and backquotes.

use super::word::{is_name, is_name_character};
use super::{Bashism, Fault, Position, Walk};

impl Walk<'_> {
    /// An expansion. The next character is the `$`.
    pub fn dollar(&mut self, is_quoted: bool) -> Result<(), Fault> {
        let (start, index) = (self.cursor.position(), self.cursor.index());
        self.cursor.next();
        match self.cursor.peek() {
            Some('\'') if !is_quoted => self.ansi_quoted(start, index),
            Some('"') if !is_quoted => {
                self.cursor.next();
                self.double_quoted(start, &mut String::new())?;
                self.bashism_since(start, index, Bashism::LocaleQuote);
                Ok(())
            }
            Some('(') if self.cursor.starts_with("((") => {
                self.cursor.skip(2);
                self.nested(|walk| walk.arithmetic(start))
            }
            Some('(') => {
                self.cursor.next();
                self.nested(|walk| walk.list(Some(start)))
            }
            Some('{') => {
                self.cursor.next();
                self.nested(|walk| walk.parameter(start, index))
            }
            Some('[') => {
                self.cursor.take_while(|c| c != ']' && c != '\n');
                self.cursor.take("]");
                self.bashism_since(start, index, Bashism::OldArithmetic);
                Ok(())
            }
            Some(c) if is_name_character(c) && !c.is_ascii_digit() => {
                let name = self.cursor.take_while(is_name_character);
                self.variable(start, &name);
                Ok(())
            }
            Some(c) if c.is_ascii_digit() || "?!#@*-$".contains(c) => {
                self.cursor.next();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn ansi_quoted(&mut self, start: Position, index: usize) -> Result<(), Fault> {
        self.cursor.next();
        loop {
            match self.cursor.next() {
                None => return self.unclosed(start, "$'"),
                Some('\\') => {
                    self.cursor.next();
                }
                Some('\'') => break,
                Some(_) => {}
            }
        }
        self.bashism_since(start, index, Bashism::AnsiQuote);
        Ok(())
    }

    /// What stands up to `))`.
    pub fn arithmetic(&mut self, start: Position) -> Result<(), Fault> {
        let mut open = 0;
        loop {
            let (here, index) = (self.cursor.position(), self.cursor.index());
            match self.cursor.peek() {
                None => return self.unclosed(start, "$(("),
                Some(')') if open == 0 => {
                    self.cursor.next();
                    // `$((a) | b)` is a command after all, which sh wants written with a blank.
                    return if self.cursor.take(")") { Ok(()) } else { self.unclosed(start, "$((") };
                }
                Some('(') => {
                    open += 1;
                    self.cursor.next();
                }
                Some(')') => {
                    open -= 1;
                    self.cursor.next();
                }
                Some('$') => self.dollar(true)?,
                Some('`') => self.backquoted()?,
                Some(_) if ["++", "--", "**"].into_iter().any(|operator| self.cursor.take(operator)) => {
                    self.bashism_since(here, index, Bashism::ArithmeticOperator);
                }
                Some(_) => {
                    self.cursor.next();
                }
            }
        }
    }

    /// What stands up to the closing brace.
    fn parameter(&mut self, start: Position, index: usize) -> Result<(), Fault> {
        let indirect = self.cursor.peek() == Some('!')
            && self.cursor.peek_at(1).is_some_and(|c| is_name(&c.to_string()));
        if indirect {
            self.cursor.next();
        } else if self.cursor.peek() == Some('#') && self.cursor.peek_at(1) != Some('}') {
            // The length of what follows.
            self.cursor.next();
        }
        let name = self.cursor.take_while(is_name_character);
        if name.is_empty() {
            // One of the special parameters.
            self.cursor.next();
        } else {
            self.variable(start, &name);
        }
        let what = match self.cursor.peek() {
            _ if indirect => Some(Bashism::Indirection),
            Some('[') => Some(Bashism::Array),
            Some('^' | ',') => Some(Bashism::CaseConversion),
            Some('/') => Some(Bashism::Replacement),
            Some('@') => Some(Bashism::Transformation),
            Some(':') if !self.cursor.peek_at(1).is_some_and(|c| "-=?+".contains(c)) => {
                Some(Bashism::Substring)
            }
            _ => None,
        };
        self.rest_of_parameter(start)?;
        if let Some(what) = what {
            self.bashism_since(start, index, what);
        }
        Ok(())
    }

    fn rest_of_parameter(&mut self, start: Position) -> Result<(), Fault> {
        loop {
            let here = self.cursor.position();
            match self.cursor.peek() {
                None => return self.unclosed(start, "${"),
                Some('}') => {
                    self.cursor.next();
                    return Ok(());
                }
                Some('$') => self.dollar(true)?,
                Some('`') => self.backquoted()?,
                Some('"') => {
                    self.cursor.next();
                    self.double_quoted(here, &mut String::new())?;
                }
                Some('\\') => self.cursor.skip(2),
                Some(_) => {
                    self.cursor.next();
                }
            }
        }
    }

    /// The old way of command substitution. Its commands are not looked at.
    pub fn backquoted(&mut self) -> Result<(), Fault> {
        let start = self.cursor.position();
        self.cursor.next();
        self.commands += 1;
        loop {
            match self.cursor.next() {
                None => return self.unclosed(start, "`"),
                Some('\\') => {
                    self.cursor.next();
                }
                Some('`') => return Ok(()),
                Some(_) => {}
            }
        }
    }
}
