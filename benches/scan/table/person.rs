//! Who the rows speak of.

use std::collections::HashSet;

use exportscan::demo::{Random, number};

pub(super) struct Person {
    pub(super) name: String,
    pub(super) resident_id: String,
    pub(super) mobile: String,
    pub(super) plate: String,
}

/// So many persons, none of whom shares a resident ID or a mobile with another.
pub(super) fn distinct(n: usize) -> Vec<Person> {
    let mut random = Random::new(1);
    let mut given = HashSet::new();
    let mut next = || loop {
        let person = Person::new(&mut random);
        if given.insert(person.resident_id.clone()) && given.insert(person.mobile.clone()) {
            return person;
        }
    };
    (0..n).map(|_| next()).collect()
}

impl Person {
    fn new(random: &mut Random) -> Self {
        let area = number::area(random);
        Self {
            name: format!(
                "{}{}",
                random.pick(&["王", "李", "张", "刘", "欧阳"]),
                random.pick(&["伟", "芳", "秀英", "建国", "子涵"])
            ),
            resident_id: number::resident_id(random, area),
            mobile: number::mobile(random),
            plate: number::plate(random, area),
        }
    }
}
