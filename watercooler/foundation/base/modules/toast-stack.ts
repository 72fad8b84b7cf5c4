const SHOWN_MS = 10_000;

export interface Offer {
  label: string;
  take: () => void;
}

/** Holds the toasts. Each goes after ten seconds, which stand still while somebody points at it or has focus in it. */
export class ToastStack extends HTMLElement {
  connectedCallback(): void {
    for (const toast of this.querySelectorAll<HTMLElement>("[data-toast]")) this.#time(toast);
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape") (event.target as Element).closest("[data-toast]")?.remove();
    });
  }

  show(sentence: string, offer?: Offer | undefined): void {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset["toast"] = "";
    const words = document.createElement("p");
    words.textContent = sentence;
    toast.append(words);
    if (offer) toast.append(this.#button(offer, toast));
    this.take(toast);
  }

  /** Takes in a toast that the server wrote. */
  take(toast: HTMLElement): void {
    const isNarrow = matchMedia("(width < 40rem)").matches;
    // On a phone two lie over a third of what is read: the newest stays, and one that can still be undone.
    if (isNarrow) for (const told of this.querySelectorAll("[data-toast]:not(:has(button))")) told.remove();
    const passing = [...this.querySelectorAll("[data-toast]")];
    for (const told of passing.slice(0, Math.max(passing.length - (isNarrow ? 1 : 2), 0))) told.remove();
    this.append(toast);
    this.#time(toast);
  }

  #button(offer: Offer, toast: HTMLElement): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = offer.label;
    button.onclick = () => {
      toast.remove();
      offer.take();
    };
    return button;
  }

  #time(toast: HTMLElement): void {
    let left = SHOWN_MS;
    let since = 0;
    let timer = 0;
    const run = (): void => {
      since = performance.now();
      timer = window.setTimeout(() => toast.remove(), left);
    };
    const stop = (): void => {
      clearTimeout(timer);
      left = Math.max(left - (performance.now() - since), 2000);
    };
    toast.addEventListener("pointerenter", stop);
    toast.addEventListener("focusin", stop);
    toast.addEventListener("pointerleave", run);
    toast.addEventListener("focusout", run);
    run();
  }
}

customElements.define("toast-stack", ToastStack);
