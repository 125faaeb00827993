// Drives a desk in a page as a person would: finds widgets in the semantic mirror, presses with the real mouse at their
// place on the canvas, types with the real keyboard. Never sleeps: waits for states.
import assert from 'node:assert/strict';

const kPatienceMs = Number(process.env.COUNTERSIGN_E2E_PATIENCE_MS ?? 90000);

export class App {
  page;
  cdp;
  problems = []; // policy violations, errors and exceptions of the page; a test asks for none at its end

  static async open(browser, url, options) {
    const self = new App();
    await self.start(browser, url, options);
    return self;
  }

  async start(browser, url, { page } = {}) {
    this.page = page ?? (await browser.newPage());
    this.page.setDefaultTimeout(kPatienceMs);
    this.cdp = await this.page.context().newCDPSession(this.page);
    this.page.on('console', (message) => message.type() === 'error' && this.problems.push(message.text()));
    this.page.on('pageerror', (error) => this.problems.push(String(error)));
    await this.page.addInitScript(() => {
      globalThis.violations = [];
      document.addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
    });
    await this.page.goto(url);
  }

  // Opens and waits for the first usable screen.
  static async ready(browser, url, options) {
    const app = await App.open(browser, url, options);
    await app.isReady();
    return app;
  }

  async isReady() {
    await this.page.waitForSelector('#cover', { state: 'hidden' });
    await this.idle();
  }

  // Resolves with the worker's numbers when nothing is in flight.
  idle() {
    return this.page.evaluate(() => globalThis.countersign.idle());
  }

  stats() {
    return this.page.evaluate(() => globalThis.countersign.stats());
  }

  // A widget in the mirror.
  find(role, name, options = {}) {
    return this.page.locator('#mirror').getByRole(role, { name, exact: true, ...options });
  }

  async center(role, name) {
    const box = await this.find(role, name).boundingBox();
    assert.ok(box, `${role} '${name}' has no place on the screen`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  // With the mouse, on the canvas.
  async click(role, name) {
    const { x, y } = await this.center(role, name);
    await this.page.mouse.click(x, y);
    await this.idle();
  }

  // As a screen reader does it: by the element itself.
  async activate(role, name) {
    await this.find(role, name).dispatchEvent('click');
    await this.idle();
  }

  async press(...chords) {
    for (const chord of chords) await this.page.keyboard.press(chord);
    await this.idle();
  }

  async type(text) {
    await this.page.keyboard.type(text);
    await this.idle();
  }

  // Waits until a text stands somewhere in the mirror.
  async sees(text) {
    await this.page.locator('#mirror').getByText(text, { exact: true }).first().waitFor({ state: 'attached' });
  }

  async valueOf(role, name) {
    return this.find(role, name).evaluate((element) => element.value ?? element.textContent);
  }

  // What lies over the desk: the code of a sentence in web/page/sentences.js, or null.
  cover() {
    return this.page.evaluate(() => {
      const cover = document.getElementById('cover');
      return cover.hidden ? null : (cover.dataset.code ?? cover.dataset.state);
    });
  }

  async isCovered(code) {
    await this.page.waitForSelector(`#cover[data-code="${code}"]`);
  }

  async isNoticed(code) {
    await this.page.waitForSelector(`#notice[data-code="${code}"]:not([hidden])`);
  }

  async hasNoProblems() {
    const violations = await this.page.evaluate(() => globalThis.violations);
    assert.deepEqual(violations, [], 'content security policy');
    assert.deepEqual(this.problems, [], 'console errors');
  }
}

// Polls a condition that no event announces (a file, a server's counter); throws with its name.
export const until = async (what, check, patienceMs = kPatienceMs) => {
  for (const end = Date.now() + patienceMs; Date.now() < end; ) {
    if (await check()) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`${what}: not within ${patienceMs} ms`);
};
