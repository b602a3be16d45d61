//! Commands, options and variables of bash's own.

use super::Bashism;

/// Commands of bash's own.
pub const BUILTINS: &[&str] = &[
    "source",
    "declare",
    "typeset",
    "let",
    "pushd",
    "popd",
    "dirs",
    "shopt",
    "mapfile",
    "readarray",
    "disown",
    "enable",
    "builtin",
    "caller",
    "complete",
    "compgen",
    "compopt",
    "suspend",
    "history",
    "bind",
    "logout",
];

/// Variables that only bash sets. `HOSTNAME` is among them although some environments have it.
pub const VARIABLES: &[&str] = &[
    "RANDOM",
    "SRANDOM",
    "SECONDS",
    "EUID",
    "UID",
    "GROUPS",
    "FUNCNAME",
    "PIPESTATUS",
    "HOSTNAME",
    "HOSTTYPE",
    "MACHTYPE",
    "OSTYPE",
    "DIRSTACK",
    "REPLY",
    "EPOCHSECONDS",
    "EPOCHREALTIME",
    "COPROC",
    "MAPFILE",
    "SHELLOPTS",
    "BASHPID",
    "BASHOPTS",
];

/// Whether only bash sets the variable.
pub fn is_variable(name: &str) -> bool {
    VARIABLES.contains(&name) || name == "BASH" || name.starts_with("BASH_")
}

/// What is bash's own in the options of a command, if anything is: the index of the argument, and its kind.
pub fn option(name: &str, arguments: &[&str]) -> Option<(usize, Bashism)> {
    let flags = |argument: &&str| argument.strip_prefix('-').map(str::to_owned).unwrap_or_default();
    let find = |matches: &dyn Fn(&str) -> bool| {
        // Options end where the operands begin.
        let options = arguments.iter().take_while(|argument| argument.starts_with(['-', '+']));
        options.clone().position(|argument| matches(&flags(argument)))
    };
    let any_of = |letters: &'static str| {
        find(&move |flags: &str| !flags.starts_with('-') && flags.contains(|c| letters.contains(c)))
    };
    let index = match name {
        "echo" => {
            find(&|flags| !flags.is_empty() && flags.bytes().all(|b| b"neE".contains(&b)) && flags != "n")?
        }
        "read" => any_of("aAdeiknNpstu")?,
        "printf" => any_of("v")?,
        "export" | "readonly" => any_of("fna")?,
        "local" => any_of("aAilnrtux")?,
        "type" => any_of("aftpP")?,
        "wait" => any_of("nfp")?,
        "exec" => any_of("acl")?,
        "test" | "[" => {
            let index = arguments.iter().position(|argument| matches!(*argument, "==" | "=~"))?;
            return Some((index, Bashism::DoubleEquals));
        }
        "trap" => {
            let signal = |argument: &&str| matches!(*argument, "ERR" | "DEBUG" | "RETURN");
            let index = arguments.iter().skip(1).position(signal)? + 1;
            return Some((index, Bashism::TrapSignal));
        }
        "set" => {
            let option = |pair: &[&str]| {
                pair[0].starts_with(['-', '+'])
                    && pair[0].ends_with('o')
                    && matches!(
                        pair[1],
                        "pipefail" | "errtrace" | "functrace" | "posix" | "physical" | "history"
                    )
            };
            let index = arguments.windows(2).position(option)? + 1;
            return Some((index, Bashism::ShellOption));
        }
        _ => return None,
    };
    Some((index, Bashism::Option))
}
