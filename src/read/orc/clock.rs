//! The clock of the writer: times of a place are written as they were for the world, by the zone where they were written.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Midnight of 1 January 2015, from which times are counted.
const EPOCH_SECONDS: i64 = 1_420_070_400;

/// Tells what a clock showed.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock {
    /// A zone that has not always had the same offset, with the one that it had at the epoch.
    zone: Option<(TimeZone, i64)>,
}

impl Clock {
    /// The clock of a zone. One that is in no table (`GMT+08:00`) has always had the same offset.
    pub(super) fn of(name: &str) -> Self {
        let zone = TimeZoneDatabase::bundled().get(name).ok().filter(|zone| zone.to_fixed_offset().is_err());
        let zone = zone.and_then(|zone| {
            let offset = offset(&zone, EPOCH_SECONDS)?;
            Some((zone, offset))
        });
        Self { zone }
    }

    /// Seconds since midnight of 1 January 1970 as the clock showed them, from those since the epoch.
    pub(super) fn shown(&self, seconds: i64) -> Option<i64> {
        let shown = seconds.checked_add(EPOCH_SECONDS)?;
        let Some((zone, at_epoch)) = &self.zone else { return Some(shown) };
        let moment = shown.checked_sub(*at_epoch)?;
        moment.checked_add(offset(zone, moment)?)
    }
}

fn offset(zone: &TimeZone, moment: i64) -> Option<i64> {
    let moment = Timestamp::from_second(moment).ok()?;
    Some(i64::from(zone.to_offset(moment).seconds()))
}

#[cfg(test)]
mod tests {
    use super::{Clock, EPOCH_SECONDS};

    #[test]
    fn summers_are_undone() {
        let shanghai = Clock::of("Asia/Shanghai");
        // Midnights of 1 July 1988, when clocks were an hour ahead, and of 1 February.
        assert_eq!(shanghai.shown(-836_355_600), Some(583_718_400));
        assert_eq!(shanghai.shown(-849_398_400), Some(570_672_000));
        for name in ["GMT", "UTC", "GMT+08:00", "", "nowhere"] {
            assert_eq!(Clock::of(name).shown(-EPOCH_SECONDS), Some(0), "{name}");
        }
        assert_eq!(shanghai.shown(i64::MAX), None);
        assert_eq!(shanghai.shown(i64::MIN), None);
    }
}
