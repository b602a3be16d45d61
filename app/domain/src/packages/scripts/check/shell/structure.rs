//! Lists of commands, and what is begun and ended in them.

use super::word::{Word, is_name};
use super::{Bashism, DEPTH, Fault, Position, ScriptProblem, Walk};

/// Something that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    If,
    Then,
    Else,
    Loop,
    Do,
    Case,
    Patterns,
    Branch,
    Brace,
    Parenthesis,
}

/// Something that was begun, where, and by which word.
pub struct Frame {
    pub open: Open,
    pub start: Position,
    pub opening: &'static str,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// A command or a reserved word.
    Command,
    /// Arguments.
    Arguments,
    /// A redirection, an operator or a reserved word that ends something.
    End,
    /// `in` or `do` after the variable of `for`.
    For,
    /// The words up to the end of the line.
    Words,
    /// The word of `case`, and `in`.
    Case,
    /// Patterns of a branch of `case`.
    Pattern,
}

/// A list of commands on the way through it.
pub struct List {
    pub frames: Vec<Frame>,
    pub expect: Expect,
    pub command: Vec<Word>,
    /// Whether the next word is a redirection's.
    pub redirection: Option<&'static str>,
}

/// Reserved words that end or divide what was begun.
const CLOSING: [&str; 9] = ["then", "elif", "else", "fi", "do", "done", "esac", "}", "]]"];

