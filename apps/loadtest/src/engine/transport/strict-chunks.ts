import type { Parser } from 'autocannon/lib/httpClient';

const CHUNK_HEAD = /^[0-9a-f]{1,12}[ \t]*(;|$)/i;

/** The parser takes any line that is no number for the last chunk's head, and so an answer in ruins for a short one. */
export function refuseBadChunkSizes(parser: Parser): void {
  parser.BODY_CHUNKHEAD = () => {
    const line = parser.consumeLine();
    if (line === undefined) return;
    if (!CHUNK_HEAD.test(line)) throw new Error(`not the size of a chunk: ${line.slice(0, 40)}`);
    parser.body_bytes = Number.parseInt(line, 16);
    parser.state = parser.body_bytes === 0 ? 'BODY_CHUNKTRAILERS' : 'BODY_CHUNK';
  };
}
