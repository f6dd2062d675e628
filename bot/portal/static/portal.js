// Starts the design system's components, again for whatever htmx has swapped in.
import { initAll } from "./govuk-frontend.min.js";

initAll();
document.addEventListener("htmx:after:swap", () => initAll({ scope: document.querySelector("#main-content") }));

// The board, while somebody looks at it: told that something happened, it asks for itself again, filters and all.
const rows = document.querySelector("#rows[data-live]");
if (rows) {
  const refresh = async () => {
    const sent = new URLSearchParams(new FormData(document.querySelector("#filter")));
    const answer = await fetch("/board", { method: "POST", body: sent });
    if (!answer.ok || answer.redirected) return;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    const held = rows.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    if (now.querySelector("#rows").innerHTML === rows.innerHTML) return;
    rows.innerHTML = now.querySelector("#rows").innerHTML;
    document.querySelector("#total").textContent = now.querySelector("#total").textContent;
    document.querySelector("#changed").textContent = "The board has changed.";
    if (held) rows.querySelector(`a[href="${held}"]`)?.focus();
  };
  const stream = new EventSource(rows.dataset.live);
  stream.addEventListener("changed", refresh);
  addEventListener("pagehide", () => stream.close());
}

// The form of a request: what is like it already, while it is written.
const like = document.querySelector("#like[data-like]");
if (like) {
  let waiting, last = "";
  const look = async () => {
    const sent = new URLSearchParams(new FormData(like.closest("form")));
    const typed = document.querySelector("#what").value.trim();
    if (typed.length < 25 || sent.toString() === last) return;
    last = sent.toString();
    const answer = await fetch(like.dataset.like, { method: "POST", body: sent });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // an emergency is answered with its signpost instead
    like.replaceChildren(...(page.querySelector("#like-found") ?? page.querySelector("main")).childNodes);
  };
  like.closest("form").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 700);
  });
}
