// The questions of our wizard and survey, read from content/ as the peers need them: no word is changed.
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";

const read = (path) => parse(readFileSync(new URL(`../../content/${path}`, import.meta.url), "utf8"));

export function readContent() {
  const rules = read("rules/izin-usaha.toml");
  const words = read("words/id/rules/izin-usaha.toml");
  const names = read("words/id/interface/wizard.toml");
  const activities = new Map(read("activities.toml").activity.map((a) => [a.id, a]));
  const questions = rules.question.map((question) => {
    const own = words.question[question.id];
    const options = question.options.map((option) => {
      const id = option.id ?? option;
      const activity = activities.get(id);
      const label = own.option?.[id]?.label ?? activity.name;
      return lean({ id, label, hint: own.option?.[id]?.hint, class: option.class, find: activity?.synonyms.join(" ") });
    });
    const { id, class: fact, many, alone, next } = question;
    const classes = fact && Object.fromEntries(options.map((o) => [o.class, names[`class-${o.class}`] ?? o.class]));
    return lean({ id, title: own.title, hint: own.hint, why: own.why, fact, classes, many, alone, options, next });
  });
  const today = new Date();
  const needs = rules.need
    .filter((need) => !need.from || new Date(need.from) <= today)
    .map(({ item, kind, when, why }) => {
      const known = words.item[item];
      const name = known?.name ?? read(`services/${item}.toml`).name;
      return lean({ item, kind, when, name, text: words.need[why.replace(/^need\./, "")]?.text ?? known?.text });
    });
  const survey = read("survey.toml");
  return {
    wizard: { title: words.title, start: rules.start, questions, outcome: words.outcome["daftar-izin"] },
    needs,
    survey: {
      title: survey.title,
      intro: survey.intro,
      questions: survey.question.map((q) => ({
        id: q.element,
        over: q.title,
        title: q.text,
        options: q.options.map((label, i) => ({ id: String(i + 1), label })),
      })),
    },
  };
}

const lean = (record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== ""));
