//! Whatever the order, the splits and the secret: the same census, the one of the definitions, with bounds that hold.

use std::collections::BTreeSet;
use std::sync::Arc;

use exportscan::count::{Census, CountError, Figures, Mentions, Room};
use exportscan::model::{Class, ClassSet, IdentifierKind, Key, Level, MentionBatch};
use proptest::prelude::*;

use super::reference::{self, Id, Row};
use super::{key, mentions};

const CLASSES: [Class; 3] = [Class::PersonName, Class::HealthDiagnosis, Class::VehicleTrack];

/// Few enough identifiers that most collide; two kinds and more of each level.
const KINDS: [IdentifierKind; 13] = [
    IdentifierKind::ResidentId,
    IdentifierKind::ResidencePermit,
    IdentifierKind::TravelPermit,
    IdentifierKind::Mobile,
    IdentifierKind::Email,
    IdentifierKind::Account,
    IdentifierKind::Pseudonym,
    IdentifierKind::Vin,
    IdentifierKind::Plate,
    IdentifierKind::VehiclePseudonym,
    IdentifierKind::Masked,
    IdentifierKind::NameBirth,
    IdentifierKind::Name,
];

pub(super) fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let classes = (0u8..8)
        .prop_map(|bits| (0..3).filter(|bit| bits & (1 << bit) != 0).map(|bit| CLASSES[bit]).collect::<ClassSet>());
    (1u32..9, 1usize..30).prop_flat_map(move |(n_labels, n_rows)| {
        let id = (prop::sample::select(&KINDS[..]), 0..n_labels);
        let ids = prop::collection::btree_set(id, 1..5);
        prop::collection::vec((ids, classes.clone()), 0..n_rows)
    })
}

/// Rows in the given order, cut into parts that are inserted or merged as `plan` says.
fn built(secret: u8, rows: &[Row], order: &[u16], plan: &[bool], room: &Arc<Room>) -> Mentions {
    let mut at: Vec<usize> = (0..rows.len()).collect();
    at.sort_by_key(|at| order.get(*at));
    let mut done: Vec<Mentions> = vec![Mentions::within(room)];
    for (step, at) in at.into_iter().enumerate() {
        match plan.get(step) {
            Some(true) => done.push(Mentions::within(room)),
            Some(false) if done.len() > 1 => {
                let (other, mut one) = (done.pop().unwrap(), done.pop().unwrap());
                one.merge(other);
                done.push(one);
            }
            _ => {}
        }
        let mut batch = MentionBatch::default();
        let keys: Vec<_> = rows[at].0.iter().rev().map(|id| key(secret, *id)).collect();
        batch.push(&keys, rows[at].1);
        done.last_mut().unwrap().insert(&batch);
    }
    done.into_iter().fold(Mentions::within(room), |mut all, part| {
        all.merge(part);
        all
    })
}

/// Every mention, in the order of the store.
fn all(mentions: &Mentions) -> Vec<(Vec<Key>, ClassSet)> {
    let mut all = Vec::new();
    let done: Result<(), CountError> = mentions.for_each(|keys, said| {
        all.push((keys.to_vec(), said.classes));
        Ok(())
    });
    done.unwrap();
    all
}

