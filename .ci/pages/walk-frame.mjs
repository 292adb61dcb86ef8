// The chapter 2 page on which a frame can be walked byte by byte, in a real browser: it has to say of every frame in
// chapters/ch02-protocol/tests/vectors/frames.txt what the decoder says. Give it the rendered book; default book/out.
import { access, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const SKIPPED = 77;

function skip(why) {
    console.log(`skipped: ${why}`);
    process.exit(SKIPPED);
}

const program = process.env.CHROMIUM ?? "/usr/bin/chromium";
await access(program).catch(() => skip(`${program} is not installed; CHROMIUM may name another browser`));
const { chromium } = await import("playwright-core").catch(() => skip("run `npm ci` in .ci/pages first"));
const page_file = resolve(process.argv[2] ?? resolve(ROOT, "book/out"), "ch02/header.html");
await access(page_file).catch(() => skip(`${page_file} is not there; run \`cargo book build\` first`));

const lines = (await readFile(resolve(ROOT, "chapters/ch02-protocol/tests/vectors/frames.txt"), "utf8")).split("\n");
const vectors = lines.filter((line) => line && !line.startsWith("#")).map((line) => line.split("|").map((part) => part.trim()));

const browser = await chromium.launch({ executablePath: program, headless: true, args: ["--no-sandbox"] });
const page = await browser.newPage();
const faults = [];
page.on("pageerror", (why) => faults.push(`script: ${why.message}`));
await page.goto(pathToFileURL(page_file).href);
const bytes = page.locator(".walk-frame .bytes");
const says = () => page.locator(".walk-frame .says").innerText();
for (const [name, hex, meaning] of vectors) {
    await page.fill(".walk-frame input", hex);
    await bytes.focus();
    await page.keyboard.press("End");
    const refused = meaning.match(/^refused: (.*)$/)?.[1];
    const last = await says();
    if (refused ? !last.includes(`Error: ${refused}.`) : !last.endsWith("A whole frame.")) {
        faults.push(`${name}: expected ${refused ?? "a whole frame"}, the page says: ${last}`);
    }
    await page.keyboard.press("ArrowLeft");
    if (hex.replace(/\s/g, "").length > 2 && !(await says()).endsWith("not yet.")) {
        faults.push(`${name}: one byte earlier nothing is known, the page says: ${await says()}`);
    }
}
if (page.url() !== pathToFileURL(page_file).href) faults.push("the arrow keys have turned the page");
await browser.close();
faults.forEach((fault) => console.error(fault));
console.log(`${vectors.length} frames walked, ${faults.length} faults`);
process.exit(faults.length > 0 || vectors.length === 0 ? 1 : 0);
