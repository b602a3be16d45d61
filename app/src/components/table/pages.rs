//! Which page numbers a long table offers.

/// The numbers to offer, `None` for a gap: the first, the last, and two around the current one.
#[must_use]
pub fn page_numbers(current: usize, pages: usize) -> Vec<Option<usize>> {
    let mut numbers = Vec::new();
    let near = |page: usize| page == 1 || page == pages || page.abs_diff(current) <= 2;
    for page in 1..=pages {
        // A gap of one page is that page.
        let bridges = page > 1 && near(page - 1) && near(page + 1);
        if near(page) || bridges {
            numbers.push(Some(page));
        } else if numbers.last() != Some(&None) {
            numbers.push(None);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(current: usize, pages: usize) -> String {
        let text = |page: &Option<usize>| page.map_or("…".to_owned(), |page| page.to_string());
        page_numbers(current, pages).iter().map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn few_pages_are_all_offered() {
        assert_eq!(shown(1, 1), "1");
        assert_eq!(shown(3, 5), "1 2 3 4 5");
    }

    #[test]
    fn many_pages_leave_gaps() {
        assert_eq!(shown(1, 500), "1 2 3 … 500");
        assert_eq!(shown(250, 500), "1 … 248 249 250 251 252 … 500");
        assert_eq!(shown(500, 500), "1 … 498 499 500");
    }

    #[test]
    fn a_gap_of_one_page_is_that_page() {
        assert_eq!(shown(5, 10), "1 2 3 4 5 6 7 … 10");
    }
}
