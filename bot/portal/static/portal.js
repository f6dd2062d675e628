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
