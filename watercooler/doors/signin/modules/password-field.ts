import { _ } from "@base/words.ts";

/** A password that can be looked at while typing. Stands around the <input>; without script it is just that. */
class PasswordField extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input");
    if (input === null || this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lnk sm";
    const tell = (): void => {
      const isShown = input.type === "text";
      button.textContent = isShown ? _("Hide") : _("Show");
      button.setAttribute("aria-pressed", String(isShown));
      button.setAttribute("aria-label", _("Show the password"));
    };
    button.onclick = () => {
      input.type = input.type === "password" ? "text" : "password";
      tell();
    };
    // A browser remembers a field only as a password.
    input.form?.addEventListener("submit", () => (input.type = "password"));
    tell();
    this.append(button);
  }
}

customElements.define("password-field", PasswordField);
