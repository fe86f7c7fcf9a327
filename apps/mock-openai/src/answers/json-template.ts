/** A character that no text of ours holds; JSON writes it as the six characters that the pattern below looks for. */
const MARK = '\u0001';
const HOLE = /"\\u0001(\w+)\\u0001"/;

/** Stands for a value that is only known when a request comes: put it where the value belongs. */
export function hole(name: string): string {
  return `${MARK}${name}${MARK}`;
}

/** A JSON text with holes: serialised once, filled by joining strings for every request. Pure ASCII, so its length is its size. */
export class JsonTemplate<Hole extends string> {
  private readonly parts: readonly string[];
  private readonly holes: readonly Hole[];

  /** @param value any JSON value, with `hole(name)` wherever one of `known` belongs */
  constructor(value: unknown, known: readonly Hole[]) {
    const pieces = toAscii(JSON.stringify(value)).split(HOLE);
    this.parts = pieces.filter((_, index) => index % 2 === 0);
    this.holes = pieces
      .filter((_, index) => index % 2 === 1)
      .map((name) => {
        const found = known.find((candidate) => candidate === name);
        if (found === undefined) throw new Error(`the template has an unknown hole "${name}"`);
        return found;
      });
  }

  /** @param values JSON in ASCII: strings with their quotes, numbers as they are */
  fill(values: Readonly<Record<Hole, string>>): string {
    let text = this.parts[0] ?? '';
    for (let index = 0; index < this.holes.length; index++) {
      const name = this.holes[index];
      if (name !== undefined) text += values[name];
      text += this.parts[index + 1] ?? '';
    }
    return text;
  }
}

/** JSON with everything beyond ASCII escaped: it means the same, and its characters are its bytes. */
export function toAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
