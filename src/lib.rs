//! The citizen app of Satu Pintu: a Leptos program for the browser (feature `csr`) whose views also render to
//! HTML on the host (feature `ssr`). The two features never meet in one cargo call.
//!
//! ```text
//! answers.rs  answers in the address and in words, for the wizard and its result
//! routes.rs   every address, once: `Route::parse`, `Route::link()`; queries in routes::query
//! program.rs  the programs that the app comes in, and the page of each route
//! app.rs      contexts, and the whole page of a program
//! order.rs    sorting short lists
//! i18n.rs     `t()`: typed messages made by build.rs from content/words/<lang>/interface/*.toml;
//!             money, dates
//! shell/      header, footer, notices, `Page` (every page's frame, its h1 and title), navigation and focus
//! ui/         components: know no client, no route, no feature
//! client/     REST calls, the catalog, problems into words
//! platform/   the only code that touches web_sys; on the host every call is a quiet nothing
//! features/   one folder a journey: page.rs shows, state.rs decides (pure, tested on the host)
//! ```
//!
//! Rules
//! * Features never import each other. `ui` knows no `client`. `web_sys` only under `platform`.
//! * Signals are read with `.get()`. No signal made by a child outlives it: what must live longer is made in
//!   `app.rs` or in the page that owns it. After an `.await` use `try_set`/`try_get`.
//! * Links are links and forms are forms with a real method and action: the server answers them without script.
//! * No inline `style` attributes (the content security policy forbids them): classes, or `style:width=...`
//!   (set through the DOM), and in SVG plain attributes.
//! * Addresses hold only `[A-Za-z0-9-]`, values of a query are joined by `.`; nothing personal in them.
//! * Every page shows exactly one `ui::Heading` (through `shell::Page` or `ui::Question`); it names the
//!   document and takes the focus after navigation.
//! * Views end in `.into_any()` where they branch: it keeps the program small.

#![recursion_limit = "256"]

pub mod answers;
pub mod app;
pub mod client;
pub mod features;
pub mod i18n;
pub mod order;
pub mod platform;
pub mod program;
pub mod routes;
pub mod shell;
pub mod ui;

/// Starts the app in the browser, in the `#app` of index.html.
#[cfg(target_arch = "wasm32")]
pub fn start(program: program::Program) {
    platform::crash::report_panics();
    if let Some(place) = platform::document::place() {
        leptos::mount::mount_to(&place, move || app::app(program));
    }
    platform::crash::started();
}
