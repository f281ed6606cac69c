//! A browser without script: it reads pages, fills in their forms and sends them as HTML says.
//!
//! ```ignore
//! let mut page = Browser::of(&t).get("/lacak?di=kantor").await;
//! page.fill("nomor", "2026-0417-RK");
//! let page = page.press("Buka permohonan").await;
//! ```

use crate::common::TestApp;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};

#[derive(Clone)]
pub struct Browser {
    url: String,
    client: reqwest::Client,
}

/// A page as it stands in the browser.
pub struct Page {
    browser: Browser,
    pub status: u16,
    /// Path and query.
    pub address: String,
    pub stored: String,
    pub html: String,
    pub forms: Vec<Form>,
}

#[derive(Debug, Clone, Default)]
pub struct Form {
    pub action: String,
    pub method: String,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, Default)]
pub struct Field {
    /// `hidden`, `text`, `radio`, `checkbox`, `submit` ...
    pub kind: String,
    pub name: String,
    pub value: String,
    pub checked: bool,
    /// Of a button.
    pub label: String,
}

impl Browser {
    pub fn of(t: &TestApp) -> Browser {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        Browser { url: t.url.clone(), client: client.build().expect("client") }
    }

    pub async fn get(&self, address: &str) -> Page {
        self.load(address.to_owned(), None).await
    }

    /// Follows where it is led, with GET, as browsers do after 303.
    async fn load(&self, address: String, body: Option<String>) -> Page {
        let (mut address, mut body) = (address, body);
        for _ in 0..3 {
            let to = format!("{}{address}", self.url);
            let request = match body.take() {
                Some(body) => self
                    .client
                    .post(to)
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                    // What browsers say for a page without a referrer.
                    .header("origin", "null")
                    .header("sec-fetch-site", "same-origin")
                    .body(body),
                None => self.client.get(to),
            };
            let reply = request.send().await.expect("an answer");
            if let Some(to) = reply.headers().get(LOCATION) {
                assert_eq!(reply.status(), 303, "{address}");
                address = to.to_str().expect("an address").to_owned();
                continue;
            }
            let header = |name| reply.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
            let kind = header(CONTENT_TYPE);
            assert!(kind.starts_with("text/html"), "{address}: {kind}");
            let (status, stored) = (reply.status().as_u16(), header(CACHE_CONTROL));
            let html = reply.text().await.expect("a page");
            let forms = forms(&html);
            return Page { browser: self.clone(), status, address, stored, html, forms };
        }
        panic!("{address} leads in a circle");
    }
}

impl Page {
    /// What stands in the page as text, tags taken out.
    pub fn text(&self) -> String {
        text(main(&visible(&self.html)))
    }

    #[track_caller]
    pub fn shows(&self, words: &str) {
        assert!(self.text().contains(words), "{} {} lacks {words:?}:\n{}", self.status, self.address, self.text());
    }

    #[track_caller]
    pub fn heading(&self) -> String {
        let html = visible(&self.html);
        let (_, rest) = html.split_once("<h1").expect("a heading");
        let (_, rest) = rest.split_once('>').expect("a heading");
        text(rest.split("</h1>").next().expect("a heading"))
    }

    /// The names of fields with a fault, from the links of the error summary.
    pub fn faults(&self) -> Vec<String> {
        let html = visible(&self.html);
        let Some((_, summary)) = html.split_once("id=\"error-summary\"") else { return Vec::new() };
        let summary = summary.split("</div>").next().unwrap_or_default();
        summary.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    }

    /// The form with a field of this name.
    #[track_caller]
    fn form(&mut self, name: &str) -> &mut Form {
        let address = self.address.clone();
        let found = self.forms.iter_mut().find(|form| form.fields.iter().any(|field| field.name == name));
        found.unwrap_or_else(|| panic!("{address} has no field {name}"))
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        let fields = self.forms.iter().flat_map(|form| &form.fields);
        fields.filter(|f| !matches!(f.kind.as_str(), "radio" | "checkbox")).find(|f| f.name == name).map(|f| &*f.value)
    }

