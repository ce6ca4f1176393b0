import type { Chance } from './chance.ts';

/** A body with the lines that say how long it is, and what comes between it and the next request. */
export interface Framed {
  readonly lines: readonly string[];
  readonly body: string;
  readonly isBroken: boolean;
}

const inChunks = (body: string, size: number) => {
  const pieces = body.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
  return `${pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('')}0\r\n\r\n`;
};
const CHUNKED = 'Transfer-Encoding: chunked';

/** Frames a body as it should be: by its length, or in chunks. */
export function wellFramed(body: string, chance: Chance): Framed {
  if (chance.happens(0.75)) return { lines: [`Content-Length: ${body.length}`], body, isBroken: false };
  return { lines: [CHUNKED], body: inChunks(body, 1 + chance.below(20)), isBroken: false };
}

/** Frames a body in a way that no two readers need to agree on. */
export function brokenFraming(body: string, chance: Chance): Framed {
  const { length } = body;
  const ways: readonly (readonly [lines: readonly string[], body: string])[] = [
    [[`Content-Length: ${length}`], `${body}xx`],
    [[`Content-Length: ${length}`], `${body}GET\r\n\r\n`],
    [[`Content-Length: ${Math.max(0, length - 3)}`], body],
    [[`Content-Length: ${length + 7}`], body],
    [[`Content-Length: -1`], body],
    [[`Content-Length: ${length}, ${length}`], body],
    [[`Content-Length: +${length}`], body],
    [[`Content-Length: 0x${length.toString(16)}`], body],
    [[`Content-Length: ${length}`, 'Content-Length: 0'], body],
    [[`Content-Length: ${length}`, CHUNKED], inChunks(body, 9)],
    [[CHUNKED, CHUNKED], inChunks(body, 9)],
    [['Transfer-Encoding: chunked, identity'], inChunks(body, 9)],
    [['Transfer-Encoding: identity'], body],
    [['Transfer-Encoding:\tchunked'], inChunks(body, 9)],
    [['Transfer-Encoding: xchunked'], inChunks(body, 9)],
    [[CHUNKED], body],
    [[CHUNKED], inChunks(body, 9).replace('\r\n', '\n')],
    [[CHUNKED], `zz\r\n${body}`],
    [[CHUNKED], `${length.toString(16)};${'x'.repeat(chance.below(20_000))}\r\n${body}\r\n0\r\n\r\n`],
    [[CHUNKED], `${length.toString(16)}\r\n${body}xx\r\n0\r\n\r\n`],
    [[CHUNKED], inChunks(body, 9).replace(/0\r\n\r\n$/, '')],
    [[CHUNKED], `ffffffffffffffff\r\n${body}`],
    [[CHUNKED], inChunks(body, 9).replace(/\r\n$/, 'X-Trailer: 1\r\nContent-Length: 5\r\n\r\n')],
    [[], body],
  ];
  const [lines, framed] = chance.pick(ways);
  return { lines, body: framed, isBroken: true };
}
