/* The EBW-assistent as a custom element: <ebw-assistent>. Nothing of the host page is touched, and
   nothing is loaded but the chat itself. docs/widget.md tells how to embed and theme it. */
"use strict";
(() => {
  const SCRIPT_URL = document.currentScript ? document.currentScript.src : location.href;
  const LONGEST_MESSAGE = 2000;
  const ANSWER_LIMIT_MS = 45000;
  const RETRY_DELAYS_MS = [800, 2500];
  const MOST_TOO_FAST_WAITS = 5;
  const AIR_PX = 10;

  const TEXTS = {
    title: "EBW-assistent",
    you: "Jij",
    launch: "Stel je vraag of doe de quickscan",
    close: "Sluiten",
    newConversation: "Nieuw gesprek",
    intro: "Dit is een computerprogramma, geen mens. Het helpt gemeenten die radicalisering willen voorkomen: je kunt hier de quickscan van jullie lokale aanpak doen.",
    noPersonalData: "Noem geen namen of andere gegevens van personen. Met een zorg over iemand kun je hier niet terecht. Is er direct gevaar: bel 112.",
    privacyLink: "Wat er met je gegevens gebeurt",
    startScan: "Quickscan starten",
    resumeScan: "Verder met een scan",
    help: "Wat kun je?",
    log: "Gesprek",
    choices: "Antwoorden om uit te kiezen",
    chosen: "gekozen",
    input: "Je bericht",
    hint: "Enter verstuurt. Shift en Enter geeft een nieuwe regel.",
    send: "Verstuur",
    progress: "Vraag {number} van {of}",
    progressDone: "Alle {of} vragen zijn geweest",
    typing: "De assistent schrijft …",
    loading: "Het gesprek wordt opgehaald …",
    waiting: "Wacht op het antwoord. Wat je typt, blijft staan.",
    tooLong: "Je bericht heeft {count} tekens. Er passen er {most} in.",
    tooFast: "Dat ging te snel. Ik verstuur je bericht zo opnieuw.",
    offline: "Er is geen verbinding. Je bericht wordt verstuurd zodra die er weer is.",
    notSent: "Je bericht is niet aangekomen. Het staat er nog.",
    notLoaded: "Het gesprek kon niet worden opgehaald.",
    retry: "Opnieuw proberen",
    notKept: "Je typte een bericht. Wat je typt, wordt niet bewaard.",
    askNew: "Wil je een nieuw gesprek beginnen? Dit gesprek kun je dan niet meer teruglezen. Wil je later verder met je scan, typ dan eerst 'pauze'; je krijgt dan een code.",
    confirmNew: "Begin een nieuw gesprek",
    cancelNew: "Terug naar dit gesprek",
    source: "Naar de bron:",
    downloads: "Downloads van je verslag",
    report: "Open je verslag",
  };

  const LIGHT = `
    --c-back: var(--ebw-background-color, var(--nl-document-background-color, #fff));
    --c-text: var(--ebw-color, var(--nl-document-color, #1b1b1b));
    --c-muted: var(--ebw-muted-color, #4a4a4a);
    --c-line: var(--ebw-border-color, #767676);
    --c-bot: var(--ebw-bot-background-color, #eef2f7);
    --c-user: var(--ebw-user-background-color, #fdf3d8);
    --c-action: var(--ebw-action-background-color, var(--nl-button-primary-background-color, #154273));
    --c-on-action: var(--ebw-action-color, var(--nl-button-primary-color, #fff));
    --c-band: var(--ebw-header-background-color, var(--c-action));
    --c-on-band: var(--ebw-header-color, var(--c-on-action));
    --c-link: var(--ebw-link-color, var(--nl-link-color, #01578a));
    --c-focus: var(--ebw-focus-color, #1b1b1b);
    color-scheme: light;`;
  const DARK = `
    --c-back: var(--ebw-dark-background-color, #16181b);
    --c-text: var(--ebw-dark-color, #ededed);
    --c-muted: var(--ebw-dark-muted-color, #c2c2c2);
    --c-line: var(--ebw-dark-border-color, #8f959c);
    --c-bot: var(--ebw-dark-bot-background-color, #262c34);
    --c-user: var(--ebw-dark-user-background-color, #3a3320);
    --c-action: var(--ebw-dark-action-background-color, #8cc8ec);
    --c-on-action: var(--ebw-dark-action-color, #0b1b2a);
    --c-band: var(--ebw-dark-header-background-color, #0e2c4d);
    --c-on-band: var(--ebw-dark-header-color, #fff);
    --c-link: var(--ebw-dark-link-color, #8cc8ec);
    --c-focus: var(--ebw-dark-focus-color, #fff);
    color-scheme: dark;`;

  // `all: initial` with importance keeps the styles of the host page out, however insistent.
  const CSS = `
    :host { all: initial !important; display: block !important; }
    .root { all: initial; ${LIGHT}
      display: block; box-sizing: border-box; color: var(--c-text);
      font-family: var(--ebw-font-family, var(--nl-document-font-family, system-ui, "Segoe UI", sans-serif));
      font-size: var(--ebw-font-size, 1rem); line-height: 1.5; text-align: start; }
    @media (prefers-color-scheme: dark) { :host(:not([theme="light"])) .root { ${DARK} } }
    :host([theme="dark"]) .root { ${DARK} }
    .root *, .root *::before { box-sizing: border-box; }
    [hidden] { display: none !important; }
    button, textarea { font: inherit; color: inherit; }
    button { min-height: 2.75em; padding: .4em .9em; border: .0625rem solid var(--c-action);
      border-radius: var(--ebw-border-radius, .25rem); background: transparent; color: var(--c-text);
      cursor: pointer; text-align: start; }
    button.strong { background: var(--c-action); color: var(--c-on-action); }
    button:hover { text-decoration: underline; }
    button[aria-disabled="true"] { cursor: default; text-decoration: none; border-style: dashed;
      border-color: var(--c-line); color: var(--c-muted); }
    button.strong[aria-disabled="true"] { background: transparent; }
    button.chosen[aria-disabled="true"] { border: .1875rem solid var(--c-action); color: var(--c-text); font-weight: 700; }
    :focus-visible { outline: .1875rem solid var(--c-focus); outline-offset: .125rem; }
    a { color: var(--c-link); overflow-wrap: anywhere; }
    p, h2, ul { margin: 0; }
    .launcher { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: var(--ebw-z-index, 2147483000);
      max-width: calc(100vw - 2rem); border-radius: 1.5rem; padding-inline: 1.2em; }
    .panel { display: flex; flex-direction: column; background: var(--c-back); color: var(--c-text);
      border: .0625rem solid var(--c-line); border-radius: var(--ebw-border-radius, .25rem);
      min-height: 20rem; height: var(--ebw-height, 36rem); overflow: hidden; }
    .floating .panel { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: var(--ebw-z-index, 2147483000);
      width: var(--ebw-width, 26rem); max-width: calc(100vw - 2rem); max-height: calc(100vh - 2rem);
      box-shadow: 0 .25rem 1.5rem rgb(0 0 0 / 30%); }
    header { display: flex; flex-wrap: wrap; align-items: center; gap: .4em; padding: .5em .6em;
      background: var(--c-band); color: var(--c-on-band); }
    header h2 { flex: 1 1 auto; font-size: 1.1em; font-weight: 700; }
    header button { color: inherit; border-color: currentColor; font-size: .85em; padding-inline: .6em; }
    header :focus-visible { outline-color: currentColor; }
    .progress { padding: .4em .8em; border-block-end: .0625rem solid var(--c-line); font-size: .9em; }
    .progress label { display: block; }
    progress { display: block; width: 100%; height: .6em; accent-color: var(--c-action); }
    .log { flex: 1 1 auto; overflow-y: auto; padding: .8em; overscroll-behavior: contain; }
    .log:focus-visible { outline-offset: -.25rem; }
    .entry { margin-block-end: .9em; }
    .bubble { padding: .6em .8em; border-radius: var(--ebw-border-radius, .25rem); background: var(--c-bot);
      border: .0625rem solid transparent; overflow-wrap: anywhere; }
    .bubble + .bubble, .bubble > * + * { margin-block-start: .4em; }
    .bubble ul { padding-inline-start: 1.2em; }
    .user .bubble { background: var(--c-user); margin-inline-start: 2em; }
    .who { font-size: .85em; font-weight: 700; color: var(--c-muted); }
    .user .who { margin-inline-start: 2.35em; }
    .choices { display: flex; flex-wrap: wrap; gap: .5em; margin-block-start: .5em; }
    .status { padding: .3em .8em; font-size: .9em; color: var(--c-muted); }
    .status:empty { padding: 0; }
    .failure { padding: .3em .8em .6em; }
    .dots { display: flex; gap: .3em; padding: .2em .8em; }
    .dots span { width: .5em; height: .5em; border-radius: 50%; background: var(--c-muted); }
    form { display: grid; grid-template-columns: 1fr auto; gap: .3em .5em; padding: .6em .8em .8em; border-block-start: .0625rem solid var(--c-line); }
    form label { grid-column: 1 / -1; font-weight: 700; }
    textarea { width: 100%; min-height: 2.75em; max-height: 9em; padding: .5em; resize: vertical; background: var(--c-back);
      border: .0625rem solid var(--c-line); border-radius: var(--ebw-border-radius, .25rem); }
    .hint { grid-column: 1 / -1; font-size: .85em; color: var(--c-muted); }
    form button { align-self: end; }
    dialog { max-width: min(24rem, 100vw - 2rem); border-radius: var(--ebw-border-radius, .25rem); color: var(--c-text); background: var(--c-back); border: .0625rem solid var(--c-line); }
    @media (prefers-reduced-motion: no-preference) {
      .dots span { animation: blink 1.2s infinite; }
      .dots span:nth-child(2) { animation-delay: .2s; } .dots span:nth-child(3) { animation-delay: .4s; }
      @keyframes blink { 40% { opacity: .2; } }
    }
    @media (max-width: 30rem), (max-height: 30rem) {
      .floating .panel { inset: 0; width: 100%; max-width: none; height: 100%; max-height: none; min-height: 0; border: 0; border-radius: 0; }
      header { padding: .35em; gap: .25em; }
      header h2 { font-size: 1em; }
      header button { font-size: .8em; padding-inline: .4em; }
      .hint { display: none; }
    }
    @media (max-height: 30rem) { .floating .panel { overflow-y: auto; } .floating .log { overflow: visible; flex: none; } }
    @media (forced-colors: active) {
      .bubble, .launcher { border: .0625rem solid CanvasText; }
      header { border-block-end: .0625rem solid CanvasText; }
      button.chosen[aria-disabled="true"] { border-color: Highlight; }
      .dots span { background: CanvasText; forced-color-adjust: none; }
    }
    @media print {
      .launcher, header button, form, .status, .failure, .dots, .progress { display: none !important; }
      .panel, .floating .panel { position: static; height: auto; width: auto; max-width: none; max-height: none; border: 0; box-shadow: none; overflow: visible; }
      header { background: none; color: #000; border-block-end: .0625rem solid #767676; }
      .log { overflow: visible; }
      .bubble { border-color: #767676; break-inside: avoid; }
      button[aria-disabled="true"]:not(.chosen) { display: none; }
    }`;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);

  /** Make an element; children that are strings become text, never markup. */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child != null));
    return element;
  };

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

  /** An address that may become a link: https, mailto, or of the assistant's own server. */
  const safeAddress = (address, server) => {
    try {
      const url = new URL(address);
      const allowed = ["https:", "mailto:"].includes(url.protocol) || url.origin === server;
      return allowed ? url.href : null;
    } catch {
      return null;
    }
  };

  const link = (address, title, server) => {
    const href = safeAddress(address, server);
    return href ? make("a", { href, target: "_blank", rel: "noopener noreferrer" }, title) : title;
  };

  const ADDRESSES = /https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

  /** Cut a line in text and links. */
  const withLinks = (line, server) => {
    const parts = [];
    let from = 0;
    for (const match of line.matchAll(ADDRESSES)) {
      const address = match[0].includes("://") ? match[0] : `mailto:${match[0]}`;
      parts.push(line.slice(from, match.index), link(address, match[0], server));
      from = match.index + match[0].length;
    }
    return [...parts, line.slice(from)];
  };

  /** Make paragraphs and lists of a text of the bot. */
  const blocks = (text, server) => {
    const made = [];
    for (const line of text.split("\n").filter((some) => some.trim())) {
      const item = /^\s*[-•]\s+(.*)$/.exec(line);
      if (!item) made.push(make("p", {}, ...withLinks(line, server)));
      else {
        if (made.at(-1)?.tagName !== "UL") made.push(make("ul"));
        made.at(-1).append(make("li", {}, ...withLinks(item[1], server)));
      }
    }
    return made;
  };

  /** What this tab remembers over page loads; without storage it forgets, and works. */
  class Memory {
    constructor(key) {
      this.key = key;
      this.kept = {};
      try {
        this.kept = JSON.parse(sessionStorage.getItem(key)) || {};
      } catch { /* no storage, or not ours */ }
    }
    get(name) { return this.kept[name]; }
    set(values) {
      Object.assign(this.kept, values);
      try {
        sessionStorage.setItem(this.key, JSON.stringify(this.kept));
      } catch { /* no storage */ }
    }
  }

  /** Something the server refused, or a server that did not answer (status 0). */
  class ChatError extends Error {
    constructor(status, text = "", retryAfter = 0) {
      super(text);
      this.status = status;
      this.retryAfter = retryAfter;
    }
    get isAway() { return this.status === 0 || this.status >= 500; }
  }

  /** The channel: a session, and messages in it. */
  class Chat {
    constructor(server, memory) {
      this.server = server;
      this.memory = memory;
    }
    async send(message) {
      if (!this.memory.get("token")) {
        const { token } = await this.ask("/session", { method: "POST" });
        this.memory.set({ token });
      }
      const body = JSON.stringify({ message_id: message.id, text: message.text });
      return (await this.ask("/message", { method: "POST", body })).messages;
    }
    async history() { return (await this.ask("/history", {})).turns; }
    async ask(path, request) {
      const headers = {};
      if (request.body) headers["Content-Type"] = "application/json";
      const token = this.memory.get("token");
      if (token) headers.Authorization = `Bearer ${token}`;
      let response;
      let answer;
      try {
        response = await fetch(`${this.server}/chat${path}`, {
          ...request, headers, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
          signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
        });
        answer = await response.json();
      } catch {
        throw new ChatError(response && !response.ok ? response.status : 0);
      }
      if (response.ok) return answer;
      throw new ChatError(response.status, answer.text, Number(response.headers.get("Retry-After")) || 1);
    }
  }

  class EbwAssistent extends HTMLElement {
    #texts = {};
    #busy = false;
    #loaded = false;
    #built = false;

    /** Texts in place of the Dutch ones: { send: "Stuur op", … }; attributes text-send="…" too. */
    get texts() { return { ...TEXTS, ...this.#attributeTexts(), ...this.#texts }; }
    set texts(texts) {
      this.#texts = { ...texts };
      if (this.#built) this.#build();
    }

    connectedCallback() {
      if (this.#built) return;
      this.server = new URL(this.getAttribute("server") || SCRIPT_URL, location.href).origin;
      this.memory = new Memory(`ebw-assistent:${this.server}`);
      this.chat = new Chat(this.server, this.memory);
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.#build();
      document.addEventListener("click", (event) => {
        const opener = event.target.closest?.("[data-ebw-open]");
        if (opener) this.open({ opener });
      });
      addEventListener("online", () => { if (this.memory.get("pending")) this.#deliver(); });
      performance.mark("ebw-ready");
      this.dispatchEvent(new CustomEvent("ebw-ready", { bubbles: true }));
    }

    /** Show the conversation; what was said before is fetched the first time. `opener` gets the focus back. */
    open({ focus = true, opener = this.launcher } = {}) {
      this.opener = opener;
      this.panel.hidden = false;
      this.launcher.hidden = true;
      this.memory.set({ open: true });
      if (focus) this.heading.focus();
      this.#load();
      this.dispatchEvent(new CustomEvent("ebw-open", { bubbles: true }));
    }

    /** Hide the conversation; it goes on when it is opened again. */
    close() {
      this.panel.hidden = true;
      this.launcher.hidden = false;
      this.memory.set({ open: false });
      this.opener.focus();
      this.dispatchEvent(new CustomEvent("ebw-close", { bubbles: true }));
    }

    get #isInline() { return this.getAttribute("mode") === "inline"; }

    #attributeTexts() {
      const found = {};
      for (const name of Object.keys(TEXTS)) {
        const attribute = `text-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
        if (this.hasAttribute(attribute)) found[name] = this.getAttribute(attribute);
      }
      return found;
    }

    #build() {
      const texts = this.texts;
      this.#built = true;
      this.#loaded = false;
      this.launcher = this.#button(texts.launch, () => this.open(), {
        class: "launcher strong", "aria-expanded": "false", "aria-haspopup": "dialog",
      });
      this.heading = make("h2", { id: "title", tabindex: "-1" }, texts.title);
      this.progress = make("progress", { id: "progress", max: 1, value: 0 });
      this.progressLabel = make("label", { for: "progress" });
      this.progressBox = make("div", { class: "progress", hidden: true }, this.progressLabel, this.progress);
      this.log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": texts.log, tabindex: "0" });
      this.status = make("p", { class: "status", role: "status" });
      this.failure = make("div", { class: "failure", hidden: true },
        this.#button(texts.retry, () => this.#retry()));
      this.dots = make("div", { class: "dots", "aria-hidden": "true", hidden: true }, make("span"), make("span"), make("span"));
      this.input = make("textarea", {
        id: "input", rows: 1, autocomplete: "off", "aria-describedby": "hint",
        oninput: () => this.memory.set({ draft: this.input.value }),
        onkeydown: (event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          this.#submit();
        },
      });
      this.input.value = this.memory.get("draft") || "";
      const form = make("form", { onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
        make("label", { for: "input" }, texts.input), this.input,
        make("button", { class: "strong" }, texts.send),
        make("p", { class: "hint", id: "hint" }, texts.hint));
      this.asking = make("dialog", { "aria-labelledby": "ask" },
        make("p", { id: "ask" }, texts.askNew),
        make("div", { class: "choices" },
          this.#button(texts.confirmNew, () => this.#startAnew(), { class: "strong" }),
          this.#button(texts.cancelNew, () => this.asking.close())));
      const header = make("header", {}, this.heading,
        this.#button(texts.newConversation, () => this.asking.showModal()),
        this.#isInline ? null : this.#button(texts.close, () => this.close()));
      this.panel = make("section", {
        class: "panel", "aria-labelledby": "title", hidden: !this.#isInline,
        role: this.#isInline ? "region" : "dialog",
        onkeydown: (event) => { if (event.key === "Escape" && !this.#isInline && !this.asking.open) this.close(); },
      }, header, this.progressBox, this.log, this.dots, this.status, this.failure, form, this.asking);
      const root = make("div", { class: `root ${this.#isInline ? "inline" : "floating"}`, lang: "nl" }, this.launcher, this.panel);
      this.launcher.hidden = this.#isInline;
      this.shadowRoot.replaceChildren(root);
      this.#greet();
      if (this.#isInline) this.#load();
      else if (this.memory.get("open")) this.open({ focus: false });
    }

    #greet() {
      const texts = this.texts;
      const privacy = this.getAttribute("privacy");
      const address = privacy && new URL(privacy, location.href);
      const own = address && ["https:", "http:"].includes(address.protocol);
      const choices = [
        { title: texts.startScan, payload: "/start_quickscan" },
        { title: texts.resumeScan, payload: "/resume_quickscan" },
        { title: texts.help, payload: "/help" },
      ];
      this.log.append(this.#entry("bot", texts.title,
        make("div", { class: "bubble" }, make("p", {}, texts.intro), make("p", {}, texts.noPersonalData),
          own ? make("p", {}, make("a", { href: address.href }, texts.privacyLink)) : null),
        this.#choices(choices)));
    }

    #entry(kind, who, ...parts) {
      return make("div", { class: `entry ${kind}` }, make("p", { class: "who" }, `${who}:`), ...parts);
    }

    #choices(buttons) {
      return make("div", { class: "choices", role: "group", "aria-label": this.texts.choices },
        ...buttons.map((button) => this.#button(
          button.title, (event) => this.#choose(event.currentTarget, button), { "data-payload": button.payload })));
    }

    #button(title, onclick, attributes = {}) {
      return make("button", { type: "button", onclick, ...attributes }, title);
    }

    #choose(pressed, button) {
      if (pressed.getAttribute("aria-disabled") === "true") return;
      if (this.#busy) { this.#say(this.texts.waiting); return; }
      this.#markChosen(pressed);
      this.#send(button.payload, button.title);
    }

    #markChosen(pressed) {
      pressed.classList.add("chosen");
      pressed.append(` (${this.texts.chosen})`);
    }

    /** Close what is on offer: who pressed one keeps the focus there until leaving it. */
    #closeChoices() {
      for (const button of this.log.querySelectorAll(".choices button:not([aria-disabled])")) {
        const leave = () => { button.tabIndex = -1; };
        button.setAttribute("aria-disabled", "true");
        if (button === this.shadowRoot.activeElement) button.addEventListener("blur", leave, { once: true });
        else leave();
      }
    }

    #submit() {
      const text = this.input.value.trim();
      if (!text) { this.input.focus(); return; }
      if (this.#busy) { this.#say(this.texts.waiting); return; }
      if (text.length > LONGEST_MESSAGE) {
        this.#say(fill(this.texts.tooLong, { count: text.length, most: LONGEST_MESSAGE }));
        return;
      }
      this.input.value = "";
      this.memory.set({ draft: "" });
      this.#send(text, null);
    }

    #send(text, title) {
      const message = { id: newId(), text, title };
      this.memory.set({ pending: message });
      this.#closeChoices();
      this.#showOwn(title ?? text);
      this.#deliver();
    }

    #showOwn(words) {
      const entry = this.#entry("user", this.texts.you, make("div", { class: "bubble" }, make("p", {}, words)));
      this.log.append(entry);
      this.#scrollTo(entry);
    }

    /** Scroll within the widget only; in a low window the whole panel scrolls. */
    #scrollTo(entry) {
      for (const box of [this.log, this.panel]) {
        box.scrollTop += entry.getBoundingClientRect().top - box.getBoundingClientRect().top - AIR_PX;
      }
    }

    /** Bring the message that waits to the server; a second time does no harm: it has an id. */
    async #deliver() {
      const message = this.memory.get("pending");
      if (!message || this.#busy) return;
      this.#setBusy(true, this.texts.typing);
      try {
        const said = await this.#sendWithRetries(message);
        this.memory.set({ pending: null });
        this.#setBusy(false, "");
        this.#showReply(said);
      } catch (error) {
        this.#setBusy(false, "");
        this.#fail(error, message);
      }
    }

    async #sendWithRetries(message) {
      let away = 0;
      let tooFast = 0;
      for (;;) {
        try {
          return await this.chat.send(message);
        } catch (error) {
          if (error.status === 429 && tooFast < MOST_TOO_FAST_WAITS) {
            tooFast += 1;
            this.#say(this.texts.tooFast);
            await wait(error.retryAfter * 1000);
          } else if (error.isAway && navigator.onLine && away < RETRY_DELAYS_MS.length) {
            await wait(RETRY_DELAYS_MS[away]);
            away += 1;
          } else throw error;
        }
      }
    }

    #fail(error, message) {
      if (!(error instanceof ChatError)) throw error;
      if (error.isAway || error.status === 429) {
        this.#say(navigator.onLine ? this.texts.notSent : this.texts.offline);
        this.failure.hidden = false;
        return;
      }
      // Refused: it will not do better unchanged. What was typed goes back to where it was typed.
      this.memory.set({ pending: null });
      if (!message.title && !this.input.value) {
        this.input.value = message.text;
        this.memory.set({ draft: message.text });
      }
      const over = error.status === 401;
      if (over) this.memory.set({ token: null });
      const again = over ? make("div", { class: "choices" }, this.#button(this.texts.confirmNew, () => this.#startAnew())) : null;
      const entry = this.#entry("bot", this.texts.title,
        make("div", { class: "bubble" }, ...blocks(error.message || this.texts.notSent, this.server)), again);
      this.log.append(entry);
      this.#scrollTo(entry);
    }

    #retry() {
      this.failure.hidden = true;
      this.input.focus();
      if (this.#loaded) this.#deliver();
      else this.#load();
    }

    /** Show what was said before, and finish what a page load broke off. */
    async #load() {
      if (this.#loaded || this.#busy) return;
      const pending = this.memory.get("pending");
      if (this.memory.get("token")) {
        this.#setBusy(true, this.texts.loading);
        try {
          const turns = await this.chat.history();
          this.#setBusy(false, "");
          if (turns.length) this.#closeChoices();
          for (const turn of turns) this.#showTurn(turn);
          if (turns.some((turn) => turn.message_id === pending?.id)) this.memory.set({ pending: null });
        } catch (error) {
          this.#setBusy(false, "");
          if (error.status !== 401) {
            this.#say(this.texts.notLoaded);
            this.failure.hidden = false;
            return;
          }
          this.memory.set({ token: null, pending: null });
        }
      }
      this.#loaded = true;
      if (this.memory.get("pending")) {
        this.#closeChoices();
        this.#showOwn(pending.title ?? pending.text);
        this.#deliver();
      }
    }

    #showTurn(turn) {
      this.#closeChoices();
      const offered = [...this.log.querySelectorAll(".choices")].at(-1)?.querySelectorAll("button") || [];
      const pressed = [...offered].find((button) => (
        turn.chosen ? button.textContent === turn.chosen : button.dataset.payload === turn.command));
      const title = turn.chosen ?? pressed?.textContent;
      if (pressed) this.#markChosen(pressed);
      this.#showOwn(title ?? this.texts.notKept);
      this.#showReply(turn.said);
    }

    #showReply(messages) {
      if (!messages.length) return;
      const parts = [];
      for (const message of messages) {
        const custom = message.custom || {};
        const bubble = make("div", { class: "bubble" }, ...blocks(message.text || "", this.server), ...this.#extras(custom));
        if (bubble.childNodes.length) parts.push(bubble);
        if (message.buttons?.length) parts.push(this.#choices(message.buttons));
        this.#showProgress(custom);
      }
      const entry = this.#entry("bot", this.texts.title, ...parts);
      this.log.append(entry);
      // The beginning of what was said comes into view: reading starts there.
      this.#scrollTo(entry);
      performance.mark("ebw-reply-shown");
    }

    /** Sources and the report: the links that come beside a text. */
    #extras(custom) {
      const extras = [custom.source, ...(custom.knowledge?.sources || [])]
        .filter(Boolean)
        .map((source) => (typeof source === "string" ? { title: source, url: source } : source))
        .filter((source) => safeAddress(source.url, this.server))
        .map((source) => make("p", {}, `${this.texts.source} `, link(source.url, source.title || source.url, this.server)));
      if (custom.report && safeAddress(custom.report.url, this.server)) {
        extras.push(make("p", {}, link(custom.report.url, this.texts.report, this.server)));
        const downloads = (custom.report.downloads || []).map((one) => make("li", {}, link(one.url, one.title, this.server)));
        if (downloads.length) extras.push(make("p", {}, `${this.texts.downloads}:`), make("ul", {}, ...downloads));
      }
      return extras;
    }

    #showProgress(custom) {
      if (custom.question) {
        const { number, of } = custom.question;
        this.progress.max = of;
        this.progress.value = number - 1;
        this.progressLabel.textContent = fill(this.texts.progress, { number, of });
        this.progressBox.hidden = false;
      } else if (custom.report && !this.progressBox.hidden) {
        this.progress.value = this.progress.max;
        this.progressLabel.textContent = fill(this.texts.progressDone, { of: this.progress.max });
      }
    }

    #setBusy(busy, text) {
      this.#busy = busy;
      this.dots.hidden = !busy;
      this.failure.hidden = true;
      this.#say(text);
    }

    #say(text) { this.status.textContent = text; }

    #startAnew() {
      this.asking.close();
      this.memory.set({ token: null, pending: null });
      this.log.replaceChildren();
      this.progressBox.hidden = true;
      this.failure.hidden = true;
      this.#say("");
      this.#loaded = true;
      this.#greet();
      this.heading.focus();
    }
  }

  if (!customElements.get("ebw-assistent")) customElements.define("ebw-assistent", EbwAssistent);
})();
