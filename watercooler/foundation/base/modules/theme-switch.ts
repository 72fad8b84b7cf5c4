const YEAR_SECONDS = 60 * 60 * 24 * 365;

/** Light, dark or the system's choice. Kept in a cookie, so that the server writes it into the next page at once. */
class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.#show();
    this.addEventListener("click", (event) => {
      const name = (event.target as Element).closest<HTMLElement>("[data-theme-name]")?.dataset["themeName"];
      if (name === undefined) return;
      document.cookie = `theme=${name}; path=/; max-age=${name ? YEAR_SECONDS : 0}; samesite=lax`;
      if (name) document.documentElement.dataset["theme"] = name;
      else delete document.documentElement.dataset["theme"];
      document.querySelectorAll<ThemeSwitch>("theme-switch").forEach((other) => other.#show());
    });
  }

  #show(): void {
    const now = document.documentElement.dataset["theme"] ?? "";
    for (const button of this.querySelectorAll<HTMLElement>("[data-theme-name]")) {
      button.setAttribute("aria-pressed", String(button.dataset["themeName"] === now));
    }
  }
}

customElements.define("theme-switch", ThemeSwitch);
