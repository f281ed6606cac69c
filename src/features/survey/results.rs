//! Results by half-year: the index with its grade in words, how many answered, the nine elements as bars that are
//! at the same time the table of their figures, the spread, the raw data, the method.

use super::element_name;
use super::figures;
use crate::client::resource::Resource;
use crate::i18n::{self, Lang, lang, t};
use crate::routes::Route;
use crate::shell::{Affected, Page, catalog_and};
use crate::ui::{Details, Tone, tag};
use leptos::prelude::*;
use satu_pintu_api::survey::{HalfResult, Results};
use satu_pintu_domain::content::SurveyCategory;
use satu_pintu_domain::survey::{Element, Grade, HalfYear, Index};

/// So many results are shown open; older ones wait behind their index.
const OPEN: usize = 2;

pub fn page() -> AnyView {
    let w = t().survey();
    let results: Resource<Results> = Resource::new("/survey/results".to_string());
    catalog_and(results, move |catalog, results| {
        let all: Vec<AnyView> = results.halves.iter().enumerate().map(|(at, half)| whole(at, half)).collect();
        let none = all.is_empty().then_some(w.results_none);
        let method = method(&catalog.survey.category);
        view! {
            <Page title=w.results_title lead=w.results_lead affected=Affected::None back=Route::Survey.link()>
                {none.map(|text| view! { <p>{text}</p> })}
                {all}
                {method}
                <p><a class="btn quiet" href=Route::Survey.link()>{w.results_answer}</a></p>
            </Page>
        }
        .into_any()
    })
}

fn comma(text: &str) -> String {
    figures::decimal(text, lang() != Lang::En)
}

pub fn half_name(half: HalfYear) -> String {
    let w = t().survey();
    if half.half == 1 { w.results_half_1(half.year) } else { w.results_half_2(half.year) }
}

fn count(n: u64) -> String {
    i18n::number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn grade_words(grade: Grade) -> &'static str {
    let w = t().survey();
    match grade {
        Grade::A => w.grade_a,
        Grade::B => w.grade_b,
        Grade::C => w.grade_c,
        Grade::D => w.grade_d,
    }
}

fn grade_tone(grade: Grade) -> Tone {
    match grade {
        Grade::A | Grade::B => Tone::Done,
        Grade::C => Tone::Wait,
        Grade::D => Tone::Stop,
    }
}

fn whole(at: usize, result: &HalfResult) -> AnyView {
    let w = t().survey();
    let name = half_name(result.half);
    let id = format!("hasil-{at}");
    let batch = (!result.label.is_empty()).then(|| {
        view! { <p class="small">{w.results_batch_note}</p> }
    });
    let mark = (!result.label.is_empty()).then(|| view! { " " {tag(Tone::Plain, w.results_batch(&result.label))} });
    let body = match &result.index {
        Some(index) => figures_of(at, result, index),
        None => view! { <p>{w.results_few(count(result.n))}</p> }.into_any(),
    };
    let section = view! {
        <section class="result-half" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{name.clone()} {mark}</h2>
            {batch}
            {body}
        </section>
    };
    if at < OPEN {
        return section.into_any();
    }
    let index = result.index.as_ref().and_then(|i| i.index.as_deref()).map(comma);
    let summary = [Some(name), index].into_iter().flatten().collect::<Vec<_>>().join(": ");
    view! { <Details summary=summary>{section}</Details> }.into_any()
}

fn figures_of(at: usize, result: &HalfResult, index: &Index) -> AnyView {
    let w = t().survey();
    let value = index.index.clone().unwrap_or_default();
    let grade = index.grade;
    let n = [w.results_n(count(result.n)), w.results_needed(count(result.needed))].join(", ");
    let enough = figures::enough(result);
    let enough_words = if enough { w.results_enough } else { w.results_not_enough };
    let lowest = figures::lowest(index);
    let names: Vec<&str> = lowest.iter().map(|e| element_name(*e)).collect();
    let csv = result.csv.clone();
    view! {
        <div class="index">
            <p class="value">
                <span class="hidden-text">{w.results_index} ": "</span>
                <b>{comma(&value)}</b>
                {grade.map(|g| tag(grade_tone(g), w.results_grade(figures::letter(g), grade_words(g))))}
            </p>
            {scale(&value)}
            <p class="small">{w.results_scale}</p>
            <p><b>{n}"."</b> " " {enough_words}</p>
        </div>
        {elements(index, &lowest)}
        {(!names.is_empty()).then(|| view! { <p>{w.results_lowest_text(names.join(", "))}</p> })}
        {spread(at, result)}
        {(!csv.is_empty()).then(|| view! {
            <p class="csv"><a href=csv download="">{w.results_csv}</a> <small>{w.results_csv_text}</small></p>
        })}
    }
    .into_any()
}

