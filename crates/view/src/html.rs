//! A view as HTML, on the host.

use crate::element::{Parts, Sets};
use crate::value::Value;
use crate::view::{AnyView, Kind};

/// Elements without an end.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "wbr", "meta"];

impl AnyView {
    /// The HTML of this view as it is now. What follows signals is asked once.
    pub fn to_html(self) -> String {
        let mut html = String::new();
        write(self, &mut html);
        html
    }
}

fn write(view: AnyView, html: &mut String) {
    match *view.0 {
        Kind::Nothing => {}
        Kind::Text(text) => escape(&text, html),
        Kind::Element(element) => write_element(*element.0, html),
        Kind::Inert { html: inert, .. } => html.push_str(&inert),
        Kind::List(list) => list.into_iter().for_each(|view| write(view, html)),
        Kind::Live(mut live) => write(live.make(), html),
        Kind::Named(_, view) => write(view, html),
        Kind::Rows(rows, _) => {
            for row in rows {
                let (_owner, view) = (row.make)();
                write(view, html);
            }
        }
    }
}

fn write_element(element: Parts, html: &mut String) {
    html.push('<');
    html.push_str(element.tag);
    let mut classes = String::new();
    let mut inside = None;
    // Where an attribute is also set as a property, the property is what it is now.
    let properties: Vec<&str> =
        element.attributes.iter().filter(|a| a.sets == Sets::Property).map(|a| a.name).collect();
    for attribute in element.attributes {
        if attribute.sets == Sets::Attribute && properties.contains(&attribute.name) {
            continue;
        }
        let value = match attribute.value {
            Value::Live(mut live) => live.ask(),
            value => value,
        };
        match (attribute.sets, value) {
            (_, Value::Off | Value::Live(_)) | (Sets::Style, _) => {}
            (Sets::Class, _) => add_class(attribute.name, &mut classes),
            (Sets::Inside, Value::Text(text)) => inside = Some(text),
            (Sets::Inside, Value::On) => {}
            (Sets::Property, Value::Text(text)) if element.tag == "textarea" => {
                let mut escaped = String::new();
                escape(&text, &mut escaped);
                inside = Some(escaped.into());
            }
            (_, Value::Text(text)) if attribute.name == "class" => add_class(&text, &mut classes),
            (_, Value::Text(text)) => {
                html.push(' ');
                html.push_str(attribute.name);
                html.push_str("=\"");
                escape(&text, html);
                html.push('"');
            }
            (_, Value::On) => {
                html.push(' ');
                html.push_str(attribute.name);
            }
        }
    }
    if !classes.is_empty() {
        html.push_str(" class=\"");
        escape(&classes, html);
        html.push('"');
    }
    html.push('>');
    if VOID.contains(&element.tag) {
        return;
    }
    match inside {
        Some(inside) => html.push_str(&inside),
        None => element.children.into_iter().for_each(|child| write(child, html)),
    }
    html.push_str("</");
    html.push_str(element.tag);
    html.push('>');
}

fn add_class(class: &str, classes: &mut String) {
    if !classes.is_empty() {
        classes.push(' ');
    }
    classes.push_str(class);
}

fn escape(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            letter => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[component]
    fn Box(children: Children) -> impl IntoView {
        view! { <section class="box">{children()}</section> }
    }

    #[test]
    fn a_view_is_html() {
        let on = RwSignal::new(true);
        let list = ["a", "b"].map(|text| view! { <li>{text}</li> });
        let html = view! {
            <Box>
                <p class="x" class:on=on class:off=move || !on.get() title=r#"<"&">"#>{move || on.get().then_some("<1> & 2")}</p>
                <ul>{list}</ul>
                <input type="text" value="v" prop:value="v" disabled=on hidden=false prop:checked=true on:input=|_| () />
                <textarea prop:value="a<b"></textarea>
                <br />
                {None::<String>} {7}
            </Box>
        };
        let want = concat!(
            r#"<section class="box"><p title="&lt;&quot;&amp;&quot;&gt;" class="x on">&lt;1&gt; &amp; 2</p>"#,
            r#"<ul><li>a</li><li>b</li></ul><input type="text" value="v" disabled checked><textarea>a&lt;b</textarea>"#,
            "<br>7</section>"
        );
        assert_eq!(html.into_any().to_html(), want);
    }

    #[test]
    fn rows_are_written_in_order() {
        let each = || vec![1, 2, 3];
        let html = view! { <For each key=|n: &i32| n.to_string() children=|n| view! { <b>{n}</b> } /> };
        assert_eq!(html.into_any().to_html(), "<b>1</b><b>2</b><b>3</b>");
    }
}