/// The lists bound each other for every test that wants one of some classes and none of others; the figures always do.
fn check_bounds(census: &Census) -> Result<(), TestCaseError> {
    let sets: Vec<ClassSet> =
        (0u8..8).map(|bits| (0..3).filter(|bit| bits & (1 << bit) != 0).map(|bit| CLASSES[bit]).collect()).collect();
    let sum = |groups: &[(ClassSet, u64)], fit: &dyn Fn(ClassSet) -> bool| -> u64 {
        groups.iter().filter(|(classes, _)| fit(*classes)).map(|(_, n)| n).sum()
    };
    for wanted in sets.iter().copied().map(Some).chain([None]) {
        for unwanted in &sets {
            let fit = |classes: ClassSet| {
                wanted.is_none_or(|wanted| classes.intersects(wanted)) && !classes.intersects(*unwanted)
            };
            let (best, at_most) = (sum(&census.best, &fit), sum(&census.at_most, &fit));
            for (kind, groups) in &census.at_least {
                let at_least = sum(groups, &fit);
                prop_assert!(at_least <= best, "{at_least} {best} {kind:?} {wanted:?} {unwanted:?}");
            }
            prop_assert!(best <= at_most, "{best} {at_most} {wanted:?} {unwanted:?}");
            let two = census.figures(|classes| {
                wanted.is_none_or(|wanted| classes.intersects(wanted)) && classes.intersects(*unwanted)
            });
            prop_assert!(two.at_least <= two.best && two.best <= two.at_most);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_census_is_that_of_the_definitions(rows in any_rows()) {
        let census = mentions(0, &rows).settle().unwrap();
        prop_assert_eq!(&census, &reference::settle(&rows));
        check_bounds(&census)?;
    }

    #[test]
    fn order_splits_and_secret_change_nothing(
        rows in any_rows(),
        order in prop::collection::vec(any::<u16>(), 30),
        plan in prop::collection::vec(any::<bool>(), 30),
        secret in any::<u8>(),
    ) {
        let whole = mentions(secret, &rows);
        let mut built = built(secret, &rows, &order, &plan, &Room::unbounded());
        prop_assert_eq!(all(&whole), all(&built));
        prop_assert_eq!(built.settle().unwrap(), mentions(secret.wrapping_add(1), &rows).settle().unwrap());
    }

    #[test]
    fn memory_and_threads_change_nothing(
        rows in any_rows(),
        order in prop::collection::vec(any::<u16>(), 30),
        plan in prop::collection::vec(any::<bool>(), 30),
        limit in 0u64..100_000,
        threads in 1usize..5,
    ) {
        let room = Room::new(limit, &std::env::temp_dir());
        let mut built = built(9, &rows, &order, &plan, &room);
        prop_assert_eq!(all(&built), all(&mentions(9, &rows)));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        prop_assert_eq!(pool.install(|| built.settle()).unwrap(), reference::settle(&rows));
        // Counting takes nothing away.
        prop_assert_eq!(built.settle().unwrap(), reference::settle(&rows));
    }

    #[test]
    fn names_given_to_identifiers_change_nothing(rows in any_rows(), turn in 1u32..1000) {
        let renamed = |(kind, label): &Id| (*kind, label.wrapping_mul(2_654_435_761).wrapping_add(turn));
        let other: Vec<Row> =
            rows.iter().map(|(ids, classes)| (ids.iter().map(renamed).collect::<BTreeSet<_>>(), *classes)).collect();
        prop_assert_eq!(reference::settle(&rows), reference::settle(&other));
        prop_assert_eq!(mentions(0, &rows).settle().unwrap(), mentions(0, &other).settle().unwrap());
    }

    #[test]
    fn masked_numbers_beside_others_change_nothing(rows in any_rows()) {
        let is_stronger = |(kind, _): &Id| kind.level() < Level::Name;
        let unmasked: Vec<Row> = rows
            .iter()
            .map(|(ids, classes)| {
                let heard = |id: &&Id| id.0 != IdentifierKind::Masked || !ids.iter().any(is_stronger);
                (ids.iter().filter(heard).copied().collect(), *classes)
            })
            .collect();
        prop_assert_eq!(mentions(0, &rows).settle().unwrap(), mentions(0, &unmasked).settle().unwrap());
    }

    #[test]
    fn what_is_deidentified_raises_no_lower_bound(rows in any_rows()) {
        let in_the_clear: Vec<Row> = rows
            .iter()
            .map(|(ids, classes)| (ids.iter().copied().filter(|id| !id.0.is_deidentified()).collect(), *classes))
            .filter(|(ids, _): &Row| !ids.is_empty())
            .collect();
        let least = |rows: &[Row]| mentions(0, rows).settle().unwrap().figures(|_| true).at_least;
        prop_assert!(least(&rows) <= least(&in_the_clear));
    }

    #[test]
    fn merge_is_a_set_union(a in any_rows(), b in any_rows(), c in any_rows()) {
        let [a, b, c] = [a, b, c].map(|rows| mentions(7, &rows));
        let union = |one: &Mentions, other: &Mentions| {
            let mut one = one.clone();
            one.merge(other.clone());
            one
        };
        prop_assert_eq!(all(&union(&a, &b)), all(&union(&b, &a)));
        prop_assert_eq!(all(&union(&union(&a, &b), &c)), all(&union(&a, &union(&b, &c))));
        prop_assert_eq!(all(&union(&a, &a)), all(&a));
        prop_assert_eq!(all(&union(&a, &Mentions::default())), all(&a));
    }
}

/// Enough mentions for every shard, slot and thread.
#[test]
fn large_stores_count_like_small_ones() {
    let mut batch = MentionBatch::default();
    let (person, track) = (ClassSet::of(Class::PersonName), ClassSet::of(Class::VehicleTrack));
    let (mut one, mut other) = (Mentions::default(), Mentions::default());
    for n in 0..100_000 {
        let [resident, mobile, plate] =
            [IdentifierKind::ResidentId, IdentifierKind::Mobile, IdentifierKind::Plate].map(|kind| key(3, (kind, n)));
        batch.clear();
        batch.push(&[plate, resident, mobile], person);
        one.insert(&batch);
        batch.clear();
        batch.push(&[plate], track);
        batch.push(&[key(3, (IdentifierKind::Mobile, n % 1000)), plate], track);
        other.insert(&batch);
    }
    let (mut there, mut back) = (one.clone(), other.clone());
    there.merge(other);
    back.merge(one);
    assert_eq!(all(&there), all(&back));
    let census = there.settle().unwrap();
    assert_eq!(census, back.settle().unwrap());
    // Plates belong to two residents: that of their row, and that of the mobile that a hundred of them share.
    let both = person.union(track);
    assert_eq!(census.best, vec![(person, 99_000), (both, 1000)]);
    assert_eq!(
        census.figures(|_| true),
        Figures { best: 100_000, at_least: 100_000, at_most: 100_000 + 1000 + 100_000 }
    );
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(census, one_thread.install(|| there.settle().unwrap()));
}

/// What a person's key takes, whatever the number of keys that a mention has.
#[test]
fn a_key_takes_at_most_24_bytes_of_memory() {
    const BYTES_AT_MOST: usize = 24;
    for width in 1..4u32 {
        let (mut mentions, mut batch) = (Mentions::default(), MentionBatch::default());
        for n in 0..300_000 / width {
            let keys: Vec<Key> = (0..width).map(|at| key(3, (IdentifierKind::Mobile, n * width + at))).collect();
            batch.push(&keys, ClassSet::of(CLASSES[n as usize % 3]));
            if n % 8192 == 8191 {
                mentions.insert(&batch);
                batch.clear();
                let n_keys = (n as usize + 1) * width as usize;
                let bytes = mentions.heap_bytes();
                assert!(
                    n_keys < 100_000 || bytes <= BYTES_AT_MOST * n_keys,
                    "{bytes} bytes for {n_keys} keys of {width}"
                );
            }
        }
    }
}

/// What does not fit goes to disk, and what cannot is told.
#[test]
fn a_folder_that_takes_nothing_is_an_error_that_names_it() {
    let mut mentions = Mentions::within(&Room::new(0, std::path::Path::new("/nowhere/at/all")));
    let mut batch = MentionBatch::default();
    for n in 0..1000 {
        batch.push(&[key(3, (IdentifierKind::Mobile, n))], ClassSet::EMPTY);
    }
    mentions.insert(&batch);
    let error = mentions.settle().unwrap_err().to_string();
    assert!(error.contains("`/nowhere/at/all`") && error.contains("--memory"), "{error}");
}
