// The server can go and come back: the page says so, keeps what was typed, and goes on.
const EVERY = 2000; // milliseconds between two attempts to reach the server
const DRAFT = "crlm-draft"; // kept in this tab only for the moment of a reload
const plainFetch = window.crlmFetch || window.fetch.bind(window);
window.crlmFetch = plainFetch;
let away = null; // a promise that holds while the server is away
let banner = null;

const say = (text, button) => {
  banner?.remove();
  banner = document.createElement("div");
  banner.className = "connection";
  banner.setAttribute("role", "alert");
  banner.append(text);
  if (button) banner.append(" ", button);
  document.body.append(banner);
};

const startAfresh = () => {
  try { sessionStorage.setItem(DRAFT, questionBox()?.value || ""); } catch { /* then it is lost */ }
  location.reload();
};

const identity = async () => {
  const reply = await plainFetch("./config", { cache: "no-store" });
  if (!reply.ok) throw new Error(reply.statusText); // a login that ran out has a banner of its own
  return (await reply.json()).app_id;
};

// Resolves once the same server answers again; a new one does not know the chat.
function reconnect() {
  if (away) return away;
  say(labels().offline);
  away = new Promise((resolve) => {
    const attempt = async () => {
      let found;
      try { found = await identity(); } catch { setTimeout(attempt, EVERY); return; }
      if (found === window.gradio_config?.app_id) {
        say(labels().online);
        const told = banner;
        setTimeout(() => told.remove(), 2500);
        away = null;
        resolve();
      } else if (!element.querySelector(".exchange")) startAfresh();
      else {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = labels().afresh;
        button.addEventListener("click", startAfresh);
        say(labels().restarted, button);
      }
    };
    setTimeout(attempt, EVERY);
  });
  return away;
}

// A request that does not reach the server waits for it, then is sent once more.
window.fetch = async (...sent) => {
  const address = String(sent[0]?.url || sent[0]);
  if (!address.includes("/gradio_api/") || sent[1]?.signal?.aborted) return plainFetch(...sent);
  if (away) await away;
  try {
    return await plainFetch(...sent);
  } catch (error) {
    if (!(error instanceof TypeError) || address.includes("heartbeat")) throw error;
    await reconnect();
    return plainFetch(...sent);
  }
};

const look = async () => {
  if (away || document.hidden) return;
  try { await plainFetch("./page-files/favicon.svg", { method: "HEAD", cache: "no-store" }); } catch { reconnect(); }
};
if (window.crlmLook) clearInterval(window.crlmLook);
window.crlmLook = setInterval(look, 10_000);
addEventListener("offline", look, options);
addEventListener("online", look, options);

const draft = (() => { try { return sessionStorage.getItem(DRAFT); } catch { return null; } })();
if (draft !== null) {
  sessionStorage.removeItem(DRAFT);
  setTimeout(() => fill(draft), 300);
}