/// Where the index lies between 25 and 100 among the four grades. The words beside it say the same.
fn scale(value: &str) -> AnyView {
    // 25 to 100 on 300 units; grades open at 65.00, 76.61 and 88.31.
    let at = (figures::permille(value, 100).saturating_sub(250) * 300 / 750).min(300);
    let bands = [(0, 159, "d", "D"), (160, 46, "c", "C"), (207, 46, "b", "B"), (254, 46, "a", "A")];
    view! {
        <svg class="scale" viewBox="-8 0 316 44" aria-hidden="true" focusable="false">
            {bands.into_iter().map(|(x, width, class, letter)| view! {
                <rect class=class x=x y="16" width=width height="12" />
                <text x=x + width / 2 y="42" text-anchor="middle">{letter}</text>
            }).collect_view()}
            <path class="pin" d=format!("M{at} 18l-7-13h14z") />
        </svg>
    }
    .into_any()
}

fn elements(index: &Index, lowest: &[Element]) -> AnyView {
    let w = t().survey();
    let row = |element: Element| {
        let mean = index.elements.get(&element).cloned().unwrap_or_default();
        let width = (figures::permille(&mean, 4) / 10).to_string();
        let low = lowest.contains(&element);
        view! {
            <tr class:low=low>
                <th scope="row">{element_name(element)} " " {low.then(|| tag(Tone::Wait, w.results_lowest))}</th>
                <td>
                    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                        <rect class="rail" width="100" height="8"></rect>
                        <rect class="fill" width=width height="8"></rect>
                    </svg>
                    <span class="figure">{comma(&mean)}</span>
                </td>
            </tr>
        }
    };
    view! {
        <table class="bars elements">
            <caption>{w.results_elements}</caption>
            <thead><tr><th scope="col">{w.results_element}</th><th scope="col">{w.results_mean}</th></tr></thead>
            <tbody>{Element::ALL.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn spread(at: usize, result: &HalfResult) -> AnyView {
    let w = t().survey();
    if result.spread.is_empty() {
        return ().into_any();
    }
    let rows: Vec<(Element, [u64; 4])> =
        Element::ALL.into_iter().filter_map(|e| Some((e, *result.spread.get(&e)?))).collect();
    let row = |(element, counts): (Element, [u64; 4])| {
        view! {
            <tr>
                <th scope="row">{element_name(element)} {stack(counts)}</th>
                {counts.map(|n| view! { <td class="figure">{count(n)}</td> })}
            </tr>
        }
    };
    let id = format!("sebaran-{at}");
    view! {
        <Details summary=w.results_spread>
            <p id=id.clone()>{w.results_spread_text}</p>
            <table class="plain-table spread" aria-describedby=id>
                <caption class="hidden-text">{w.results_spread}</caption>
                <thead>
                    <tr>
                        <th scope="col">{w.results_element}</th>
                        {(1..=4).map(|score| view! {
                            <th scope="col" class="figure">
                                <span class="hidden-text">{w.results_score(score)}</span>
                                <span aria-hidden="true">{score}</span>
                            </th>
                        }).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </Details>
    }
    .into_any()
}

/// Four shares side by side, from lowest to highest.
fn stack(counts: [u64; 4]) -> AnyView {
    let all: u64 = counts.iter().sum::<u64>().max(1);
    let mut from = 0;
    let part = |(i, n): (usize, u64)| {
        let x = from * 200 / all;
        from += n;
        let width = from * 200 / all - x;
        view! { <rect class=format!("s{}", i + 1) x=x width=width height="8" /> }
    };
    let parts: Vec<_> = counts.into_iter().enumerate().map(part).collect();
    view! {
        <svg class="stack" viewBox="0 0 200 8" preserveAspectRatio="none" aria-hidden="true">{parts}</svg>
    }
    .into_any()
}

fn method(categories: &[SurveyCategory]) -> AnyView {
    let w = t().survey();
    let known = |letter: &str| match letter {
        "A" => w.grade_a,
        "B" => w.grade_b,
        "C" => w.grade_c,
        _ => w.grade_d,
    };
    let rows: Vec<_> = categories
        .iter()
        .rev()
        .map(|c| {
            let range = [comma(&c.from), comma(&c.to)].join("–");
            view! {
                <tr><th scope="row">{c.grade.clone()}</th><td>{range}</td><td>{known(&c.grade)}</td></tr>
            }
        })
        .collect();
    view! {
        <Details summary=w.results_method>
            <p>{w.results_method_text}</p>
            <p>{w.results_method_law}</p>
            <p>{w.results_method_needed}</p>
            <table class="plain-table">
                <caption class="hidden-text">{w.results_category}</caption>
                <thead>
                    <tr>
                        <th scope="col">{w.results_category}</th>
                        <th scope="col">{w.results_category_from}</th>
                        <th scope="col">{w.results_category_words}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Details>
    }
    .into_any()
}
