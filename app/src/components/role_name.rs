//! The name of an IAM role: long, without spaces, and to be read.

use leptos::prelude::*;

/// A role's path and name, which wrap between their words: `service-role/`, `Amazon`, `EC2`, `Run`, `Command`.
#[component]
pub fn RoleName(
    /// As `CreateActivation` takes it.
    name: String,
) -> impl IntoView {
    words(&name).into_iter().map(|word| view! { {word}<wbr /> }).collect_view()
}

/// The parts of a name, which together are the name.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = None;
    for letter in name.chars() {
        let is_next = last.is_some_and(|last: char| {
            "/_-.".contains(last) || (letter.is_ascii_uppercase() && !last.is_ascii_uppercase())
        });
        if is_next {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(letter);
        }
        last = Some(letter);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_where_their_writers_part_them() {
        for (name, parted) in [
            ("BB_Hybrid_Activation", "BB_ Hybrid_ Activation"),
            (
                "service-role/AmazonEC2RunCommandRoleForManagedInstances",
                "service- role/ Amazon EC2 Run Command Role For Managed Instances",
            ),
            ("SSM", "SSM"),
            ("", ""),
        ] {
            assert_eq!(words(name).join(" "), parted);
            assert_eq!(words(name).concat(), name);
        }
    }
}
