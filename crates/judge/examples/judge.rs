//! Judges grey pictures from standard input for the bench: `known HASH` says what was given before, `WIDTH HEIGHT`
//! is followed by the points. Answers a line of JSON for each picture.

use satu_pintu_judge::{FEATURES, Hash, Picture, features, judge};
use std::io::{BufRead, Read, Write};

fn main() -> std::io::Result<()> {
    let mut input = std::io::stdin().lock();
    let mut known = Vec::new();
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        if let Some(hash) = line.strip_prefix("known") {
            known = Hash::read(hash.trim()).into_iter().collect();
        } else {
            let mut sides = line.split_whitespace().filter_map(|n| n.parse::<usize>().ok());
            let (width, height) = (sides.next().unwrap_or(0), sides.next().unwrap_or(0));
            let mut grey = vec![0; width * height];
            input.read_exact(&mut grey)?;
            println!("{}", answer(width, height, &grey, &known));
            std::io::stdout().flush()?;
        }
        line.clear();
    }
    Ok(())
}

fn answer(width: usize, height: usize, grey: &[u8], known: &[Hash]) -> String {
    let Some(picture) = Picture::new(width, height, grey) else {
        return "{\"faults\":[],\"hash\":\"\",\"features\":{}}".into();
    };
    let began = std::time::Instant::now();
    let verdict = judge(picture, known);
    let ms = began.elapsed().as_secs_f64() * 1_000.0;
    let faults: Vec<String> = verdict.faults.iter().map(|(fault, _)| format!("\"{}\"", fault.code())).collect();
    let pairs: Vec<String> =
        FEATURES.iter().zip(features(picture)).map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!(
        "{{\"faults\":[{}],\"hash\":\"{}\",\"ms\":{ms:.1},\"features\":{{{}}}}}",
        faults.join(","),
        verdict.hash.shown(),
        pairs.join(",")
    )
}
