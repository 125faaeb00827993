// The product's desk as a reviewer uses it: by keys where there are keys.
import assert from 'node:assert/strict';
import { App, until } from './app.mjs';
import { kPassword } from './product.mjs';

export class Desk extends App {
  // place: of the address bar, without '#'.
  static async at(browser, product, place = '') {
    const self = new Desk();
    await self.start(browser, place === '' ? product.address : `${product.address}#${place}`);
    await self.isReady();
    return self;
  }

  region(words) {
    return this.page.locator('#mirror').getByRole('region', { name: words });
  }

  has(role, name) {
    return this.find(role, name).first().waitFor({ state: 'attached' });
  }

  async openDemo() {
    await this.has('button', 'Open the demo');
    await this.click('button', 'Open the demo');
    await this.has('heading', 'Queue');
    await this.allItemsAreHere();
  }

  async signIn(name) {
    await this.has('textbox', 'Name');
    await this.find('textbox', 'Name').fill(name);
    await this.find('textbox', 'Password').fill(kPassword);
    await this.idle();
    await this.activate('button', 'Sign in');
    await this.has('heading', 'Queue');
    await this.idle();
  }

  // The first pull has ended: the last page has been taken.
  async allItemsAreHere() {
    await until('all items', async () => (await this.page.locator('#mirror').getByText(/^178 items$/).count()) > 0);
  }

  async go(letter, heading) {
    await this.press('g', letter);
    await this.has('heading', heading);
  }

  // The id of the item in quick check or full review.
  async item(screen) {
    const name = await this.region(new RegExp(`^${screen} `)).getAttribute('aria-label');
    return name.slice(screen.length + 1);
  }

  // Decides the card on the screen with one key; what was decided.
  async quick(key) {
    const item = await this.item('Quick check');
    await this.press(key);
    await until(`the card after ${item}`, async () => (await this.item('Quick check')) !== item);
    return item;
  }

  async answer(question, value) {
    const group = this.page.locator('#mirror').getByRole('radiogroup', { name: question, exact: true });
    await group.getByRole('radio', { name: value, exact: true }).dispatchEvent('click');
    await this.idle();
  }

  async choose(role, name) {
    await this.activate(role, name);
  }

  async isSaved() {
    await this.has('link', 'All saved');
  }

  async says(words) {
    await this.page.locator('#mirror').getByText(words).first().waitFor({ state: 'attached' });
  }

  async decisionsListed(count) {
    await this.go('d', 'Done');
    await this.says(new RegExp(`^${count} decisions$`));
  }

  // Throws the error again with what stands on the screen.
  async explain(error) {
    const nodes = await this.page
      .evaluate(() => [...document.querySelectorAll('#mirror *')].map((each) => `${each.getAttribute('role') ?? each.localName} ${each.getAttribute('aria-label') ?? each.textContent}`))
      .catch(() => ['(the page is gone)']);
    error.message += `\n${nodes.join('\n')}\n${this.problems.join('\n')}`;
    throw error;
  }

  assertNoProblems(but = []) {
    assert.deepEqual(this.problems.filter((text) => !but.some((known) => text.includes(known))), []);
  }
}
