//! What is suspicious in a script, in words.

use domain::language::Language;
use domain::packages::scripts::check::{Bashism, Finding, Level, ScriptProblem};

use crate::components::code_editor::Remark;
use crate::text::script_findings as text;

/// A finding as the editor shows it.
pub(in crate::pages::packages::create) fn remark(language: Language, finding: &Finding) -> Remark {
    Remark {
        from: (finding.start.line, finding.start.column),
        to: (finding.end.line, finding.end.column),
        error: finding.level == Level::Error,
        text: problem_text(language, &finding.problem),
    }
}

fn problem_text(language: Language, problem: &ScriptProblem) -> String {
    match problem {
        ScriptProblem::Bashism { what, text: word } => {
            text::bashism(language, word, bashism_text(language, *what))
        }
        ScriptProblem::Interpreter { name } => text::interpreter(language, name),
        ScriptProblem::Sudo { command } => text::sudo(language, command),
        ScriptProblem::NotInZip { path } => text::not_in_zip(language, path),
        ScriptProblem::NoExit => text::no_exit(language).to_owned(),
        ScriptProblem::DoesNothing => text::does_nothing(language).to_owned(),
        ScriptProblem::CarriageReturns => text::carriage_returns(language).to_owned(),
        ScriptProblem::ByteOrderMark => text::byte_order_mark(language).to_owned(),
        ScriptProblem::Unclosed { opening } => text::unclosed(language, opening),
        ScriptProblem::Unexpected { text: word } if word.is_empty() => {
            text::unexpected_end(language).to_owned()
        }
        ScriptProblem::Unexpected { text: word } => text::unexpected(language, word),
        ScriptProblem::TooDeep => text::too_deep(language).to_owned(),
        ScriptProblem::ShellCheck { code, message } => format!("{message} (SC{code})"),
    }
}

/// What to write instead.
fn bashism_text(language: Language, what: Bashism) -> &'static str {
    match what {
        Bashism::DoubleBracket => text::use_single_bracket(language),
        Bashism::ArithmeticCommand => text::use_arithmetic(language),
        Bashism::FunctionKeyword => text::use_function(language),
        Bashism::FunctionName => text::use_function_name(language),
        Bashism::Array => text::use_positional(language),
        Bashism::Append => text::use_append(language),
        Bashism::CaseConversion => text::use_tr(language),
        Bashism::Replacement => text::use_sed(language),
        Bashism::Substring => text::use_cut(language),
        Bashism::Indirection => text::use_eval(language),
        Bashism::HereString => text::use_here_document(language),
        Bashism::ProcessSubstitution => text::use_pipe(language),
        Bashism::RedirectBoth => text::use_redirect(language),
        Bashism::PipeBoth => text::use_pipe_both(language),
        Bashism::AnsiQuote | Bashism::LocaleQuote => text::use_printf(language),
        Bashism::OldArithmetic | Bashism::ArithmeticOperator => text::use_arithmetic(language),
        Bashism::BraceExpansion => text::use_words(language),
        Bashism::ExtendedPattern => text::use_case(language),
        Bashism::DoubleEquals => text::use_equals(language),
        Bashism::Transformation
        | Bashism::CaseFallThrough
        | Bashism::Builtin
        | Bashism::Option
        | Bashism::Keyword
        | Bashism::TrapSignal
        | Bashism::ShellOption
        | Bashism::Variable => text::use_posix(language),
    }
}
