// Every reply replaces the page's parts: what was unfolded, typed and focused stays so.
const unfolded = new Map(); // id of a <details> -> open
const drafts = new Map(); // id of a field -> typed, not sent yet
let focused = null;

document.addEventListener("toggle", (event) => {
  if (event.target.id) unfolded.set(event.target.id, event.target.open);
}, { ...options, capture: true });
document.addEventListener("input", (event) => {
  if (event.target.closest?.("#patient, .values")) drafts.set(event.target.id, event.target.value);
}, options);
document.addEventListener("focusin", (event) => {
  focused = event.target.closest?.("#patient, #transcript, #sources") ? event.target.id || null : null;
}, options);
document.addEventListener("focusout", (event) => {
  const left = event.target;
  setTimeout(() => { if (left.isConnected && document.activeElement === document.body) focused = null; });
}, options);

const given = (field) => field.matches("select")
  ? ([...field.options].find((option) => option.defaultSelected)?.value ?? "") : field.defaultValue;

function restoreFields() {
  for (const [id, open] of unfolded) {
    const part = byId(id);
    if (part && part.open !== open) part.open = open;
  }
  // Gradio keeps a changed element: what the server now gives must be put into it.
  for (const field of document.querySelectorAll(":is(#patient, .values) :is(input, select)")) {
    const value = drafts.get(field.id) ?? given(field);
    if (field.value !== value) field.value = value;
  }
  if (focused && document.activeElement === document.body) byId(focused)?.focus({ preventScroll: true });
}
