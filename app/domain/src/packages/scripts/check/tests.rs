use super::*;
use crate::packages::scripts::{Language, generate};
use crate::packages::software::testing::{deb, msi, rpm};
use proptest::prelude::*;

const FILES: &[&str] = &["install.sh", "uninstall.sh", "agent.deb"];

fn problems(text: &str) -> Vec<ScriptProblem> {
    check(Language::Sh, text, FILES).into_iter().map(|finding| finding.problem).collect()
}

/// The bashisms of a command.
fn bashisms(command: &str) -> Vec<Bashism> {
    let bashism = |problem| match problem {
        ScriptProblem::Bashism { what, .. } => what,
        other => panic!("{command}: {other:?}"),
    };
    problems(&format!("{command}\nexit 0\n")).into_iter().map(bashism).collect()
}

fn is_posix(script: &str) -> bool {
    let answer = std::process::Command::new("sh").args(["-n", "-c", script]).output().unwrap();
    answer.status.success()
}

#[test]
fn bashisms_are_noticed() {
    use Bashism as B;
    for (command, expected) in [
        ("[[ -f /etc/os-release && $ID =~ ^(rhel|ol)$ ]]", B::DoubleBracket),
        ("if ((1 < 2)); then echo; fi", B::ArithmeticCommand),
        ("for ((i = 0; i < 3; i = i + 1)); do echo; done", B::ArithmeticCommand),
        ("function go { echo; }", B::FunctionKeyword),
        ("function go() { echo; }", B::FunctionKeyword),
        ("go-on() { echo; }", B::FunctionName),
        ("files=(a 'b c' \"$x\")", B::Array),
        ("files[1]=a", B::Array),
        ("echo \"${files[@]}\"", B::Array),
        ("PATH+=:/opt/bin", B::Append),
        ("echo ${x^^}", B::CaseConversion),
        ("echo \"${x,,}\"", B::CaseConversion),
        ("echo ${x//a/b}", B::Replacement),
        ("echo ${x:1:2}", B::Substring),
        ("echo ${x: -1}", B::Substring),
        ("echo ${!x}", B::Indirection),
        ("echo ${x@Q}", B::Transformation),
        ("cat <<< \"$x\"", B::HereString),
        ("diff <(ls a) b", B::ProcessSubstitution),
        ("make &> /dev/null", B::RedirectBoth),
        ("make >& /dev/null", B::RedirectBoth),
        ("make |& less", B::PipeBoth),
        ("echo $'a\\tb'", B::AnsiQuote),
        ("echo $\"hello\"", B::LocaleQuote),
        ("echo $[1 + 2]", B::OldArithmetic),
        ("i=$((i++))", B::ArithmeticOperator),
        ("echo /opt/{bin,lib}", B::BraceExpansion),
        ("for i in {1..3}; do echo; done", B::BraceExpansion),
        ("ls !(a|b)", B::ExtendedPattern),
        ("case a in a) echo ;& b) echo ;; esac", B::CaseFallThrough),
        ("[ \"$x\" == a ]", B::DoubleEquals),
        ("if test \"$x\" == a; then echo; fi", B::DoubleEquals),
        ("source /etc/os-release", B::Builtin),
        ("declare -r x=1", B::Builtin),
        ("let x=1", B::Builtin),
        ("pushd /tmp", B::Builtin),
        ("shopt -s nullglob", B::Builtin),
        ("echo -e 'a\\n'", B::Option),
        ("read -p 'Name: ' name", B::Option),
        ("read -ra words", B::Option),
        ("printf -v x %s a", B::Option),
        ("export -f go", B::Option),
        ("select x in a b; do break; done", B::Keyword),
        ("trap 'echo failed' ERR", B::TrapSignal),
        ("set -euo pipefail", B::ShellOption),
        ("echo $RANDOM", B::Variable),
        ("cd \"$(dirname \"${BASH_SOURCE:-$0}\")\"", B::Variable),
        ("x=$(if [[ -f /a ]]; then echo; fi)", B::DoubleBracket),
    ] {
        assert_eq!(bashisms(command), [expected], "{command}");
    }
}

