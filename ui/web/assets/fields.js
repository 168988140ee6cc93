// The patient panel and the values in a calculator's card: each change is sent, one after another.
const panel = byId("patient");
let sending = 0; // a timer while a change is on its way
let unsent = null; // changes made meanwhile
const committed = new Map(); // id of a field -> draft sent or about to be
let onTheWay = new Map(); // the part of them the server has been given
let goTo = null; // the field to go to once it is there
let announced = null; // the card whose new result is to be said, and its revision before

function send(change) {
  unsent = { ...unsent, ...change, set: { ...unsent?.set, ...change.set } };
  if (sending) return;
  const now = unsent;
  unsent = null;
  onTheWay = new Map(committed);
  panel.setAttribute("aria-busy", "true");
  sending = setTimeout(arrived, 4000);
  trigger("input", { patient: now });
}

function arrived() {
  clearTimeout(sending);
  sending = 0;
  panel.removeAttribute("aria-busy");
  for (const [id, typed] of onTheWay) {
    if (drafts.get(id) === typed) drafts.delete(id);
    if (committed.get(id) === typed) committed.delete(id);
  }
  onTheWay = new Map();
  if (unsent) send({});
}

// Open at first on a wide screen once something is known; later as the reader left it.
function unfoldPatient() {
  const part = byId("patient-panel");
  if (part && !unfolded.has(part.id) && wide.matches && part.dataset.known !== "0") part.open = true;
}

// Not left to the browser's own "change": it forgets an edit when the page is drawn meanwhile.
function commit(field) {
  const typed = drafts.get(field.id);
  if (!field.dataset.fact || typed === undefined || committed.get(field.id) === typed) return;
  committed.set(field.id, typed);
  send({ set: { [field.dataset.fact]: typed } });
}

document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.closest?.("#patient")) return;
  if (field.dataset.add === undefined) return commit(field);
  drafts.delete(field.id);
  if (!field.value) return;
  goTo = `fact-${field.value}`;
  byId("patient-panel").open = true;
  send({ add: field.value });
}, options);
document.addEventListener("focusout", (event) => {
  if (event.target.closest?.("#patient") && event.target.isConnected) commit(event.target);
}, options);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest?.("#patient .entry") && !event.isComposing) commit(event.target);
}, options);

function recalculate(form, reset) {
  const values = {};
  form.querySelectorAll("input, select").forEach((field) => {
    values[field.name] = field.value;
    drafts.delete(field.id);
  });
  const card = form.closest(".calculation");
  const button = form.querySelector("[data-recalculate]");
  if (button.hasAttribute("aria-busy")) return;
  announced = { id: card.id, revision: card.dataset.revision, label: button.textContent };
  button.textContent = labels().working;
  button.setAttribute("aria-busy", "true");
  const place = { turn: Number(form.dataset.turn), index: Number(form.dataset.index) };
  trigger("submit", { values: reset ? { ...place, reset: true } : { ...place, values } });
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  if (button.dataset.forget) { drafts.delete(`fact-${button.dataset.forget}`); goTo = "fact-add"; send({ forget: button.dataset.forget }); }
  else if (button.dataset.clear !== undefined) { drafts.clear(); goTo = "fact-add"; send({ clear: true }); }
  else if (button.dataset.recalculate !== undefined) recalculate(button.closest(".values"), false);
  else if (button.dataset.reset !== undefined) { goTo = button.id.replace("reset", "go"); recalculate(button.closest(".values"), true); }
}, options);
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".values");
  if (event.key === "Enter" && form && event.target.matches("input") && !event.isComposing) recalculate(form, false);
}, options);

let version = byId("patient-panel")?.dataset.version;
if (panel) new MutationObserver(() => {
  if (byId("patient-panel")?.dataset.version !== version) {
    version = byId("patient-panel")?.dataset.version;
    arrived();
  }
  restoreFields();
  if (goTo && byId(goTo)) { byId(goTo).focus(); goTo = null; }
  unfoldPatient();
}).observe(panel, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-version"] });
new MutationObserver(() => {
  const card = announced && byId(announced.id);
  if (!card || card.dataset.revision === announced.revision) return;
  const button = card.querySelector("[data-recalculate]");
  button.textContent = announced.label;
  button.removeAttribute("aria-busy");
  announced = null;
  if (goTo && byId(goTo)) { byId(goTo).focus(); goTo = null; }
  announce((card.querySelector(".outcome") || card.querySelector("summary")).textContent);
}).observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-revision"] });
unfoldPatient();
