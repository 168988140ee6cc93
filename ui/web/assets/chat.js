// Runs once when the transcript appears. `element`, `trigger` and `watch` are given by gr.HTML.
const byId = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
let wanted = null; // the source to flash once its panel has arrived
const labels = () => JSON.parse(element.querySelector(".log")?.dataset.labels || "{}");
const questionBox = () => document.querySelector("#question textarea");

// One line that screen readers say: the chat itself is drawn anew with every reply.
const live = byId("crlm-live") || document.createElement("p");
live.id = "crlm-live";
live.setAttribute("role", "status");
document.body.append(live);
const announce = (text) => { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 60); };

const fill = (text) => {
  const box = questionBox();
  if (!box) return;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
};

// Scrolls the pane the target is in; on narrow screens the panes do not scroll, the page does.
const reveal = (target) => {
  const pane = target.closest("#transcript, #side");
  const scrolls = pane && getComputedStyle(pane).overflowY === "auto";
  const box = scrolls ? pane : document.scrollingElement;
  const edge = scrolls ? pane.getBoundingClientRect().top : 0;
  const top = box.scrollTop + target.getBoundingClientRect().top - edge - 12;
  box.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
};

const flash = (turn, marker) => {
  const anchor = byId(`s-${turn}-${marker}`);
  if (!anchor) return false;
  const mark = anchor.closest("mark") || anchor;
  reveal(mark.closest("blockquote").offsetHeight > 400 ? mark : mark.closest(".source"));
  document.querySelectorAll("mark.flash").forEach((old) => old.classList.remove("flash"));
  void mark.offsetWidth; // restarts the animation
  mark.classList.add("flash");
  mark.focus({ preventScroll: true });
  return true;
};

const copy = async (button) => {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { if (button.isConnected) button.textContent = label; }, 1500);
};

const onClick = (event) => {
  const target = event.target instanceof Element ? event.target.closest("button, a.chip, a.in-document") : null;
  if (!target) return;
  if (target.matches("a")) return openSource(event, target);
  const { ask, turn, marker, back, edit } = target.dataset;
  if (ask !== undefined) {
    trigger("example_select", { question: ask });
    if (matchMedia("(hover: hover)").matches) questionBox()?.focus();
  }
  else if (edit !== undefined) {
    fill(edit);
    const box = questionBox();
    box.focus();
    box.setSelectionRange(edit.length, edit.length);
  }
  else if (target.dataset.copy !== undefined) copy(target);
  else if (back !== undefined) {
    const question = byId(`q-${back}`);
    if (question) { reveal(question); question.focus({ preventScroll: true }); }
  } else if (turn !== undefined && marker !== undefined && !flash(turn, marker)) {
    wanted = [turn, marker];
    trigger("select", { turn: Number(turn) });
  }
};

// Enter that confirms an input-method candidate (Chinese typing) must not send the question.
const onKey = (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
};

const settle = () => {
  const log = element.querySelector(".log");
  if (!log) return;
  document.documentElement.lang = log.dataset.language === "en" ? "en" : "zh-CN";
  const key = `${log.dataset.turns} ${log.querySelector(".pending") ? "waiting" : "done"}`;
  if (key !== settle.last) {
    const first = settle.last === undefined;
    settle.last = key;
    const questions = element.querySelectorAll(".question");
    if (questions.length) reveal(questions[questions.length - 1]);
    const said = [...element.querySelectorAll(".answer")].pop()?.querySelector(".reply, .failed p");
    if (!first && said && key.endsWith("done")) announce(labels().answered + said.textContent.trim().slice(0, 300));
  }
};

if (window.crlmAbort) window.crlmAbort.abort();
window.crlmAbort = new AbortController();
const options = { signal: window.crlmAbort.signal };
document.addEventListener("click", onClick, options);
document.addEventListener("keydown", onKey, { ...options, capture: true });
new MutationObserver(() => { restoreFields(); settle(); }).observe(element, { childList: true, subtree: true, attributes: true });
const side = byId("sources");
if (side) new MutationObserver(() => {
  if (wanted && flash(...wanted)) wanted = null;
}).observe(side, { childList: true, subtree: true, attributes: true });
settle();
