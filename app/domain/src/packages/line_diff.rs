//! The lines that differ between two texts, as for scripts and manifests (Myers' algorithm).

use std::ops::Range;

/// Most differing lines that are set against each other; where there are more, the whole of one is shown as removed and
/// the whole of the other as added, rather than let somebody wait.
const MAX_DIFFERENCES: usize = 1000;

/// Whether a line is in one text or in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// In both.
    Same,
    /// Only in the earlier text.
    Removed,
    /// Only in the later text.
    Added,
}

/// A line of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// In which text it is.
    pub kind: LineKind,
    /// Its number in the earlier text, from 1.
    pub before: Option<usize>,
    /// Its number in the later text, from 1.
    pub after: Option<usize>,
    /// The line with its line feed, which only a text's last line can lack.
    pub text: &'t str,
}

/// Both texts line by line: those removed stand before those added in their place.
#[must_use]
pub fn line_diff<'t>(before: &'t str, after: &'t str) -> Vec<Line<'t>> {
    let old: Vec<_> = before.split_inclusive('\n').collect();
    let new: Vec<_> = after.split_inclusive('\n').collect();
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
    let middle = (start..old.len() - end, start..new.len() - end);

    let mut same: Vec<_> = (0..start).map(|line| (line, line)).collect();
    let inner = common(&old[middle.0.clone()], &new[middle.1.clone()]);
    same.extend(inner.into_iter().map(|(old, new)| (start + old, start + new)));
    same.extend((0..end).map(|line| (middle.0.end + line, middle.1.end + line)));
    written_out(&old, &new, &same)
}

fn written_out<'t>(old: &[&'t str], new: &[&'t str], same: &[(usize, usize)]) -> Vec<Line<'t>> {
    let mut lines = Vec::with_capacity(old.len().max(new.len()));
    let (mut at_old, mut at_new) = (0, 0);
    for &(old_end, new_end) in same.iter().chain([&(old.len(), new.len())]) {
        let removed = old.iter().enumerate().take(old_end).skip(at_old);
        lines.extend(removed.map(|(number, text)| Line {
            kind: LineKind::Removed,
            before: Some(number + 1),
            after: None,
            text,
        }));
        let added = new.iter().enumerate().take(new_end).skip(at_new);
        lines.extend(added.map(|(number, text)| Line {
            kind: LineKind::Added,
            before: None,
            after: Some(number + 1),
            text,
        }));
        if let Some(text) = old.get(old_end) {
            let (before, after) = (Some(old_end + 1), Some(new_end + 1));
            lines.push(Line { kind: LineKind::Same, before, after, text });
        }
        (at_old, at_new) = (old_end + 1, new_end + 1);
    }
    lines
}

/// The longest sequence of lines that both have, as pairs of their indexes; nothing when they differ too much.
///
/// A way through both texts goes right for a line that is removed, down for one that is added, and diagonally for one
/// that both have. Diagonal k has the places whose indexes differ by k.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let same = |x: isize, y: isize| {
        let old = usize::try_from(x).ok().and_then(|x| old.get(x));
        old.is_some() && old == usize::try_from(y).ok().and_then(|y| new.get(y))
    };
    let (width, height) = (old.len().cast_signed(), new.len().cast_signed());
    let most = MAX_DIFFERENCES.min(old.len() + new.len()).cast_signed();
    let mut rounds = vec![Round::first()];
    for _ in 0..=most {
        let Some(before) = rounds.last() else { break };
        let mut round = before.next();
        for k in (-round.differences..=round.differences).step_by(2) {
            let mut x = before.step(k).x;
            while same(x, x - k) {
                x += 1;
            }
            round.set(k, x);
            if (x, x - k) == (width, height) {
                return followed_back(&rounds, x, x - k);
            }
        }
        rounds.push(round);
    }
    Vec::new()
}

/// How far one comes on each diagonal with so many differences.
struct Round {
    differences: isize,
    /// Indexes in the earlier text for the diagonals from `-differences - 1` to `differences + 1`.
    furthest: Vec<isize>,
}

/// Where a way comes from before it goes on along a diagonal.
struct Step {
    /// The diagonal before.
    from: isize,
    /// The index in the earlier text where the diagonal is entered.
    x: isize,
}

impl Round {
    /// Before the first round: the way enters at the beginning of both texts.
    fn first() -> Self {
        Self { differences: -1, furthest: vec![0, 0] }
    }

    fn next(&self) -> Self {
        let differences = self.differences + 1;
        let mut next = Self { differences, furthest: vec![0; (2 * differences + 3).unsigned_abs()] };
        for k in -differences..=differences {
            next.set(k, self.get(k));
        }
        next
    }

    fn get(&self, k: isize) -> isize {
        let index = usize::try_from(k + self.differences + 1).ok();
        index.and_then(|index| self.furthest.get(index)).copied().unwrap_or_default()
    }

    fn set(&mut self, k: isize, x: isize) {
        let index = usize::try_from(k + self.differences + 1).ok();
        if let Some(place) = index.and_then(|index| self.furthest.get_mut(index)) {
            *place = x;
        }
    }

    /// The better way onto diagonal k in the round after this one.
    fn step(&self, k: isize) -> Step {
        let last = self.differences + 1;
        let down = k == -last || (k != last && self.get(k - 1) < self.get(k + 1));
        if down {
            Step { from: k + 1, x: self.get(k + 1) }
        } else {
            Step { from: k - 1, x: self.get(k - 1) + 1 }
        }
    }
}

