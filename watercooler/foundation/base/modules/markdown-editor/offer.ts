import { made } from "../icon.ts";

/** One person or topic to choose from. `value` is what is written after the sign. */
export interface Option {
  value: string;
  label: string;
  sub?: string;
  photo?: string;
}

/** Returns its line in the list. */
export function row(option: Option, id: string): HTMLElement {
  const line = made("li", "opt");
  if (option.photo) {
    const photo = made("img", "");
    Object.assign(photo, { src: option.photo, alt: "" });
    line.append(made("span", "av s", photo));
  }
  line.append(made("span", "", option.label, made("small", "", option.sub ?? "")));
  line.id = id;
  line.setAttribute("role", "option");
  return line;
}
