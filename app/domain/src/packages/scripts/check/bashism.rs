//! What bash knows and POSIX sh does not.

use serde::{Deserialize, Serialize};

/// A kind of bashism.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bashism {
    /// `[[ … ]]`: use `[ … ]`, and `case` for patterns.
    DoubleBracket,
    /// `((…))` as a command, and `for ((…))`: use `[ … ]` and `$((…))`.
    ArithmeticCommand,
    /// `function name`: use `name()`.
    FunctionKeyword,
    /// A function's name with other characters than letters, digits and `_`.
    FunctionName,
    /// `name=(…)`, `name[…]=…`, `${name[…]}`: use the positional parameters.
    Array,
    /// `name+=…`: use `name="$name…"`.
    Append,
    /// `${name^^}`, `${name,}`: use `tr`.
    CaseConversion,
    /// `${name/…/…}`: use `sed`.
    Replacement,
    /// `${name:1:2}`: use `cut` or `${name#…}`.
    Substring,
    /// `${!name}`.
    Indirection,
    /// `${name@Q}` and the like.
    Transformation,
    /// `<<<`: use a here-document or a pipe.
    HereString,
    /// `<(…)`, `>(…)`: use a pipe or a file.
    ProcessSubstitution,
    /// `&>`, `>&file`: use `>file 2>&1`.
    RedirectBoth,
    /// `|&`: use `2>&1 |`.
    PipeBoth,
    /// `$'…'`: use `printf`.
    AnsiQuote,
    /// `$"…"`.
    LocaleQuote,
    /// `$[…]`: use `$((…))`.
    OldArithmetic,
    /// `++`, `--` or `**` in `$((…))`.
    ArithmeticOperator,
    /// `{a,b}`, `{1..9}`: sh takes it literally.
    BraceExpansion,
    /// `@(…)`, `!(…)` and the like in patterns.
    ExtendedPattern,
    /// `;&`, `;;&` in `case`.
    CaseFallThrough,
    /// `==` in `[`: use `=`.
    DoubleEquals,
    /// A command of bash's own: `source`, `declare`, `let`, `pushd`, …
    Builtin,
    /// An option that only bash's version of a command has: `echo -e`, `read -p`, `printf -v`, …
    Option,
    /// `select`, `coproc`.
    Keyword,
    /// `trap … ERR`, `DEBUG` or `RETURN`.
    TrapSignal,
    /// `set -o pipefail` and other options of bash.
    ShellOption,
    /// A variable that only bash sets: `$RANDOM`, `$UID`, `$BASH_SOURCE`, …
    Variable,
}
