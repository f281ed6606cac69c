import { useEffect, useRef, useState } from "preact/hooks";
import { needs, readAnswers, resolve, writeAnswers } from "../rules.js";

/** All pages, by address; rendered once when building and taken over in the browser. */
export function App({ content, start }) {
  const [address, setAddress] = useState(start);
  const { pathname, searchParams, search } = new URL(address, "https://x");
  useEffect(() => {
    const follow = () => setAddress(location.pathname + location.search);
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  // Only the last page reads what is needed: it comes after the first question stands.
  const [table, setTable] = useState([]);
  useEffect(() => {
    const get = () => fetch(content.needsAt).then((answer) => answer.json()).then(setTable);
    if (content.needsAt) document.readyState === "complete" ? get() : addEventListener("load", get);
  }, []);
  const go = (href) => {
    history.pushState(null, "", href);
    setAddress(href);
    scrollTo(0, 0);
  };
  if (pathname.startsWith("/survei")) {
    const at = Number(searchParams.get("langkah") ?? 1);
    const { title, questions } = content.survey;
    if (at > questions.length) return <Page title={title}><p>Terima kasih. Jawaban Anda sudah lengkap.</p></Page>;
    const question = questions[at - 1];
    const onward = () => go(`/survei?langkah=${at + 1}`);
    return <Ask key={at} question={question} over={`${question.over} · ${at} dari ${questions.length}`} onward={onward} />;
  }
  const { wizard } = content;
  const answers = readAnswers(search);
  const { question, path, facts } = resolve(wizard, answers);
  if (!question) return <Result wizard={wizard} all={needs(table, facts)} again={() => go("/izin")} />;
  const onward = (values) => {
    const all = { ...answers, [question.id]: values };
    const done = !resolve(wizard, all).question;
    go(writeAnswers(done ? "/izin/hasil" : "/izin", [...path, question.id], all));
  };
  const before = path.map((id) => [id, answers[id].join(".")]);
  return <Ask key={question.id} question={question} over={`Pertanyaan ${path.length + 1}`} before={before} onward={onward} />;
}

function Page({ title, over, children }) {
  const heading = useRef();
  useEffect(() => {
    document.title = title;
    if (document.documentElement.dataset.app) heading.current.focus({ preventScroll: true });
  }, [title]);
  return (
    <>
      {over && <p class="over">{over}</p>}
      <h1 tabIndex={-1} ref={heading}>{title}</h1>
      {children}
    </>
  );
}

// The fields keep their own state, so that what was ticked before the take-over stays.
function Ask({ question, over, before = [], onward }) {
  const [missing, setMissing] = useState(false);
  const submit = (event) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget).getAll(question.id);
    if (values.length) onward(values);
    else setMissing(true);
  };
  const tick = ({ target, currentTarget }) => {
    setMissing(false);
    if (!question.many || !target.checked) return;
    const alone = (box) => question.alone.includes(box.value);
    for (const box of currentTarget.querySelectorAll("input")) if (alone(box) !== alone(target)) box.checked = false;
  };
  return (
    <form action={before.length || !question.next ? undefined : "/izin"} onSubmit={submit} noValidate>
      {before.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <Page title={question.title} over={over}>
        {question.hint && <p class="lead">{question.hint}</p>}
        {missing && <p class="error" role="alert">Pilih satu jawaban, lalu tekan Lanjut.</p>}
        <fieldset aria-label={question.title} onChange={tick}>
          {question.options.length > 12 ? <Finder question={question} /> : question.options.map((o) => <Option key={o.id} question={question} option={o} />)}
        </fieldset>
        {question.why && <details><summary>Mengapa kami bertanya?</summary><p>{question.why}</p></details>}
        <div class="on"><button>Lanjut</button></div>
      </Page>
    </form>
  );
}

// A search over groups; the choices of a group are made when it is opened.
function Finder({ question }) {
  const [text, setText] = useState("");
  const field = useRef();
  useEffect(() => setText(field.current.value), []);
  const wanted = text.trim().toLowerCase();
  const fits = (o) => `${o.label} ${o.find ?? ""}`.toLowerCase().includes(wanted);
  const other = question.options.at(-1);
  const listed = question.options.filter((o) => o !== other);
  const tile = (o) => <Option key={o.id} question={question} option={o} />;
  return (
    <>
      <label class="find">Cari usaha Anda<input type="search" ref={field} onInput={(e) => setText(e.currentTarget.value)} /></label>
      {wanted.length > 1
        ? <div key="found">{listed.filter(fits).slice(0, 15).map(tile)}</div>
        : <div key="groups">
            {Object.entries(question.classes).map(([id, name]) => {
              const own = listed.filter((o) => o.class === id);
              return own.length > 0 && <Group key={id} name={name} own={own} tile={tile} />;
            })}
          </div>}
      {tile(other)}
    </>
  );
}

function Group({ name, own, tile }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="opt" onToggle={() => setOpen(true)}>
      <summary><b>{name}</b><small>{own.slice(0, 3).map((o) => o.label).join(", ")}</small></summary>
      {open && own.map(tile)}
    </details>
  );
}

const Option = ({ question, option }) => (
  <label class="opt">
    <input type={question.many ? "checkbox" : "radio"} name={question.id} value={option.id} />
    <span>{option.label}{option.hint && <small>{option.hint}</small>}</span>
  </label>
);

function Result({ wizard, all, again }) {
  const list = (title, items) => items.length > 0 && (
    <section>
      <h2>{title}</h2>
      {items.map((n) => <article key={n.item} class="need"><h3>{n.name}</h3><p>{n.text}</p></article>)}
    </section>
  );
  return (
    <Page title={wizard.outcome.title}>
      <p class="lead">{wizard.outcome.text}</p>
      {list("Yang Anda perlukan", all.filter((n) => !n.kind))}
      {list("Tidak perlu", all.filter((n) => n.kind === "not-needed"))}
      {list("Catatan", all.filter((n) => n.kind === "note"))}
      <button onClick={again}>Mulai lagi</button>
    </Page>
  );
}
