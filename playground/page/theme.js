// Light or dark: follows the system until the person presses the toggle, then remembers. Runs before the first paint.
"use strict";
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const key = "playground.theme";

  function remembered() {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage may be forbidden: then the choice lasts until the page is closed
    }
  }

  let chosen = remembered();

  function isDark() {
    return chosen ? chosen === "dark" : system.matches;
  }

  function show() {
    root.dataset.theme = isDark() ? "dark" : "light";
    document.getElementById("theme")?.setAttribute("aria-pressed", String(isDark()));
  }

  function toggle() {
    chosen = isDark() ? "light" : "dark";
    try {
      localStorage.setItem(key, chosen);
    } catch {
      // see above
    }
    show();
  }

  show();
  system.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme").addEventListener("click", toggle);
    show();
  });
})();
