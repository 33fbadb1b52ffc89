//! The names of data sets, each a place in a word of 64 bits.

/// A set of data sets is one word.
const MOST: usize = 64;

/// Names of data sets, at most 64. Where there are more, they are cut to the folders above them, at the same depth for all,
/// as deep as 64 places can tell: which depth that is does not depend on the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// One name.
    pub(super) fn one(name: &str) -> Self {
        Self(vec![name.to_owned()])
    }

    /// Sorted names, at most 64.
    pub(super) const fn from_list(names: Vec<String>) -> Self {
        Self(names)
    }

    /// The names, by place.
    pub(super) fn list(&self) -> &[String] {
        &self.0
    }

    /// Adds names, and gives the new places of the old ones and of those that were added.
    pub(super) fn merge(&mut self, other: &Self) -> (Vec<usize>, Vec<usize>) {
        let (mine, theirs) = (std::mem::take(&mut self.0), &other.0);
        let mut all: Vec<&str> = mine.iter().chain(theirs).map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        let depth = depth(&all);
        self.0 = all.iter().map(|name| cut(name, depth).to_owned()).collect();
        self.0.dedup();
        let place = |name: &String| self.0.binary_search_by(|known| known.as_str().cmp(cut(name, depth))).unwrap_or(0);
        (mine.iter().map(place).collect(), theirs.iter().map(place).collect())
    }
}

/// The greatest depth at which sorted names are at most 64.
fn depth(all: &[&str]) -> usize {
    let deepest = all.iter().map(|name| name.split('/').count()).max().unwrap_or(0);
    let n_at = |depth: usize| {
        let mut names: Vec<&str> = all.iter().map(|name| cut(name, depth)).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    };
    (0..=deepest).rev().find(|depth| n_at(*depth) <= MOST).unwrap_or(0)
}

/// The first parts of a path.
fn cut(name: &str, depth: usize) -> &str {
    let end = name.match_indices('/').nth(depth.saturating_sub(1)).map_or(name.len(), |(at, _)| at);
    if depth == 0 { "" } else { name.get(..end).unwrap_or(name) }
}

/// A set of places with each place moved.
pub(super) fn moved(set: u64, places: &[usize]) -> u64 {
    let bits = places.iter().enumerate().filter(|(old, _)| set & 1 << old != 0);
    bits.fold(0, |moved, (_, new)| moved | 1 << new)
}

#[cfg(test)]
mod tests {
    use super::{Names, moved};

    fn merged(parts: &[&[String]]) -> Names {
        parts.iter().fold(Names::default(), |mut all, part| {
            let mut names = Names::default();
            for name in *part {
                names.merge(&Names::one(name));
            }
            all.merge(&names);
            all
        })
    }

    #[test]
    fn names_are_the_same_whatever_the_order_and_the_parts() {
        let names: Vec<String> =
            (0..200).map(|n| format!("out/{}/{}/part", n % 7, n)).chain(["out/1".to_owned()]).collect();
        let backwards: Vec<String> = names.iter().rev().cloned().collect();
        let expected: Vec<String> = (0..7).map(|n| format!("out/{n}")).collect();
        assert_eq!(merged(&[&names]).list(), expected);
        assert_eq!(merged(&[&backwards]).list(), expected);
        assert_eq!(merged(&[&names[..90], &backwards[..50], &names[50..]]).list(), expected);
        assert_eq!(merged(&[&names[..64]]).list().len(), 64);
        let flat: Vec<String> = (0..65).map(|n| n.to_string()).collect();
        assert_eq!(merged(&[&flat]).list(), [""]);
    }

    #[test]
    fn places_follow_their_names() {
        let mut names = Names::one("b");
        let (old, new) = names.merge(&Names::one("a"));
        assert_eq!((names.list(), moved(1, &old), moved(1, &new)), (&["a".to_owned(), "b".to_owned()][..], 2, 1));
    }
}
