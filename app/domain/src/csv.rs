//! Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet.

/// What a file begins with: Excel takes a file without it for the system's old code page, and garbles Japanese.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Appends a line of these fields.
pub fn push_line<'a>(line: &mut String, fields: impl IntoIterator<Item = &'a str>) {
    for (number, field) in fields.into_iter().enumerate() {
        if number > 0 {
            line.push(',');
        }
        push_field(line, field);
    }
    line.push_str("\r\n");
}

/// A spreadsheet takes a cell that begins with one of these signs for a formula, which may read files or call the network,
/// and agents choose their computer names themselves: an apostrophe before it makes it a text (OWASP: CSV injection).
fn is_formula(field: &str) -> bool {
    // The full-width forms count as well where the spreadsheet is a Japanese one.
    field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn push_field(line: &mut String, field: &str) {
    let formula = is_formula(field);
    let quoted = formula || field.contains(['"', ',', '\r', '\n']);
    if !quoted {
        line.push_str(field);
        return;
    }
    line.push('"');
    if formula {
        line.push('\'');
    }
    for part in field.split_inclusive('"') {
        line.push_str(part);
        if part.ends_with('"') {
            line.push('"');
        }
    }
    line.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(fields: &[&str]) -> String {
        let mut line = String::new();
        push_line(&mut line, fields.iter().copied());
        line
    }

    /// The fields of a line, as RFC 4180 reads them.
    fn read(line: &str) -> Vec<String> {
        let (mut fields, mut quoted) = (vec![String::new()], false);
        let mut chars = line.strip_suffix("\r\n").unwrap_or(line).chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    fields.last_mut().unwrap().push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(String::new()),
                other => fields.last_mut().unwrap().push(other),
            }
        }
        fields
    }

    #[test]
    fn fields_are_quoted_where_needed() {
        assert_eq!(line(&["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(
            line(&["a,b", "say \"hi\"", "two\r\nlines"]),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n"
        );
        assert_eq!(line(&["サーバ"]), "サーバ\r\n");
    }

    #[test]
    fn formulas_become_texts() {
        for formula in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "=HYPERLINK(\"http://x\")"]
        {
            let written = line(&[formula]);
            assert!(written.starts_with("\"'"), "{written:?}");
            assert_eq!(read(&written), [format!("'{formula}")]);
        }
        assert_eq!(line(&["a=b", "1-2"]), "a=b,1-2\r\n");
    }

    proptest! {
        #[test]
        fn every_field_is_read_again(fields in proptest::collection::vec("[^=+\\-@\t\r\n＝＋－＠].{0,12}", 1..5)) {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            prop_assert_eq!(read(&line(&fields)), fields);
        }
    }
}
