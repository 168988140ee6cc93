// The source viewer beside the chat: over the sources on a wide screen, over everything on a small one.
const wide = matchMedia("(min-width: 901px) and (min-height: 34rem)");
const PATIENCE = 10_000; // milliseconds until a document that does not come is given up
let opener = null; // how to find the link again that opened the viewer
let patience = 0;

byId("viewer")?.remove();
const viewer = document.createElement("dialog");
viewer.id = "viewer";
viewer.innerHTML = `<header><h2 id="viewer-title"></h2><a target="_blank" rel="noopener"></a>
  <button type="button"><span aria-hidden="true">×</span></button></header>
  <div class="page"><p class="wait" role="status"></p></div>`;
viewer.setAttribute("aria-labelledby", "viewer-title");
byId("panes").append(viewer);
const shut = viewer.querySelector("button");
const paper = viewer.querySelector(".page");
const waiting = viewer.querySelector(".wait");

const find = (sought) => sought && [...document.querySelectorAll(`a[href="${CSS.escape(sought.href)}"]`)]
  .sort((a, b) => (b.dataset.turn === sought.turn) - (a.dataset.turn === sought.turn)
    || (b.className === sought.kind) - (a.className === sought.kind))[0];

function closeViewer() {
  if (!viewer.open) return;
  clearTimeout(patience);
  viewer.close();
  paper.querySelector("iframe")?.remove();
  const link = opener?.link.isConnected ? opener.link : find(opener);
  const back = () => (link || questionBox())?.focus({ preventScroll: Boolean(link) });
  back();
  setTimeout(back); // once more: a frame that goes takes the focus along
}

// What leads elsewhere opens a tab: the frame shows this document and nothing else.
function settleFrame(frame) {
  clearTimeout(patience);
  let inside = null;
  try { inside = frame.contentDocument; } catch { /* not ours: an error page of the browser */ }
  if (!inside?.querySelector("main")) return giveUp(frame);
  const plain = inside.createElement("style");
  plain.textContent = "body > .top, body > .skip { display: none }";
  inside.head.append(plain);
  inside.addEventListener("keydown", (event) => { if (event.key === "Escape") closeViewer(); });
  inside.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    const here = new URL(inside.location.href);
    const there = new URL(link.href);
    if (there.origin !== here.origin || there.pathname !== here.pathname) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
  }, true);
  waiting.hidden = true;
  frame.style.visibility = "";
  inside.getElementById("cited")?.scrollIntoView({ block: "center" });
}

function giveUp(frame) {
  frame?.remove();
  waiting.hidden = false;
  waiting.textContent = labels().unopened;
}

function openViewer(href, title) {
  const told = labels();
  viewer.querySelector("h2").textContent = title;
  const tab = viewer.querySelector("header a");
  tab.href = href;
  tab.textContent = `${told.new_tab} ↗`;
  shut.setAttribute("aria-label", told.close);
  shut.title = told.close;
  waiting.hidden = false;
  waiting.textContent = told.opening;
  paper.querySelector("iframe")?.remove(); // a new frame each time: no step in the browser's history
  const frame = document.createElement("iframe");
  frame.title = `${told.viewer}: ${title}`;
  frame.style.visibility = "hidden";
  frame.addEventListener("load", () => settleFrame(frame));
  frame.addEventListener("error", () => giveUp(frame));
  frame.src = href;
  paper.append(frame);
  clearTimeout(patience);
  patience = setTimeout(() => giveUp(frame), PATIENCE);
  if (!viewer.open) wide.matches ? viewer.show() : viewer.showModal();
  shut.focus({ preventScroll: true });
}

function openSource(event, link) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (typeof viewer.showModal !== "function") return; // the link opens a tab
  event.preventDefault();
  opener = { link, href: link.getAttribute("href"), turn: link.dataset.turn, kind: link.className };
  openViewer(link.getAttribute("href"), link.dataset.title);
  const turn = link.dataset.turn;
  if (turn !== undefined && document.querySelector("#sources .sources")?.dataset.turn !== turn) {
    trigger("select", { turn: Number(turn) }); // its cards wait under the viewer
  }
}

shut.addEventListener("click", closeViewer);
viewer.addEventListener("cancel", (event) => { event.preventDefault(); closeViewer(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && viewer.open) { event.preventDefault(); closeViewer(); }
}, options);
wide.addEventListener("change", () => {
  if (!viewer.open) return;
  viewer.close();
  wide.matches ? viewer.show() : viewer.showModal();
}, options);
// The chat's language changed: the document follows.
new MutationObserver(() => {
  if (!viewer.open) return;
  const language = document.documentElement.lang === "en" ? "en" : "zh";
  const address = new URL(viewer.querySelector("header a").getAttribute("href"), location.href);
  if (address.searchParams.get("lang") === language) return;
  address.searchParams.set("lang", language);
  const link = opener && [...document.querySelectorAll("a.chip, a.in-document")].find((each) => {
    const there = new URL(each.href);
    return there.pathname === address.pathname && there.searchParams.get("at") === address.searchParams.get("at");
  });
  if (link) opener = { link, href: link.getAttribute("href"), turn: link.dataset.turn, kind: link.className };
  openViewer(address.href, link?.dataset.title || viewer.querySelector("h2").textContent);
}).observe(document.documentElement, { attributeFilter: ["lang"] });
byId("clear")?.addEventListener("click", closeViewer, options);
