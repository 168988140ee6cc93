// The thumbs under an answer; runs once after chat.js. Where feedback is off there are none.
if (window.crlmFeedback) window.crlmFeedback.abort();
window.crlmFeedback = new AbortController();
const listening = { signal: window.crlmFeedback.signal };

document.addEventListener("click", (event) => {
  const thumb = event.target instanceof Element ? event.target.closest(".feedback .thumb") : null;
  if (!thumb) return;
  const form = thumb.closest(".feedback");
  form.dataset.verdict = thumb.dataset.verdict;
  form.querySelectorAll(".thumb").forEach((each) => each.setAttribute("aria-pressed", String(each === thumb)));
  form.querySelector(".more").hidden = false;
  form.querySelector("fieldset").hidden = thumb.dataset.verdict === "up";
}, listening);

document.addEventListener("submit", async (event) => {
  const form = event.target instanceof Element ? event.target.closest(".feedback") : null;
  if (!form) return;
  event.preventDefault();
  const sent = new FormData(form);
  sent.set("verdict", form.dataset.verdict);
  if (form.dataset.verdict === "up") sent.delete("categories");
  const button = form.querySelector(".submit");
  button.disabled = true;
  let ok = false;
  let message = form.dataset.unsent;
  try {
    const reply = await fetch(form.dataset.address, { method: "POST", body: sent });
    ok = reply.ok;
    message = (await reply.json()).message || message;
  } catch { /* the message above */ }
  button.disabled = false;
  if (ok) {
    const thanks = document.createElement("p");
    thanks.className = "thanks";
    thanks.setAttribute("role", "status");
    thanks.textContent = message;
    form.replaceWith(thanks);
  } else form.querySelector(".said").textContent = message;
}, listening);