impl Walk<'_> {
    /// Walks through commands, up to the parenthesis that closes the one there, or to the end.
    pub fn list(&mut self, parenthesis: Option<Position>) -> Result<(), Fault> {
        let mut list =
            List { frames: Vec::new(), expect: Expect::Command, command: Vec::new(), redirection: None };
        loop {
            if self.cursor.take("\\\n") {
                continue;
            }
            let (start, index) = (self.cursor.position(), self.cursor.index());
            match self.cursor.peek() {
                None => return self.end_of_list(&mut list, parenthesis),
                Some(' ' | '\t' | '\r') => self.cursor.skip(1),
                Some('#') => {
                    self.cursor.take_while(|c| c != '\n');
                }
                Some('\n') => {
                    self.cursor.next();
                    self.here_documents()?;
                    self.separator(&mut list);
                }
                Some(')') if list.frames.is_empty() && parenthesis.is_some() => {
                    self.end_of_command(&mut list);
                    self.cursor.next();
                    return Ok(());
                }
                Some('(') => self.opening_parenthesis(&mut list)?,
                Some(')') => self.closing_parenthesis(&mut list)?,
                Some('|' | '&' | ';') => self.operator(&mut list, start, index)?,
                Some('<' | '>') => self.redirection(&mut list, start, index)?,
                Some(_) => {
                    let word = self.word()?;
                    self.take_word(&mut list, word)?;
                }
            }
            if list.frames.len() + self.depth > DEPTH {
                return Err(Fault { start, end: start, problem: ScriptProblem::TooDeep });
            }
        }
    }

    fn end_of_list(&mut self, list: &mut List, parenthesis: Option<Position>) -> Result<(), Fault> {
        self.here_documents()?;
        self.end_of_command(list);
        match (list.frames.last(), parenthesis) {
            (Some(frame), _) => self.unclosed(frame.start, frame.opening),
            (None, Some(start)) => self.unclosed(start, "$("),
            (None, None) => Ok(()),
        }
    }

    fn end_of_command(&mut self, list: &mut List) {
        let words = std::mem::take(&mut list.command);
        list.redirection = None;
        if !words.is_empty() {
            self.command(&words);
        }
    }

    /// The end of a line, or `;`.
    fn separator(&mut self, list: &mut List) {
        self.end_of_command(list);
        if !matches!(list.expect, Expect::Case | Expect::Pattern) {
            list.expect = Expect::Command;
        }
    }

    fn operator(&mut self, list: &mut List, start: Position, index: usize) -> Result<(), Fault> {
        if [";;&", ";&", ";;"].into_iter().any(|operator| self.cursor.take(operator)) {
            if self.cursor.since(index) != ";;" {
                self.bashism_since(start, index, Bashism::CaseFallThrough);
            }
            self.end_of_command(list);
            return match list.frames.last_mut() {
                Some(frame) if frame.open == Open::Branch => {
                    frame.open = Open::Patterns;
                    list.expect = Expect::Pattern;
                    Ok(())
                }
                _ => self.unexpected(start, index),
            };
        }
        if self.cursor.take("&>>") || self.cursor.take("&>") {
            self.bashism_since(start, index, Bashism::RedirectBoth);
            list.redirection = Some(">");
            return Ok(());
        }
        if self.cursor.take("|&") {
            self.bashism_since(start, index, Bashism::PipeBoth);
        } else if !(self.cursor.take("||") || self.cursor.take("&&")) {
            self.cursor.next();
        }
        self.separator(list);
        Ok(())
    }

    fn opening_parenthesis(&mut self, list: &mut List) -> Result<(), Fault> {
        let (start, index) = (self.cursor.position(), self.cursor.index());
        match list.expect {
            Expect::Pattern => self.cursor.skip(1),
            Expect::Command | Expect::For if self.cursor.starts_with("((") => {
                self.cursor.skip(2);
                self.nested(|walk| walk.arithmetic(start))?;
                self.bashism_since(start, index, Bashism::ArithmeticCommand);
                self.commands += 1;
                list.expect = Expect::End;
            }
            Expect::Command => {
                self.cursor.next();
                list.frames.push(Frame { open: Open::Parenthesis, start, opening: "(" });
            }
            Expect::Arguments if list.command.len() == 1 => {
                self.cursor.next();
                self.cursor.take_while(|c| c == ' ' || c == '\t');
                if !self.cursor.take(")") {
                    return self.unexpected(start, index);
                }
                let name = list.command.remove(0);
                if !is_name(&name.value) {
                    self.bashism(name.start, name.end, Bashism::FunctionName, name.text);
                }
                list.expect = Expect::Command;
            }
            _ => {
                self.cursor.next();
                return self.unexpected(start, index);
            }
        }
        Ok(())
    }

    fn closing_parenthesis(&mut self, list: &mut List) -> Result<(), Fault> {
        let (start, index) = (self.cursor.position(), self.cursor.index());
        self.cursor.next();
        match list.frames.last_mut() {
            Some(frame) if frame.open == Open::Patterns => {
                frame.open = Open::Branch;
                list.expect = Expect::Command;
            }
            Some(frame) if frame.open == Open::Parenthesis => {
                self.end_of_command(list);
                list.frames.pop();
                list.expect = Expect::End;
            }
            _ => return self.unexpected(start, index),
        }
        Ok(())
    }

    fn take_word(&mut self, list: &mut List, word: Word) -> Result<(), Fault> {
        // A number right before a redirection says which file is meant.
        let is_number = word.plain().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        if is_number && matches!(self.cursor.peek(), Some('<' | '>')) {
            return Ok(());
        }
        if let Some(operator) = list.redirection.take() {
            self.redirect(operator, word);
            return Ok(());
        }
        match list.expect {
            Expect::Command => self.begin_command(list, word),
            Expect::Arguments => {
                list.command.push(word);
                Ok(())
            }
            Expect::End => match word.plain().filter(|word| CLOSING.contains(word)) {
                Some(_) => self.begin_command(list, word),
                None => self.unexpected_word(&word),
            },
            Expect::For if word.plain() == Some("do") => self.begin_command(list, word),
            Expect::For | Expect::Words => {
                list.expect = Expect::Words;
                Ok(())
            }
            Expect::Case => {
                if word.plain() == Some("in") {
                    list.expect = Expect::Pattern;
                    if let Some(frame) = list.frames.last_mut() {
                        frame.open = Open::Patterns;
                    }
                }
                Ok(())
            }
            Expect::Pattern => {
                if word.plain() == Some("esac") {
                    list.frames.pop();
                    list.expect = Expect::End;
                }
                Ok(())
            }
        }
    }

    pub fn unexpected_word(&self, word: &Word) -> Result<(), Fault> {
        let problem = ScriptProblem::Unexpected { text: word.text.clone() };
        Err(Fault { start: word.start, end: word.end, problem })
    }
}
