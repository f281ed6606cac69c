//! Judges grey pictures from standard input for the bench: `known HASH` says what was given before, `WIDTH HEIGHT`
//! is followed by the points. Answers a line of JSON for each picture. Started with `letters` it says how many
//! marks a letter has, has each answer followed by
//! the letters, their places and marks as numbers of four bytes; and answers `sum WIDTH HEIGHT COUNT`, followed by
//! place and chances of so many letters, with what they say of the page.

use satu_pintu_judge::{Chance, Hash, MARKS, Picture, SUMS, judge, measures, sums};
use std::io::{BufRead, Read, Write};

fn main() -> std::io::Result<()> {
    let letters = std::env::args().nth(1).is_some_and(|word| word == "letters");
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    if letters {
        writeln!(output, "{{\"marks\":{}}}", MARKS.len())?;
        output.flush()?;
    }
    let mut known = Vec::new();
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        let numbers: Vec<usize> = line.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        if let Some(hash) = line.strip_prefix("known") {
            known = Hash::read(hash.trim()).into_iter().collect();
        } else if let [width, height, count] = numbers[..] {
            let mut bytes = vec![0; count * 16];
            input.read_exact(&mut bytes)?;
            let numbers: Vec<f32> =
                bytes.chunks(4).filter_map(|n| Some(f32::from_le_bytes(n.try_into().ok()?))).collect();
            let chances: Vec<Chance> = numbers.chunks(4).filter_map(chance).collect();
            let said = sums((width, height), &chances);
            writeln!(output, "{{{}}}", pairs(&SUMS, &said))?;
        } else if let [width, height] = numbers[..] {
            let mut grey = vec![0; width * height];
            input.read_exact(&mut grey)?;
            answer(&mut output, Picture::new(width, height, &grey), &known, letters)?;
        }
        output.flush()?;
        line.clear();
    }
    Ok(())
}

fn chance(numbers: &[f32]) -> Option<Chance> {
    let [x, y, text, read] = *numbers else { return None };
    Some(Chance { x, y, text, read })
}

fn pairs(names: &[&str], values: &[f32]) -> String {
    let pairs: Vec<String> = names.iter().zip(values).map(|(name, value)| format!("\"{name}\":{value}")).collect();
    pairs.join(",")
}

fn answer(out: &mut impl Write, picture: Option<Picture>, known: &[Hash], letters: bool) -> std::io::Result<()> {
    let Some(picture) = picture else {
        return writeln!(out, "{{\"faults\":[],\"hash\":\"\"}}");
    };
    let began = std::time::Instant::now();
    let verdict = judge(picture, known);
    let ms = began.elapsed().as_secs_f64() * 1_000.0;
    let faults: Vec<String> = verdict.faults.iter().map(|(fault, _)| format!("\"{}\"", fault.code())).collect();
    write!(out, "{{\"faults\":[{}],\"hash\":\"{}\",\"ms\":{ms:.1}", faults.join(","), verdict.hash.shown())?;
    if !letters {
        return writeln!(out, "}}");
    }
    let found = measures(picture);
    let whole: Vec<String> = found.whole.iter().map(f32::to_string).collect();
    writeln!(out, ",\"plain\":{},\"whole\":[{}],\"letters\":{}}}", found.plain, whole.join(","), found.letters.len())?;
    for ((x, y), marks) in found.letters {
        for number in [x, y].into_iter().chain(marks) {
            out.write_all(&number.to_le_bytes())?;
        }
    }
    Ok(())
}
