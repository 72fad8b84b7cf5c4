/** The words that script writes. English stands in the code; another language comes with the page as one JSON block. */

type Values = Record<string, string | number>;

export const language = document.documentElement.lang || "en-gb";
const plurals = new Intl.PluralRules(language); // takes 0.3 ms; the first of any other Intl takes 25
const translated = readBlock();

function readBlock(): Record<string, string> {
  const block = document.getElementById("words");
  return block === null ? {} : (JSON.parse(block.textContent ?? "{}") as Record<string, string>);
}

function fill(message: string, values: Values): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Returns the translated message with its {placeholders} filled. */
export function _(message: string, values: Values = {}): string {
  return fill(translated[message] ?? message, values);
}

/** Returns the sentence for this many, with {count} filled. A translation has one entry a plural form: "other#few". */
export function counted(one: string, other: string, count: number): string {
  const message = translated[`${other}#${plurals.select(count)}`] ?? (count === 1 ? one : other);
  return fill(message, { count: new Intl.NumberFormat(language).format(count) });
}
