//! What a command does that the agent's nodes will not like.

use super::super::bash::{BUILTINS, option};
use super::word::Word;
use super::{Bashism, ScriptProblem, Walk};

/// Commands that run another one, which follows their options.
const WRAPPERS: [&str; 8] = ["command", "exec", "env", "nohup", "nice", "time", "ionice", "setsid"];

/// Commands that make their caller root.
const ROOT: [&str; 3] = ["sudo", "doas", "pkexec"];

impl Walk<'_> {
    /// Looks at a command: assignments, name and arguments.
    pub fn command(&mut self, words: &[Word]) {
        let assignments = words.iter().take_while(|word| word.assignment().is_some()).count();
        for word in &words[..assignments] {
            self.assign(word);
        }
        self.commands += 1;
        let mut rest = &words[assignments..];
        while let [name, arguments @ ..] = rest {
            rest = match name.value.as_str() {
                root if ROOT.contains(&root) => {
                    let problem = ScriptProblem::Sudo { command: root.to_owned() };
                    self.warn(name.start, name.end, problem);
                    operands(arguments)
                }
                wrapper if WRAPPERS.contains(&wrapper) => {
                    self.options(name, arguments);
                    if wrapper == "exec" && !operands(arguments).is_empty() {
                        // The other program's code becomes the script's.
                        self.exits = true;
                    }
                    // `command -v` runs nothing.
                    let only_asks = arguments.first().is_some_and(|word| matches!(&*word.value, "-v" | "-V"));
                    if wrapper == "command" && only_asks { &[] } else { operands(arguments) }
                }
                _ => return self.simple(name, arguments),
            };
        }
    }

    fn assign(&mut self, word: &Word) {
        let Some((name, value)) = word.assignment() else { return };
        let (name, value) = (name.to_owned(), value.to_owned());
        if self.paths.is_missing(&value) {
            self.warn(word.start, word.end, ScriptProblem::NotInZip { path: value });
        }
        self.assigned.insert(name);
    }

    fn simple(&mut self, name: &Word, arguments: &[Word]) {
        let command = name.value.as_str();
        if command == "exit" {
            self.exits = true;
        }
        if BUILTINS.contains(&command) {
            self.bashism(name.start, name.end, Bashism::Builtin, name.text.clone());
        }
        self.options(name, arguments);
        self.path(name);
        for word in arguments {
            match command {
                "export" | "readonly" | "local" | "declare" | "typeset" => self.assign(word),
                "read" => {
                    self.assigned.insert(word.value.clone());
                }
                // Words, not paths.
                "echo" | "printf" | "test" | "[" | "trap" | "rm" => {}
                _ => self.path(word),
            }
        }
        let stays = command == "cd" && arguments.iter().any(|word| is_own_folder(&word.text));
        if !stays {
            self.paths.command(command);
        }
    }

    fn options(&mut self, name: &Word, arguments: &[Word]) {
        let values: Vec<&str> = arguments.iter().map(|word| word.value.as_str()).collect();
        if let Some((index, what)) = option(&name.value, &values) {
            let word = &arguments[index];
            let text = format!("{} {}", name.text, word.text);
            self.bashism(word.start, word.end, what, text);
        }
    }

    /// Notes a path that should be in the zip and is not.
    pub fn path(&mut self, word: &Word) {
        if word.is_literal() && self.paths.is_missing(&word.value) {
            let problem = ScriptProblem::NotInZip { path: word.value.clone() };
            self.warn(word.start, word.end, problem);
        }
    }
}

/// The words behind options and assignments.
fn operands(arguments: &[Word]) -> &[Word] {
    let is_before = |word: &&Word| word.value.starts_with('-') || word.assignment().is_some();
    &arguments[arguments.iter().take_while(is_before).count()..]
}

/// Whether it is the usual way to name the folder of the script, in which the agent starts it anyhow.
fn is_own_folder(text: &str) -> bool {
    text.contains("dirname") || text.contains("${0%/*}")
}
