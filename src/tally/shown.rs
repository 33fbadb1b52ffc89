//! Names for objects in folders whose names are not shown: numbers in place of keyed codes, so that the report does not
//! depend on the key.

use std::collections::BTreeMap;

use super::ObjectTally;
use crate::model::{Folder, Problem};

/// Takes the codes off the URIs. Those that are the same without them are numbered in the order of what they came to, in
/// which no two that differ can be confused.
pub(super) fn show(objects: &mut [ObjectTally]) {
    let mut same: BTreeMap<String, Vec<&mut ObjectTally>> = BTreeMap::new();
    for object in objects.iter_mut() {
        if let Some(uri) = Folder::without_codes(&object.uri) {
            same.entry(uri).or_default().push(object);
        }
    }
    if same.is_empty() {
        return;
    }
    for (uri, mut objects) in same {
        for object in &mut objects {
            name(object, &uri);
        }
        objects.sort_by_cached_key(|object| format!("{object:?}"));
        if objects.len() > 1 {
            for (n, object) in objects.iter_mut().enumerate() {
                name(object, &format!("{uri} ({})", n + 1));
            }
        }
    }
    objects.sort_by(|a, b| a.uri.cmp(&b.uri));
}

fn name(object: &mut ObjectTally, uri: &str) {
    let before = std::mem::replace(&mut object.uri, uri.to_owned());
    object.finding.iter_mut().for_each(|finding| uri.clone_into(&mut finding.uri));
    for said in &mut object.coverage.problems {
        if said.object == before {
            uri.clone_into(&mut said.object);
        } else {
            *said = problem(said.clone());
        }
    }
}

/// A problem without codes.
pub(super) fn problem(problem: Problem) -> Problem {
    let object = Folder::without_codes(&problem.object).unwrap_or(problem.object);
    Problem { object, ..problem }
}
