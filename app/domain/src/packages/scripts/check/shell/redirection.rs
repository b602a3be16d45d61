//! Redirections and here-documents.

use super::structure::List;
use super::word::Word;
use super::{Bashism, Fault, HereDocument, Position, Walk};

impl Walk<'_> {
    pub fn redirection(&mut self, list: &mut List, start: Position, index: usize) -> Result<(), Fault> {
        if self.cursor.take("<(") || self.cursor.take(">(") {
            self.nested(|walk| walk.list(Some(start)))?;
            self.bashism_since(start, index, Bashism::ProcessSubstitution);
            list.redirection = None;
            return Ok(());
        }
        const OPERATORS: [&str; 10] = ["<<<", "<<-", "<<", "<&", "<>", ">>", ">|", ">&", "<", ">"];
        let taken = OPERATORS.into_iter().find(|operator| self.cursor.take(operator));
        if taken == Some("<<<") {
            self.bashism_since(start, index, Bashism::HereString);
        }
        list.redirection = taken;
        Ok(())
    }

    pub fn redirect(&mut self, operator: &str, word: Word) {
        match operator {
            "<<" | "<<-" => {
                let end = word.value.clone();
                self.here_documents.push(HereDocument { opening: word, end, strips_tabs: operator == "<<-" });
            }
            ">&" if word.value.parse::<u32>().is_err() && word.value != "-" && word.is_literal() => {
                self.bashism(word.start, word.end, Bashism::RedirectBoth, format!(">&{}", word.text));
            }
            // The script makes a file.
            ">" | ">>" | ">|" if !word.value.starts_with("/dev/") => self.paths.forget(),
            "<" => self.path(&word),
            _ => {}
        }
    }

    /// Skips the here-documents that begin with this line.
    pub fn here_documents(&mut self) -> Result<(), Fault> {
        for document in std::mem::take(&mut self.here_documents) {
            loop {
                if self.cursor.peek().is_none() {
                    return self.unclosed(document.opening.start, &document.opening.text);
                }
                let line = self.cursor.take_while(|c| c != '\n');
                self.cursor.next();
                let line = if document.strips_tabs { line.trim_start_matches('\t') } else { &line };
                if line.trim_end_matches('\r') == document.end {
                    break;
                }
            }
        }
        Ok(())
    }
}
