// Opens every page of the rendered book in a headless Chromium: from file:// and from the book's own server,
// in both themes, on a wide screen and on a phone. Nothing may fail to load, no script may throw, no page may
// scroll sideways, every figure must be visible, and the search must find something.
import { spawn } from "node:child_process";
import { access, mkdir, readdir } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const HELP = `Usage: node pages.mjs [--book DIR] [--shots DIR] [--page TEXT]

  --book DIR    a rendered book; without it, the book is rendered into book/out and also served
  --shots DIR   write a screenshot of every page, theme and width
  --page TEXT   only pages whose path contains TEXT

The browser is /usr/bin/chromium, or the program that CHROMIUM names. Exit: 0 passed, 1 failed,
2 bad arguments, 77 skipped because the browser, playwright-core or cargo is missing.`;

const THEMES = [["light", "light"], ["navy", "dark"]];
const WIDTHS = [1280, 360];
// A page is a few hundred kilobytes from this machine; what takes longer than this has hung.
const LIMIT = 20_000;
// The first start may have to compile the book engine.
const START_LIMIT = 300_000;
const SKIPPED = 77;
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

function options() {
    try {
        const text = { type: "string" };
        return parseArgs({ options: { book: text, shots: text, page: text, help: { type: "boolean" } } }).values;
    } catch (why) {
        console.error(`error: ${why.message}`);
        process.exit(2);
    }
}

function skip(why) {
    console.log(`skipped: ${why}`);
    console.log("0 passed, 0 failed, 1 skipped");
    process.exit(SKIPPED);
}

async function browser() {
    const program = process.env.CHROMIUM ?? "/usr/bin/chromium";
    await access(program).catch(() => skip(`${program} is not installed; CHROMIUM may name another browser`));
    const playwright = await import("playwright-core").catch(() => skip("run `npm ci` in .ci/pages first"));
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    return playwright.chromium.launch({ executablePath: program, headless: true, args });
}

// The book's own server: renders the book, prints its address, serves until it is stopped.
function serve() {
    const args = ["run", "--quiet", "--package", "book", "--", "serve", "--once", "--port", "0"];
    const server = spawn("cargo", args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
    const address = new Promise((done, fail) => {
        server.once("error", () => skip("cargo is not installed"));
        server.once("exit", (code) => fail(new Error(`the server ended with exit code ${code}`)));
        createInterface({ input: server.stdout }).once("line", done);
        setTimeout(() => fail(new Error("the server did not start")), START_LIMIT).unref();
    });
    return { server, address };
}

async function pages(book) {
    const files = await readdir(book, { recursive: true });
    // toc.html is a frame for readers without scripts, never a page of its own.
    const isPage = (path) => path.endsWith(".html") && path !== "toc.html";
    return files.map((path) => path.replaceAll("\\", "/")).filter(isPage).sort();
}

// Runs in the page: what a reader would see as broken.
function look(theme) {
    const faults = [];
    if (!document.documentElement.classList.contains(theme)) faults.push(`the theme ${theme} is not on`);
    const scrolls = (element) => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
    // mdBook lets all of the content scroll; what a reader may have to scroll is a box inside it.
    const isContained = (element) => {
        for (let at = element.parentElement; at && at.tagName !== "MAIN" && at !== document.body; at = at.parentElement) {
            if (scrolls(at)) return true;
        }
        return false;
    };
    const width = document.documentElement.clientWidth;
    for (const element of document.querySelectorAll("main, main *:not(svg *)")) {
        const box = element.getBoundingClientRect();
        if (box.width > 0 && box.right > width + 1 && !isContained(element)) {
            const name = element.className ? `${element.tagName}.${element.className}` : element.tagName;
            faults.push(`${name.toLowerCase()} ends ${Math.round(box.right - width)} px beyond the screen`);
            break;
        }
    }
    if (document.documentElement.scrollWidth > width) faults.push("the page scrolls sideways");
    for (const figure of document.querySelectorAll("figure.picture svg")) {
        const box = figure.getBoundingClientRect();
        const name = figure.querySelector("title")?.textContent ?? "a figure";
        if (box.width < 100 || box.height < 10) faults.push(`the figure ${JSON.stringify(name)} is not visible`);
    }
    return faults;
}

// One reader: a theme on a screen.
async function reader(chromium, [theme, scheme], width) {
    const context = await chromium.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    await context.addInitScript((name) => {
        // The print page opens the print dialogue by itself.
        window.print = () => {};
        try { localStorage.setItem("mdbook-theme", name); } catch { }
    }, theme);
    return { context, theme, scheme, width };
}

async function open({ context, theme }, url, shot) {
    const page = await context.newPage();
    const faults = [];
    page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
    page.on("pageerror", (why) => faults.push(`script: ${why.message}`));
    page.on("requestfailed", (request) => faults.push(`did not load: ${request.url()}`));
    page.on("response", (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
    try {
        await page.goto(url, { waitUntil: "load", timeout: LIMIT });
        faults.push(...await page.evaluate(look, theme));
        if (shot) await page.screenshot({ path: shot, fullPage: true });
    } catch (why) {
        faults.push(why.message.split("\n")[0]);
    }
    await page.close();
    return faults;
}

async function search(chromium, url) {
    const page = await chromium.newPage();
    try {
        await page.goto(url, { timeout: LIMIT });
        const word = (await page.locator("main h1").first().innerText()).split(/\s+/).sort((a, b) => b.length - a.length)[0];
        await page.click("#mdbook-search-toggle");
        await page.locator("#mdbook-searchbar").pressSequentially(word);
        await page.locator("#mdbook-searchresults li").first().waitFor({ timeout: LIMIT });
        return [];
    } catch (why) {
        return [`the search finds nothing: ${why.message.split("\n")[0]}`];
    } finally {
        await page.close();
    }
}

const wish = options();
if (wish.help) {
    console.log(HELP);
    process.exit(0);
}
const chromium = await browser();
const served = wish.book ? undefined : serve();
let failed = 0, passed = 0;
const report = (name, faults) => {
    if (faults.length === 0) { passed += 1; return; }
    failed += 1;
    console.log(`${name}: ${[...new Set(faults)].join("; ")}`);
};
try {
    const address = await served?.address;
    const book = wish.book ? resolve(wish.book) : join(ROOT, "book/out");
    const found = (await pages(book)).filter((path) => path.includes(wish.page ?? ""));
    if (found.length === 0) throw new Error(`no page in ${relative(process.cwd(), book) || "."}`);
    if (wish.shots) await mkdir(wish.shots, { recursive: true });
    const origins = [["file", pathToFileURL(book).href + "/"]];
    if (address) origins.push(["http", address]);
    const readers = [];
    for (const theme of THEMES) for (const width of WIDTHS) readers.push(await reader(chromium, theme, width));
    for (const path of found) {
        process.stderr.write(`${path} …\n`);
        const faults = [];
        for (const [origin, base] of origins) {
            for (const it of readers) {
                const name = `${path.replaceAll("/", "-").replace(/\.html$/, "")}-${it.scheme}-${it.width}.png`;
                const shot = wish.shots && origin === "file" ? join(wish.shots, name) : undefined;
                const seen = await open(it, base + path, shot);
                faults.push(...seen.map((fault) => `${origin}, ${it.scheme}, ${it.width} px: ${fault}`));
            }
        }
        report(path, faults);
    }
    for (const [origin, base] of origins) report(`search over ${origin}`, await search(chromium, base + "index.html"));
} catch (why) {
    report("pages", [why.message]);
} finally {
    await chromium.close();
    served?.server.removeAllListeners("exit");
    served?.server.kill();
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
