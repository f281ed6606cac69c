//! Line icons, 24 by 24, in the colour of the text. They are never alone: words stand beside them.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Door,
    Search,
    Paper,
    Clock,
    Speech,
    Phone,
    Next,
    Check,
    Warning,
    Camera,
    Coin,
    Person,
    Shield,
    Book,
    Print,
    Share,
    Link,
    Place,
    Cloud,
}

/// The paths of an icon.
fn paths(icon: Icon) -> &'static [&'static str] {
    match icon {
        Icon::Door => &["M4.5 21V8L12 3.5 19.5 8v13M2.5 21h19"],
        Icon::Search => &["M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13", "m15.5 15.5 5.5 5.5"],
        Icon::Paper => &["M6 3h9l4 4v14H6z", "M14.5 3v5H19M9 12.500h7M9 16.500h7"],
        Icon::Clock => &["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18", "M12 7v5l3.5 2"],
        Icon::Speech => &["M4 5h16v11H9.500L5 20v-4H4z", "M8.5 10.500h7"],
        Icon::Phone => &[
            "M5 4h4l2 5-2.5 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1.5 1.5 0 0 1-1.5 1.500A15.5 15.5 0 0 1 3.5 5.5 1.5 1.5 0 0 1 5 4z",
        ],
        Icon::Next => &["m9 5 7 7-7 7"],
        Icon::Check => &["m5 12.5 4.5 4.500L19 7.5"],
        Icon::Warning => &["M12 4 2.5 20h19z", "M12 10v4.500M12 17v.500"],
        Icon::Camera => &["M4 8h3.500L9 5.500h6L16.5 8H20v11H4z", "M12 10.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6"],
        Icon::Coin => &["M3 6.5h18v11H3z", "M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M6 9.5v5M18 9.5v5"],
        Icon::Person => &["M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8", "M4.5 20.500c.500-4 3.5-6 7.5-6s7 2 7.5 6"],
        Icon::Shield => &["M12 3 5 6v5.500c0 4.5 3 8 7 9.5 4-1.5 7-5 7-9.500V6z", "m9 12 2.2 2.200L15.5 10"],
        Icon::Book => &["M5 4.500c3 0 5 .500 7 2 2-1.5 4-2 7-2v13.500c-3 0-5 .500-7 2-2-1.5-4-2-7-2z", "M12 6.500V20"],
        Icon::Print => &["M7 9V4h10v5M7 17H4.500V9h15v8H17", "M7 14h10v6.500H7z"],
        Icon::Share => &["M12 15V4M8 7.5 12 3.500l4 4", "M6 11.500H5V20.500h14v-9h-1"],
        Icon::Link => &["M14 5h5v5M19 5l-8.5 8.5", "M17 14v5H5V7h5"],
        Icon::Place => &[
            "M12 3.500a6.5 6.5 0 0 1 6.5 6.500c0 4.5-6.5 11-6.5 11S5.5 14.5 5.5 10A6.5 6.5 0 0 1 12 3.5",
            "M12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
        ],
        Icon::Cloud => &["M7 18.500a4 4 0 0 1-.500-8 5.5 5.5 0 0 1 10.7-.800A4.5 4.5 0 0 1 16.5 18.500z"],
    }
}

pub fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
            stroke-linejoin="round" aria-hidden="true" focusable="false">
            {paths(icon).iter().map(|d| view! { <path d=*d /> }).collect_view()}
        </svg>
    }
    .into_any()
}
