import { say } from "../say.ts";
import { _ } from "../words.ts";
import { create, get, type CreationJSON, type RequestJSON } from "./credentials.ts";

/** A form that is sent with a passkey. Stands inside the <form>, which has a hidden input named `credential`.
 *
 * data-does="sign-in": asks the form's action for its options first, as JSON.
 * data-does="prove" or "add": the options stand in data-options. "add" may have a checkbox named `passwordless`.
 */
class PassKey extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (button === null) return;
    if (!("PublicKeyCredential" in window)) {
      this.hidden = true;
      return;
    }
    button.type = "button";
    button.onclick = () => void this.#press(button);
  }

  async #press(button: HTMLButtonElement): Promise<void> {
    const form = this.closest("form");
    const input = form?.querySelector<HTMLInputElement>("input[name='credential']");
    if (!form || !input) return;
    button.setAttribute("aria-busy", "true");
    try {
      input.value = await this.#credential(form);
      form.submit();
    } catch (error) {
      say(sentence(error));
      button.removeAttribute("aria-busy");
    }
  }

  async #credential(form: HTMLFormElement): Promise<string> {
    const does = this.dataset["does"];
    if (does === "sign-in") {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      const told = (await answer.json()) as { request_options: { publicKey: RequestJSON } };
      return get(told.request_options.publicKey);
    }
    const told = JSON.parse(this.dataset["options"] ?? "{}") as Record<string, unknown>;
    if (does === "prove") return get(inner<RequestJSON>(told, "request_options"));
    return create(this.#chosen(inner<CreationJSON>(told, "creation_options"), form));
  }

  /** A key that signs in by itself must be kept on the device and unlocked; a second factor need not. */
  #chosen(options: CreationJSON, form: HTMLFormElement): CreationJSON {
    const box = form.querySelector<HTMLInputElement>("input[name='passwordless']");
    if (box === null) return options;
    const authenticatorSelection: AuthenticatorSelectionCriteria = {
      ...options.authenticatorSelection,
      residentKey: box.checked ? "required" : "discouraged",
      requireResidentKey: box.checked,
    };
    if (box.checked) authenticatorSelection.userVerification = "required";
    return { ...options, authenticatorSelection };
  }
}

function sentence(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return _("No passkey was used. You can try again, or sign in another way.");
  if (name === "SecurityError")
    return _("Passkeys work over HTTPS, or at the address localhost. Open this page there.");
  return _("That passkey did not work here.");
}

/** The options may come bare, under publicKey, or under the name the sign-in library gives them. */
function inner<T>(told: Record<string, unknown>, name: string): T {
  const named = (told[name] ?? told) as Record<string, unknown>;
  return (named["publicKey"] ?? named) as T;
}

customElements.define("pass-key", PassKey);