/// The diagonal steps of the way that ends here.
fn followed_back(rounds: &[Round], mut x: isize, mut y: isize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for round in rounds.iter().rev() {
        let step = round.step(x - y);
        while x > step.x {
            (x, y) = (x - 1, y - 1);
            pairs.push((x.unsigned_abs(), y.unsigned_abs()));
        }
        // One back: to the left, or up.
        (x, y) = if step.from > x - y { (x, y - 1) } else { (x - 1, y) };
    }
    pairs.reverse();
    pairs
}

/// The stretches of lines that are shown, each difference with so many lines around it; what is between them is the same
/// in both.
#[must_use]
pub fn hunks(lines: &[Line<'_>], context: usize) -> Vec<Range<usize>> {
    let mut hunks: Vec<Range<usize>> = Vec::new();
    for (index, _) in lines.iter().enumerate().filter(|(_, line)| line.kind != LineKind::Same) {
        let (start, end) = (index.saturating_sub(context), (index + context + 1).min(lines.len()));
        match hunks.last_mut() {
            Some(last) if last.end >= start => last.end = end,
            _ => hunks.push(start..end),
        }
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The lines as a patch shows them.
    fn shown(before: &str, after: &str) -> String {
        let lines = line_diff(before, after);
        let sign = |line: &Line<'_>| match line.kind {
            LineKind::Same => ' ',
            LineKind::Removed => '-',
            LineKind::Added => '+',
        };
        lines.iter().map(|line| format!("{}{}", sign(line), line.text)).collect()
    }

    fn side<'t>(lines: &[Line<'t>], kind: LineKind, number: impl Fn(&Line<'t>) -> Option<usize>) -> String {
        let side: Vec<_> =
            lines.iter().filter(|line| line.kind == kind || line.kind == LineKind::Same).collect();
        assert!(side.iter().map(|line| number(line)).eq((1..=side.len()).map(Some)));
        side.iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_change_is_shown_in_its_place() {
        let before = "#!/bin/sh\nset -eu\ndnf install -y ./a.rpm\nexit 0\n";
        let after = "#!/bin/sh\nset -eu\napt-get update\napt-get install -y ./a.deb\nexit 0\n";
        assert_eq!(
            shown(before, after),
            " #!/bin/sh\n set -eu\n-dnf install -y ./a.rpm\n+apt-get update\n+apt-get install -y ./a.deb\n exit 0\n"
        );
        assert_eq!(shown("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n").matches('\n').count(), 9);
        assert_eq!(shown("a", "a\n"), "-a+a\n");
        assert_eq!(shown("", "a\n"), "+a\n");
        assert_eq!(shown("", ""), "");
    }

    #[test]
    fn what_differs_everywhere_is_replaced_as_a_whole() {
        let numbered = |sign: char| -> String { (0..2000).map(|line| format!("{sign}{line}\n")).collect() };
        let (before, after) = (format!("s\n{}e\n", numbered('a')), format!("s\n{}e\n", numbered('b')));
        let lines = line_diff(&before, &after);
        assert_eq!(lines.len(), 4002);
        assert_eq!(lines[0].kind, LineKind::Same);
        assert!(lines[1..2001].iter().all(|line| line.kind == LineKind::Removed));
        assert_eq!(lines[4001].before, Some(2002));
    }

    #[test]
    fn only_the_surroundings_of_differences_are_shown() {
        let before: String = (0..40).map(|line| format!("{line}\n")).collect();
        let after = before.replace("\n5\n", "\nfive\n").replace("\n9\n", "\n").replace("\n30\n", "\n30\nx\n");
        let lines = line_diff(&before, &after);
        assert_eq!(hunks(&lines, 3), [2..14, 29..36]);
        assert!(hunks(&line_diff(&before, &before), 3).is_empty());
    }

    proptest! {
        #[test]
        fn both_texts_can_be_taken_out_again(before in "([abc]\n){0,12}[abc]?", after in "([abc]\n){0,12}[abc]?") {
            let lines = line_diff(&before, &after);
            prop_assert_eq!(side(&lines, LineKind::Removed, |line| line.before), &*before);
            prop_assert_eq!(side(&lines, LineKind::Added, |line| line.after), &*after);
        }

        #[test]
        fn no_more_is_shown_as_different_than_is(before in "([ab]\n){0,8}", after in "([ab]\n){0,8}") {
            let same = line_diff(&before, &after).iter().filter(|line| line.kind == LineKind::Same).count();
            let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
            prop_assert_eq!(same, longest_common(&old, &new));
        }

        #[test]
        fn any_texts_are_survived(before in any::<String>(), after in any::<String>()) {
            let lines = line_diff(&before, &after);
            prop_assert_eq!(side(&lines, LineKind::Removed, |line| line.before), before);
        }
    }

    /// By trying everything.
    fn longest_common(old: &[&str], new: &[&str]) -> usize {
        match (old, new) {
            ([first, old @ ..], [other, new @ ..]) if first == other => 1 + longest_common(old, new),
            ([_, shorter @ ..], [_, other @ ..]) => {
                longest_common(shorter, new).max(longest_common(old, other))
            }
            _ => 0,
        }
    }
}
