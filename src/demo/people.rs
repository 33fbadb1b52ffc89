//! The people of the demo: nobody real, each with numbers that nobody else in it has unless it is said.

use std::collections::BTreeSet;

use super::{Random, number};

/// How many owners there are: more than the 10,000 from which sensitive data of persons needs an assessment.
const N_OWNERS: usize = 12_000;
/// How many pairs of owners share a mobile, as families do.
const N_SHARED_MOBILES: usize = 40;
/// How many pairs of owners share a vehicle.
const N_SHARED_VEHICLES: usize = 30;

/// A mobile of the call centre, which its system enters where the caller's is not known.
pub(super) const HOTLINE: &str = "18600009999";

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾",
    "彭", "吕", "欧阳", "司马", "上官",
];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "霞",
    "平", "刚", "桂英", "建国", "建华", "文静", "志强", "海燕", "晓东", "雪梅", "子涵", "浩然", "思远", "雨桐", "佳怡",
    "俊杰", "玉兰", "红梅", "国庆", "春华", "振宇",
];

/// A vehicle.
#[derive(Clone, Debug)]
pub(super) struct Vehicle {
    pub(super) vin: String,
    pub(super) plate: String,
    pub(super) model: &'static str,
}

/// Who owns vehicles.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    pub(super) name: String,
    pub(super) resident_id: String,
    pub(super) mobile: String,
    /// Whether another owner has the same mobile.
    pub(super) mobile_shared: bool,
    pub(super) city: &'static str,
    pub(super) vehicles: Vec<Vehicle>,
}

/// Who is known by a mobile and a name alone.
#[derive(Clone, Debug)]
pub(super) struct Contact {
    pub(super) name: String,
    pub(super) mobile: String,
    pub(super) plate: String,
}

/// Everybody.
#[derive(Clone, Debug)]
pub(super) struct People {
    pub(super) owners: Vec<Owner>,
    /// Charge a car without owning one that the company knows.
    pub(super) drivers: Vec<Contact>,
    /// Send parts.
    pub(super) senders: Vec<Contact>,
    /// Receive parts, and are no owners.
    pub(super) receivers: Vec<Contact>,
}

impl People {
    /// The people of the demo.
    pub(super) fn new() -> Self {
        let mut registry = Registry::new();
        let mut owners: Vec<Owner> = (0..N_OWNERS).map(|_| registry.owner()).collect();
        share(&mut owners);
        Self {
            owners,
            drivers: (0..150).map(|_| registry.contact()).collect(),
            senders: (0..12).map(|_| registry.contact()).collect(),
            receivers: (0..250).map(|_| registry.contact()).collect(),
        }
    }

    /// Owners whose mobile is theirs alone, `n` of them, from the `from`-th on.
    pub(super) fn own_mobiles(&self, from: usize, n: usize) -> impl Iterator<Item = &Owner> {
        self.owners.iter().skip(from).filter(|owner| !owner.mobile_shared).take(n)
    }
}

/// Gives neighbours in the list a mobile or a vehicle in common.
fn share(owners: &mut [Owner]) {
    for pair in owners.chunks_exact_mut(2).take(N_SHARED_MOBILES) {
        if let [first, second] = pair {
            second.mobile.clone_from(&first.mobile);
            first.mobile_shared = true;
            second.mobile_shared = true;
        }
    }
    for pair in owners.chunks_exact_mut(2).skip(N_SHARED_MOBILES).take(N_SHARED_VEHICLES) {
        if let [first, second] = pair {
            second.vehicles.clone_from(&first.vehicles);
        }
    }
}

/// Draws numbers and remembers them, so that none is given twice.
struct Registry {
    random: Random,
    given: BTreeSet<String>,
}

impl Registry {
    fn new() -> Self {
        Self { random: Random::new(0x0001), given: BTreeSet::from([HOTLINE.to_owned()]) }
    }

    fn unique(&mut self, draw: impl Fn(&mut Random) -> String) -> String {
        loop {
            let drawn = draw(&mut self.random);
            if self.given.insert(drawn.clone()) {
                return drawn;
            }
        }
    }

    fn owner(&mut self) -> Owner {
        let area = number::area(&mut self.random);
        let n_vehicles = if self.random.one_in(8) { 2 } else { 1 };
        Owner {
            name: name(&mut self.random),
            resident_id: self.unique(|random| number::resident_id(random, area)),
            mobile: self.unique(number::mobile),
            mobile_shared: false,
            city: area.1,
            vehicles: (0..n_vehicles).map(|_| self.vehicle(area)).collect(),
        }
    }

    fn vehicle(&mut self, area: number::Area) -> Vehicle {
        Vehicle {
            vin: self.unique(number::vin),
            plate: self.unique(|random| number::plate(random, area)),
            model: self.random.pick(&["E5 标准版", "E5 长续航版", "E7 四驱版", "S3 混动版"]),
        }
    }

    fn contact(&mut self) -> Contact {
        let area = number::area(&mut self.random);
        Contact {
            name: name(&mut self.random),
            mobile: self.unique(number::mobile),
            plate: self.unique(|random| number::plate(random, area)),
        }
    }
}

/// A name; one in 200 is of the form that has a dot in the middle.
fn name(random: &mut Random) -> String {
    if random.one_in(200) {
        let first = random.pick(&["阿依古丽", "古丽娜尔", "艾尔肯", "玛依拉"]);
        return format!("{first}·{}", random.pick(&["买买提", "吐尔逊", "阿不都拉"]));
    }
    format!("{}{}", random.pick(SURNAMES), random.pick(GIVEN))
}
