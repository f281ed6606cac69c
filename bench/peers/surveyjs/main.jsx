import { useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { FunctionFactory, Model } from "survey-core";
import { Survey } from "survey-react-ui";
import "survey-core/i18n/indonesian";
import "survey-core/survey-core.fontless.min.css";
import "./style.css";
import content from "content";
import { needs, readAnswers, resolve, writeAnswers } from "../rules.js";

const { wizard, survey } = content;

// SurveyJS has several answers as a list and one as a value.
const listed = (data) => Object.fromEntries(Object.entries(data).map(([id, value]) => [id, [value].flat()]));

function asked([id]) {
  const { path, question } = resolve(wizard, listed(this.survey.data));
  return path.includes(id) || question?.id === id;
}
FunctionFactory.Instance.register("asked", asked);

// Of a long list: what fits the typed words, before that one of each group.
function found([id, words]) {
  const { options } = wizard.questions.find((q) => q.id === wizard.start);
  const option = options.find((o) => o.id === id);
  if (!words || words.length < 2) return options.find((o) => o.class === option.class) === option || option === options.at(-1);
  return `${option.label} ${option.find ?? ""}`.toLowerCase().includes(words.toLowerCase());
}
FunctionFactory.Instance.register("found", found);

const element = (q) => ({
  type: q.many ? "checkbox" : "radiogroup",
  name: q.id,
  title: q.title,
  description: q.hint,
  isRequired: true,
  choices: q.options.map((o) => ({ value: o.id, text: o.label })),
});

const search = { type: "text", inputType: "search", name: "cari", title: "Cari usaha Anda", textUpdateMode: "onTyping" };
const elements = (q) => (q.options.length > 12 ? [search, { ...element(q), choicesVisibleIf: "found({item}, {cari})" }] : [element(q)]);

// The function is asked again when an answer it is given changes.
const answers = wizard.questions.map((q) => `{${q.id}}`).join(", ");
const forms = {
  wizard: {
    pages: wizard.questions.map((q) => ({
      elements: elements(q),
      visibleIf: q.id === wizard.start ? undefined : `asked('${q.id}', ${answers})`,
    })),
  },
  survey: { pages: survey.questions.map((q) => ({ title: q.over, elements: [element(q)] })) },
};

function model(form) {
  const made = new Model({
    locale: "id", pageNextText: "Lanjut", completeText: "Lanjut", showCompletePage: false, showPrevButton: false,
    questionTitleLocation: "top", showQuestionNumbers: "off", ...form,
  });
  made.onGetTitleTagName.add((_, options) => {
    if (options.element.isQuestion && options.element.name !== search.name) options.tagName = "h1";
  });
  return made;
}

function App() {
  const [given, setGiven] = useState(() => location.pathname === "/izin/hasil" && readAnswers(location.search));
  const inSurvey = location.pathname.startsWith("/survei");
  const form = useMemo(() => {
    const made = model(inSurvey ? forms.survey : forms.wizard);
    // The button says "complete" until the page that comes next is known; pressed then, it goes on.
    made.onCompleting.add((_, options) => {
      if (inSurvey || !resolve(wizard, listed(made.data)).question) return;
      options.allow = false;
      made.nextPage();
    });
    made.onComplete.add(({ data }) => {
      const all = listed(data);
      if (!inSurvey) history.pushState(null, "", writeAnswers("/izin/hasil", resolve(wizard, all).path, all));
      scrollTo(0, 0);
      setGiven(all);
    });
    return made;
  }, []);
  useEffect(() => { document.documentElement.dataset.app = "ready"; }, []);
  if (!given) return <Survey model={form} />;
  return inSurvey ? <h1>Terima kasih. Jawaban Anda sudah lengkap.</h1> : <Result given={given} />;
}

function Result({ given }) {
  const all = needs(content.needs, resolve(wizard, given).facts);
  const list = (title, items) => items.length > 0 && (
    <section>
      <h2>{title}</h2>
      {items.map((n) => <article key={n.item} className="need"><h3>{n.name}</h3><p>{n.text}</p></article>)}
    </section>
  );
  return (
    <>
      <h1>{wizard.outcome.title}</h1>
      <p>{wizard.outcome.text}</p>
      {list("Yang Anda perlukan", all.filter((n) => !n.kind))}
      {list("Tidak perlu", all.filter((n) => n.kind === "not-needed"))}
      {list("Catatan", all.filter((n) => n.kind === "note"))}
    </>
  );
}

createRoot(document.querySelector("main")).render(<App />);
