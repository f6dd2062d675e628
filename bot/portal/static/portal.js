// Starts the design system's components, again for whatever htmx has swapped in.
import { initAll } from "./govuk-frontend.min.js";

initAll();
document.addEventListener("htmx:after:swap", () => initAll({ scope: document.querySelector("#main-content") }));
