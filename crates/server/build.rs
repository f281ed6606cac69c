//! A release build carries the built app and the content inside it: it is made anew when they change.
//! A debug build reads both from disk.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../content");
        // Without the app there is nothing to look at; naming a missing folder would build every time.
        let dist = std::path::Path::new("../../dist");
        println!("cargo::rerun-if-changed={}", if dist.is_dir() { "../../dist" } else { "../../index.html" });
    }
}
