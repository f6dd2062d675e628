// Before anything is drawn: components that need JavaScript show themselves only where it runs.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