#[test]
fn what_posix_has_is_left_alone() {
    for command in [
        "# [[ a ]] && source it",
        "echo '[[ a ]] <<< $RANDOM ${x^^}' \"function f { }\"",
        "cat <<'END'\n[[ $'x' ]] if\n(unclosed\nEND",
        "cat <<-END\n\t[[ a ]]\n\tEND",
        "echo \"${x:-default}${y:+set}${z:?gone}${#x}${x%%.*}${x#*/}\" $# $? $$ \"$@\" ${1}",
        "x=\"$(printf '%s' \"$(date)\")\"",
        "i=$((i + 1)); j=$((i - -1))",
        "find . -name '*.log' -exec rm {} +",
        "echo {} {a} a{b",
        "[ \"$x\" = a ] || [ \"$x\" != b ]",
        "echo -n a; read -r line; export PATH",
        "f() { local x=1; echo \"$x\"; }",
        "f () (\n  echo\n)",
        "make > /dev/null 2>&1 < /dev/null",
        "case \"$x\" in\n(a) echo ;;\nb | c) echo\n;;\n*) ;;\nesac",
        "case $x in in) echo;; esac",
        "for x; do echo; done; for x do echo; done; for x in a b\ndo echo; done",
        "while read -r line; do echo \"$line\"; done < /etc/passwd",
        "if ! command -v dnf >/dev/null; then echo; elif true; then echo; else echo; fi",
        "{ echo; echo; } > /dev/null; (cd /tmp && ls)",
        "echo a#b \\\n  continued",
        "trap 'echo done' EXIT INT; set -eu -o noglob",
        "HOSTNAME=$(uname -n); echo \"$HOSTNAME\"; read -r REPLY; echo $REPLY",
        "echo `date +%s`; ! true; a && b || c & wait",
        "x=a=b; echo --opt=(1) 2>/dev/null || true",
    ] {
        let expected = if command.contains("=(1)") { 1 } else { 0 };
        assert_eq!(
            problems(&format!("{command}\nexit 0\n")).len(),
            expected,
            "{command}: {:?}",
            problems(command)
        );
        assert_eq!(is_posix(command), expected == 0, "{command}");
    }
}

#[test]
fn broken_scripts_are_noticed_where_they_break() {
    for (script, opening, line) in [
        ("echo 'a\necho b\n", "'", 1),
        ("echo\necho \"a\n", "\"", 2),
        ("if true; then\n  echo\n", "if", 1),
        ("echo\nwhile true; do\n  echo\n", "while", 2),
        ("for x in a; do echo\n", "for", 1),
        ("case a in\na) echo ;;\n", "case", 1),
        ("go() {\n  echo\n", "{", 1),
        ("(echo\n", "(", 1),
        ("echo $(date\n", "$(", 1),
        ("echo ${x\n", "${", 1),
        ("echo `date\n", "`", 1),
        ("cat <<END\na\n", "END", 1),
    ] {
        let finding = check(Language::Sh, script, FILES).remove(0);
        assert_eq!(finding.problem, ScriptProblem::Unclosed { opening: opening.to_owned() }, "{script}");
        assert_eq!((finding.start.line, finding.level), (line, Level::Error), "{script}");
    }
    for (script, text) in [
        ("echo\nfi\n", "fi"),
        ("if true; then echo; done\n", "done"),
        ("echo )\n", ")"),
        ("echo a;; echo\n", ";;"),
        ("}\n", "}"),
        ("if true; then echo; fi echo\n", "echo"),
    ] {
        let found = problems(script);
        assert_eq!(found, [ScriptProblem::Unexpected { text: text.to_owned() }], "{script}");
        assert!(!is_posix(script), "{script}");
    }
}

#[test]
fn the_grammar_is_checked_to_the_end() {
    for script in ["if true; then\nfi\nexit 0\n", "echo && || echo\nexit 0\n", "| cat\nexit 0\n"] {
        let found = check(Language::Sh, script, FILES);
        assert!(matches!(&*found, [Finding { level: Level::Error, .. }]), "{script}: {found:?}");
        assert!(!is_posix(script), "{script}");
    }
}

#[test]
fn what_the_agent_does_not_need_is_noticed() {
    assert_eq!(
        problems("#!/bin/bash\nsudo apt-get install -y ./agent.deb\n"),
        [
            ScriptProblem::Interpreter { name: "bash".to_owned() },
            ScriptProblem::Sudo { command: "sudo".to_owned() },
            ScriptProblem::NoExit,
        ]
    );
    assert_eq!(
        problems("#!/usr/bin/env -S python3\nexit 0\n")[0],
        ScriptProblem::Interpreter { name: "python3".to_owned() }
    );
    assert_eq!(problems("#!/bin/sh -e\nexec make install\n"), []);
    assert_eq!(problems("echo 'sudo'\nexit 0\n"), []);
    assert_eq!(problems("# nothing\n"), [ScriptProblem::DoesNothing]);
}

#[test]
fn files_that_are_not_in_the_zip_are_noticed() {
    let missing = |path: &str| vec![ScriptProblem::NotInZip { path: path.to_owned() }];
    for (command, path) in [
        ("dpkg -i agent-1.0.deb", "agent-1.0.deb"),
        ("yum install -y ./agent.rpm", "./agent.rpm"),
        ("sh ./setup.sh", "./setup.sh"),
        ("./setup.sh --quiet", "./setup.sh"),
        (". ./lib.sh", "./lib.sh"),
        ("file='./other.deb'", "./other.deb"),
        ("rpm -i *.rpm", "*.rpm"),
    ] {
        assert_eq!(problems(&format!("{command}\nexit 0\n")), missing(path), "{command}");
    }
    for command in [
        "dpkg -i agent.deb ./*.deb",
        "cd /opt; ./setup.sh",
        "tar xf /opt/a.tar; ./setup.sh",
        "echo hello > ./out; cat ./out",
        "[ -e ./marker ] || rm -f ./marker",
        "./$name.sh",
    ] {
        assert_eq!(problems(&format!("{command}\nexit 0\n")), [], "{command}");
    }
    let own = "cd \"$(dirname \"$0\")\"\ndpkg -i other.deb\nexit 0\n";
    assert_eq!(problems(own), missing("other.deb"));
}

