import assert from 'node:assert/strict';
import { test } from 'node:test';
import Type, { type TSchema } from 'typebox';
import { numberReader } from './numeric-strings.ts';

const nullableInteger = Type.Union([Type.Integer(), Type.Null()]);
const cases: readonly [what: string, schema: TSchema, given: unknown, read: unknown][] = [
  ['an integer', Type.Integer(), '1', 1],
  ['a negative integer', Type.Integer(), '-7', -7],
  ['a fraction, for an integer', Type.Integer(), '1.5', '1.5'],
  ['a fraction, for a number', Type.Number(), '1.5', 1.5],
  ['a word', Type.Integer(), 'abc', 'abc'],
  ['nothing', Type.Integer(), '', ''],
  ['a space', Type.Integer(), ' 1', ' 1'],
  ['a leading zero', Type.Integer(), '01', '01'],
  ['an exponent', Type.Integer(), '1e3', '1e3'],
  ['hexadecimal', Type.Integer(), '0x10', '0x10'],
  ['more digits than a number holds', Type.Integer(), '9007199254740993', '9007199254740993'],
  ['true', Type.Integer(), true, true],
  ['null', Type.Integer(), null, null],
  ['an integer or null', nullableInteger, '3', 3],
  ['where a string is welcome too', Type.Union([Type.Integer(), Type.String()]), '3', '3'],
  ['numbers in an array', Type.Array(Type.Integer()), ['1', 'x'], [1, 'x']],
  [
    'a field',
    Type.Object({ qty: Type.Integer(), item: Type.String() }),
    { qty: '1', item: '1' },
    { qty: 1, item: '1' },
  ],
  [
    'a field of a field',
    Type.Object({ a: Type.Object({ b: Type.Integer() }) }),
    { a: { b: '2' } },
    { a: { b: 2 } },
  ],
];

for (const [what, schema, given, expected] of cases) {
  test(`reads ${what}: ${JSON.stringify(given)} as ${JSON.stringify(expected)}`, () => {
    const read = numberReader(schema) ?? ((value: unknown) => value);
    assert.deepEqual(read(given), expected);
  });
}

test('has nothing to do for a schema without numbers', () => {
  assert.equal(numberReader(Type.Object({ item: Type.String() })), undefined);
});
