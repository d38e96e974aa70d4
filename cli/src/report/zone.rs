//! Times of day where people are: UTC+8, where the vendors are, and the time zone of this machine.

use chrono::{DateTime, Local, Offset};
use countersign::Timestamp;

/// A time of day somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zoned {
    pub time: Timestamp,
    /// Seconds east of UTC.
    pub east: i32,
}

impl Zoned {
    /// The time in China, and Singapore.
    pub const fn plus_8(time: Timestamp) -> Self {
        Self { time, east: 8 * 3_600 }
    }

    /// The time where this machine is; UTC for a year no calendar has.
    pub fn local(time: Timestamp) -> Self {
        let moment = DateTime::from_timestamp(time.unix(), 0);
        Self { time, east: moment.map_or(0, |moment| moment.with_timezone(&Local).offset().fix().local_minus_utc()) }
    }

    /// `2024-11-05T10:23:58+08:00`
    pub fn rfc3339(self) -> String {
        let sign = if self.east < 0 { '-' } else { '+' };
        let minutes = self.east.unsigned_abs() / 60;
        format!("{}{sign}{:02}:{:02}", self.clock("T"), minutes / 60, minutes % 60)
    }

    /// `2024-11-05 10:23:58 UTC+8`
    pub fn utc(self) -> String {
        if self.east == 0 {
            return format!("{} UTC", self.clock(" "));
        }
        let sign = if self.east < 0 { '-' } else { '+' };
        let minutes = self.east.unsigned_abs() / 60;
        let rest = match minutes % 60 {
            0 => String::new(),
            rest => format!(":{rest:02}"),
        };
        format!("{} UTC{sign}{}{rest}", self.clock(" "), minutes / 60)
    }

    /// Date and clock, without a zone.
    pub fn clock(self, between: &str) -> String {
        self.time.plus(self.east.into()).to_string().replace('T', between).replace('Z', "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_with_its_zone() {
        let time = Timestamp::from_unix(1_730_773_438);
        let at = |east| Zoned { time, east };
        assert_eq!(Zoned::plus_8(time).rfc3339(), "2024-11-05T10:23:58+08:00");
        assert_eq!(Zoned::plus_8(time).utc(), "2024-11-05 10:23:58 UTC+8");
        assert_eq!(at(-34_200).rfc3339(), "2024-11-04T16:53:58-09:30");
        assert_eq!(at(-34_200).utc(), "2024-11-04 16:53:58 UTC-9:30");
        assert_eq!(at(0).utc(), "2024-11-05 02:23:58 UTC");
        // No calendar has this year, and nothing breaks.
        assert_eq!(Zoned::local(Timestamp::from_unix(i64::MAX)).east, 0);
    }
}