#[test]
fn bytes_that_sh_stumbles_over_are_noticed() {
    assert_eq!(
        problems("\u{feff}echo\r\nexit 0\r\n"),
        [ScriptProblem::ByteOrderMark, ScriptProblem::CarriageReturns]
    );
    let findings = check(Language::Sh, "echo a\r\nexit 0\r\n", FILES);
    assert_eq!(findings[0].start, Position { line: 1, column: 7 });
}

#[test]
fn findings_stand_at_line_and_column() {
    let findings = check(Language::Sh, "set -eu\nif [[ a ]]; then\n  計測 ${x^^}\nfi\nexit 0\n", FILES);
    let places: Vec<_> = findings.iter().map(|finding| (finding.start, finding.end)).collect();
    let at = |line, from, to| (Position { line, column: from }, Position { line, column: to });
    assert_eq!(places, [at(2, 4, 6), at(3, 6, 12)]);
}

#[test]
fn generated_scripts_have_no_findings() {
    for (software, file) in
        [(deb(), "a_1_amd64.deb"), (rpm(), "a-1.rpm"), (msi(), "a.msi"), (deb(), "tool"), (rpm(), "Tool.RPM")]
    {
        let language = Language::of(software.kind);
        let scripts = generate(&software, file);
        for text in [scripts.install.unwrap(), scripts.uninstall.unwrap()] {
            assert_eq!(check(language, &text, &[file]), [], "{text}");
            let elsewhere = check(language, &text, &["other"]);
            assert_eq!(elsewhere.is_empty(), !text.contains(&format!("{file}'\n")), "{elsewhere:?}");
        }
    }
}

#[test]
fn powershell_is_looked_at_too() {
    let problems = |text: &str| -> Vec<ScriptProblem> {
        let findings = check(Language::PowerShell, text, &["agent.msi"]);
        findings.into_iter().map(|finding| finding.problem).collect()
    };
    let unclosed = |opening: &str| vec![ScriptProblem::Unclosed { opening: opening.to_owned() }];
    let missing = |path: &str| vec![ScriptProblem::NotInZip { path: path.to_owned() }];
    assert_eq!(problems("msiexec /i agent.msi /qn\nexit $LASTEXITCODE\n"), []);
    assert_eq!(problems("msiexec /i agent.msi\n"), [ScriptProblem::NoExit]);
    assert_eq!(
        problems("Start-Process msiexec -ArgumentList '/i', 'agent-2.msi'\nexit 0"),
        missing("agent-2.msi")
    );
    assert_eq!(problems(".\\setup.exe /S; exit 0"), missing(".\\setup.exe"));
    assert_eq!(problems("if ($x) {\n  'it''s'\nexit 0\n"), unclosed("{"));
    assert_eq!(problems("Write-Output \"a `\" b\nexit 0\n"), unclosed("\""));
    assert_eq!(problems("@'\nit's (\n'@\n<# { #> # }\nexit 0\n"), []);
    assert_eq!(problems("exit 0 }"), [ScriptProblem::Unexpected { text: "}".to_owned() }]);
    assert_eq!(problems("# nothing\n"), [ScriptProblem::DoesNothing]);
}

#[test]
fn deep_nesting_is_given_up_and_not_descended_into() {
    for (open, close) in
        [("( ", " )"), ("{ ", "; }"), ("$(", ")"), ("if ", "; then echo; fi"), ("${x:-", "}")]
    {
        let script = format!("echo; {}echo{}\nexit 0\n", open.repeat(5_000), close.repeat(5_000));
        assert_eq!(problems(&script), [ScriptProblem::TooDeep], "{open}");
    }
    let long = format!("{}exit 0\n", "echo a | cat && echo b || echo c; \n".repeat(2_000));
    assert_eq!(problems(&long), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_survived(parts in prop::collection::vec(prop::sample::select(vec![
        "if ", "then ", "fi", "case ", " in ", "esac", ";;", "for ", "do ", "done", "{ ", "}", "(", ")", "((", "))",
        "[[ ", "]]", "$(", "${", "$((", "`", "'", "\"", "\\", "\n", " ", ";", "&", "|", "<<E", "E\n", "<(", ">", "<<<",
        "x", "x=", "+=", "[", "#", "$'", "$\"", "$[", "@'", "@\"", "<#", "#>", "!", "日", "\r\n", "exit 0", "function ",
    ]), 0..60)) {
        let text = parts.concat();
        for language in Language::ALL {
            for finding in check(language, &text, FILES) {
                prop_assert!(finding.start <= finding.end, "{finding:?}");
            }
        }
    }
}
