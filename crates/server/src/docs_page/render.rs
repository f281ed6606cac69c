//! The page: operations by tag, then every schema they speak of. Input is the OpenAPI document as JSON.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write;

const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

/// Text as HTML.
fn esc(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn object<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.get(key).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// The whole page.
pub fn page(document: &Value) -> String {
    let info = document.get("info").cloned().unwrap_or_default();
    let mut tags: BTreeMap<&str, Vec<(&str, &str, &Value)>> = BTreeMap::new();
    for (path, operations) in object(document, "paths") {
        for method in METHODS {
            if let Some(operation) = operations.get(method) {
                let tag = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or("other");
                tags.entry(tag).or_default().push((path, method, operation));
            }
        }
    }
    let mut out = String::new();
    let title = esc(text(&info, "title"));
    let _ = write!(
        out,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} API</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/api/docs.css\"></head>\
         <body><header><h1>{title} API <small>{}</small></h1><p>{}</p>\
         <p>The same as JSON: <a href=\"/api/openapi.json\">/api/openapi.json</a></p></header>",
        esc(text(&info, "version")),
        code_spans(text(&info, "description")),
    );
    out.push_str("<nav aria-label=\"Contents\"><ul>");
    for (tag, operations) in &tags {
        let _ = write!(out, "<li><a href=\"#tag-{0}\">{0}</a> {1}</li>", esc(tag), operations.len());
    }
    out.push_str("<li><a href=\"#schemas\">schemas</a></li></ul></nav><main>");
    for (tag, operations) in &tags {
        let _ = write!(out, "<section><h2 id=\"tag-{0}\">{0}</h2>", esc(tag));
        for (path, method, operation) in operations {
            self::operation(&mut out, path, method, operation);
        }
        out.push_str("</section>");
    }
    out.push_str("<section><h2 id=\"schemas\">Schemas</h2>");
    if let Some(components) = document.get("components") {
        for (name, schema) in object(components, "schemas") {
            let _ = write!(out, "<article class=\"schema\"><h3 id=\"schema-{0}\">{0}</h3>", esc(name));
            self::schema(&mut out, schema);
            out.push_str("</article>");
        }
    }
    out.push_str("</section></main></body></html>");
    out
}

/// Text with `code` between backticks.
fn code_spans(text: &str) -> String {
    let mut out = String::new();
    for (i, part) in text.split('`').enumerate() {
        if i % 2 == 1 {
            let _ = write!(out, "<code>{}</code>", esc(part));
        } else {
            out.push_str(&esc(part));
        }
    }
    out
}

fn operation(out: &mut String, path: &str, method: &str, operation: &Value) {
    let id = text(operation, "operationId");
    let _ = write!(
        out,
        "<article><h3 id=\"{}-{}\"><b class=\"method {method}\">{}</b> <code>{}</code></h3>",
        esc(method),
        esc(id),
        method.to_uppercase(),
        esc(path)
    );
    for key in ["summary", "description"] {
        let said = text(operation, key);
        if !said.is_empty() {
            let _ = write!(out, "<p>{}</p>", code_spans(said));
        }
    }
    let needs: Vec<&str> = operation
        .get("security")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .flat_map(|scheme| scheme.keys().map(String::as_str))
        .collect();
    if !needs.is_empty() {
        let how = match needs[0] {
            "key" => "the application's key as <code>Authorization: Bearer</code>".to_owned(),
            "session" => "a staff session (cookie)".to_owned(),
            other => esc(other),
        };
        let _ = write!(out, "<p class=\"needs\">Needs {how}.</p>");
    }
    parameters(out, operation);
    if let Some(body) = operation.get("requestBody") {
        let _ = write!(out, "<p>Body: {}</p>", content(body));
    }
    out.push_str("<dl>");
    for (status, response) in object(operation, "responses") {
        let _ = write!(
            out,
            "<div><dt>{}</dt><dd>{} {}</dd></div>",
            esc(status),
            content(response),
            code_spans(text(response, "description"))
        );
    }
    out.push_str("</dl></article>");
}

