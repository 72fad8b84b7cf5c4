/** Builds the front end: one app.css and one app.js from every app's folder, with fonts, icons and drawings.
 *
 * - watercooler/…/styles/NAME.css        joined into app.css, tokens first
 * - watercooler/…/styles/alone/NAME.css  built under its own name, for the few pages that ask for it
 * - watercooler/…/modules/NAME.ts        joined into app.js
 * - watercooler/…/modules/TAG/index.ts   fetched by app.js only where a page has a <TAG>
 * - watercooler/…/drawings/NAME.svg|png  copied
 * - foundation/base/icons/names.txt      joined into icons.svg
 * - foundation/base/first/first.ts       fetches app.js when the styles are in
 * - foundation/base/worker/sw.ts         the service worker
 *
 * All land in watercooler/static/built under names that change with their content; names.json says which is which.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const ROOT = import.meta.dirname;
const HOUSE = join(ROOT, "watercooler");
const BASE = join(HOUSE, "foundation/base");
const BUILT = join(HOUSE, "static/built");
const FONTS = join(ROOT, "node_modules/@fontsource-variable");
const ICONS = join(ROOT, "node_modules/lucide-static/icons");
const APP = "virtual:app";
/** Browsers that know light-dark(), relative colours and nesting: none of them is rewritten for older ones. */
const BROWSERS = ["chrome125", "firefox128", "safari18"];

/** All files of the house whose path matches, in one order on every machine. */
function found(pattern: RegExp): string[] {
  const files = readdirSync(HOUSE, { recursive: true, encoding: "utf8" });
  return files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.startsWith("static/") && pattern.test(file))
    .sort()
    .map((file) => join(HOUSE, file));
}

const styles = (): string[] => {
  const first = ["tokens.css", "fonts.css", "reset.css", "base.css"].map((name) => join(BASE, "styles", name));
  return [...first, ...found(/\/styles\/[^/]+\.css$/).filter((file) => !first.includes(file))];
};
const modules = (): string[] => found(/\/modules\/[^/]+\.ts$/);
const lazy = (): [tag: string, file: string][] =>
  found(/\/modules\/[^/]+\/index\.ts$/).map((file) => [basename(dirname(file)), file]);
const alone = (): Record<string, string> =>
  Object.fromEntries(found(/\/styles\/alone\/[^/]+\.css$/).map((file) => [basename(file, ".css"), file]));

/** The module that imports everything, and says which tag needs which further module. */
function app(): Plugin {
  return {
    name: "app",
    resolveId: (id) => (id === APP ? `\0${APP}` : undefined),
    load(id) {
      if (id !== `\0${APP}`) return;
      const quoted = (file: string): string => JSON.stringify(file);
      const joined = [...styles(), ...modules()].map((file) => `import ${quoted(file)};`);
      const later = lazy().map(([tag, file]) => `${quoted(tag)}: () => import(${quoted(file)})`);
      const loader = quoted(join(BASE, "modules/fetched-later.ts"));
      return `${joined.join("\n")}\nimport { fetchLater } from ${loader};\nfetchLater({ ${later.join(", ")} });`;
    },
  };
}

/** One <symbol> per icon; stroke and colour come from the page's styles. */
function sprite(): string {
  const names = readFileSync(join(BASE, "icons/names.txt"), "utf8")
    .split("\n")
    .filter((name) => /^[a-z]/.test(name));
  const own = new Set(readdirSync(join(BASE, "icons")));
  const symbols = names.map((name) => {
    const drawing = readFileSync(join(own.has(`${name}.svg`) ? join(BASE, "icons") : ICONS, `${name}.svg`), "utf8");
    const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(drawing)?.[1] ?? "";
    return `<symbol id="i-${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "").trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

/** Adds what no module imports: the sprite and the drawings. */
function drawn(): Plugin {
  return {
    name: "drawn",
    buildStart() {
      this.emitFile({ type: "asset", name: "icons.svg", source: sprite() });
      for (const file of found(/\/drawings\/[^/]+\.(svg|png)$/)) {
        this.emitFile({ type: "asset", name: basename(file), source: readFileSync(file) });
      }
    },
  };
}

/** Writes names.json (name → built file), tells the worker what to keep, and compresses once what is served often. */
function named(): Plugin {
  return {
    name: "named",
    writeBundle(_, bundle) {
      const names: Record<string, string> = {};
      for (const file of Object.values(bundle)) {
        if (file.type === "asset") for (const name of file.names) names[name] ??= file.fileName;
        else if (file.isEntry) names[`${file.name}.js`] = file.fileName;
      }
      for (const name of Object.keys(alone())) delete names[`${name}.js`];
      writeFileSync(join(BUILT, "names.json"), `${JSON.stringify(names, Object.keys(names).sort(), 1)}\n`);
      for (const { fileName } of Object.values(bundle)) compress(join(BUILT, fileName));
    },
  };
}

function compress(file: string): void {
  if (!/\.(css|js|svg)$/.test(file)) return;
  const content = readFileSync(file);
  if (content.length < 600) return;
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

export default defineConfig({
  root: ROOT,
  base: "/static/built/",
  publicDir: false,
  resolve: { alias: { "@fonts": FONTS, "@base": join(BASE, "modules") } },
  plugins: [app(), drawn(), named()],
  build: {
    outDir: BUILT,
    emptyOutDir: true,
    target: BROWSERS,
    cssTarget: BROWSERS,
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { app: APP, first: join(BASE, "first/first.ts"), sw: join(BASE, "worker/sw.ts"), ...alone() },
      output: {
        entryFileNames: "[name].[hash].js",
        chunkFileNames: "[name].[hash].js",
        assetFileNames: "[name].[hash][extname]",
      },
    },
  },
});
