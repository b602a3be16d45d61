//! The files that a script names and that must be in its zip.

/// The files of a zip.
pub struct Paths<'a> {
    files: &'a [&'a str],
    /// Whether the script is still in the zip's folder and has made no files.
    certain: bool,
}

/// Commands after which there are files that nobody can foresee, or the script is somewhere else.
const MAKERS: [&str; 20] = [
    "cd", "pushd", "tar", "unzip", "cpio", "curl", "wget", "cp", "mv", "ln", "mkdir", "touch", "git",
    "gunzip", "rpm2cpio", "ar", "install", "mktemp", "tee", "make",
];

/// The ends of software files' names, which package managers take without `./` before them.
const SOFTWARE: [&str; 3] = [".deb", ".rpm", ".msi"];

impl<'a> Paths<'a> {
    pub const fn new(files: &'a [&'a str]) -> Self {
        Self { files, certain: true }
    }

    /// Notes that a command ran.
    pub fn command(&mut self, name: &str) {
        if MAKERS.contains(&name.to_ascii_lowercase().as_str()) {
            self.forget();
        }
    }

    /// Notes that files may have come, or that the folder may be another.
    pub const fn forget(&mut self) {
        self.certain = false;
    }

    /// Whether the word is the path of a file that should be in the zip and is not.
    pub fn is_missing(&self, word: &str) -> bool {
        let path = word.replace('\\', "/");
        let (inside, path) = match path.strip_prefix("./") {
            Some(rest) => (true, rest),
            None => (!path.contains('/') && is_software(&path), path.as_str()),
        };
        let path = path.trim_end_matches('/');
        if !self.certain || !inside || path.is_empty() || path.chars().any(|c| "$`{%(".contains(c)) {
            return false;
        }
        !self.files.iter().any(|file| is_at(file, path))
    }
}

fn is_software(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    SOFTWARE.iter().any(|end| lower.ends_with(end) && lower.len() > end.len())
}

/// Whether the file is what the path says, or in it. Windows does not tell capitals from small letters, and what
/// differs in nothing else is no reason to warn.
fn is_at(file: &str, path: &str) -> bool {
    let (file, path) = (file.to_ascii_lowercase(), path.to_ascii_lowercase());
    if path.contains(['*', '?', '[']) {
        return matches(&file, &path);
    }
    file.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether the text fits the pattern of a shell. A bracket stands for any one character.
fn matches(text: &str, pattern: &str) -> bool {
    let pattern: Vec<char> = simplify(pattern);
    let text: Vec<char> = text.chars().collect();
    // Which lengths of the pattern's beginning fit the text so far.
    let mut fits = vec![false; pattern.len() + 1];
    fits[0] = true;
    let stars = |fits: &mut Vec<bool>| {
        for index in 0..pattern.len() {
            fits[index + 1] |= fits[index] && pattern[index] == '*';
        }
    };
    stars(&mut fits);
    for c in text {
        let mut next = vec![false; fits.len()];
        for index in 0..pattern.len() {
            match pattern[index] {
                '*' => next[index] |= fits[index],
                one => next[index + 1] |= fits[index] && (one == '?' || one == c),
            }
        }
        fits = next;
        stars(&mut fits);
    }
    fits[pattern.len()]
}

fn simplify(pattern: &str) -> Vec<char> {
    let mut simple = Vec::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        if c == '[' && rest.clone().any(|c| c == ']') {
            rest.find(|c| *c == ']');
            simple.push('?');
        } else {
            simple.push(c);
        }
    }
    simple
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[&str] = &["install.sh", "agent_1.0_amd64.deb", "conf/agent.ini"];

    #[test]
    fn files_of_the_zip_are_there() {
        let paths = Paths::new(FILES);
        for path in [
            "./agent_1.0_amd64.deb",
            "agent_1.0_amd64.deb",
            "AGENT_1.0_amd64.deb",
            "./conf",
            "./conf/agent.ini",
            r".\conf\agent.ini",
            "*.deb",
            "./agent_[0-9].?_*.deb",
            ".",
            "./",
        ] {
            assert!(!paths.is_missing(path), "{path}");
        }
        for path in ["./agent.deb", "agent.rpm", "*.rpm", "./confi", "./conf/other.ini"] {
            assert!(paths.is_missing(path), "{path}");
        }
    }

    #[test]
    fn what_lies_elsewhere_is_not_looked_at() {
        let mut paths = Paths::new(FILES);
        for path in ["/opt/agent.deb", "agent", "../agent.deb", "./$file", "dir/agent.deb", ".deb"] {
            assert!(!paths.is_missing(path), "{path}");
        }
        paths.command("cd");
        assert!(!paths.is_missing("./other"));
    }
}
