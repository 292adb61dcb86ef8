// hessian.js reads what we wrote and says whether it is what we meant; then it writes values of its own. One JSON object a line, in and out; interop/README.md describes them.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const hessian = require('hessian.js'); // Also found in NODE_PATH.
const Long = require('long');

/** Compares a value that hessian.js has read with what it should be; throws at the first difference. */
class Comparison {
  constructor(nodes) {
    this.nodes = nodes;
    this.seen = new Map(); // number of a node -> what it has been read as
  }

  same(expected, got, where) {
    const fail = (what) => { throw new Error(`${where}: expected ${what}, got ${JSON.stringify(got) ?? got}`); };
    if (expected === null || typeof expected === 'boolean') {
      if (got !== expected) fail(String(expected));
      return;
    }
    const [kind, value] = Object.entries(expected)[0];
    switch (kind) {
      // A number, or a text when it is not safe as a number.
      case 'int': case 'long': return void (String(got) === value || fail(`${kind} ${value}`));
      case 'double': {
        const number = Buffer.from(value, 'hex').readDoubleBE();
        return void (Object.is(got, number) || fail(`double ${number}`));
      }
      case 'date': return void (got instanceof Date && got.getTime() === Number(value) || fail(`date ${value}`));
      case 'text': return void (got === value || fail(`text of ${value.length} units`));
      case 'binary': return void (Buffer.isBuffer(got) && got.toString('hex') === value || fail('other bytes'));
      case 'node': return this.node(value, got, where);
      default: throw new Error(`a kind that this witness does not know: ${kind}`);
    }
  }

  node(number, got, where) {
    if (this.seen.has(number)) {
      if (this.seen.get(number) !== got) throw new Error(`${where}: node ${number} is not the same as before`);
      return;
    }
    this.seen.set(number, got);
    const node = this.nodes[number];
    if (node.list) {
      if (!Array.isArray(got)) throw new Error(`${where}: expected a list`);
      if (got.length !== node.list.length) throw new Error(`${where}: ${got.length} elements`);
      node.list.forEach((element, index) => this.same(element, got[index], `${where}[${index}]`));
    } else if (node.map) {
      if (got.$map.size !== node.map.length) throw new Error(`${where}: ${got.$map.size} entries`);
      for (const [{ text: key }, value] of node.map) this.same(value, got.$map.get(key), `${where}[${key}]`);
    } else {
      if (Object.keys(got).join() !== node.fields.join()) throw new Error(`${where}: fields ${Object.keys(got)}`);
      node.fields.forEach((field, index) => this.same(node.object[index], got[field], `${where}.${field}`));
    }
  }
}

const say = (answer) => console.log(JSON.stringify(answer));

for await (const line of createInterface({ input: process.stdin })) {
  const { name, hex, root, nodes } = JSON.parse(line);
  try {
    const value = hessian.decode(Buffer.from(hex, 'hex'), '2.0');
    new Comparison(nodes).same(root, value, 'root');
    say({ name });
  } catch (error) {
    say({ name, fault: error.message });
  }
}

// Its own: what a program in JavaScript sends.
const shared = ['shared'];
const circle = { $class: 'com.example.Circle', $: { self: null, list: shared } };
circle.$.self = circle;
const text = (value) => ({ text: value });
const own = {
  'an int': [7, { int: '7' }],
  'a whole double is an int': [5.0, { int: '5' }],
  'a large number is a long': [2 ** 40, { long: String(2 ** 40) }],
  'a long': [{ $class: 'long', $: 5 }, { long: '5' }],
  'the smallest long': [Long.MIN_VALUE, { long: '-9223372036854775808' }],
  'a double': [0.1, { double: '3fb999999999999a' }],
  'a price': [12.25, { double: '4028800000000000' }],
  'NaN is null': [NaN, null],
  'undefined is null': [undefined, null],
  'an emoji': ['a😀', text('a😀')],
  'a long text': ['老王😀'.repeat(20000), text('老王😀'.repeat(20000))],
  'a pair at the end of a chunk': ['x'.repeat(0x7fff) + '😀', text('x'.repeat(0x7fff) + '😀')],
  'a date': [new Date(1234567890123), { date: '1234567890123' }],
  'a date in minutes': [new Date(60000), { date: '60000' }],
  'bytes': [Buffer.alloc(10000, 7), { binary: '07'.repeat(10000) }],
  'a list': [[1, 'a', null], { node: 0 }, [{ list: [{ int: '1' }, text('a'), null] }]],
  'a long list': [Array(100).fill(true), { node: 0 }, [{ list: Array(100).fill(true) }]],
  'an array of Java': [{ $class: '[int', $: [1, 2] }, { node: 0 }, [{ list: [{ int: '1' }, { int: '2' }], type: '[int' }]],
  'an object is a map': [{ a: 1 }, { node: 0 }, [{ map: [[text('a'), { int: '1' }]] }]],
  'a map of Java': [
    { $class: 'java.util.TreeMap', $: { a: true } }, { node: 0 },
    [{ object: [true], class: 'java.util.TreeMap', fields: ['a'] }],
  ],
  'an object of a class, in a circle, with a list that is shared': [
    [circle, shared], { node: 0 },
    [
      { list: [{ node: 1 }, { node: 2 }] },
      { object: [{ node: 1 }, { node: 2 }], class: 'com.example.Circle', fields: ['self', 'list'] },
      { list: [text('shared')] },
    ],
  ],
};
for (const [name, [value, root, nodes = []]] of Object.entries(own)) {
  say({ name, own: Buffer.from(hessian.encode(value, '2.0')).toString('hex'), root, nodes });
}
