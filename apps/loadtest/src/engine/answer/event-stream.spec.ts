import fc from 'fast-check';
import { EventStream } from './event-stream';

/** Cuts bytes at the given places, whatever they cut through. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((left, right) => left - right);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}

function read(pieces: readonly Buffer[]): string[] {
  const seen: string[] = [];
  const stream = new EventStream((data) => seen.push(data));
  for (const piece of pieces) {
    // The socket's bytes are overwritten by the next piece.
    const arriving = Buffer.from(piece);
    stream.push(arriving);
    arriving.fill(0x21);
  }
  return seen;
}

const line = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replace(/[\r\n\0]/g, ' '));
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

describe('an event stream', () => {
  it('gives the same events however it is cut', () => {
    const event = fc.record({
      data: fc.array(line, { minLength: 1, maxLength: 3 }),
      end: lineEnd,
      comment: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 12 }), (events, places) => {
        const text = events
          .map(({ data, end, comment }) =>
            [...(comment ? [': keep alive'] : []), ...data.map((words) => `data: ${words}`), '', ''].join(end),
          )
          .join('');
        expect(read(cutAt(Buffer.from(text), places))).toEqual(events.map(({ data }) => data.join('\n')));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a field without a space', 'data:x\n\n', ['x']],
    ['two spaces, of which one is the value', 'data:  x\n\n', [' x']],
    ['a field without a value', 'data\n\n', ['']],
    ['an empty value', 'data:\n\n', ['']],
    ['other fields and comments', 'event: delta\nid: 7\n: hello\nretry: 5\ndata: x\n\n', ['x']],
    ['a field that only begins alike', 'database: x\n\n', []],
    ['several events in one piece', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['empty lines without data', '\n\n\n', []],
    ['an event that is never finished', 'data: a\n\ndata: b\n', ['a']],
  ])('reads %s', (_, text, expected) => {
    expect(read([Buffer.from(text)])).toEqual(expected);
  });

  it('keeps characters whole that arrive byte by byte', () => {
    const bytes = Buffer.from('data: grüße 🦙\n\n');
    expect(read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(['grüße 🦙']);
  });

  it('refuses a line that does not end', () => {
    const stream = new EventStream(() => undefined);
    expect(() => {
      for (let piece = 0; piece < 100; piece += 1) stream.push(Buffer.alloc(64 * 1024, 'x'));
    }).toThrow('does not end');
  });

  it('forgets what was begun when it is reset', () => {
    const seen: string[] = [];
    const stream = new EventStream((data) => seen.push(data));
    stream.push(Buffer.from('data: old\nda'));
    stream.reset();
    stream.push(Buffer.from('data: new\n\n'));
    expect(seen).toEqual(['new']);
  });
});
