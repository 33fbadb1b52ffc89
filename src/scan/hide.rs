//! Keeps values that folders are named by out of reports.

use super::Scan;
use crate::model::Folder;
use crate::tally::Tally;

/// Hides in the URIs of a tally what is somebody's number in the name of a folder such as `vehicle=京A12345`. A keyed code
/// keeps two of them apart, until [`Tally::settle`] puts a number in its place.
pub(super) fn hide(scan: &Scan<'_>, tally: &mut Tally) {
    let hide = |uri: &mut String| {
        if let Some(hidden) = hidden(scan, uri) {
            *uri = hidden;
        }
    };
    for object in &mut tally.objects {
        hide(&mut object.uri);
        object.finding.iter_mut().for_each(|finding| hide(&mut finding.uri));
        object.coverage.problems.iter_mut().for_each(|problem| hide(&mut problem.object));
    }
    tally.unlisted.iter_mut().for_each(|problem| hide(&mut problem.object));
}

fn hidden(scan: &Scan<'_>, uri: &str) -> Option<String> {
    let is_hidden = |folder: &Folder<'_>| scan.engine.is_value(&folder.value());
    let part = |part: &str| match Folder::parse(part).filter(is_hidden) {
        Some(folder) => folder.hidden(scan.fingerprinter.code(folder.value().as_bytes())),
        None => part.to_owned(),
    };
    let found = uri.split('/').filter_map(Folder::parse).any(|folder| is_hidden(&folder));
    found.then(|| uri.split('/').map(part).collect::<Vec<_>>().join("/"))
}
