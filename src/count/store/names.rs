//! The names of data sets, each a place in a word of 64 bits.

/// A set of data sets is one word.
const MOST: usize = 64;

/// Names of data sets, at most 64. Where there are more, they are cut to the folders above them, at the same depth for all,
/// as deep as 64 places can tell: which depth that is does not depend on the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataSets {
    /// The names, sorted; a place in this list stands for a data set.
    pub names: Vec<String>,
    /// The parts of a path that they are cut to, where they are.
    pub depth: Option<usize>,
}

impl DataSets {
    /// One name.
    pub(super) fn one(name: &str) -> Self {
        Self { names: vec![name.to_owned()], depth: None }
    }

    /// Adds names, and gives the new places of the old ones and of those that were added.
    pub(super) fn merge(&mut self, other: &Self) -> (Vec<usize>, Vec<usize>) {
        let (mine, theirs) = (std::mem::take(&mut self.names), &other.names);
        let all: Vec<&str> = mine.iter().chain(theirs).map(String::as_str).collect();
        // What was cut does not tell any more what would be deeper.
        let most = [self.depth, other.depth].into_iter().flatten().min();
        let deepest = all.iter().map(|name| name.split('/').count()).max().unwrap_or(0);
        let depth = (0..=most.unwrap_or(deepest)).rev().find(|depth| cut_all(&all, *depth).len() <= MOST).unwrap_or(0);
        self.names = cut_all(&all, depth);
        self.depth = Some(depth).filter(|depth| most.is_some() || *depth < deepest);
        let place =
            |name: &String| self.names.binary_search_by(|known| known.as_str().cmp(cut(name, depth))).unwrap_or(0);
        (mine.iter().map(place).collect(), theirs.iter().map(place).collect())
    }
}

/// The first parts of all paths, sorted, each once.
fn cut_all(all: &[&str], depth: usize) -> Vec<String> {
    let mut names: Vec<String> = all.iter().map(|name| cut(name, depth).to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    names
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
    use super::{DataSets, moved};

    fn merged(parts: &[&[String]]) -> DataSets {
        parts.iter().fold(DataSets::default(), |mut all, part| {
            let mut names = DataSets::default();
            for name in *part {
                names.merge(&DataSets::one(name));
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
        assert_eq!(merged(&[&names]).names, expected);
        assert_eq!(merged(&[&backwards]).names, expected);
        assert_eq!(merged(&[&names[..90], &backwards[..50], &names[50..]]).names, expected);
        assert_eq!(merged(&[&names[..64]]).names.len(), 64);
        let beside = ["a-b/c", "a/b"].map(|name| format!("{name}/d"));
        let many: Vec<String> = (0..64).map(|n| format!("a/{n}")).chain(beside).collect();
        assert_eq!(merged(&[&many]).names, ["a", "a-b"]);
        let flat: Vec<String> = (0..65).map(|n| n.to_string()).collect();
        assert_eq!(merged(&[&flat]).names, [""]);
    }

    #[test]
    fn places_follow_their_names() {
        let mut names = DataSets::one("b");
        let (old, new) = names.merge(&DataSets::one("a"));
        assert_eq!(
            (names.names.as_slice(), moved(1, &old), moved(1, &new)),
            (&["a".to_owned(), "b".to_owned()][..], 2, 1)
        );
    }
}
