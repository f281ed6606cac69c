// What to ask next and what is needed, for both peers: the same steps as `domain::rules::resolve`.

/** Replays answers ({ id: [option] }): the path so far and the question that is open, none when all is answered. */
export function resolve(wizard, answers) {
  const facts = {};
  const path = [];
  let question = wizard.questions.find((q) => q.id === wizard.start);
  while (question) {
    const given = answers[question.id];
    if (!given?.length) return { path, facts, question };
    facts[question.id] = given;
    if (question.fact) facts[question.fact] = [question.options.find((o) => o.id === given[0])?.class];
    path.push(question.id);
    const row = question.next.find((n) => holds(n.when, facts));
    question = row?.go && wizard.questions.find((q) => q.id === row.go);
  }
  return { path, facts };
}

/** What of a table of needs the facts ask for, each item once. */
export function needs(table, facts) {
  const seen = new Set();
  return table.filter((need) => holds(need.when, facts) && !seen.has(need.item) && seen.add(need.item));
}

const holds = (when = {}, facts) =>
  Object.entries(when).every(([fact, wanted]) => facts[fact]?.some((value) => [wanted].flat().includes(value)));

/** Answers of an address: `?usaha=warung-nasi&surat-lama=iumk.siup`. */
export const readAnswers = (search) =>
  Object.fromEntries([...new URLSearchParams(search)].map(([id, values]) => [id, values.split(".")]));

/** The address of answers. */
export const writeAnswers = (page, ids, answers) =>
  `${page}?${new URLSearchParams(ids.map((id) => [id, answers[id].join(".")]))}`;
