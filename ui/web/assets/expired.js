// A login that ran out while the chat was open: logging in in another tab lets this one go on.
if (window.crlmExpired) window.crlmExpired.disconnect();
window.crlmExpired = new PerformanceObserver((list) => {
  if (!list.getEntries().some((entry) => entry.responseStatus === 401)) return;
  if (document.querySelector(".expired")) return;
  const english = document.documentElement.lang === "en";
  const banner = document.createElement("p");
  banner.className = "expired";
  banner.setAttribute("role", "alert");
  const link = document.createElement("a");
  link.href = "./login";
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = english
    ? "Your login has expired. Log in again (opens a tab), then send once more; this chat is kept."
    : "登录已过期：点此重新登录（新标签页），然后再发送一次，本对话会保留。";
  link.addEventListener("click", () => banner.remove());
  banner.append(link);
  document.body.append(banner);
});
window.crlmExpired.observe({ type: "resource" });
