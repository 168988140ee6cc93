// Keys for the study pages: numbers choose or rate, Enter goes on. Everything works without this, too.
const form = document.querySelector("form[data-study]");
if (form) {
  const rating = form.dataset.study === "rate";
  const choices = [...form.querySelectorAll(rating ? ".ratings button" : ".options input")];
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = event.target;
    const typing = at.matches("textarea, input[type=text], input[type=number]");
    if (event.key === "Enter" && !event.shiftKey) {
      if (at.matches("button, a, summary")) return;
      event.preventDefault();
      if (rating) form.querySelector("[data-suggested]")?.click();
      else form.requestSubmit();
    } else if (!typing && /^[1-9]$/.test(event.key)) {
      const choice = choices[Number(event.key) - 1];
      if (choice) { choice.focus(); choice.click(); }
    }
  });
}
