//! Globs over the URIs of objects.

use globset::{GlobBuilder, GlobMatcher};

/// A glob that matches a URI, or what follows any `/` in it: `outbound/**/stations.csv` matches wherever `outbound` is.
#[derive(Clone, Debug)]
pub(super) struct ObjectGlob {
    /// As the user wrote it.
    pub(super) text: String,
    matcher: GlobMatcher,
}

impl ObjectGlob {
    /// The cause, where it is not a glob.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        let glob = GlobBuilder::new(text)
            .literal_separator(true)
            .build()
            .map_err(|error| format!("`{text}` is no pattern: {}", error.kind().to_string().to_lowercase()))?;
        Ok(Self { text: text.to_owned(), matcher: glob.compile_matcher() })
    }

    pub(super) fn matches(&self, uri: &str) -> bool {
        let tails = uri.match_indices('/').filter_map(|(at, _)| uri.get(at + 1..));
        std::iter::once(uri).chain(tails).any(|tail| self.matcher.is_match(tail))
    }
}

#[cfg(test)]
mod tests {
    use super::ObjectGlob;

    #[test]
    fn matches_the_whole_or_a_tail() {
        let cases = [
            ("outbound/**/stations.csv", "/data/outbound/2026/q1/stations.csv", true),
            ("outbound/**/stations.csv", "outbound/stations.csv", true),
            ("outbound/**/stations.csv", "inbound/stations.csv", false),
            ("stations.csv", "outbound/stations.csv", true),
            ("stations.csv", "outbound/old_stations.csv", false),
            ("**/visits_*.csv", "visits_1.csv", true),
            ("**/visits_*.csv", "a/b/visits_1.csv", true),
            ("visits/*.csv", "visits/a/b.csv", false),
            ("/data/*.csv", "/data/x.csv", true),
        ];
        for (glob, uri, expected) in cases {
            assert_eq!(ObjectGlob::new(glob).unwrap().matches(uri), expected, "`{glob}` on `{uri}`");
        }
        assert!(ObjectGlob::new("[a").is_err());
    }
}
