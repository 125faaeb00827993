// The same bytes as tests/web/wire/input_records_test.cpp reads.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { InputWriter } from '../../../web/page/input_writer.js';

const cases = JSON.parse(readFileSync(new URL('../../cases/web/input_records.json', import.meta.url), 'utf8'));
const hex = (buffer) => Buffer.from(buffer).toString('hex');

for (const { write: [method, ...values], bytes, event } of cases) {
  test(`'${event}' is written as the desk reads it`, () => {
    const writer = new InputWriter();
    writer[method](...values);
    assert.equal(hex(writer.take()), bytes);
  });
}

test('of several pointer moves in a row only the last is sent', () => {
  const writer = new InputWriter();
  for (let x = 0; x < 100; x += 1) writer.pointerMoved(x, 1, 0);
  const alone = new InputWriter();
  alone.pointerMoved(99, 1, 0);
  assert.equal(hex(writer.take()), hex(alone.take()));
});

test('a move before and after a press are both sent', () => {
  const writer = new InputWriter();
  writer.pointerMoved(1, 1, 0);
  writer.pointerButton(0, true, 1, 1, 0);
  writer.pointerMoved(2, 2, 0);
  writer.pointerMoved(3, 3, 0);
  const expected = new InputWriter();
  expected.pointerMoved(1, 1, 0);
  expected.pointerButton(0, true, 1, 1, 0);
  expected.pointerMoved(3, 3, 0);
  assert.equal(hex(writer.take()), hex(expected.take()));
});

test('a text of any length fits, and a taken writer is empty', () => {
  const writer = new InputWriter();
  const text = 'ä'.repeat(100000);
  writer.paste(text);
  const bytes = Buffer.from(writer.take());
  assert.equal(bytes.length, 5 + 200000);
  assert.equal(bytes.subarray(5).toString('utf8'), text);
  assert.ok(writer.empty);
  assert.equal(writer.take().byteLength, 0);
});
