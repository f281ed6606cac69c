// The rules of html-validate by which pages are judged, here and in `script/bench web --lighthouse`.

// Checkboxes of one list share their name, as HTML has it; the rule knows that only of radio buttons.
const shared = ["radio", "checkbox", "button", "reset", "submit"];

// The whole card is the link: its number is one piece that does not break, the words beside it may.
const tel = { ignoreClasses: ["nobr", "card-link"] };

export const markup = { extends: ["html-validate:recommended"], rules: { "form-dup-name": ["error", { shared }], "tel-non-breaking": ["error", tel] } };
