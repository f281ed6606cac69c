//! Which services a list shows: by words and by door, in groups. Pure.

use satu_pintu_api::catalog::ServiceSummary;
use satu_pintu_domain::content::{Category, Channel, Step, TimeUnit};
use satu_pintu_domain::letters::small_text;

/// Groups in the order of a business's life.
pub const CATEGORIES: [Category; 5] =
    [Category::Identity, Category::Basic, Category::Standard, Category::Supporting, Category::Other];

pub const CHANNELS: [Channel; 4] = [Channel::Office, Channel::Oss, Channel::Simbg, Channel::Sihalal];

/// Services of a group that match all words and the door.
pub fn matching<'a>(
    all: &'a [ServiceSummary],
    words: &str,
    channel: Option<Channel>,
    category: Category,
) -> Vec<&'a ServiceSummary> {
    let words = small_text(words);
    let mut found: Vec<&ServiceSummary> = all
        .iter()
        .filter(|s| s.category == category && channel.is_none_or(|c| c == s.channel))
        .filter(|s| {
            let text = small_text(&[&s.name, " ", &s.plain, " ", &s.who, " ", &s.product, " ", &s.id].concat());
            words.split_whitespace().all(|w| text.contains(w))
        })
        .collect();
    crate::order::by_key(&mut found, |s| s.order);
    found
}

/// Time of the steps that count, added up by unit: minutes, hours, working days.
pub fn total(steps: &[Step]) -> [u32; 3] {
    let sum = |unit| steps.iter().filter(|s| s.time.unit == unit).map(|s| s.time.value).sum();
    [sum(TimeUnit::Minute), sum(TimeUnit::Hour), sum(TimeUnit::WorkingDay)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use satu_pintu_domain::content::StepTime;

    fn service(id: &str, name: &str, channel: Channel, order: u32) -> ServiceSummary {
        ServiceSummary {
            id: id.into(),
            name: name.into(),
            plain: "Izin memasang papan nama.".into(),
            who: String::new(),
            channel,
            category: Category::Other,
            order,
            decides: String::new(),
            days: 5,
            minutes: 0,
            cost: Some(0),
            cost_note: String::new(),
            product: String::new(),
            validity: String::new(),
            basis: vec![],
            eligibility: String::new(),
            verified: false,
        }
    }

    #[test]
    fn words_and_door_narrow_the_list() {
        let all = [service("reklame", "Izin reklame", Channel::Office, 2), service("x", "Lain", Channel::Oss, 1)];
        let ids = |words, channel| -> Vec<&str> {
            matching(&all, words, channel, Category::Other).iter().map(|s| s.id.as_str()).collect()
        };
        assert_eq!(ids("", None), ["x", "reklame"]);
        assert_eq!(ids("PAPAN reklame", None), ["reklame"]);
        assert_eq!(ids("", Some(Channel::Oss)), ["x"]);
        assert!(ids("nelayan", None).is_empty());
        assert!(matching(&all, "", None, Category::Basic).is_empty());
    }

    #[test]
    fn steps_of_the_applicant_do_not_count() {
        let step = |value, unit| Step {
            by: None,
            name: String::new(),
            who: String::new(),
            text: String::new(),
            time: StepTime { value, unit },
        };
        let steps = [
            step(1, TimeUnit::WorkingDay),
            step(9, TimeUnit::Applicant),
            step(2, TimeUnit::WorkingDay),
            step(30, TimeUnit::Minute),
        ];
        assert_eq!(total(&steps), [30, 0, 3]);
    }
}
