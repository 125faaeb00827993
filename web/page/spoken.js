// Two live regions for screen readers. A sentence that is said twice is emptied in between: an unchanged region is
// silent.

export class Spoken {
  #polite = document.getElementById('polite');
  #assertive = document.getElementById('assertive');

  politely(sentence) {
    say(this.#polite, sentence);
  }

  urgently(sentence) {
    say(this.#assertive, sentence);
  }
}

const say = (region, sentence) => {
  if (region.textContent !== sentence) {
    region.textContent = sentence;
    return;
  }
  region.textContent = '';
  setTimeout(() => (region.textContent = sentence), 50);
};
