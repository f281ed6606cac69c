//! JSON as a tree, and how a text becomes one. Numbers are whole: the contract has no others.

/// Deeper nested than anything that the office publishes; a text may not exhaust the stack.
const DEEPEST: u8 = 60;

#[derive(Debug, Default)]
pub enum Json {
    #[default]
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a text; `None` when it is not JSON.
    pub fn parse(text: &str) -> Option<Json> {
        let mut reader = Reader { text, at: 0 };
        let tree = reader.value(DEEPEST)?;
        (reader.next_sign() == 0).then_some(tree)
    }

    /// A field of an object.
    pub fn field(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(fields) => fields.iter().find(|field| field.0 == name).map(|field| &field.1),
            _ => None,
        }
    }

    /// A field of an object, taken out of it; null when it is not there.
    pub fn take(&mut self, name: &str) -> Json {
        let Json::Object(fields) = self else { return Json::Null };
        let field = fields.iter_mut().find(|field| field.0 == name);
        field.map(|field| std::mem::take(&mut field.1)).unwrap_or_default()
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// The byte here, 0 behind the end.
    fn sign(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// The next byte that is no space.
    fn next_sign(&mut self) -> u8 {
        while matches!(self.sign(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.sign()
    }

    /// Whether the next sign is this; then it is behind us.
    fn skip(&mut self, sign: u8) -> bool {
        let there = self.next_sign() == sign;
        self.at += usize::from(there);
        there
    }

    fn value(&mut self, depth: u8) -> Option<Json> {
        let depth = depth.checked_sub(1)?;
        match self.next_sign() {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => {
                let mut list = Vec::new();
                self.members(b']', |reader| {
                    list.push(reader.value(depth)?);
                    Some(())
                })?;
                Some(Json::List(list))
            }
            b'{' => {
                let mut fields = Vec::new();
                self.members(b'}', |reader| {
                    reader.next_sign();
                    let name = reader.string()?;
                    let value = reader.skip(b':').then(|| reader.value(depth))??;
                    fields.push((name, value));
                    Some(())
                })?;
                Some(Json::Object(fields))
            }
            _ => self.number().map(Json::Number),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        let there = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        there.then_some(value)
    }

    /// What stands between brackets, with commas between.
    fn members(&mut self, end: u8, mut member: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        if self.skip(end) {
            return Some(());
        }
        loop {
            member(self)?;
            if self.skip(end) {
                return Some(());
            }
            self.skip(b',').then_some(())?;
        }
    }

    /// The whole part: what follows a point does not count.
    fn number(&mut self) -> Option<i64> {
        let from = self.at;
        while matches!(self.sign(), b'-' | b'0'..=b'9') {
            self.at += 1;
        }
        let number = self.text[from..self.at].parse().ok();
        while matches!(self.sign(), b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') {
            self.at += 1;
        }
        number
    }

    fn string(&mut self) -> Option<String> {
        if self.sign() != b'"' {
            return None;
        }
        self.at += 1;
        let mut string = String::new();
        loop {
            let from = self.at;
            while !matches!(self.sign(), b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            string.push_str(&self.text[from..self.at]);
            self.at += 1;
            match self.text.as_bytes().get(self.at - 1)? {
                b'"' => return Some(string),
                b'\\' => string.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    /// The letter that stands behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        let sign = self.sign();
        self.at += 1;
        Some(match sign {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'"' | b'\\' | b'/' => char::from(sign),
            b'u' => {
                let first = self.hexadecimal()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first);
                }
                // A letter that needs two.
                let second = self.word("\\u", Json::Null).and_then(|_| self.hexadecimal())?;
                let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                return char::from_u32(0x10000 + ((first - 0xd800) << 10) + low);
            }
            _ => return None,
        })
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