    /// The values that are ticked under a name.
    pub fn ticked(&self, name: &str) -> Vec<&str> {
        let fields = self.forms.iter().flat_map(|form| &form.fields);
        fields.filter(|f| f.name == name && f.checked).map(|f| f.value.as_str()).collect()
    }

    #[track_caller]
    pub fn fill(&mut self, name: &str, value: &str) {
        let form = self.form(name);
        let field = form.fields.iter_mut().find(|f| f.name == name).expect("a field");
        field.value = value.to_owned();
    }

    #[track_caller]
    pub fn tick(&mut self, name: &str, value: &str) {
        let address = self.address.clone();
        let form = self.form(name);
        let mut found = false;
        for field in form.fields.iter_mut().filter(|field| field.name == name) {
            let this = field.value == value;
            found |= this;
            field.checked = if field.kind == "radio" { this } else { field.checked || this };
        }
        assert!(found, "{address} has no {name}={value}");
    }

    /// Presses the button with these words.
    #[track_caller]
    pub fn press(&self, label: &str) -> impl Future<Output = Page> {
        let found = self.forms.iter().find_map(|form| {
            let button = form.fields.iter().find(|field| field.kind == "submit" && field.label.starts_with(label))?;
            Some((form.clone(), button.clone()))
        });
        let (form, button) = found.unwrap_or_else(|| panic!("{} has no button {label:?}", self.address));
        let pairs = form.fields.iter().filter(|f| match f.kind.as_str() {
            "submit" => false,
            "radio" | "checkbox" => f.checked,
            _ => !f.name.is_empty(),
        });
        let mut sent = form_urlencoded::Serializer::new(String::new());
        for field in pairs.chain(Some(&button).filter(|button| !button.name.is_empty())) {
            sent.append_pair(&field.name, &field.value);
        }
        let sent = sent.finish();
        let (address, body) = match form.method.as_str() {
            "post" => (form.action.clone(), Some(sent)),
            _ => (format!("{}?{sent}", form.action), None),
        };
        let browser = self.browser.clone();
        async move { browser.load(address, body).await }
    }
}

/// Where a browser without script looks: not into templates and scripts.
fn visible(html: &str) -> String {
    let mut html = html.to_owned();
    for tag in ["template", "script", "style"] {
        while let Some(from) = html.find(&format!("<{tag}")) {
            let close = format!("</{tag}>");
            let to = html[from..].find(&close).map_or(html.len(), |to| from + to + close.len());
            html.replace_range(from..to, "");
        }
    }
    html
}

fn main(html: &str) -> &str {
    let (_, rest) = html.split_once("<main").unwrap_or(("", html));
    rest.split("</main>").next().unwrap_or_default()
}

fn text(html: &str) -> String {
    let parts = html.split('<').enumerate().map(|(at, part)| match part.split_once('>') {
        Some((_, text)) => text,
        None if at == 0 => part,
        None => "",
    });
    let text = parts.collect::<Vec<_>>().join(" ");
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

pub fn forms(html: &str) -> Vec<Form> {
    let html = visible(html);
    let mut forms: Vec<Form> = Vec::new();
    let mut open = false;
    for part in html.split('<').skip(1) {
        let (inside, after) = part.split_once('>').unwrap_or((part, ""));
        let tag = inside.split([' ', '/']).next().unwrap_or_default();
        let value = |name: &str| {
            let at = inside.find(&format!(" {name}=\""))? + name.len() + 3;
            inside[at..].split('"').next().map(plain)
        };
        let has = |name: &str| inside.split(' ').any(|word| word == name);
        match tag {
            "form" => {
                let method = value("method").unwrap_or_default();
                forms.push(Form { action: value("action").unwrap_or_default(), method, fields: Vec::new() });
                open = true;
            }
            "" if inside == "/form" => open = false,
            "input" | "button" if open => {
                let field = Field {
                    kind: value("type").unwrap_or_default(),
                    name: value("name").unwrap_or_default(),
                    value: value("value").unwrap_or_default(),
                    checked: has("checked"),
                    label: plain(after.trim()),
                };
                if let Some(form) = forms.last_mut() {
                    form.fields.push(field);
                }
            }
            _ => {}
        }
    }
    forms
}
