// "Walk a frame byte by byte": shows what a decoder knows after each byte. It judges as `Header::decode` does,
// front to back, each field as soon as its bytes are there. Where there is no script the page says what to type.
(() => {
    const FRAMES = {
        "a request": "79727063 01010000 00180000 0000000000000001 00000009 7361795f68656c6c6f",
        "its response": "79727063 01020000 00180000 0000000000000001 00000005 48656c6c6f",
        "a response that says no": "79727063 01020000 0018012e 0000000000000002 0000000a 6e6f206f726465722039",
        "a request with a deadline": "79727063 01010000 00230000 0000000000000003 00000002 010008000000000016e360 6869",
        "a cancel": "79727063 01050000 00180000 0000000000000003 00000000",
        "a web client": "474554202f20485454502f312e300d0a0d0a",
        "a later version": "79727063 02010000 00180000 0000000000000001 00000000",
        "an extension that is too long": "79727063 01010000 001b0000 0000000000000001 00000000 030004",
        "a status in a request": "79727063 01010000 00180067 0000000000000001 00000000",
        "a body of 4 GiB": "79727063 01010000 00180000 0000000000000001 ffffffff",
    };
    const KINDS = [null, "request", "response", "one-way", "heartbeat", "cancel", "goaway"];
    const STATUSES = {
        101: "bad-request", 102: "unknown-method", 103: "busy", 104: "unknown-extension", 105: "shutting-down",
        110: "bad-frame", 111: "unsupported-version", 112: "frame-timeout", 113: "idle", 201: "internal",
        301: "bad-argument", 302: "not-found", 303: "reply-too-long",
    };
    const HEADER = 24, MAX_HEADER = 4096, MAX_BODY = 8 * 1024 * 1024;
    const MAGIC = [0x79, 0x72, 0x70, 0x63];

    const hex = (byte) => byte.toString(16).padStart(2, "0");
    const number = (bytes) => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const both = (bytes) => `${bytes.map(hex).join(" ")} (${text(bytes)})`;
    const text = (bytes) => JSON.stringify(new TextDecoder().decode(Uint8Array.from(bytes)));

    // Why the extensions do not fill the header, or null.
    function badExtension(bytes) {
        const seen = new Set();
        for (let at = 0; at < bytes.length;) {
            const bad = (why) => `bad extension at byte ${HEADER + at} of the header: ${why}`;
            const left = bytes.length - at;
            const needs = left < 3 ? 3 : 3 + bytes[at + 1] * 256 + bytes[at + 2];
            const number = bytes[at] & 0x7f;
            if (needs > left) return bad(`it needs ${needs} bytes, the header has ${left} left`);
            if (number === 0) return bad("there is no extension number 0");
            if (seen.has(number)) return bad(`number ${number} comes twice`);
            seen.add(number);
            at += needs;
        }
        return null;
    }

    // The field of every byte, as far as the bytes say where it is, and what a decoder says to all of them.
    function walk(bytes) {
        const fields = [];
        let kind = null, at = 0, wrong = null;
        const field = (name, length, meaning, fault = () => null) => {
            if (wrong || at >= bytes.length) return null;
            const got = bytes.slice(at, at + length);
            const whole = got.length === length;
            fields.push({ at, end: at + got.length, name, meaning: whole ? meaning(got) : `${got.length} of ${length} bytes` });
            at += length;
            wrong = fault(got, whole);
            return whole && !wrong ? number(got) : null;
        };
        const size = (name, length, fault) =>
            field(name, length, (got) => String(number(got)), (got, whole) => whole ? fault(number(got)) : null);
        field("magic", 4, text, (got) => got.some((byte, index) => byte !== MAGIC[index])
            ? `not our protocol: expected the magic number ${both(MAGIC)}, got ${both(got)}` : null);
        size("version", 1, (got) => got === 1n ? null : `unknown version: expected 1, got ${got}`);
        field("kind", 1, ([got]) => `${got} ${KINDS[got] ?? ""}`.trim(), ([got]) => {
            kind = KINDS[got];
            return kind ? null : `unknown kind of frame: expected 1 to 6, got ${got}`;
        });
        size("codec", 1, () => null);
        size("compressor", 1, () => null);
        const header = size("header length", 2, (got) => got < HEADER ? `header length: expected at least ${HEADER}, got ${got}`
            : got > MAX_HEADER ? `header length: expected at most ${MAX_HEADER}, got ${got}` : null);
        size("status", 2, (got) => got === 0n || kind === "response" || kind === "goaway" ? null
            : `status of a ${kind}: expected 0, got ${got}${STATUSES[got] ? " " + STATUSES[got] : ""}`);
        size("request id", 8, () => null);
        const body = size("body length", 4, (got) => got > 0n && (kind === "heartbeat" || kind === "cancel")
            ? `body length of a ${kind}: expected 0, got ${got}`
            : got > MAX_BODY ? `body length: expected at most ${MAX_BODY}, got ${got}` : null);
        if (body === null) return { fields, wrong, whole: false };
        if (header > HEADER) {
            field("extensions", Number(header) - HEADER, (got) => `${got.length} bytes`, (got, whole) => whole ? badExtension(got) : null);
        }
        if (wrong) return { fields, wrong, whole: false };
        if (body > 0) field("body", Number(body), text);
        const length = Number(header + body);
        return { fields, wrong, whole: bytes.length >= length, rest: bytes.length - length };
    }

    function verdict(bytes) {
        const { wrong, whole, rest } = walk(bytes);
        if (wrong) return ["wrong", `Error: ${wrong}. The connection ends.`];
        if (whole) return ["whole", rest > 0 ? `A whole frame, and ${rest} bytes of the next.` : "A whole frame."];
        return ["", "Not all there, and nothing wrong with what is: not yet."];
    }

    function start(place) {
        place.innerHTML = `
            <p><label>Frame <select>${Object.keys(FRAMES).map((name) => `<option>${name}</option>`).join("")}</select></label>
            <button type="button" data-step="-1">one byte back</button>
            <button type="button" data-step="1">one byte on</button></p>
            <div class="bytes" tabindex="0" role="group" aria-label="bytes; the arrow keys walk"></div>
            <p class="says" aria-live="polite"></p>
            <p><label>or your own, in hex: <input type="text" spellcheck="false" autocomplete="off"></label></p>`;
        const find = (what) => place.querySelector(what);
        const [select, input, cells, says] = ["select", "input", ".bytes", ".says"].map(find);
        let bytes = [], come = 0;

        function show() {
            const { fields } = walk(bytes.slice(0, come));
            const here = fields.at(-1);
            cells.replaceChildren(...bytes.map((byte, index) => {
                const cell = document.createElement("span");
                cell.textContent = hex(byte);
                cell.className = index >= come ? "later" : here && index >= here.at && index < here.end ? "here" : "come";
                cell.addEventListener("click", () => go(index + 1));
                return cell;
            }));
            const [state, judgement] = verdict(bytes.slice(0, come));
            place.dataset.state = state;
            const know = here ? `Byte ${come - 1}: ${here.name}${here.meaning ? ", " + here.meaning : ""}. ` : "No byte has come. ";
            says.textContent = know + judgement;
        }
        function go(to) {
            come = Math.max(0, Math.min(bytes.length, to));
            show();
        }
        function load(frame) {
            bytes = (frame.replace(/[^0-9a-f]/gi, "").match(/../g) ?? []).slice(0, 256).map((pair) => parseInt(pair, 16));
            go(come || 1);
        }
        select.addEventListener("change", () => {
            input.value = FRAMES[select.value];
            come = 1;
            load(input.value);
        });
        input.addEventListener("input", () => load(input.value));
        for (const button of place.querySelectorAll("button")) {
            button.addEventListener("click", () => go(come + Number(button.dataset.step)));
        }
        cells.addEventListener("keydown", (event) => {
            const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8, Home: -bytes.length, End: bytes.length }[event.key];
            if (step === undefined) return;
            // mdBook turns the page with the arrow keys.
            event.preventDefault();
            event.stopPropagation();
            go(come + step);
        });
        input.value = FRAMES[select.value];
        load(input.value);
    }

    for (const place of document.querySelectorAll(".walk-frame")) start(place);
})();
