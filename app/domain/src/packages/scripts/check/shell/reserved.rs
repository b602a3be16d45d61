//! Reserved words: what begins, divides and ends compound commands.

use super::structure::{Expect, Frame, List, Open};
use super::word::{Word, is_name};
use super::{Bashism, Fault, Walk};

impl Walk<'_> {
    /// A word where a command can begin.
    pub fn begin_command(&mut self, list: &mut List, word: Word) -> Result<(), Fault> {
        let top = list.frames.last().map(|frame| frame.open);
        let mut push = |open: Open, opening| list.frames.push(Frame { open, start: word.start, opening });
        let mut expect = Expect::Command;
        match (word.plain().unwrap_or_default(), top) {
            ("if", _) => push(Open::If, "if"),
            ("while", _) => push(Open::Loop, "while"),
            ("until", _) => push(Open::Loop, "until"),
            ("for", _) => {
                push(Open::Loop, "for");
                expect = Expect::For;
                self.variable_of_loop()?;
            }
            ("select", _) => {
                push(Open::Loop, "select");
                expect = Expect::For;
                self.bashism(word.start, word.end, Bashism::Keyword, word.text);
                self.variable_of_loop()?;
            }
            ("case", _) => {
                push(Open::Case, "case");
                self.commands += 1;
                expect = Expect::Case;
                self.cursor.take_while(|c| c == ' ' || c == '\t');
                // The word may be `in` itself.
                self.word()?;
            }
            ("{", _) => push(Open::Brace, "{"),
            ("then", Some(Open::If)) => replace(list, Open::Then),
            ("elif", Some(Open::Then)) => replace(list, Open::If),
            ("else", Some(Open::Then)) => replace(list, Open::Else),
            ("do", Some(Open::Loop)) => replace(list, Open::Do),
            ("fi", Some(Open::Then | Open::Else))
            | ("done", Some(Open::Do))
            | ("esac", Some(Open::Branch))
            | ("}", Some(Open::Brace)) => {
                list.frames.pop();
                expect = Expect::End;
            }
            ("then" | "elif" | "else" | "do" | "fi" | "done" | "esac" | "}", _) => {
                return self.unexpected_word(&word);
            }
            ("!", _) => {}
            ("coproc", _) => self.bashism(word.start, word.end, Bashism::Keyword, word.text),
            ("function", _) => {
                self.bashism(word.start, word.end, Bashism::FunctionKeyword, word.text);
                self.function_name()?;
            }
            ("[[", _) => {
                self.double_bracket(&word)?;
                expect = Expect::End;
            }
            _ => {
                list.command.push(word);
                expect = Expect::Arguments;
            }
        }
        list.expect = expect;
        Ok(())
    }

    /// The name after `for`, which an arithmetic loop of bash's does not have.
    fn variable_of_loop(&mut self) -> Result<(), Fault> {
        self.cursor.take_while(|c| c == ' ' || c == '\t');
        if self.cursor.peek().is_some_and(|c| is_name(&c.to_string())) {
            let name = self.word()?.value;
            self.assigned.insert(name);
        }
        Ok(())
    }

    /// The name after `function`, and the parentheses that may follow it.
    fn function_name(&mut self) -> Result<(), Fault> {
        let blanks = |c| c == ' ' || c == '\t';
        self.cursor.take_while(blanks);
        if self.cursor.peek().is_some_and(|c| !c.is_whitespace()) {
            self.word()?;
        }
        self.cursor.take_while(blanks);
        self.cursor.take("()");
        Ok(())
    }

    /// What stands up to `]]`, whose operators mean something else than elsewhere.
    fn double_bracket(&mut self, opening: &Word) -> Result<(), Fault> {
        self.commands += 1;
        self.bashism(opening.start, opening.end, Bashism::DoubleBracket, opening.text.clone());
        loop {
            match self.cursor.peek() {
                None => return self.unclosed(opening.start, "[["),
                Some(c) if c.is_whitespace() || "|&;<>()".contains(c) => self.cursor.skip(1),
                Some(_) => {
                    if self.word()?.plain() == Some("]]") {
                        return Ok(());
                    }
                }
            }
        }
    }
}

fn replace(list: &mut List, open: Open) {
    if let Some(frame) = list.frames.last_mut() {
        frame.open = open;
    }
}
