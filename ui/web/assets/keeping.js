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
  const kept = event.target.id && event.target.closest?.("#patient, #transcript, #sources");
  focused = kept ? { part: event.target, id: event.target.id } : null;
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
  if (!focused) return;
  // Gradio makes one row of a list into another: the focus stays with what had it for the reader.
  const { part, id } = focused;
  const lost = !part.isConnected && document.activeElement === document.body;
  const moved = document.activeElement === part && part.id !== id;
  if (lost || moved) byId(id)?.focus({ preventScroll: true });
}
