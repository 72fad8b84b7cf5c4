import { icon, made } from "../icon.ts";
import { _ } from "../words.ts";

/** Opens the pictures of a post large, one after another. Without script each is a link to the whole picture. */
class PhotoGrid extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a:has(img)");
      if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#open(this.#links().indexOf(link));
    });
  }

  #links(): HTMLAnchorElement[] {
    return [...this.querySelectorAll<HTMLAnchorElement>("a:has(img)")];
  }

  #open(first: number): void {
    const links = this.#links();
    const picture = made("img", "");
    const words = made("p", "light-words");
    const dialog = made("dialog", "light");
    dialog.setAttribute("aria-label", _("Pictures"));
    let at = first;
    const show = (next: number): void => {
      at = (next + links.length) % links.length;
      const link = links[at];
      const small = link?.querySelector("img");
      if (!link || !small) return;
      Object.assign(picture, { src: link.href, alt: small.alt });
      words.textContent = [links.length > 1 ? `${at + 1} / ${links.length}` : "", small.alt]
        .filter(Boolean)
        .join(" · ");
    };
    const buttons = [button(_("Close"), "x", () => dialog.close())];
    if (links.length > 1)
      buttons.push(
        button(_("Previous"), "arrow-left", () => show(at - 1)),
        button(_("Next"), "arrow-right", () => show(at + 1)),
      );
    words.setAttribute("role", "status");
    dialog.append(made("div", "light-tools", ...buttons), picture, words);
    dialog.onkeydown = (event) => {
      if (event.key === "ArrowLeft") show(at - 1);
      else if (event.key === "ArrowRight") show(at + 1);
    };
    dialog.onclick = (event) => {
      if (event.target === dialog) dialog.close();
    };
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    show(first);
    dialog.showModal();
  }
}

function button(name: string, drawing: string, press: () => void): HTMLButtonElement {
  const one = made("button", "ib", icon(drawing));
  one.type = "button";
  one.setAttribute("aria-label", name);
  one.onclick = press;
  return one;
}

customElements.define("photo-grid", PhotoGrid);