fn parameters(out: &mut String, operation: &Value) {
    let Some(parameters) = operation.get("parameters").and_then(Value::as_array).filter(|p| !p.is_empty()) else {
        return;
    };
    out.push_str(
        "<table><caption>Parameters</caption><thead><tr><th>Name</th><th>In</th><th>Type</th><th></th></tr></thead><tbody>",
    );
    for parameter in parameters {
        let required = parameter.get("required").and_then(Value::as_bool).unwrap_or(false);
        let _ = write!(
            out,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td>{} {}</td></tr>",
            esc(text(parameter, "name")),
            esc(text(parameter, "in")),
            parameter.get("schema").map(kind).unwrap_or_default(),
            if required { "required" } else { "" },
            code_spans(text(parameter, "description"))
        );
    }
    out.push_str("</tbody></table>");
}

/// What a body is, by media type.
fn content(body: &Value) -> String {
    let parts: Vec<String> = object(body, "content")
        .map(|(media, content)| {
            let kind = content.get("schema").map(kind).unwrap_or_default();
            if media == "application/json" { kind } else { format!("{kind} <small>{}</small>", esc(media)) }
        })
        .collect();
    parts.join(", ")
}

/// A type in a few words, with links to schemas.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next()) {
        return format!("<a href=\"#schema-{0}\">{0}</a>", esc(name));
    }
    for (key, joint) in [("oneOf", " or "), ("anyOf", " or "), ("allOf", " and ")] {
        if let Some(parts) = schema.get(key).and_then(Value::as_array) {
            return parts.iter().map(kind).collect::<Vec<_>>().join(joint);
        }
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let values: Vec<String> = values.iter().map(|v| format!("<code>{}</code>", esc(&v.to_string()))).collect();
        return values.join(" ");
    }
    let name = match schema.get("type") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    };
    if name.contains("array") {
        let inner = schema.get("items").map(kind).unwrap_or_default();
        let tuple = schema.get("prefixItems").and_then(Value::as_array);
        let inner = tuple.map_or(inner, |parts| parts.iter().map(kind).collect::<Vec<_>>().join(", "));
        return format!("list of {inner}");
    }
    if let Some(inner) = schema.get("additionalProperties").filter(|inner| inner.is_object()) {
        return format!("map to {}", kind(inner));
    }
    let format = text(schema, "format");
    if format.is_empty() { esc(&name) } else { format!("{} ({})", esc(&name), esc(format)) }
}

fn schema(out: &mut String, schema: &Value) {
    let said = text(schema, "description");
    if !said.is_empty() {
        let _ = write!(out, "<p>{}</p>", code_spans(said));
    }
    if let Some(parts) =
        schema.get("oneOf").and_then(Value::as_array).filter(|p| p.iter().any(|p| p.get("properties").is_some()))
    {
        for part in parts {
            fields(out, part);
        }
        return;
    }
    if schema.get("properties").is_some() {
        fields(out, schema);
    } else {
        let _ = write!(out, "<p>{}</p>", kind(schema));
    }
}

fn fields(out: &mut String, schema: &Value) {
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    out.push_str("<table><thead><tr><th>Field</th><th>Type</th><th></th></tr></thead><tbody>");
    for (name, field) in object(schema, "properties") {
        let _ = write!(
            out,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{} {}</td></tr>",
            esc(name),
            kind(field),
            if required.contains(&name.as_str()) { "" } else { "optional" },
            code_spans(text(field, "description"))
        );
    }
    out.push_str("</tbody></table>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_and_schema_is_there_and_nothing_runs() {
        let (_, document) = crate::router::api();
        let document = serde_json::to_value(&document).unwrap();
        let html = page(&document);
        for (path, _) in object(&document, "paths") {
            assert!(html.contains(&format!("<code>{}</code>", esc(path))), "{path}");
        }
        // Every link inside the page leads somewhere.
        for link in html.split("href=\"#").skip(1) {
            let id = link.split('"').next().unwrap();
            assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
        }
        assert!(!html.contains("<script") && !html.contains("style="));
    }

    #[test]
    fn text_stays_text() {
        let document = serde_json::json!({
            "info": {"title": "<b>", "version": "1"},
            "paths": {"/a/{b}": {"get": {"summary": "<script>alert(1)</script>", "responses": {}}}}
        });
        let html = page(&document);
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"));
    }
}
