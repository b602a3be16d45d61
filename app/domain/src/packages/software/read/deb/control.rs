//! The file `control` (deb-control(5)): one paragraph of fields.

use crate::packages::software::{Part, SoftwareFault};

/// The fields, in the order of the file.
pub struct Control<'a> {
    fields: Vec<(&'a str, String)>,
}

impl<'a> Control<'a> {
    /// Reads the first paragraph. A line that begins with a blank continues the field above.
    pub fn parse(text: &'a str) -> Result<Self, SoftwareFault> {
        let mut fields: Vec<(&str, String)> = Vec::new();
        let lines = text.lines().skip_while(|line| line.trim().is_empty());
        for line in lines.take_while(|line| !line.trim().is_empty()) {
            if line.starts_with('#') {
                continue;
            }
            let last = fields.last_mut();
            match (line.strip_prefix([' ', '\t']), last, line.split_once(':')) {
                (Some(more), Some((_, value)), _) => {
                    value.push('\n');
                    value.push_str(more.trim());
                }
                (None, _, Some((name, value))) if is_name(name) => {
                    fields.push((name, value.trim().to_owned()));
                }
                _ => return Err(SoftwareFault::Damaged(Part::ControlFile)),
            }
        }
        Ok(Self { fields })
    }

    /// The field of that name, whose case does not matter. A continued one has several lines.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_whatever_their_case_and_continued() {
        let control = Control::parse(
            "Package: example\nVERSION: 1.0\nDepends: a,\n b (>= 2)\n# a comment\nDescription: short\n long\n .\n more\n\nPackage: other\n",
        )
        .unwrap();
        assert_eq!(control.get("package"), Some("example"));
        assert_eq!(control.get("Version"), Some("1.0"));
        assert_eq!(control.get("Depends"), Some("a,\nb (>= 2)"));
        assert_eq!(control.get("Description"), Some("short\nlong\n.\nmore"));
        assert_eq!(control.get("Architecture"), None);
    }

    #[test]
    fn what_is_no_field_is_damage() {
        for text in [" continued from nothing", "no colon", "two words: x", "Package: a\n:b"] {
            let fault = Control::parse(text).err();
            assert_eq!(fault, Some(SoftwareFault::Damaged(Part::ControlFile)), "{text:?}");
        }
    }
}
