// The source viewer: start at the cited sentence, and show in the outline where the reader is.
const cited = document.getElementById("cited");
if (cited && !location.hash) cited.scrollIntoView({ block: "center" });

const narrow = document.querySelector(".outline.narrow");
const headings = [...document.querySelectorAll("article .section")];
const links = (id) => document.querySelectorAll(`.outline a[href="#${id}"]`);
let shown = null;

function follow() {
  const mark = cited ? cited.getBoundingClientRect() : null;
  const line = mark && mark.top > 0 && mark.top < innerHeight ? mark.top : 90;  // the mark's own section first
  let here = null;
  for (const heading of headings) {
    if (heading.getBoundingClientRect().top > line) break;
    here = heading;
  }
  if (here === shown) return;
  shown = here;
  document.querySelectorAll(".outline a[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
  narrow.querySelector(".current").textContent = here ? `· ${here.textContent}` : "";
  if (!here) return;
  for (const link of links(here.id)) {
    link.setAttribute("aria-current", "true");
    const box = link.closest(".outline.wide");
    if (box) {
      const from = link.getBoundingClientRect().top - box.getBoundingClientRect().top;
      if (from < 40 || from > box.clientHeight - 60) box.scrollTop += from - box.clientHeight / 2;
    }
  }
}

let waiting = false;
addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; follow(); });
}, { passive: true });
follow();

narrow.addEventListener("click", (event) => {
  if (event.target.closest("a")) narrow.open = false;
});
addEventListener("beforeprint", () => {
  document.querySelectorAll("article details").forEach((part) => { part.open = true; });
});
