//! Every way through the wizard, page by page, as the server renders it.

use crate::browser::{Form, forms};
use crate::common::published;
use satu_pintu_app::app::{Beside, Rendered, render_with};
use satu_pintu_app::client::sent::Sent;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{Kind, Step, each_path, resolve, to_url};
use satu_pintu_server::clock;
use satu_pintu_server::contents::Published;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const AT: &str = "2026-03-16T09:00:00+08:00";

fn page(content: &Arc<Published>, href: &str, today: Day) -> Rendered {
    let source = content.clone();
    let source = move |path: &str| source.given(path, today);
    // As the answer to a form the page comes without the templates of its own script.
    let beside = Beside { sent: Some(Arc::new(Sent::default())), ..Beside::default() };
    render_with(href, clock::parse(AT).expect("time"), Arc::new(source), beside)
}

/// What a browser sends when one option is ticked and the button pressed.
fn sent(form: &Form, question: &str, option: &str) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    let mut ticked = false;
    for field in &form.fields {
        match field.kind.as_str() {
            "radio" | "checkbox" if field.name == question && field.value == option && !ticked => {
                ticked = true;
                out.append_pair(&field.name, &field.value);
            }
            "radio" | "checkbox" | "submit" => {}
            _ => drop(out.append_pair(&field.name, &field.value)),
        }
    }
    assert!(ticked, "{question} offers no {option}");
    format!("{}?{}", form.action, out.finish())
}

/// The tree of all paths of the rules (one option a class, each value of several by itself) is walked from its root:
/// every question on every way is rendered once, the address of each next page is what its form sends. So every
/// reachable question is seen in every state that a path brings it to. It must be the question that the rules ask
/// there, offer all its options, and hold exactly the answers given; each end must lead to the result of its own
/// answers. Results are rendered once for each list of needs.
#[test]
fn the_pages_ask_what_the_rules_ask_and_end_with_what_they_need() {
    let content = published();
    let rules = content.wizard().expect("a wizard");
    let today: Day = "2026-03-16".parse().expect("day");
    let mut ways = Vec::new();
    each_path(rules, today, &mut |path| ways.push(path.clone())).expect("rules without fault");
    assert!(ways.len() > 10_000, "{}", ways.len());

    // Paths come in the order of the tree: a page is made where one leaves the last.
    let mut trunk: Vec<(String, String)> = Vec::new();
    let mut forms_of: Vec<Form> = Vec::new();
    let mut results: BTreeMap<(String, Vec<String>), String> = BTreeMap::new();
    let mut pages = 0;
    for path in &ways {
        let same = trunk.iter().zip(&path.answers).take_while(|(old, new)| old == new).count();
        trunk.truncate(same);
        forms_of.truncate(same + 1);
        let mut end = None;
        for at in same..path.answers.len() {
            let (question, option) = &path.answers[at];
            if forms_of.len() == at {
                let href = match at {
                    0 => "/izin".to_owned(),
                    _ => sent(&forms_of[at - 1], &trunk[at - 1].0, &trunk[at - 1].1),
                };
                let made = page(&content, &href, today);
                pages += 1;
                assert_eq!(made.onward, None, "{href}");
                let form = forms(&made.html).into_iter().find(|form| form.method == "get").expect("a form");
                let of = |name: &str| form.fields.iter().find(|f| f.name == name && f.kind == "hidden");
                assert_eq!(of("--kirim").map(|f| f.value.clone()), Some(to_url(question)), "{href}");
                for (earlier, value) in &trunk {
                    assert_eq!(of(&to_url(earlier)).map(|f| f.value.clone()), Some(to_url(value)), "{href}");
                }
                let offered: BTreeSet<&str> =
                    form.fields.iter().filter(|f| f.name == *question).map(|f| f.value.as_str()).collect();
                let options = &rules.question(question).expect("a question").options;
                assert_eq!(offered, options.iter().map(|option| option.id()).collect(), "{href}");
                forms_of.push(form);
            }
            trunk.push((question.clone(), option.clone()));
            end = Some(sent(&forms_of[at], question, option));
        }
        let answers: Vec<(String, Vec<String>)> =
            path.answers.iter().map(|(question, option)| (question.clone(), vec![option.clone()])).collect();
        let Ok(Step::Done(done)) = resolve(rules, &answers, today) else { panic!("{:?}", path.answers) };
        let needs: Vec<String> = done.of(Kind::Permit).map(|hit| hit.item.clone()).collect();
        assert_eq!(needs, path.needs);
        let end = end.expect("a path ends somewhere else than the one before");
        let (_, query) = end.split_once('?').expect("answers");
        results.entry((done.outcome.clone(), needs)).or_insert_with(|| query.to_owned());
    }
    for ((_, needs), query) in &results {
        let last = page(&content, &format!("/izin?{query}"), today);
        let result = page(&content, &last.onward.expect("on to the result"), today);
        let cards = result.html.split("<li class=\"permit\">").skip(1);
        let shown = cards.map(|card| card.split("href=\"/layanan/").nth(1).and_then(|rest| rest.split('"').next()));
        assert_eq!(shown.collect::<Option<Vec<_>>>().expect("links"), *needs, "{query}");
    }
    println!("{} paths, {pages} pages, {} results", ways.len(), results.len());
}
