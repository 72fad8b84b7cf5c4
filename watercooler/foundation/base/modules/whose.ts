/** Who has this page open, told with whatever it sends: a tab may outlive a sign-out, and send under the next name. */

export const person = document.body.dataset["person"] ?? "0";

/** Goes with every request that changes something; the server refuses it where somebody else is signed in by now. */
export const whose: Record<string, string> = person === "0" ? {} : { "Watercooler-Person": person };
