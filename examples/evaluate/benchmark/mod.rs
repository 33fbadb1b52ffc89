//! Tables as companies write them, with what is true of each: what every column holds, what the rows are, and who is in
//! them.
//!
//! There are two halves by different hands: detection is tuned on [`tune`], and what is claimed for it is measured on
//! [`held_out`]. Everything is drawn from seeds, so the tables are the same in every run; nobody in them is real.

pub(crate) mod damage;
mod held_out;
pub(crate) mod scan;
pub(crate) mod score;
pub(crate) mod style;
mod table;
mod tune;
pub(crate) mod value;
pub(crate) mod write;

pub(crate) use table::{Form, Table};

use exportscan::demo::Random;

/// A generator of tables: its name, how many variants it has, and what draws one of them.
pub(crate) type Generator = (&'static str, u64, fn(&mut Random, u64) -> Table);

/// One half of the benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Half {
    /// Detection is tuned on these.
    Tune,
    /// Detection is measured on these.
    HeldOut,
}

impl Half {
    /// Both halves.
    pub(crate) const ALL: [Self; 2] = [Self::Tune, Self::HeldOut];

    /// Its name, which is that of its folder.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Tune => "tune",
            Self::HeldOut => "held_out",
        }
    }

    /// All its tables, each named after its generator and variant.
    pub(crate) fn tables(self) -> Vec<Table> {
        // Of the second hand every other generator is kept unseen; the others were looked at, and are tuned on.
        let second = held_out::generators().into_iter().enumerate();
        let second = second.filter(|(at, _)| (at % 2 == 1) == (self == Self::HeldOut)).map(|(_, one)| ("second", one));
        let first = tune::generators().into_iter().filter(|_| self == Self::Tune).map(|one| ("first", one));
        let mut tables = Vec::new();
        for (hand, (name, variants, draw)) in first.chain(second) {
            for variant in 0..variants {
                let mut random = Random::new(seed(hand, name, variant));
                let mut table = draw(&mut random, variant);
                table.id = format!("{hand}.{name}.{variant}");
                tables.push(table);
            }
        }
        tables
    }
}

/// A seed of its own for every table, so that a change to one leaves the others as they are (FNV-1a).
fn seed(hand: &str, name: &str, variant: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ variant.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hand.bytes().chain(name.bytes()).fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
